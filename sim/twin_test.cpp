// SPDX-License-Identifier: Apache-2.0
#include "sim/twin.hpp"

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

TEST(Twin, RefusesAPackOfOneCellAndOf256) {
  for (const int cells : {-1, 0, 1, 256}) {
    TwinOptions options;
    options.cells = cells;
    EXPECT_THROW(Twin{options}, std::invalid_argument) << cells;
  }
}

}  // namespace
}  // namespace cellwarden::sim
