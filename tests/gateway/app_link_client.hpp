/// A board on a TCP port, and what a client of the gateway's API sends.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/gateway/http_client.hpp"

namespace cellwarden::tests {

/// `cellwarden emulate` that serves its app link on a free port.
class Board {
 public:
  explicit Board(std::vector<std::string> more = {}) : process(with_emulate(std::move(more))) {
    const std::string mark = "answers on tcp:127.0.0.1:";
    const bool listens = eventually(
        [&] { return process.err().find(mark) != std::string::npos || process.ended(); });
    const std::string said = process.err();
    const std::size_t at = said.find(mark);
    if (!listens || at == std::string::npos) throw std::runtime_error("not started: " + said);
    port = static_cast<std::uint16_t>(std::stoi(said.substr(at + mark.size())));
  }
  [[nodiscard]] std::string place() const { return "tcp:127.0.0.1:" + std::to_string(port); }

  Process process;
  std::uint16_t port = 0;

 private:
  static std::vector<std::string> with_emulate(std::vector<std::string> more) {
    more.insert(more.begin(), {"emulate", "--app-link", "tcp:127.0.0.1:0"});
    return more;
  }
};

inline std::string request(std::uint16_t port, const std::string& method, const std::string& target,
                           const std::string& body) {
  return converse(port, method + " " + target +
                            " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " +
                            std::to_string(body.size()) + "\r\n\r\n" + body);
}

inline std::string app_link_state(const Gateway& gateway) {
  const auto pack = gateway.pack();
  return pack.is_object() ? std::string(pack.at("app_link").at("state").as_string()) : "";
}
inline bool link_reaches(const Gateway& gateway, const std::string& state) {
  return eventually([&] { return app_link_state(gateway) == state; });
}

/// The setting's value by the API; -1 when it is not known.
inline std::int64_t value_of(const Gateway& gateway, const std::string& id,
                             const std::string& name) {
  const auto answer = json_of(get(gateway.port, "/api/v1/packs/" + id + "/settings"));
  if (!answer.is_object() || !answer.as_object().contains("settings")) return -1;
  for (const auto& setting : answer.at("settings").as_array()) {
    if (setting.at("name").as_string() == name) return setting.at("value").as_int64();
  }
  return -1;
}

inline std::string message_of(const std::string& answer) {
  return std::string(json_of(answer).at("error").at("message").as_string());
}

}  // namespace cellwarden::tests
