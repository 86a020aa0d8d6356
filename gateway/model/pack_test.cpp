// SPDX-License-Identifier: Apache-2.0
#include "gateway/model/pack.hpp"

#include <gtest/gtest.h>

#include "tests/support/frames.hpp"
#include "tests/support/stream.hpp"

namespace cellwarden::gateway {
namespace {

using std::chrono::seconds;
using tests::plausible_frame;
using wire::ExtendedFrame;
using wire::TemperatureLine;
using namespace core::literals;

/// A pack on a connected port, a frame a second.
class Bench {
 public:
  Bench() { pack.port(PortState::connected, "", now); }
  void send(const ExtendedFrame& frame) {
    const wire::FrameBytes bytes = wire::encode_frame(frame);
    (void)pack.bytes(bytes, now);
    pack.silence();
    now += seconds(1);
  }
  void send(const ExtendedFrame& frame, int times) {
    for (int i = 0; i < times; ++i) send(frame);
  }
  [[nodiscard]] PackView view() const { return pack.view(now); }

  Pack pack{TemperatureLine::sensor};
  Time now = Time{} + std::chrono::hours(1200);  // Instant wraps within the tests that run long
};

ExtendedFrame cell_frame(int cells, int number, int mv = 3300) {
  ExtendedFrame frame = plausible_frame(cells);
  frame.cell.number = static_cast<std::uint8_t>(number);
  frame.cell.voltage = core::Voltage::millivolts(mv);
  return frame;
}

TEST(Pack, NothingIsKnownBeforeTheFirstFrame) {
  const Pack pack(TemperatureLine::sensor);
  const PackView view = pack.view(Time{});
  EXPECT_EQ(view.link.state, LinkState::down);
  EXPECT_EQ(view.pack_voltage.state, Freshness::missing);
  EXPECT_FALSE(view.link.age);
  EXPECT_TRUE(view.cells.empty());
}

TEST(Pack, AFrameMakesItsValuesFresh) {
  Bench bench;
  EXPECT_EQ(bench.view().link.state, LinkState::silent);
  bench.send(plausible_frame(16));
  const PackView view = bench.view();
  EXPECT_EQ(view.link.state, LinkState::online);
  EXPECT_EQ(view.pack_voltage.state, Freshness::fresh);
  EXPECT_EQ(view.pack_voltage.value, 52'800_mV);
  EXPECT_EQ(view.pack_voltage.age, milliseconds(1000));
  EXPECT_EQ(view.soc_percent.value, 75);
  EXPECT_EQ(view.current.value, 7'500_mA);
  EXPECT_EQ(view.power.value, 52'800_mV * 7'500_mA);
  EXPECT_EQ(view.power_in.value, 52'800_mV * 12'500_mA);
  EXPECT_EQ(view.capacity.value, 15'000_Wh);
  EXPECT_EQ(view.lowest.cell, 1);
  EXPECT_EQ(view.cells.size(), 16U);
  EXPECT_EQ(view.cells[0].voltage.value, 3'300_mV);
  EXPECT_EQ(view.cells[0].zone, Zone::safe);
  EXPECT_EQ(view.cells[1].voltage.state, Freshness::missing);
  EXPECT_EQ(view.cells[1].zone, Zone::unknown);
}

TEST(Pack, ValuesOfAFrameAreStaleAfterFiveSeconds) {
  Bench bench;
  bench.send(plausible_frame(16));
  bench.now += seconds(4);
  EXPECT_EQ(bench.view().pack_voltage.state, Freshness::fresh);
  EXPECT_EQ(bench.view().link.state, LinkState::online);
  bench.now += milliseconds(1);
  EXPECT_EQ(bench.view().pack_voltage.state, Freshness::stale);
  EXPECT_EQ(bench.view().pack_voltage.value, 52'800_mV);
  EXPECT_EQ(bench.view().link.state, LinkState::silent);
  EXPECT_EQ(bench.view().cells[0].zone, Zone::unknown);
}

TEST(Pack, ValuesAreStaleForeverNotFreshAgainAfterTheClockWraps) {
  Bench bench;
  bench.send(plausible_frame(16));
  for (const int days : {10, 25, 50, 100}) {
    bench.now += std::chrono::hours(24 * days);
    EXPECT_EQ(bench.view().pack_voltage.state, Freshness::stale) << days;
  }
}

TEST(Pack, ACellLivesForThreeRotations) {
  Bench bench;
  bench.send(cell_frame(16, 2));
  bench.send(cell_frame(16, 1), 47);
  EXPECT_EQ(bench.view().cells[1].voltage.state, Freshness::fresh);
  bench.send(cell_frame(16, 1), 1);
  EXPECT_EQ(bench.view().cells[1].voltage.state, Freshness::stale);
  EXPECT_EQ(bench.view().cells[1].zone, Zone::unknown);
  EXPECT_EQ(bench.view().cells[0].voltage.state, Freshness::fresh);
}

TEST(Pack, AVanishedPortMakesEveryValueStaleAtOnce) {
  Bench bench;
  bench.send(plausible_frame(16), 4);
  bench.pack.port(PortState::down, "the cable has gone", bench.now);
  const PackView view = bench.view();
  EXPECT_EQ(view.link.state, LinkState::down);
  EXPECT_EQ(view.link.text, "the cable has gone");
  EXPECT_EQ(view.pack_voltage.state, Freshness::stale);
  EXPECT_EQ(view.charge_allowed.state, Freshness::stale);
  EXPECT_EQ(view.cells[0].voltage.state, Freshness::stale);
}

TEST(Pack, AfterAReconnectOldCellsStayStaleUntilMeasuredAgain) {
  Bench bench;
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

TEST(Pack, AnAlarmSurvivesTheLossOfData) {
  Bench bench;
  ExtendedFrame alarm = plausible_frame(16);
  alarm.status.above_v_max = true;
  bench.send(plausible_frame(16), 3);
  bench.send(alarm);
  EXPECT_EQ(bench.view().alarms.v_high.value, true);
  bench.now += seconds(3600);
  EXPECT_EQ(bench.view().alarms.v_high.value, true);
  EXPECT_EQ(bench.view().alarms.v_high.state, Freshness::stale);
  bench.send(plausible_frame(16), 2);
  EXPECT_EQ(bench.view().alarms.v_high.value, true);
  bench.send(plausible_frame(16));
  EXPECT_EQ(bench.view().alarms.v_high.value, false);
}

TEST(Pack, ARelayIsAllowedAfterThreeFramesThatAgree) {
  Bench bench;
  ExtendedFrame allowed = plausible_frame(16);
  allowed.status.charge_allowed = true;
  bench.send(allowed, 2);
  EXPECT_EQ(bench.view().charge_allowed.value, false);
  bench.send(allowed);
  EXPECT_EQ(bench.view().charge_allowed.value, true);
  EXPECT_EQ(bench.view().discharge_allowed.value, false);
  bench.send(plausible_frame(16));
  EXPECT_EQ(bench.view().charge_allowed.value, false);
  bench.send(allowed, 3);
  bench.now += seconds(5);
  bench.send(allowed, 2);
  EXPECT_EQ(bench.view().charge_allowed.value, false) << "frames before a pause do not count";
}

TEST(Pack, ABrokenChainTurnsNoCellGreen) {
  Bench bench;
  ExtendedFrame broken = plausible_frame(16);
  broken.status.communication_error = true;
  bench.send(broken);
  EXPECT_EQ(bench.view().alarms.communication.value, true);
  EXPECT_EQ(bench.view().pack_voltage.state, Freshness::suspect);
  EXPECT_EQ(bench.view().cells[0].zone, Zone::unknown);
}

TEST(Pack, CellNumbersOutsideThePackAreIgnoredAndCounted) {
  Bench bench;
  for (const int number : {0, 17, 24, 255}) bench.send(cell_frame(16, number, 3300));
  const PackView view = bench.view();
  EXPECT_EQ(view.link.ignored.cell_number, 4U);
  EXPECT_EQ(view.cells.size(), 16U);
  for (const CellView& cell : view.cells) EXPECT_EQ(cell.voltage.state, Freshness::missing);
}

TEST(Pack, AnExtremeOfNoRealCellHasNoNumber) {
  Bench bench;
  ExtendedFrame frame = plausible_frame(16);
  frame.lowest.cell = 0;
  frame.highest.cell = 17;
  bench.send(frame);
  EXPECT_FALSE(bench.view().lowest.cell);
  EXPECT_FALSE(bench.view().highest.cell);
  EXPECT_EQ(bench.view().lowest.value.value, 3'300_mV);
}

TEST(Pack, ANewCellCountIsBelievedInTheSecondFrameAndDropsTheCellsBeyond) {
  Bench bench;
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

TEST(Pack, OneGarbledFrameDoesNotChangeThePack) {
  Bench bench;
  bench.send(plausible_frame(16), 5);
  ExtendedFrame garbled = plausible_frame(16);
  garbled.cell_count = 48;
  garbled.status.charge_allowed = true;
  bench.send(garbled);
  EXPECT_EQ(bench.view().cells.size(), 16U);
  EXPECT_EQ(bench.view().soc_percent.state, Freshness::suspect);
  bench.send(plausible_frame(16), 2);
  EXPECT_EQ(bench.view().soc_percent.state, Freshness::fresh);
  EXPECT_EQ(bench.view().cell_count.state, Freshness::fresh);
}

TEST(Pack, ADoubtfulFrameDoesNotHelpToClearAnAlarm) {
  Bench bench;
  ExtendedFrame alarm = plausible_frame(16);
  alarm.status.below_v_min = true;
  bench.send(alarm);
  bench.send(plausible_frame(16), 2);
  ExtendedFrame garbled = plausible_frame(16);
  garbled.capacity = 1'000_Wh;
  bench.send(garbled);
  EXPECT_EQ(bench.view().alarms.v_low.value, true);
}

TEST(Pack, AMissingSensorIsAbsentAndSoIsItsPower) {
  Bench bench;
  ExtendedFrame frame = plausible_frame(16);
  frame.out.sign = wire::CurrentSign::absent;
  frame.sum = frame.in;
  bench.send(frame);
  EXPECT_EQ(bench.view().current_out.state, Freshness::absent);
  EXPECT_EQ(bench.view().power_out.state, Freshness::absent);
  EXPECT_EQ(bench.view().current.state, Freshness::fresh);
}

TEST(Pack, ZonesFollowTheLimits) {
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
    Bench bench;
    ExtendedFrame frame = cell_frame(2, 1, c.mv);
    frame.lowest.voltage = std::min(frame.cell.voltage, 3'300_mV);
    frame.highest.voltage = std::max(frame.cell.voltage, 3'300_mV);
    frame.pack_voltage = frame.lowest.voltage + frame.highest.voltage;
    bench.send(frame);
    EXPECT_EQ(bench.view().cells[0].zone, c.zone) << c.why;
  }
}

TEST(Pack, DetailsComeFromKeyValuePairsAndTheClockFromTheOlderProduct) {
  Bench bench;
  constexpr std::uint8_t cycle[] = {98, 97, 0x02, 0x80, 0x02, 0x94, 0x33, 11, 0x01, 0x02,
                                    0,  0,  9,    0,    0,    8,    0x30, 2,  0xC6};
  for (std::uint8_t key = 0; key <= 19; ++key) {
    ExtendedFrame frame = plausible_frame(16);
    frame.extra = wire::Extra::key_value(key % 19, cycle[key % 19]);
    bench.send(frame);
  }
  EXPECT_EQ(bench.view().details.soh_percent.value, 98);
  EXPECT_EQ(bench.view().details.firmware.value, (wire::Firmware{3, 3, 11}));
  EXPECT_EQ(bench.view().details.charged_total.value, 9'000_Wh);
  EXPECT_EQ(bench.view().details.charge_relay_closed.value, true);
  EXPECT_EQ(bench.view().details.v_low.age, milliseconds(18'000)) << "as old as its first byte";
  EXPECT_EQ(bench.view().details.clock.state, Freshness::missing);

  ExtendedFrame older = plausible_frame(16);
  older.extra = wire::Extra::clock(22, 32);
  bench.send(older, 60);
  EXPECT_EQ(bench.view().details.clock.value, (TimeOfDay{22, 32}));
  EXPECT_EQ(bench.view().details.v_low.state, Freshness::stale);
}

TEST(Pack, TwoHundredFiftyFiveCellsAllArrive) {
  Bench bench;
  for (int round = 0; round < 2; ++round) {
    for (int cell = 1; cell <= 255; ++cell) bench.send(cell_frame(255, cell));
  }
  const PackView view = bench.view();
  ASSERT_EQ(view.cells.size(), 255U);
  for (const CellView& cell : view.cells) EXPECT_EQ(cell.zone, Zone::safe);
  EXPECT_EQ(view.link.ignored.cell_number, 0U);
}

TEST(Pack, TheEndOfAReplayMakesItsValuesStale) {
  Bench bench;
  bench.send(plausible_frame(16));
  bench.pack.port(PortState::ended, "the replay is over", bench.now);
  EXPECT_EQ(bench.view().link.state, LinkState::ended);
  EXPECT_EQ(bench.view().soc_percent.state, Freshness::stale);
}

}  // namespace
}  // namespace cellwarden::gateway
