/// Serves a simulated board's app link over TCP, each connection a client of its own.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include <boost/asio/io_context.hpp>

#include "gateway/app_link/tcp_channel.hpp"
#include "gateway/sources/source.hpp"

namespace cellwarden::gateway {

class AppLinkServer {
 public:
  static constexpr std::size_t most_clients = 16;  ///< more are closed at once

  /// @param source  outlives this object
  /// @throws UsageError  when the place cannot be listened on; its host must be numeric
  AppLinkServer(boost::asio::io_context& io, Source& source, const TcpPlace& place);
  AppLinkServer(const AppLinkServer&) = delete;
  AppLinkServer& operator=(const AppLinkServer&) = delete;
  /// Closes every connection.
  ~AppLinkServer();

  /// The port that is listened on.
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace cellwarden::gateway
