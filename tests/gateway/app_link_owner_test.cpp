/// What only the owner may do, through the gateway's API: change the PIN, clear the energy
/// counters.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/gateway/app_link_client.hpp"

namespace cellwarden::tests {
namespace {

const std::string pin_path = "/api/v1/packs/twin/pin";
const std::string clear_path = "/api/v1/packs/twin/clear_energy";

std::string change_pin(const Gateway& gateway, const std::string& pin, const std::string& next) {
  return request(gateway.port, "PUT", pin_path,
                 R"({"pin":")" + pin + R"(","new_pin":")" + next + R"("})");
}

// proves OUT-5
TEST(AppLinkOwner, ANewPinIsKeptOverARestartAndTheOldOneIsWrong) {
  const TemporaryFolder folder;
  const std::vector<std::string> arguments{"--source", "twin", "--flash", folder.file("flash")};
  {
    Gateway gateway(arguments);
    ASSERT_TRUE(link_reaches(gateway, "ready"));
    EXPECT_EQ(status_of(change_pin(gateway, "9999", "4711")), 403);
    EXPECT_EQ(status_of(change_pin(gateway, "1234", "4711")), 200);
    EXPECT_EQ(status_of(change_pin(gateway, "1234", "1111")), 403);
    EXPECT_EQ(app_link_state(gateway), "ready");
    gateway.process.signal(SIGTERM);
    EXPECT_EQ(gateway.process.wait(), 0);
  }
  const Gateway again(arguments);
  ASSERT_TRUE(link_reaches(again, "locked"));
  const std::string login = "/api/v1/packs/twin/login";
  EXPECT_EQ(status_of(request(again.port, "POST", login, R"({"pin":"4711"})")), 200);
  EXPECT_TRUE(link_reaches(again, "ready"));
}

// proves OUT-6
TEST(AppLinkOwner, ClearedEnergyCountersAreAnEvent) {
  const Gateway gateway({"--source", "twin"});
  ASSERT_TRUE(link_reaches(gateway, "ready"));
  EXPECT_EQ(status_of(request(gateway.port, "POST", clear_path, R"({"pin":"9999"})")), 403);
  EXPECT_EQ(status_of(request(gateway.port, "POST", clear_path, R"({"pin":"1234"})")), 200);
  const auto events = json_of(get(gateway.port, "/api/v1/packs/twin/events")).at("events");
  EXPECT_EQ(events.at(0).at("kind"), "energy_cleared");
}

TEST(AppLinkOwner, NoPinOrABadOneIsABadRequest) {
  const Gateway gateway({"--source", "twin"});
  ASSERT_TRUE(link_reaches(gateway, "ready"));
  for (const char* next : {"", "123", "12345", "12a4", "-123"}) {
    EXPECT_EQ(status_of(change_pin(gateway, "1234", next)), 400) << next;
  }
  EXPECT_EQ(status_of(request(gateway.port, "PUT", pin_path, "[]")), 400);
  EXPECT_EQ(status_of(request(gateway.port, "POST", clear_path, "{}")), 400);
  EXPECT_EQ(status_of(get(gateway.port, pin_path)), 405);
  EXPECT_EQ(status_of(request(gateway.port, "PUT", clear_path, "{}")), 405);
}

TEST(AppLinkOwner, TooManyWrongPinsSayHowLongToWait) {
  const Gateway gateway({"--source", "twin"});
  ASSERT_TRUE(link_reaches(gateway, "ready"));
  const auto wait_s = [&] {
    const std::string answer = change_pin(gateway, "0000", "4711");
    return json_of(answer).at("error").at("wait_s").as_int64();
  };
  EXPECT_EQ(wait_s(), 0);
  EXPECT_EQ(wait_s(), 0);
  EXPECT_GT(wait_s(), 0);
}

}  // namespace
}  // namespace cellwarden::tests
