// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "gateway/model/pack_rig.hpp"

namespace cellwarden::gateway {
namespace {

using std::chrono::seconds;
using tests::plausible_frame;
using wire::ExtendedFrame;
using wire::TemperatureLine;
using namespace core::literals;

TEST(Pack, NothingIsKnownBeforeTheFirstFrame) {
  const Pack pack(TemperatureLine::sensor);
  const PackView view = pack.view(Time{});
  EXPECT_EQ(view.link.state, LinkState::down);
  EXPECT_EQ(view.pack_voltage.state, Freshness::missing);
  EXPECT_FALSE(view.link.age);
  EXPECT_TRUE(view.cells.empty());
}

TEST(Pack, AFrameMakesItsValuesFresh) {
  PackRig bench;
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
  PackRig bench;
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
  PackRig bench;
  bench.send(plausible_frame(16));
  for (const int days : {10, 25, 50, 100}) {
    bench.now += std::chrono::hours(24 * days);
    EXPECT_EQ(bench.view().pack_voltage.state, Freshness::stale) << days;
  }
}

TEST(Pack, AVanishedPortMakesEveryValueStaleAtOnce) {
  PackRig bench;
  bench.send(plausible_frame(16), 4);
  bench.pack.port(PortState::down, "the cable has gone", bench.now);
  const PackView view = bench.view();
  EXPECT_EQ(view.link.state, LinkState::down);
  EXPECT_EQ(view.link.text, "the cable has gone");
  EXPECT_EQ(view.pack_voltage.state, Freshness::stale);
  EXPECT_EQ(view.charge_allowed.state, Freshness::stale);
  EXPECT_EQ(view.cells[0].voltage.state, Freshness::stale);
}

TEST(Pack, AnAlarmSurvivesTheLossOfData) {
  PackRig bench;
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
  PackRig bench;
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

TEST(Pack, AShortLossOfThePortStartsEveryAgreementAnew) {
  PackRig bench;
  ExtendedFrame frame = plausible_frame(16);
  frame.status.charge_allowed = true;
  frame.status.above_t_max = true;
  bench.send(frame);
  frame.status.above_t_max = false;
  bench.send(frame, 2);
  bench.pack.port(PortState::down, "gone", bench.now);
  bench.pack.port(PortState::connected, "", bench.now);
  bench.send(frame, 2);
  EXPECT_EQ(bench.view().charge_allowed.value, false);
  EXPECT_EQ(bench.view().alarms.t_high.value, true);
  bench.send(frame);
  EXPECT_EQ(bench.view().charge_allowed.value, true);
  EXPECT_EQ(bench.view().alarms.t_high.value, false);
}

TEST(Pack, OneGarbledFrameDoesNotChangeThePack) {
  PackRig bench;
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
  PackRig bench;
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
  PackRig bench;
  ExtendedFrame frame = plausible_frame(16);
  frame.out.sign = wire::CurrentSign::absent;
  frame.sum = frame.in;
  bench.send(frame);
  EXPECT_EQ(bench.view().current_out.state, Freshness::absent);
  EXPECT_EQ(bench.view().power_out.state, Freshness::absent);
  EXPECT_EQ(bench.view().current.state, Freshness::fresh);
}

TEST(Pack, DetailsComeFromKeyValuePairsAndTheClockFromTheOlderProduct) {
  PackRig bench;
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

TEST(Pack, TheEndOfAReplayMakesItsValuesStale) {
  PackRig bench;
  bench.send(plausible_frame(16));
  bench.pack.port(PortState::ended, "the replay is over", bench.now);
  EXPECT_EQ(bench.view().link.state, LinkState::ended);
  EXPECT_EQ(bench.view().soc_percent.state, Freshness::stale);
}

}  // namespace
}  // namespace cellwarden::gateway
