/// The link between a BMS and the gateway is pulled away and put back.
// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/gateway/http_client.hpp"

namespace cellwarden::tests {
namespace {

std::string state_of(const boost::json::value& pack, std::string_view key) {
  return std::string(pack.at(key).at("state").as_string());
}

// proves OUTW-1
TEST(Recovery, TheGatewayFollowsABmsThatGoesAndComesBack) {
  const TemporaryFolder folder;
  const std::string link = folder.file("bms");
  const Gateway gateway({"--source", "Boat=serial:" + link});
  EXPECT_TRUE(gateway.reaches("down"));
  EXPECT_EQ(state_of(gateway.pack(), "pack_voltage_mv"), "missing");
  {
    Process bms({"emulate", "--pty", link, "--fast"});
    ASSERT_TRUE(gateway.reaches("online")) << bms.err() << gateway.process.err();
    ASSERT_TRUE(eventually([&] {
      const auto pack = gateway.pack();
      return pack.at("cells").as_array().size() == 4 &&
             state_of(pack.at("cells").at(3), "voltage_mv") == "fresh";
    }));
    EXPECT_EQ(gateway.pack().at("id"), "boat");
    EXPECT_EQ(state_of(gateway.pack(), "pack_voltage_mv"), "fresh");
    bms.signal(SIGTERM);
    EXPECT_EQ(bms.wait(), 0);
    EXPECT_FALSE(std::filesystem::exists(std::filesystem::symlink_status(link)));
  }
  ASSERT_TRUE(gateway.reaches("down"));
  const auto lost = gateway.pack();
  for (const char* key : {"pack_voltage_mv", "soc_permille", "current_ma", "charge_allowed"}) {
    EXPECT_EQ(state_of(lost, key), "stale") << key;
  }
  EXPECT_EQ(lost.at("cells").at(0).at("zone"), "unknown");
  {
    const Process bms({"emulate", "--pty", link, "--fast"});
    ASSERT_TRUE(gateway.reaches("online")) << gateway.process.err();
    const auto back = gateway.pack();
    EXPECT_EQ(state_of(back, "pack_voltage_mv"), "fresh");
    EXPECT_EQ(back.at("link").at("reconnects"), 1);
  }
  // This time the BMS was killed and left its link behind.
  ASSERT_TRUE(gateway.reaches("down"));
}

TEST(Recovery, SaysEachChangeOfTheLinkOnce) {
  const TemporaryFolder folder;
  const std::string link = folder.file("bms");
  Gateway gateway({"--source", "serial:" + link});
  {
    const Process bms({"emulate", "--pty", link, "--fast"});
    ASSERT_TRUE(gateway.reaches("online"));
  }
  ASSERT_TRUE(gateway.reaches("down"));
  gateway.process.signal(SIGTERM);
  EXPECT_EQ(gateway.process.wait(), 0);
  const std::string said = gateway.process.err();
  const auto count = [&said](std::string_view text) {
    int n = 0;
    for (auto at = said.find(text); at != std::string::npos; at = said.find(text, at + 1)) ++n;
    return n;
  };
  EXPECT_EQ(count("is not there; trying again"), 1) << said;
  EXPECT_EQ(count("frames arrive"), 1) << said;
  EXPECT_EQ(count("has gone; trying again"), 1) << said;
}

TEST(Recovery, WhatIsCapturedIsReplayed) {
  const TemporaryFolder folder;
  const std::string file = folder.file("day.txt");
  Process capture({"capture", "--source", "twin", "--out", file});
  ASSERT_TRUE(eventually([&] { return content_of(file).find("\n@") != std::string::npos; }));
  capture.signal(SIGINT);
  EXPECT_EQ(capture.wait(), 0) << capture.err();
  const Gateway gateway({"--source", "replay:" + file, "--speed", "100"});
  ASSERT_TRUE(gateway.reaches("ended"));
  const auto pack = gateway.pack();
  EXPECT_GE(pack.at("link").at("frames").as_int64(), 1);
  EXPECT_EQ(state_of(pack, "pack_voltage_mv"), "stale");
}

}  // namespace
}  // namespace cellwarden::tests
