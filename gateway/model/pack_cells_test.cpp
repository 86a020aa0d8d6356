/// The cells of a pack: which are real, how long they live, their colour.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "gateway/model/pack_rig.hpp"

namespace cellwarden::gateway {
namespace {

using tests::plausible_frame;
using wire::ExtendedFrame;
using namespace core::literals;

TEST(PackCells, ACellLivesForThreeRotations) {
  PackRig bench;
  bench.send(cell_frame(16, 2));
  bench.send(cell_frame(16, 1), 47);
  EXPECT_EQ(bench.view().cells[1].voltage.state, Freshness::fresh);
  bench.send(cell_frame(16, 1), 1);
  EXPECT_EQ(bench.view().cells[1].voltage.state, Freshness::stale);
  EXPECT_EQ(bench.view().cells[1].zone, Zone::unknown);
  EXPECT_EQ(bench.view().cells[0].voltage.state, Freshness::fresh);
}

TEST(PackCells, AfterAReconnectOldCellsStayStaleUntilMeasuredAgain) {
  PackRig bench;
  bench.send(cell_frame(16, 1));
  bench.send(cell_frame(16, 2));
  bench.pack.port(PortState::down, "gone", bench.now);
  bench.pack.port(PortState::connected, "", bench.now);
  EXPECT_EQ(bench.view().link.state, LinkState::silent);
  bench.send(cell_frame(16, 1));
  EXPECT_EQ(bench.view().link.reconnects, 1U);
  EXPECT_EQ(bench.view().cells[0].voltage.state, Freshness::fresh);
  EXPECT_EQ(bench.view().cells[1].voltage.state, Freshness::stale);
}

TEST(PackCells, ABrokenChainTurnsNoCellGreen) {
  PackRig bench;
  ExtendedFrame broken = plausible_frame(16);
  broken.status.communication_error = true;
  bench.send(broken);
  EXPECT_EQ(bench.view().alarms.communication.value, true);
  EXPECT_EQ(bench.view().pack_voltage.state, Freshness::suspect);
  EXPECT_EQ(bench.view().cells[0].zone, Zone::unknown);
}

TEST(PackCells, CellNumbersOutsideThePackAreIgnoredAndCounted) {
  PackRig bench;
  for (const int number : {0, 17, 24, 255}) bench.send(cell_frame(16, number, 3300));
  const PackView view = bench.view();
  EXPECT_EQ(view.link.ignored.cell_number, 4U);
  EXPECT_EQ(view.cells.size(), 16U);
  for (const CellView& cell : view.cells) EXPECT_EQ(cell.voltage.state, Freshness::missing);
}

TEST(PackCells, AnExtremeOfNoRealCellHasNoNumber) {
  PackRig bench;
  ExtendedFrame frame = plausible_frame(16);
  frame.lowest.cell = 0;
  frame.highest.cell = 17;
  bench.send(frame);
  EXPECT_FALSE(bench.view().lowest.cell);
  EXPECT_FALSE(bench.view().highest.cell);
  EXPECT_EQ(bench.view().lowest.value.value, 3'300_mV);
}

TEST(PackCells, ANewCellCountIsBelievedInTheSecondFrameAndDropsTheCellsBeyond) {
  PackRig bench;
  for (int cell = 1; cell <= 8; ++cell) bench.send(cell_frame(8, cell));
  bench.send(cell_frame(4, 1));
  EXPECT_EQ(bench.view().cell_count.value, 8);
  EXPECT_EQ(bench.view().cell_count.state, Freshness::suspect);
  EXPECT_EQ(bench.view().pack_voltage.state, Freshness::suspect);
  EXPECT_EQ(bench.view().link.ignored.cell_count, 1U);
  bench.send(cell_frame(4, 2));
  EXPECT_EQ(bench.view().cell_count.value, 4);
  EXPECT_EQ(bench.view().cells.size(), 4U);
  EXPECT_EQ(bench.view().pack_voltage.state, Freshness::fresh);
  bench.send(cell_frame(8, 1), 2);
  EXPECT_EQ(bench.view().cells.size(), 8U);
  EXPECT_EQ(bench.view().cells[7].voltage.state, Freshness::missing) << "not the cell of before";
}

TEST(PackCells, ZonesFollowTheLimits) {
  struct Case {
    int mv;
    Zone zone;
    const char* why;
  };
  const Case cases[] = {
      {2795, Zone::out_of_range, "below V-min"},
      {2800, Zone::safe, "at V-min"},
      {3495, Zone::safe, "below V-bypass"},
      {3500, Zone::balancing, "at V-bypass"},
      {3600, Zone::balancing, "at V-max"},
      {3605, Zone::out_of_range, "above V-max"},
      {0, Zone::out_of_range, "a dead cell is seen"},
  };
  for (const Case& c : cases) {
    PackRig bench;
    ExtendedFrame frame = cell_frame(2, 1, c.mv);
    frame.lowest.voltage = std::min(frame.cell.voltage, 3'300_mV);
    frame.highest.voltage = std::max(frame.cell.voltage, 3'300_mV);
    frame.pack_voltage = frame.lowest.voltage + frame.highest.voltage;
    bench.send(frame);
    EXPECT_EQ(bench.view().cells[0].zone, c.zone) << c.why;
  }
}

TEST(PackCells, TwoHundredFiftyFiveCellsAllArrive) {
  PackRig bench;
  for (int round = 0; round < 2; ++round) {
    for (int cell = 1; cell <= 255; ++cell) bench.send(cell_frame(255, cell));
  }
  const PackView view = bench.view();
  ASSERT_EQ(view.cells.size(), 255U);
  for (const CellView& cell : view.cells) EXPECT_EQ(cell.zone, Zone::safe);
  EXPECT_EQ(view.link.ignored.cell_number, 0U);
}

}  // namespace
}  // namespace cellwarden::gateway
