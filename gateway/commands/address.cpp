// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/address.hpp"

#include <charconv>

#include <boost/asio/ip/address.hpp>

#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {

ListenAddress parse_listen_address(const std::string& text) {
  const UsageError wrong("address \"" + text +
                         "\" is not understood; expected ADDRESS:PORT such as 127.0.0.1:8321");
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) throw wrong;
  ListenAddress address;
  address.host = text.substr(0, colon);
  if (address.host.starts_with('[') && address.host.ends_with(']')) {
    address.host = address.host.substr(1, address.host.size() - 2);
  } else if (address.host.find(':') != std::string::npos) {
    throw wrong;  // an IPv6 address without brackets: where does the port begin?
  }
  if (address.host == "localhost") address.host = "127.0.0.1";
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, address.port);
  boost::system::error_code no_address;
  boost::asio::ip::make_address(address.host, no_address);
  if (error != std::errc{} || stop != end || no_address) throw wrong;
  return address;
}

std::string to_url(const ListenAddress& address) {
  const bool is_v6 = address.host.find(':') != std::string::npos;
  const std::string host = is_v6 ? "[" + address.host + "]" : address.host;
  return "http://" + host + ":" + std::to_string(address.port);
}

}  // namespace cellwarden::gateway
