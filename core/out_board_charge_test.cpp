// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <string_view>

#include <gtest/gtest.h>

#include "core/out_board.hpp"
#include "core/test_rigs.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

/// Counts from a known start: 50 A into the pack, message by message.
OutRig charging() {
  OutRig rig;
  rig.cycle();
  rig.order.in = 50'000_mA;
  rig.cycle();
  return rig;
}

Charge counted_by(OutRig& rig, const std::function<void()>& what) {
  const Charge before = rig.board.soc.held();
  what();
  return rig.board.soc.held() - before;
}

constexpr Charge one_second = 50'000_mA * 1000_ms;

struct LossCase {
  std::string_view why;
  int lost;
  int periods;
  bool trusted;
};

// proves SOC-1
TEST(OutBoardCharge, BridgesAFewLostMessagesAndDistrustsTheCountAfterMore) {
  const LossCase cases[] = {
      {.why = "none lost", .lost = 0, .periods = 1, .trusted = true},
      {.why = "one lost", .lost = 1, .periods = 2, .trusted = true},
      {.why = "two lost", .lost = 2, .periods = 3, .trusted = true},
      {.why = "three lost: what flowed is not known", .lost = 3, .periods = 1, .trusted = false},
      {.why = "a minute lost", .lost = 60, .periods = 1, .trusted = false},
  };
  for (const LossCase& c : cases) {
    OutRig rig = charging();
    const Charge counted = counted_by(rig, [&] {
      for (int i = 0; i < c.lost; ++i) rig.lose();
      rig.cycle();
    });
    EXPECT_EQ(counted.in_microcoulombs(), one_second.in_microcoulombs() * c.periods) << c.why;
    EXPECT_EQ(rig.board.soc.calibrated(), c.trusted) << c.why;
  }
}

// proves SOC-1
TEST(OutBoardCharge, BridgesAcrossTheWrapOfTheSequence) {
  OutRig rig;
  rig.order.sequence = 253;
  rig.cycle();
  rig.order.in = 50'000_mA;
  rig.lose();
  rig.lose();
  EXPECT_EQ(counted_by(rig, [&] { rig.cycle(); }).in_microcoulombs(),
            3 * one_second.in_microcoulombs());
  EXPECT_EQ(rig.order.sequence, 1);
}

// proves SOC-1
TEST(OutBoardCharge, AnInBoardThatBeginsAnewIsCountedOnceAndDistrusted) {
  OutRig rig = charging();
  EXPECT_EQ(counted_by(rig, [&] { rig.cycle_with(rig.upstream()); }), one_second);
  EXPECT_FALSE(rig.board.soc.calibrated()) << "the same number again";
}

// proves SOC-1
TEST(OutBoardCharge, CountsTheDifferenceOfBothSensorsOverTheMessagesOwnPeriod) {
  OutRig rig = charging();
  rig.order.period = chain_period_fast;
  rig.order.in = 20'000_mA;
  rig.order.out = 30'000_mA;
  EXPECT_EQ(counted_by(rig, [&] { rig.cycle(); }), -(10'000_mA * 500_ms));
}

// proves SOC-1
TEST(OutBoardCharge, WithoutASensorNothingIsCountedAndNothingTrusted) {
  OutRig rig = charging();
  rig.order.in = std::nullopt;
  rig.order.out = std::nullopt;
  EXPECT_EQ(counted_by(rig, [&] { rig.cycle(); }), Charge{});
  EXPECT_FALSE(rig.board.soc.calibrated());
}

TEST(OutBoardCharge, MessagesThatAreNotHealthyCountNothing) {
  OutRig rig = charging();
  EXPECT_EQ(counted_by(rig, [&] { rig.cycle({.voltage_out_of_range = true}); }), Charge{});
}

struct FullCase {
  std::string_view why;
  bool critical_mode;
  Voltage first, others;
  bool full;
};

// proves SOC-2
TEST(OutBoardCharge, SetsOneHundredPercentWhenTheManualSaysFull) {
  const FullCase cases[] = {
      {.why = "normal: every cell at V-bypass",
       .critical_mode = false,
       .first = 3500_mV,
       .others = 3500_mV,
       .full = true},
      {.why = "normal: one cell below it",
       .critical_mode = false,
       .first = 3499_mV,
       .others = 3600_mV,
       .full = false},
      {.why = "critical: the mean at V-bypass",
       .critical_mode = true,
       .first = 3497_mV,
       .others = 3501_mV,
       .full = true},
      {.why = "critical: the sum 1 mV short",
       .critical_mode = true,
       .first = 3496_mV,
       .others = 3501_mV,
       .full = false},
  };
  for (const FullCase& c : cases) {
    OutRig rig({.soc = StateOfCharge::at(40_percent, false)});
    rig.order.critical_mode = c.critical_mode;
    rig.cells.assign(4, {c.others, 200_dC});
    rig.cells[0].voltage = c.first;
    rig.cycles(2);
    EXPECT_EQ(rig.board.soc.share() == 100_percent, c.full) << c.why;
    EXPECT_EQ(rig.board.soc.calibrated(), c.full) << c.why;
  }
}

struct TailCase {
  std::string_view why;
  Current tail;
  std::optional<Current> in;
  bool full;
};

// proves SOC-2, SET-5
TEST(OutBoardCharge, WithATailCurrentSetAFullPackIsOneThatTakesNoMore) {
  const TailCase cases[] = {
      {.why = "not set, as in the manual", .tail = 0_mA, .in = 90'000_mA, .full = true},
      {.why = "more flows in", .tail = 5'000_mA, .in = 5'001_mA, .full = false},
      {.why = "no more than that", .tail = 5'000_mA, .in = 5'000_mA, .full = true},
      {.why = "no sensor tells", .tail = 5'000_mA, .in = {}, .full = false},
  };
  for (const TailCase& c : cases) {
    OutRig rig({.soc = StateOfCharge::at(40_percent, false)});
    rig.settings.tail_current = c.tail;
    rig.order.in = c.in;
    rig.order.out = std::nullopt;
    rig.cells.assign(4, {3500_mV, 200_dC});
    rig.cycle();
    EXPECT_EQ(rig.board.soc.share() == 100_percent, c.full) << c.why;
  }
}

// proves SET-5, IN-2
TEST(OutBoardCharge, ASensorTurnedRoundCanBeSetRight) {
  OutRig rig = charging();
  rig.order.in = -50'000_mA;
  rig.order.out = -20'000_mA;
  rig.settings.invert_charge_sensor = true;
  EXPECT_EQ(counted_by(rig, [&] { rig.cycle(); }), 70'000_mA * 1000_ms);
  rig.settings.invert_load_sensor = true;
  EXPECT_EQ(counted_by(rig, [&] { rig.cycle(); }), 30'000_mA * 1000_ms);
  rig.order.in = std::nullopt;
  rig.order.out = std::nullopt;
  EXPECT_EQ(counted_by(rig, [&] { rig.cycle(); }), Charge{}) << "what is not there has no sign";
}

// proves SOC-1
TEST(OutBoardCharge, ANewCapacityInTheSettingsKeepsTheShare) {
  OutRig rig;
  rig.cycles(2);
  const Ratio before = rig.board.soc.share();
  rig.settings.capacity = Energy::watt_hours(20'000);
  rig.cycle();
  EXPECT_LE(before - rig.board.soc.share(), Ratio::ppm(1));
  EXPECT_LE(rig.board.soc.share(), before);
}

// proves SOC-3
TEST(OutBoardCharge, CountsTheEnergyOfEachSensorAtThePackVoltage) {
  OutRig rig;
  rig.cycle();
  rig.order.in = 100'000_mA;
  rig.order.out = 40'000_mA;
  rig.cycles(3600);
  // 13.2 V x 100 A and x 40 A for an hour.
  EXPECT_EQ(rig.board.totals.collected.total(), 1320_Wh);
  EXPECT_EQ(rig.board.totals.consumed.total(), 528_Wh);
  EXPECT_EQ(rig.board.totals.charged.total(), 792_Wh);
  EXPECT_EQ(rig.board.totals.discharged.total(), 0_Wh);
}

}  // namespace
}  // namespace cellwarden::core
