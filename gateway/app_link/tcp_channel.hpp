/// A TCP connection as an app link's channel: `cellwarden emulate`, or a box that puts a serial or
/// Bluetooth link on the network.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "gateway/app_link/app_channel.hpp"

namespace cellwarden::gateway {

struct TcpPlace {
  std::string host;
  std::string port;
};

/// Reads "tcp:127.0.0.1:4711" or "tcp:[::1]:4711".
/// @throws UsageError  saying what was expected
TcpPlace parse_app_link(const std::string& text);

/// @param io    outlives the channel
/// @param seed  of the waits between tries
std::unique_ptr<AppChannel> make_tcp_channel(boost::asio::io_context& io, TcpPlace place,
                                             std::uint64_t seed);

}  // namespace cellwarden::gateway
