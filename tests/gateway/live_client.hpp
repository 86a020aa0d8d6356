/// A WebSocket client for texts from the server, as small as the protocol allows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tests/gateway/http_client.hpp"

namespace cellwarden::tests {

class LiveClient {
 public:
  explicit LiveClient(std::uint16_t port) : connection_(port) {
    connection_.send(
        "GET /api/v1/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    while (buffer_.find("\r\n\r\n") == std::string::npos && more()) {
    }
    accepted_ = buffer_.starts_with("HTTP/1.1 101 ");
    if (accepted_) buffer_.erase(0, buffer_.find("\r\n\r\n") + 4);
  }

  [[nodiscard]] bool accepted() const { return accepted_; }

  /// The next text; "null" when the server has closed.
  std::string next() {
    for (;;) {
      const auto text = frame();
      if (text) return *text;
      if (!more()) return "null";
    }
  }

  void send_raw(const std::string& bytes) const { connection_.send(bytes); }

  /// Whether the server closes the connection, whatever it still sends.
  bool closes() {
    while (more()) {
    }
    return true;
  }

 private:
  bool more() {
    const std::string got = connection_.receive();
    buffer_ += got;
    return !got.empty();
  }

  [[nodiscard]] std::size_t number(std::size_t at, std::size_t width) const {
    std::size_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      value = value << 8U | static_cast<unsigned char>(buffer_[at + i]);
    }
    return value;
  }

  /// Takes one whole frame out of the buffer; a ping or a close counts as an empty text.
  std::optional<std::string> frame() {
    if (buffer_.size() < 2) return std::nullopt;
    const std::size_t short_length = number(1, 1) & 0x7FU;
    const std::size_t extra = short_length == 126 ? 2 : short_length == 127 ? 8 : 0;
    if (buffer_.size() < 2 + extra) return std::nullopt;
    const std::size_t length = extra == 0 ? short_length : number(2, extra);
    if (buffer_.size() < 2 + extra + length) return std::nullopt;
    std::string text = buffer_.substr(2 + extra, length);
    buffer_.erase(0, 2 + extra + length);
    return text;
  }

  Connection connection_;
  std::string buffer_;
  bool accepted_ = false;
};

}  // namespace cellwarden::tests
