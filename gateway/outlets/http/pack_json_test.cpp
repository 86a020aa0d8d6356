// SPDX-License-Identifier: Apache-2.0
#include "gateway/outlets/http/pack_json.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "gateway/app_link/fake_app_board.hpp"
#include "tests/support/stream.hpp"

namespace cellwarden::gateway::http {
namespace {

using boost::json::value;
using tests::plausible_frame;

class Bench {
 public:
  Bench() { feed.port(PortState::connected, "", now); }
  void send(const wire::ExtendedFrame& frame) { feed.bytes(wire::encode_frame(frame), now); }
  [[nodiscard]] value pack() const {
    return boost::json::parse(pack_json(feed, now + milliseconds(210)));
  }

  Time now = Time{} + std::chrono::hours(1);
  Packs packs;
  PackFeed& feed = packs.add({"twin", "Twin", "twin", 400, 600}, wire::TemperatureLine::sensor);
};

value object_of(int number, const char* state = "fresh") {
  return {{"value", number}, {"age_ms", 210}, {"state", state}};
}

TEST(PackJson, HasEveryKeyOfTheContractInItsOrder) {
  const Bench bench;
  const char* expected[] = {"id",
                            "name",
                            "source",
                            "link",
                            "app_link",
                            "peaks",
                            "pack_voltage_mv",
                            "soc_permille",
                            "soc_calibrated",
                            "current_ma",
                            "current_in_ma",
                            "current_out_ma",
                            "power_w",
                            "power_in_w",
                            "power_out_w",
                            "stored_wh",
                            "capacity_wh",
                            "collected_today_wh",
                            "consumed_today_wh",
                            "collected_total_wh",
                            "consumed_total_wh",
                            "charge_allowed",
                            "discharge_allowed",
                            "alarms",
                            "limits",
                            "lowest_cell",
                            "highest_cell",
                            "coldest_cell",
                            "hottest_cell",
                            "cell_count",
                            "cells",
                            "details"};
  const value document = bench.pack();
  std::size_t i = 0;
  for (const auto& member : document.as_object()) {
    ASSERT_LT(i, std::size(expected));
    EXPECT_EQ(member.key(), expected[i++]);
  }
  EXPECT_EQ(i, std::size(expected));
  EXPECT_EQ(document.at("pack_voltage_mv"),
            value({{"value", nullptr}, {"age_ms", nullptr}, {"state", "missing"}}));
  EXPECT_EQ(document.at("link").at("state"), "silent");
  EXPECT_EQ(document.at("cells"), value(boost::json::array{}));
  EXPECT_EQ(document.at("lowest_cell").at("number"), nullptr);
}

TEST(PackJson, GivesIntegersInTheUnitOfTheName) {
  Bench bench;
  wire::ExtendedFrame frame = plausible_frame(4);
  frame.sum = {wire::CurrentSign::minus, 60};
  frame.in = {wire::CurrentSign::absent, 0};
  frame.out = {wire::CurrentSign::plus, 60};
  bench.send(frame);
  const value document = bench.pack();
  EXPECT_EQ(document.at("pack_voltage_mv"), object_of(13200));
  EXPECT_EQ(document.at("soc_permille"), object_of(750));
  EXPECT_EQ(document.at("current_ma"), object_of(-7500));
  EXPECT_EQ(document.at("power_w"), object_of(-99));
  EXPECT_EQ(document.at("current_in_ma"),
            value({{"value", nullptr}, {"age_ms", nullptr}, {"state", "absent"}}));
  EXPECT_EQ(document.at("power_in_w").at("state"), "absent");
  EXPECT_EQ(document.at("coldest_cell").at("temperature_dc"), object_of(250));
  EXPECT_EQ(document.at("highest_cell").at("number"), 1);
  EXPECT_EQ(document.at("limits").at("v_bypass_mv"), object_of(3500));
  EXPECT_EQ(document.at("alarms").at("v_high").at("value"), false);
  EXPECT_EQ(document.at("cells").at(0).at("number"), 1);
  EXPECT_EQ(document.at("cells").at(0).at("voltage_mv"), object_of(3300));
  EXPECT_EQ(document.at("cells").at(0).at("zone"), "safe");
  EXPECT_EQ(document.at("cells").at(3).at("zone"), "unknown");
  EXPECT_EQ(document.at("details").at("soh_percent"), object_of(98));
  EXPECT_EQ(document.at("peaks"), value({{"solar_w", 400}, {"inverter_w", 600}}));
  EXPECT_EQ(document.at("link").at("frames"), 1);
  EXPECT_EQ(document.at("link").at("bytes"), 58);
  EXPECT_EQ(document.at("link").at("age_ms"), 210);
}

TEST(PackJson, FirmwareAndClockAreTexts) {
  Bench bench;
  wire::ExtendedFrame frame = plausible_frame(4);
  for (const auto& [key, byte] : {std::pair{0, 98}, {6, 0x33}, {7, 11}, {0, 98}}) {
    frame.extra =
        wire::Extra::key_value(static_cast<std::uint8_t>(key), static_cast<std::uint8_t>(byte));
    bench.send(frame);
  }
  frame.extra = wire::Extra::clock(7, 5);
  bench.send(frame);
  EXPECT_EQ(bench.pack().at("details").at("firmware").at("value"), "3.3.11");
  EXPECT_EQ(bench.pack().at("details").at("clock").at("value"), "07:05");
}

TEST(PackJson, APackWithoutPeaksSaysNull) {
  Packs packs;
  const PackFeed& feed = packs.add({"a", "A", "serial:x", {}, {}}, wire::TemperatureLine::sensor);
  const value document = boost::json::parse(pack_json(feed, Time{}));
  EXPECT_EQ(document.at("peaks"), value({{"solar_w", nullptr}, {"inverter_w", nullptr}}));
}

TEST(PackJson, PeaksThatTheBoardKnowsComeFromTheBoard) {
  Bench bench;
  AppLink link(1234);
  bench.feed.app_link = &link;
  FakeAppBoard board;
  const auto place = core::setting("solar_peak");
  board.values = board.values.with(place, 1200, board.v_bypass).value();
  board.values = board.values.with(core::setting("inverter_peak"), 0, board.v_bypass).value();
  link.client().opened(bench.now);
  for (auto sent = link.client().take_output(); !sent.empty(); sent = link.client().take_output()) {
    const std::string answer = board.answer(sent);
    link.client().receive(std::vector<std::uint8_t>(answer.begin(), answer.end()), bench.now);
  }
  ASSERT_TRUE(link.is_ready());
  // 0 says nothing: the configured one stays.
  EXPECT_EQ(bench.pack().at("peaks"), value({{"solar_w", 1200}, {"inverter_w", 600}}));
}

TEST(PackJson, MessagesAreTagged) {
  const Bench bench;
  const value snapshot = boost::json::parse(snapshot_message(bench.packs, bench.now));
  EXPECT_EQ(snapshot.at("type"), "snapshot");
  EXPECT_EQ(snapshot.at("packs").at(0).at("id"), "twin");
  const value one = boost::json::parse(pack_message(bench.feed, bench.now));
  EXPECT_EQ(one.at("type"), "pack");
  EXPECT_EQ(one.at("pack").at("id"), "twin");
}

TEST(PackJson, TextsAreEscaped) {
  EXPECT_EQ(error_json("a", "\"\n\x01"), R"({"error":{"code":"a","message":"\"\n\u0001"}})");
}

}  // namespace
}  // namespace cellwarden::gateway::http
