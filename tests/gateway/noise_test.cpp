/// Hostile bytes into reader and model: never a crash, never a wrong value shown as good,
/// everything counted.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "gateway/model/pack.hpp"
#include "tests/support/frames.hpp"
#include "tests/support/stream.hpp"

namespace cellwarden::gateway {
namespace {

using tests::Noise;
using tests::plausible_frame;
using wire::TemperatureLine;

std::uint64_t refused_in_all(const wire::FrameReaderCounts& counts) {
  return std::accumulate(counts.refused.begin(), counts.refused.end(), std::uint64_t{0});
}

TEST(Noise, TenMegabytesGiveNoFrameAndAreCounted) {
  Noise noise(1);
  Pack pack(TemperatureLine::sensor);
  Time now{};
  pack.port(PortState::connected, "", now);
  constexpr std::size_t size = 10'000'000;
  std::vector<std::uint8_t> burst;
  std::size_t sent = 0;
  while (sent < size) {
    burst.resize(1 + noise.below(300));
    std::generate(burst.begin(), burst.end(), [&noise] { return noise.byte(); });
    EXPECT_EQ(pack.bytes(burst, now), 0U);
    pack.silence();
    sent += burst.size();
    now += milliseconds(250);
  }
  const PackView view = pack.view(now);
  EXPECT_EQ(view.link.state, LinkState::silent);
  EXPECT_EQ(view.pack_voltage.state, Freshness::missing);
  EXPECT_EQ(view.link.counts.bytes, sent);
  EXPECT_EQ(view.link.counts.dropped_bytes, sent);
  EXPECT_GT(refused_in_all(view.link.counts), 1000U);
}

/// A value may be shown as good only when it is the true one, give or take what the gates allow.
void expect_honest(const PackView& view, int cells) {
  const auto near = [](const Reading<core::Voltage>& reading, int mv, int tolerance_mv) {
    return !reading.fresh() || std::abs(reading.value->in_millivolts() - mv) <= tolerance_mv;
  };
  const int tolerance = 5 * (cells + 2);
  EXPECT_TRUE(near(view.pack_voltage, 3300 * cells, tolerance));
  EXPECT_TRUE(near(view.lowest.value, 3300, tolerance));
  EXPECT_TRUE(near(view.highest.value, 3300, tolerance));
  EXPECT_TRUE(!view.cell_count.fresh() || view.cell_count.value == cells);
  EXPECT_FALSE(view.charge_allowed.value.value_or(false));
  for (const CellView& cell : view.cells) {
    EXPECT_TRUE(near(cell.voltage, 3300, tolerance + 10));
    EXPECT_NE(cell.zone, Zone::out_of_range);
  }
}

TEST(Noise, FlippedLostAndDoubledBytesNeverBecomeAGoodValue) {
  constexpr int cells = 16;
  Noise noise(2);
  Pack pack(TemperatureLine::sensor);
  Time now{};
  pack.port(PortState::connected, "", now);
  std::uint64_t right = 0;
  for (int i = 0; i < 20'000; ++i) {
    wire::ExtendedFrame frame = plausible_frame(cells);
    frame.cell.number = static_cast<std::uint8_t>(1 + i % cells);
    const wire::FrameBytes encoded = wire::encode_frame(frame);
    std::vector<std::uint8_t> bytes(encoded.begin(), encoded.end());
    const std::uint64_t mischief = noise.below(8);
    const auto at = static_cast<std::ptrdiff_t>(noise.below(bytes.size()));
    const auto flip = [&] {
      bytes[noise.below(bytes.size())] ^= static_cast<std::uint8_t>(1U << noise.below(8));
    };
    if (mischief == 1) flip();
    if (mischief == 2) flip(), flip();
    if (mischief == 3) bytes.erase(bytes.begin() + at);
    if (mischief == 4) bytes.insert(bytes.begin() + at, noise.byte());
    if (mischief == 5) bytes.resize(noise.below(bytes.size()));
    if (mischief == 0) ++right;
    (void)pack.bytes(bytes, now);
    if (noise.below(4) != 0) pack.silence();
    expect_honest(pack.view(now), cells);
    now += std::chrono::seconds(1);
  }
  const PackView view = pack.view(now);
  EXPECT_GT(view.link.counts.frames, right / 2);
  EXPECT_GT(refused_in_all(view.link.counts), 1000U);
}

TEST(Noise, HalfAFrameIsDroppedAtTheNextSilence) {
  const wire::FrameBytes whole = wire::encode_frame(plausible_frame(4));
  for (std::size_t length = 1; length < wire::frame_size; ++length) {
    Pack pack(TemperatureLine::sensor);
    pack.port(PortState::connected, "", Time{});
    EXPECT_EQ(pack.bytes(std::span(whole).first(length), Time{}), 0U);
    pack.silence();
    EXPECT_EQ(pack.bytes(whole, Time{}), 1U) << length;
    const PackView view = pack.view(Time{});
    EXPECT_EQ(view.link.counts.refused[static_cast<std::size_t>(wire::FrameFault::size)], 1U);
    EXPECT_EQ(view.link.counts.dropped_bytes, length);
    EXPECT_EQ(view.pack_voltage.state, Freshness::fresh);
  }
}

TEST(Noise, ACountThatChangesAllTheTimeNeverShowsCellsBeyondIt) {
  Noise noise(3);
  Pack pack(TemperatureLine::sensor);
  Time now{};
  pack.port(PortState::connected, "", now);
  std::uint64_t changes = 0;
  int before = 0;
  for (int i = 0; i < 5'000; ++i) {
    const int cells = static_cast<int>(1 + noise.below(255));
    wire::ExtendedFrame frame = plausible_frame(cells);
    frame.cell.number = static_cast<std::uint8_t>(noise.below(256));
    if (before != 0 && before != cells) ++changes;
    before = cells;
    for (int repeat = 0; repeat < 2; ++repeat) {
      (void)pack.bytes(wire::encode_frame(frame), now);
      const PackView view = pack.view(now);
      EXPECT_EQ(view.cells.size(), view.cell_count.value);
      if (repeat == 0) continue;
      EXPECT_EQ(view.cells.size(), static_cast<std::size_t>(cells));
    }
    now += std::chrono::seconds(1);
  }
  EXPECT_EQ(pack.view(now).link.ignored.cell_count, changes);
  EXPECT_GT(pack.view(now).link.ignored.cell_number, 0U);
}

}  // namespace
}  // namespace cellwarden::gateway
