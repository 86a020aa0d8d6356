// SPDX-License-Identifier: Apache-2.0
#include "core/out_firmware.hpp"

#include <gtest/gtest.h>

#include "core/extended_output.hpp"
#include "tests/support/firmware_rig.hpp"

namespace cellwarden::core {
namespace {

using tests::FirmwareRig;

constexpr Duration ms(std::int32_t n) { return Duration::milliseconds(n); }

void press(FirmwareRig& rig, std::int32_t held_ms) {
  rig.button = true;
  rig.take();
  rig.run_for(ms(held_ms));
  rig.button = false;
  rig.take();
}

// proves OUT-4, OUT-5
TEST(OutFirmware, ButtonHeldFiveSecondsGivesTheStandardPinBackOncePerPress) {
  FirmwareRig rig;
  ASSERT_TRUE(change_pin(rig.firmware, rig.flash, 4711, EventKind::pin_changed));
  press(rig, 4'999);
  press(rig, 4'000);
  EXPECT_EQ(rig.firmware.memory.pin, 4711) << "two short presses are not a long one";
  press(rig, 60'000);
  EXPECT_EQ(rig.firmware.memory.pin, 1234);
  ASSERT_EQ(rig.events(EventKind::pin_reset).size(), 1U) << "once, however long it is held";
  EXPECT_EQ(rig.events(EventKind::pin_reset)[0].cause, EventCause::button);
  press(rig, 5'000);
  EXPECT_EQ(rig.events(EventKind::pin_reset).size(), 2U);
  rig.restart();
  EXPECT_EQ(rig.firmware.memory.pin, 1234);
}

// proves OUT-4
TEST(OutFirmware, ButtonHeldWhilePowerComesSetsTheRadioUpForTenSecondsAndLeavesThePin) {
  FirmwareRig rig;
  ASSERT_TRUE(change_pin(rig.firmware, rig.flash, 4711, EventKind::pin_changed));
  rig.button = true;
  rig.restart();
  rig.take();
  EXPECT_TRUE(rig.last.radio_reset);
  rig.run_for(ms(9'999));
  EXPECT_TRUE(rig.last.radio_reset);
  rig.run_for(ms(1));
  EXPECT_FALSE(rig.last.radio_reset);
  rig.run_for(ms(30'000));
  EXPECT_EQ(rig.firmware.memory.pin, 4711);
  rig.button = false;
  rig.take();
  press(rig, 5'000);
  EXPECT_EQ(rig.firmware.memory.pin, 1234) << "a new press counts again";
  EXPECT_FALSE(rig.last.radio_reset);
}

// proves OUT-5, OUT-7
TEST(OutFirmware, ANewPinSurvivesAPowerOff) {
  FirmwareRig rig;
  ASSERT_TRUE(change_pin(rig.firmware, rig.flash, 7, EventKind::pin_changed));
  rig.restart();
  EXPECT_EQ(rig.firmware.memory.pin, 7);
}

void break_flash(FirmwareRig& rig) { rig.flash.cut_after(0, 1); }

// proves OUT-7, SET-3
TEST(OutFirmware, WhatTheFlashDoesNotTakeIsRefusedAndTheOldValueStaysInForce) {
  FirmwareRig rig;
  rig.cycles(4);
  rig.firmware.board.totals.collected = EnergyCounter::at(Energy::watt_hours(77));
  break_flash(rig);
  const ChangeResult result = rig.set("v_max", 3'600);
  EXPECT_FALSE(result.refusal.has_value());
  EXPECT_TRUE(result.not_stored);
  EXPECT_EQ(rig.value_of("v_max"), 3'650);
  EXPECT_EQ(rig.firmware.settings.v_max, Voltage::millivolts(3'650));
  EXPECT_FALSE(change_pin(rig.firmware, rig.flash, 4711, EventKind::pin_changed));
  EXPECT_EQ(rig.firmware.memory.pin, 1234);
  EXPECT_FALSE(clear_energy(rig.firmware, rig.flash));
  EXPECT_EQ(rig.firmware.board.totals.collected.total(), Energy::watt_hours(77));
  EXPECT_EQ(rig.events(EventKind::setting_changed).size(), 0U);
  EXPECT_EQ(rig.events(EventKind::energy_cleared).size(), 0U);
}

// proves OUT-7
TEST(OutFirmware, ALostMemoryThatCannotBeErasedStaysHeldOpen) {
  FakeFlash noise{2048};
  for (std::size_t word = 0; word < 100; ++word) noise.poke(0, word, 0x1234'5678);
  FirmwareRig rig(FirmwareRig::Start{}, noise);
  ASSERT_TRUE(rig.firmware.held_open);
  break_flash(rig);
  EXPECT_TRUE(rig.set("v_max", 3'600).not_stored);
  EXPECT_TRUE(rig.firmware.held_open);
  rig.cycles(4);
  EXPECT_EQ(rig.relays(), both_open);
}

// proves OUT-9, SET-3
TEST(OutFirmware, AChangeToTheValueInForceIsNoEventAndARefusedOneNeither) {
  FirmwareRig rig;
  rig.cycles(4);
  EXPECT_FALSE(rig.set("v_max", 3'650).refusal.has_value());
  EXPECT_EQ(rig.set("v_max", 3'495).refusal->reason, RefusalReason::v_bypass);
  EXPECT_EQ(rig.events(EventKind::setting_changed).size(), 0U);
  rig.set("v_max", 3'600);
  ASSERT_EQ(rig.events(EventKind::setting_changed).size(), 1U);
  const Event said = rig.events(EventKind::setting_changed)[0];
  EXPECT_EQ(said, (Event{rig.firmware.memory.device_s, EventKind::setting_changed,
                         EventCause::owner, 5, 3'600}));
}

// proves OUT-6, OUT-9
TEST(OutFirmware, EnergyCountersOutliveAPowerOffAndAreClearedButNotLifetimeData) {
  FirmwareRig rig;
  rig.clock = WallClock{20'000, 600};
  rig.order.in = Current::milliamperes(100'000);
  rig.order.out = Current{};
  rig.cycles(1'000);
  const PackTotals counted = rig.firmware.board.totals;
  ASSERT_GT(counted.collected.total(), Energy::watt_hours(300));
  ASSERT_GT(counted.collected_today.total(), Energy::watt_hours(300));
  rig.restart();
  EXPECT_GT(rig.firmware.board.totals.collected.total(), Energy::watt_hours(300));
  ASSERT_TRUE(clear_energy(rig.firmware, rig.flash));
  rig.restart();
  const PackTotals& after = rig.firmware.board.totals;
  EXPECT_EQ(after.collected.total(), Energy{});
  EXPECT_EQ(after.collected_today.total(), Energy{});
  EXPECT_EQ(after.day, 20'000);
  EXPECT_GT(after.charged.total(), Energy::watt_hours(300)) << "lifetime data";
  EXPECT_GT(rig.firmware.board.lifetime.charged, Charge{});
  EXPECT_EQ(rig.events(EventKind::energy_cleared).size(), 1U);
}

// proves OUT-6
TEST(OutFirmware, TodayEndsWithTheDayOfTheClockThatWins) {
  FirmwareRig rig;
  rig.firmware.board.totals.collected_today = EnergyCounter::at(Energy::watt_hours(5));
  set_clock(rig.firmware, rig.now, {20'000, 1'439});
  rig.take();
  EXPECT_EQ(rig.firmware.board.totals.collected_today.total(), Energy::watt_hours(5));
  EXPECT_EQ(rig.firmware.minute_of_day, 1'439);
  rig.run_for(ms(60'000));
  EXPECT_EQ(rig.firmware.minute_of_day, 0);
  EXPECT_EQ(rig.firmware.board.totals.collected_today.total(), Energy{});
  EXPECT_EQ(rig.firmware.board.totals.day, 20'001);
  rig.clock = WallClock{20'005, 7};
  rig.take();
  EXPECT_EQ(rig.firmware.minute_of_day, 7) << "the home's clock wins";
  EXPECT_EQ(rig.firmware.board.totals.day, 20'005);
}

// proves OUT-7
TEST(OutFirmware, StateOfChargeIsStoredAtTheFirstFullAndEveryQuarterOfAnHour) {
  FirmwareRig rig;
  rig.cycles(4);
  for (CellSample& cell : rig.cells) cell.voltage = Voltage::millivolts(3'520);
  rig.cycles(2);
  rig.restart();
  EXPECT_EQ(rig.firmware.board.soc.share(), Ratio::percent(100));
  EXPECT_TRUE(rig.firmware.board.soc.calibrated());
  rig.firmware.board.soc = StateOfCharge::at(Ratio::percent(40), true);
  rig.idle(890);
  FirmwareRig early = rig;
  early.restart();
  EXPECT_EQ(early.firmware.board.soc.share(), Ratio::percent(100));
  rig.idle(20);
  rig.restart();
  EXPECT_EQ(rig.firmware.board.soc.share(), Ratio::percent(40));
}

// proves OUT-9
TEST(OutFirmware, TheHistoryGetsAValueAnHourAlsoAcrossRestarts) {
  FirmwareRig rig;
  rig.firmware.board.soc = StateOfCharge::at(Ratio::percent(50), true);
  rig.idle(3'590);
  EXPECT_EQ(rig.firmware.memory.history, SocHistory{});
  rig.idle(10);
  EXPECT_EQ(rig.firmware.memory.history.percent[0], 50);
  EXPECT_EQ(rig.firmware.memory.history.percent[1], SocHistory::empty);
  rig.firmware.board.soc = StateOfCharge::at(Ratio::percent(49), true);
  rig.idle(2'700);
  rig.restart();
  rig.idle(1'800);
  EXPECT_EQ(rig.firmware.memory.history.percent[1], 49);
  EXPECT_EQ(rig.firmware.memory.history.newest, 1);
}

// proves OUT-7, OUT-9
TEST(OutFirmware, SixtyDaysPassAcrossTheWrapsOfTheClock) {
  FirmwareRig rig(FirmwareRig::Start{.at = Instant::milliseconds(0xFFFF'0000U)});
  set_clock(rig.firmware, rig.now, {20'000, 100});
  for (int wrong = 0; wrong < 3; ++wrong) {
    EXPECT_FALSE(rig.firmware.pin_guard.accepts(1, 1234, rig.now));
  }
  const std::uint32_t began = rig.firmware.memory.device_s;
  for (int day = 1; day <= 60; ++day) {
    rig.idle(86'400);
    ASSERT_EQ(rig.firmware.memory.device_s - began, 86'400U * static_cast<std::uint32_t>(day));
    ASSERT_EQ(clock_now(rig.firmware, rig.now)->day, 20'000 + day);
    ASSERT_EQ(clock_now(rig.firmware, rig.now)->minute_of_day, 100);
    PinGuard asked = rig.firmware.pin_guard;
    ASSERT_TRUE(asked.accepts(1234, 1234, rig.now)) << "day " << day;
  }
  EXPECT_EQ(rig.firmware.memory.history.newest, (60 * 24 - 1) % 168);
  EXPECT_LT(rig.flash.erases(0) + rig.flash.erases(1), 300U) << "sixty days of writing";
}

// proves OUT-9
TEST(OutFirmware, EveryStartSaysWhy) {
  FirmwareRig rig;
  rig.restart(EventCause::watchdog);
  const auto starts = rig.events(EventKind::restart);
  ASSERT_EQ(starts.size(), 2U);
  EXPECT_EQ(starts[0].cause, EventCause::power_on);
  EXPECT_EQ(starts[1].cause, EventCause::watchdog);
}

// proves SET-5
TEST(OutFirmware, ContactsFollowTheFunctionTheOwnerGaveThem) {
  FirmwareRig rig;
  rig.firmware.board.soc = StateOfCharge::at(Ratio::percent(50), true);
  rig.cycles(4);
  EXPECT_EQ(rig.relays(), both_closed);
  rig.set("relay2_function", 4);
  rig.cycle();
  EXPECT_EQ(rig.relays(), (Relays{true, false})) << "no early warning";
  rig.cells[2].voltage = Voltage::millivolts(2'990);
  rig.cycle();
  EXPECT_EQ(rig.relays(), both_closed) << "early warning";
  rig.set("relay1_force", 1);
  rig.set("relay2_invert", 1);
  rig.cycle();
  EXPECT_EQ(rig.relays(), both_open);
}

// proves REL-8, SET-5
TEST(OutFirmware, AnEarlyWarningIsNotClearedByDataThatAreMissing) {
  FirmwareRig rig;
  rig.set("relay2_function", 4);
  rig.cycles(4);
  EXPECT_FALSE(rig.relays().load);
  rig.cells[0].voltage = Voltage::millivolts(2'990);
  rig.cycle();
  EXPECT_TRUE(rig.relays().load);
  rig.cells[0].voltage = Voltage::millivolts(3'300);
  rig.cycle({.broken = true});
  EXPECT_TRUE(rig.relays().load) << "the low cell is not among those behind the break";
  EXPECT_EQ(extended_value(rig.firmware.board, rig.firmware.settings, 16) & 0x02U, 0x02U);
  rig.cycle({.temperature_out_of_range = true});
  EXPECT_TRUE(rig.relays().load) << "a reading is missing";
  rig.idle(600);
  EXPECT_TRUE(rig.relays().load) << "silence";
  rig.cycles(2);
  EXPECT_FALSE(rig.relays().load) << "every cell has been heard";
}

// proves OUT-6
TEST(OutFirmware, AClockSetOnceCountsTheDaysItself) {
  FirmwareRig rig;
  set_clock(rig.firmware, rig.now, {20'000, 100});
  rig.idle(86'400 - 10);
  EXPECT_EQ(clock_now(rig.firmware, rig.now), (WallClock{20'001, 99}));
  rig.idle(10 + 86'400);
  EXPECT_EQ(clock_now(rig.firmware, rig.now), (WallClock{20'002, 100}));
}

}  // namespace
}  // namespace cellwarden::core
