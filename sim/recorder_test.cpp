// SPDX-License-Identifier: Apache-2.0
#include "sim/recorder.hpp"

#include <gtest/gtest.h>

namespace cellwarden::sim {
namespace {

constexpr SimTime second = 1'000'000;

PackValues at_voltage(double v, bool charge = true) {
  PackValues values;
  values[Quantity::pack_voltage] = v;
  values[Quantity::charge_relay] = charge ? 1.0 : 0.0;
  return values;
}

TEST(Recorder, SpansAreWholeLooksAndCoverTheRun) {
  const int cells[] = {4};
  const struct {
    SimTime duration_s;
    SimTime span_s;
    std::size_t spans;
  } cases[] = {{1, 1, 1},      {600, 1, 600},      {1200, 1, 1200},
               {1201, 2, 601}, {86'400, 72, 1200}, {86'400 * 30, 2160, 1200}};
  for (const auto& c : cases) {
    const Recorder recorder(c.duration_s * second, second, cells);
    EXPECT_EQ(recorder.span(), c.span_s * second) << c.duration_s;
    EXPECT_EQ(recorder.spans(), c.spans) << c.duration_s;
  }
}

TEST(Recorder, KeepsLowestHighestAndMeanOfEachSpanAndEachCellOnce) {
  const int cells[] = {2};
  Recorder recorder(2400 * second, second, cells);
  const float first[] = {3.3F, 3.4F};
  const float later[] = {3.5F, 3.6F};
  recorder.look(0, 0, at_voltage(12.0), plant::FloatView(first));
  recorder.look(second, 0, at_voltage(16.0), plant::FloatView(later));
  recorder.look(2 * second, 0, at_voltage(13.0), plant::FloatView(later));
  recorder.look(2400 * second, 0, at_voltage(14.0),
                plant::FloatView(later));  // the end belongs to the last span
  const PackRecord& pack = recorder.packs()[0];
  const Series& voltage = pack.of(Quantity::pack_voltage);
  EXPECT_EQ(voltage.lowest[0], 12.0F);
  EXPECT_EQ(voltage.highest[0], 16.0F);
  EXPECT_EQ(voltage.mean[0], 14.0F);
  EXPECT_EQ(voltage.mean[1], 13.0F);
  EXPECT_EQ(voltage.mean[1199], 14.0F);
  EXPECT_EQ(pack.cell_voltage[1][0], 3.4F);
  EXPECT_EQ(pack.cell_voltage[1][1], 3.6F);
  EXPECT_EQ(pack.looks[0], 2U);
  EXPECT_EQ(pack.looks[2], 0U);
}

TEST(Recorder, NotesEveryChangeOfAContactUpToALimit) {
  const int cells[] = {2};
  const plant::FloatView no_cells({});
  Recorder recorder(1'000'000 * second, second, cells);
  for (int i = 0; i < 6; ++i) recorder.look(i * second, 0, at_voltage(12.0, i / 2 != 1), no_cells);
  const auto& changes =
      recorder.packs()[0].changes[static_cast<std::size_t>(Quantity::charge_relay)];
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[1].at, 2 * second);
  EXPECT_FALSE(changes[1].on);
  EXPECT_FALSE(recorder.packs()[0].changes_cut);
  for (int i = 6; i < 30'000; ++i)
    recorder.look(i * second, 0, at_voltage(12.0, i % 2 == 0), no_cells);
  EXPECT_EQ(changes.size(), changes_max);
  EXPECT_TRUE(recorder.packs()[0].changes_cut);
}

}  // namespace
}  // namespace cellwarden::sim
