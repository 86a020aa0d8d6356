/// A loopback client that can also send what no proper client sends.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "tests/gateway/process.hpp"

namespace cellwarden::tests {

/// One TCP connection to 127.0.0.1. Every read gives up after the patience.
class Connection {
 public:
  explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{patience.count(), 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    connected_ = ::connect(socket_, generic, sizeof address) == 0;
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { ::close(socket_); }

  [[nodiscard]] bool connected() const { return connected_; }
  void send(std::string_view text) const {
    (void)!::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
  }
  /// Some bytes; empty when the other side has closed.
  std::string receive() {
    std::array<char, 65536> buffer{};
    const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
    return size <= 0 ? std::string{} : std::string(buffer.data(), static_cast<std::size_t>(size));
  }
  /// Everything until the other side closes.
  std::string receive_all() {
    std::string all;
    for (std::string more = receive(); !more.empty(); more = receive()) all += more;
    return all;
  }

 private:
  int socket_;
  bool connected_ = false;
};

/// Sends raw text and gives the whole answer.
inline std::string converse(std::uint16_t port, std::string_view text) {
  Connection connection(port);
  connection.send(text);
  return connection.receive_all();
}

inline std::string get(std::uint16_t port, const std::string& target) {
  return converse(port, "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
}

inline int status_of(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
}

inline boost::json::value json_of(const std::string& answer) {
  const std::size_t body = answer.find("\r\n\r\n");
  if (body == std::string::npos) return nullptr;
  boost::system::error_code failed;
  return boost::json::parse(answer.substr(body + 4), failed);
}

/// `cellwarden run` on a free port.
class Gateway {
 public:
  explicit Gateway(std::vector<std::string> arguments) : process(with_run(std::move(arguments))) {
    const std::string mark = "http://127.0.0.1:";
    const bool listens = eventually(
        [&] { return process.err().find(mark) != std::string::npos || process.ended(); });
    const std::string said = process.err();
    const std::size_t at = said.find(mark);
    if (!listens || at == std::string::npos) throw std::runtime_error("not started: " + said);
    port = static_cast<std::uint16_t>(std::stoi(said.substr(at + mark.size())));
  }

  /// The document of the first pack; null when there is none.
  [[nodiscard]] boost::json::value pack() const {
    const boost::json::value answer = json_of(get(port, "/api/v1/packs"));
    return answer.is_object() ? answer.at("packs").at(0) : boost::json::value(nullptr);
  }
  [[nodiscard]] bool reaches(std::string_view link_state) const {
    return eventually([&] {
      const auto document = pack();
      return document.is_object() && document.at("link").at("state").as_string() == link_state;
    });
  }

  Process process;
  std::uint16_t port = 0;

 private:
  static std::vector<std::string> with_run(std::vector<std::string> arguments) {
    const bool keeps = std::find(arguments.begin(), arguments.end(), "--flash") != arguments.end();
    if (!keeps) arguments.insert(arguments.begin(), "--no-flash");
    arguments.insert(arguments.begin(), {"run", "--listen", "127.0.0.1:0"});
    return arguments;
  }
};

}  // namespace cellwarden::tests
