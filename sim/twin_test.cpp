// SPDX-License-Identifier: Apache-2.0
#include "sim/twin.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/frame_reader.hpp"

namespace cellwarden::sim {
namespace {

constexpr SimTime second = 1'000'000;

std::vector<wire::ExtendedFrame> frames_of(Twin& twin, SimTime until) {
  std::vector<wire::ExtendedFrame> frames;
  wire::FrameReader reader;
  twin.run_until(until, [&](SimTime, std::uint8_t byte) {
    if (const auto frame = reader.push(byte)) frames.push_back(*frame);
  });
  EXPECT_EQ(reader.counts().dropped_bytes, 0U);
  return frames;
}

// proves OUTW-1, OUT-1
TEST(Twin, SendsAFrameASecondOfAHealthyPack) {
  Twin twin{TwinOptions{}};
  const auto frames = frames_of(twin, 60 * second);
  ASSERT_GE(frames.size(), 55U);
  const wire::ExtendedFrame& last = frames.back();
  EXPECT_EQ(last.cell_count, 4);
  EXPECT_TRUE(last.status.charge_allowed);
  EXPECT_TRUE(last.status.discharge_allowed);
  EXPECT_FALSE(last.status.communication_error);
  EXPECT_GT(last.pack_voltage, core::Voltage::millivolts(12'000));
  EXPECT_LT(last.pack_voltage, core::Voltage::millivolts(15'000));
}

TEST(Twin, SameSeedSendsTheSameBytes) {
  const auto bytes_of = [](std::uint64_t seed) {
    TwinOptions options;
    options.seed = seed;
    Twin twin{options};
    std::vector<std::uint8_t> bytes;
    twin.run_until(30 * second, [&](SimTime, std::uint8_t byte) { bytes.push_back(byte); });
    return bytes;
  };
  EXPECT_EQ(bytes_of(7), bytes_of(7));
  EXPECT_NE(bytes_of(7), bytes_of(8));
}

// proves ENV-4
TEST(Twin, FallsSilentWhileAWireIsCut) {
  Twin twin{TwinOptions{}};
  (void)frames_of(twin, 10 * second);
  twin.cut_wire(2);
  (void)frames_of(twin, 15 * second);
  EXPECT_TRUE(frames_of(twin, 25 * second).empty());
  twin.mend_wire(2);
  const auto frames = frames_of(twin, 35 * second);
  ASSERT_GE(frames.size(), 3U);
  EXPECT_TRUE(frames.front().status.communication_error);
  EXPECT_FALSE(frames.back().status.communication_error);
}

std::string ask(Twin& twin, int client, const std::string& line) {
  for (const char letter : line + "\r") twin.app_send(client, static_cast<std::uint8_t>(letter));
  std::string reply;
  while (const auto byte = twin.app_next(client)) reply.push_back(static_cast<char>(*byte));
  return reply;
}

// proves OUT-5, OUT-7, OUTW-2
TEST(Twin, SettingsAndChargeOutliveTheTwinInItsFlashFolder) {
  TwinOptions options;
  options.flash_folder = std::filesystem::path(testing::TempDir()) / "twin_flash_test";
  std::filesystem::remove_all(options.flash_folder);
  int soc_before = 0;
  {
    Twin twin{options};
    soc_before = frames_of(twin, 10 * second).back().soc_percent;
    const int app = twin.open_app();
    EXPECT_EQ(ask(twin, app, "X04=0B54!"), "NA\r");
    EXPECT_EQ(ask(twin, app, "PW1234!"), "OK\r");
    EXPECT_EQ(ask(twin, app, "X04=0B54!"), "OK\r");
  }
  options.start_hour = 12.0;
  Twin twin{options};
  const auto frames = frames_of(twin, 10 * second);
  EXPECT_EQ(frames.back().v_min, core::Voltage::millivolts(2900));
  EXPECT_EQ(frames.back().soc_percent, soc_before);
  std::filesystem::remove_all(options.flash_folder);
}

// proves IN-2
TEST(Twin, HasOtherCellsAndOneSensorWhenAsked) {
  TwinOptions options;
  options.cells = 16;
  options.cell_type = "prismatic_150ah";
  options.one_sensor = true;
  options.start_hour = 22.0;
  Twin twin{options};
  const auto frames = frames_of(twin, 30 * second);
  EXPECT_EQ(frames.back().cell_count, 16);
  EXPECT_LT(frames.back().sum.current(), core::Current{}) << "net, discharging";
  options.cell_type = "potato";
  EXPECT_THROW(Twin{options}, std::invalid_argument);
}

TEST(Twin, RefusesAPackOfOneCellAndOf256) {
  for (const int cells : {-1, 0, 1, 256}) {
    TwinOptions options;
    options.cells = cells;
    EXPECT_THROW(Twin{options}, std::invalid_argument) << cells;
  }
}

}  // namespace
}  // namespace cellwarden::sim
