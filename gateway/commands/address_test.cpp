// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/address.hpp"

#include <gtest/gtest.h>

#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

TEST(ListenAddress, ReadsBothFamilies) {
  EXPECT_EQ(to_url(parse_listen_address("127.0.0.1:8321")), "http://127.0.0.1:8321");
  EXPECT_EQ(to_url(parse_listen_address("[::1]:80")), "http://[::1]:80");
  EXPECT_EQ(to_url(parse_listen_address("localhost:0")), "http://127.0.0.1:0");
}

TEST(ListenAddress, RefusesTheRest) {
  for (const char* text :
       {"", ":", "8321", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1:80x", "::1:80", "host:80", "1.2.3:80", ":80"}) {
    EXPECT_THROW((void)parse_listen_address(text), UsageError) << text;
  }
}

}  // namespace
}  // namespace cellwarden::gateway
