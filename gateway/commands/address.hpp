/// The address of `--listen`.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace cellwarden::gateway {

struct ListenAddress {
  std::string host;  ///< numeric
  std::uint16_t port = 0;
};

/// Reads "127.0.0.1:8321", "[::1]:8321" or "localhost:8321".
/// @throws UsageError  saying what was expected
ListenAddress parse_listen_address(const std::string& text);

/// "http://127.0.0.1:8321"
std::string to_url(const ListenAddress& address);

}  // namespace cellwarden::gateway
