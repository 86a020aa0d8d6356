// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>

#include "gateway/commands/settings_access.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
namespace json = boost::json;

constexpr std::size_t longest_answer = 1'048'576;

/// The address of "http://HOST:PORT".
std::pair<std::string, std::string> parse_url(const std::string& url) {
  constexpr std::string_view prefix = "http://";
  std::string rest = url.starts_with(prefix) ? url.substr(prefix.size()) : std::string();
  if (rest.ends_with('/')) rest.pop_back();
  const std::size_t colon = rest.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == rest.size() ||
      rest.find('/') != std::string::npos) {
    throw UsageError("gateway \"" + url + "\": expected http://HOST:PORT");
  }
  std::string host = rest.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return {host, rest.substr(colon + 1)};
}

class GatewayAccess final : public SettingsAccess {
 public:
  GatewayAccess(const std::string& url, std::string pack, std::string pin)
      : url_(url), address_(parse_url(url)), pack_(std::move(pack)), pin_(std::move(pin)) {}

  std::vector<HeldSetting> read() override {
    std::vector<HeldSetting> held;
    const json::object answer = ask("GET", settings_path(), "");
    for (const json::value& setting : answer.at("settings").as_array()) {
      const auto place = core::setting_with_name(setting.at("name").as_string());
      // A newer gateway may know more.
      if (place) held.push_back({*place, setting.at("value").to_number<std::int32_t>()});
    }
    return held;
  }

  void write(const std::vector<SettingChange>& changes) override {
    json::object settings;
    for (const SettingChange& change : changes) {
      settings[core::settings_table[change.place].name] = change.value;
    }
    (void)ask("PUT", settings_path(),
              json::serialize(json::object{{"settings", settings}, {"pin", pin_}}));
  }

 private:
  std::string settings_path() {
    if (pack_.empty()) pack_ = only_pack();
    return "/api/v1/packs/" + pack_ + "/settings";
  }

  std::string only_pack() {
    const json::object answer = ask("GET", "/api/v1/packs", "");
    std::string ids;
    for (const json::value& pack : answer.at("packs").as_array()) {
      ids += (ids.empty() ? "" : ", ") + std::string(pack.at("id").as_string());
    }
    if (answer.at("packs").as_array().size() == 1) return ids;
    throw UsageError("say which pack with --pack; known: " + ids);
  }

  /// @throws UsageError  with the gateway's words when it refuses
  json::object ask(const std::string& method, const std::string& path, const std::string& body) {
    const std::string answer = exchange(
        method + " " + path + " HTTP/1.1\r\nHost: " + address_.first + "\r\nConnection: close\r\n" +
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
        "\r\n\r\n" + body);
    const std::size_t end = answer.find("\r\n\r\n");
    boost::system::error_code failed;
    json::value parsed;
    if (end != std::string::npos) parsed = json::parse(answer.substr(end + 4), failed);
    if (!parsed.is_object()) throw UsageError(url_ + " does not answer like a cellwarden gateway");
    if (answer.starts_with("HTTP/1.1 200 ")) return parsed.as_object();
    throw UsageError(std::string(parsed.at("error").at("message").as_string()));
  }

  std::string exchange(const std::string& request) {
    try {
      asio::io_context io(1);
      tcp::socket socket(io);
      asio::connect(socket, tcp::resolver(io).resolve(address_.first, address_.second));
      asio::write(socket, asio::buffer(request));
      std::string answer;
      std::array<char, 4096> buffer{};
      boost::system::error_code failed;
      while (!failed && answer.size() < longest_answer) {
        const std::size_t size = socket.read_some(asio::buffer(buffer), failed);
        answer.append(buffer.data(), size);
      }
      return answer;
    } catch (const boost::system::system_error& failed) {
      throw UsageError(url_ + " cannot be reached (" + failed.code().message() +
                       "); is cellwarden run running?");
    }
  }

  std::string url_;
  std::pair<std::string, std::string> address_;
  std::string pack_;
  std::string pin_;
};

}  // namespace

std::unique_ptr<SettingsAccess> gateway_access(const std::string& url, std::string pack,
                                               std::string pin) {
  return std::make_unique<GatewayAccess>(url, std::move(pack), std::move(pin));
}

}  // namespace cellwarden::gateway
