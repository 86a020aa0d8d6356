/// HTTP and WebSocket on one listening port, with limits on everything a client can send or leave
/// lying. What is answered is the handler's business (api.hpp).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "gateway/outlets/http/message.hpp"

namespace cellwarden::gateway::http {

/// How much a client may use.
struct Limits {
  std::size_t connections = 64;       ///< of both kinds; more are closed at once
  std::uint32_t header_bytes = 8192;  ///< a longer header gives 413
  std::uint64_t body_bytes = 65536;   ///< a longer body gives 413
  std::size_t queued_messages = 16;   ///< a slow WebSocket client loses the oldest beyond that
  std::chrono::seconds idle{30};      ///< a silent connection is closed after that
};

/// Runs on the thread of its io_context.
class Server {
 public:
  /// Must answer any request; an exception becomes status 500.
  using Handler = std::function<Response(const Request&)>;
  /// The first message for a new WebSocket client.
  using Snapshot = std::function<std::string()>;

  /// @param io  outlives the server
  Server(boost::asio::io_context& io, Handler handler, Snapshot snapshot, Limits limits = {});
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// Starts to listen.
  /// @param address  a numeric IPv4 or IPv6 address
  /// @param port     0 takes any free one; see `port()`
  /// @throws boost::system::system_error  e.g. when the address is in use
  void listen(const std::string& address, std::uint16_t port);

  /// The port that is listened on.
  [[nodiscard]] std::uint16_t port() const;

  /// Sends a message to every WebSocket client.
  void publish(std::string message);

  [[nodiscard]] std::size_t live_clients() const;

  /// Listens no longer and closes every connection.
  void stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace cellwarden::gateway::http
