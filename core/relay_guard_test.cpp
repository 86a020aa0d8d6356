// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/relays.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

constexpr Relays both{true, true};
constexpr Relays none{};

RelayLimits usual() {
  return {.v_min = 2800_mV,
          .v_max = 3650_mV,
          .v_bypass = 3500_mV,
          .t_min_charge = 0_dC,
          .t_min_load = 0_dC,
          .t_max = 600_dC,
          .charge_restart = 95_percent,
          .discharge_restart = 10_percent,
          .v_min_hysteresis = {},
          .v_max_hysteresis = {}};
}

RelayInputs good_cells() {
  return {.communication = true, .cells = {3300_mV, 3310_mV, 200_dC, 210_dC}, .soc = 50_percent};
}

/// A guard on a clock of its own: a message a second.
struct Bench {
  void take(const RelayInputs& in) {
    now = now + 1000_ms;
    guard.take(in, limits, delays, now);
  }
  void close_both() {
    take(good_cells());
    take(good_cells());
    ASSERT_EQ(guard.closed(), both);
  }
  RelayGuard guard;
  RelayLimits limits = usual();
  RelayDelays delays;
  Instant now;
};

// proves REL-10
TEST(RelayGuard, OneMessageClosesNothingTheSecondDoes) {
  Bench bench;
  bench.take(good_cells());
  EXPECT_EQ(bench.guard.closed(), none);
  bench.take(good_cells());
  EXPECT_EQ(bench.guard.closed(), both);
}

// proves REL-10
TEST(RelayGuard, OneBadMessageBetweenGoodOnesClosesNothing) {
  RelayInputs empty = good_cells();
  empty.cells.lowest = 2500_mV;
  Bench bench;
  for (int i = 0; i < 3; ++i) bench.take(empty);
  bench.take(good_cells());  // the bad one: it says the pack is fine
  EXPECT_FALSE(bench.guard.closed().load);
  bench.take(empty);
  bench.take(good_cells());
  EXPECT_FALSE(bench.guard.closed().load);
}

// proves REL-10
TEST(RelayGuard, OpensWithTheFirstMessageAndNotForGood) {
  Bench bench;
  bench.close_both();
  RelayInputs cold = good_cells();
  cold.cells.coldest = Temperature::decicelsius(-10);
  bench.take(cold);
  EXPECT_EQ(bench.guard.closed(), none);
  bench.close_both();
}

TEST(RelayGuard, ASensorBeyondItsRangeClosesNothingAndOpensNothing) {
  RelayInputs doubtful = good_cells();
  doubtful.may_close = false;
  Bench open;
  for (int i = 0; i < 5; ++i) open.take(doubtful);
  EXPECT_EQ(open.guard.closed(), none);
  Bench closed;
  closed.close_both();
  closed.take(doubtful);
  EXPECT_EQ(closed.guard.closed(), both);
}

TEST(RelayGuard, OpenForgetsEveryWish) {
  Bench bench;
  bench.close_both();
  bench.guard.open(bench.now);
  EXPECT_EQ(bench.guard.closed(), none);
  bench.take(good_cells());
  EXPECT_EQ(bench.guard.closed(), none);
}

TEST(RelayGuard, EachRelayIsConfirmedOnItsOwn) {
  RelayInputs full = good_cells();
  full.soc = 99_percent;  // no charging
  Bench bench;
  for (int i = 0; i < 2; ++i) bench.take(full);
  EXPECT_EQ(bench.guard.closed(), (Relays{false, true}));
  RelayInputs empty = good_cells();
  empty.soc = 5_percent;  // no load
  Bench other;
  for (int i = 0; i < 2; ++i) other.take(empty);
  EXPECT_EQ(other.guard.closed(), (Relays{true, false}));
}

// proves SET-5
TEST(RelayGuard, TMinForChargingAndForDischargingStandApart) {
  Bench bench;
  bench.limits.t_min_load = Temperature::decicelsius(-200);
  RelayInputs cold = good_cells();
  cold.cells.coldest = Temperature::decicelsius(-50);
  bench.close_both();
  bench.take(cold);
  EXPECT_EQ(bench.guard.closed(), (Relays{false, true}));
  cold.cells.coldest = Temperature::decicelsius(-201);
  bench.take(cold);
  EXPECT_EQ(bench.guard.closed(), none);
}

// proves SET-5
TEST(RelayGuard, HysteresisOnVMinKeepsTheLoadOffUntilTheCellHasRecovered) {
  Bench bench;
  bench.limits.v_min_hysteresis = 150_mV;
  bench.close_both();
  RelayInputs cells = good_cells();
  const auto load_after = [&](Voltage lowest) {
    cells.cells.lowest = lowest;
    for (int i = 0; i < 3; ++i) bench.take(cells);
    return bench.guard.closed().load;
  };
  EXPECT_TRUE(load_after(2801_mV));
  EXPECT_FALSE(load_after(2800_mV));
  EXPECT_FALSE(load_after(2950_mV));
  EXPECT_TRUE(load_after(2951_mV));
}

// proves SET-5
TEST(RelayGuard, HysteresisOnVMaxKeepsTheChargerOffUntilTheCellHasRecovered) {
  struct Case {
    const char* why;
    bool critical;
    Voltage hysteresis, still_off, on_again;
  };
  const Case cases[] = {
      {"critical mode, none", true, {}, 3650_mV, 3649_mV},
      {"critical mode", true, 200_mV, 3450_mV, 3449_mV},
      {"normal mode, none: V-bypass counts", false, {}, 3500_mV, 3499_mV},
      {"normal mode, less than V-max to V-bypass", false, 100_mV, 3500_mV, 3499_mV},
      {"normal mode, more than that", false, 200_mV, 3450_mV, 3449_mV},
  };
  for (const Case& c : cases) {
    Bench bench;
    bench.limits.v_max_hysteresis = c.hysteresis;
    RelayInputs cells = good_cells();
    cells.critical_mode = c.critical;
    cells.cells.highest = c.still_off;
    for (int i = 0; i < 3; ++i) bench.take(cells);
    EXPECT_FALSE(bench.guard.closed().charge) << c.why;
    cells.cells.highest = c.on_again;
    for (int i = 0; i < 2; ++i) bench.take(cells);
    EXPECT_TRUE(bench.guard.closed().charge) << c.why;
  }
}

// proves SET-5
TEST(RelayGuard, ForcedOffOpensOneRelayInBothModes) {
  for (const bool critical : {false, true}) {
    RelayInputs cells = good_cells();
    cells.critical_mode = critical;
    Bench bench;
    bench.close_both();
    bench.limits.charge_forced_off = true;
    for (int i = 0; i < 3; ++i) bench.take(cells);
    EXPECT_EQ(bench.guard.closed(), (Relays{false, true}));
    bench.limits.load_forced_off = true;
    for (int i = 0; i < 3; ++i) bench.take(cells);
    EXPECT_EQ(bench.guard.closed(), none);
  }
}

// proves SET-5
TEST(RelayGuard, ForcedOffIsAConditionOfItsOwn) {
  RelayLimits limits = usual();
  EXPECT_TRUE(charge_conditions(good_cells(), limits).enable);
  EXPECT_TRUE(load_conditions(good_cells(), limits).enable);
  limits.charge_forced_off = limits.load_forced_off = true;
  for (const RelayConditions& forced :
       {charge_conditions(good_cells(), limits), load_conditions(good_cells(), limits)}) {
    EXPECT_FALSE(forced.enable);
    EXPECT_TRUE(forced.disable);
    EXPECT_FALSE(forced.may_pause);
  }
}

// proves SET-5
TEST(RelayGuard, ARestartDelayKeepsARelayOpenSoLong) {
  Bench bench;
  bench.delays.charge_restart = 10'000_ms;
  bench.delays.load_restart = 20'000_ms;
  bench.close_both();
  RelayInputs cold = good_cells();
  cold.cells.coldest = Temperature::decicelsius(-10);
  bench.take(cold);
  for (int second = 1; second < 30; ++second) {
    bench.take(good_cells());
    EXPECT_EQ(bench.guard.closed().charge, second >= 10) << second;
    EXPECT_EQ(bench.guard.closed().load, second >= 20) << second;
  }
}

TEST(RelayGuard, ARestIsOverAlsoWhenTheClockHasWrappedMeanwhile) {
  Bench bench;
  bench.delays.charge_restart = 10'000_ms;
  bench.close_both();
  bench.guard.open(bench.now);
  for (int hour = 0; hour < 24 * 40; ++hour) {
    bench.now = bench.now + 3'600'000_ms;
    bench.guard.open(bench.now);
  }
  for (int i = 0; i < 2; ++i) bench.take(good_cells());
  EXPECT_TRUE(bench.guard.closed().charge);
}

TEST(RelayGuard, NoRestIsLongerThanTheLongestSettingOfIt) {
  GuardedRelay relay;
  const RelayConditions enabling{.enable = true};
  for (int i = 0; i < 2; ++i) relay.take(enabling, true, {}, {}, {});
  relay.open({});
  const Duration longest = Duration::milliseconds(65'535 * 5'000);
  relay.open(Instant{} + longest);
  for (int i = 0; i < 2; ++i) relay.take(enabling, true, longest + 1_ms, {}, Instant{} + longest);
  EXPECT_TRUE(relay.closed());
}

struct Pause {
  const char* why;
  RelayInputs cells;
  Relays after_first, after_third, after_sixth;
};

RelayInputs cells_with(Voltage lowest, Voltage highest, Temperature hottest) {
  RelayInputs in = good_cells();
  in.cells.lowest = lowest;
  in.cells.highest = highest;
  in.cells.hottest = hottest;
  return in;
}

// proves SET-5
TEST(RelayGuard, APauseDelayBridgesFullAndEmptyButNothingDangerous) {
  const Pause pauses[] = {
      {"full", cells_with(3510_mV, 3520_mV, 210_dC), both, both, {false, true}},
      {"empty", cells_with(2790_mV, 3300_mV, 210_dC), both, both, {true, false}},
      {"full and one at V-max",
       cells_with(3510_mV, 3650_mV, 210_dC),
       {false, true},
       {false, true},
       {false, true}},
      {"full and too hot", cells_with(3510_mV, 3520_mV, 610_dC), none, none, none},
      {"empty and too hot", cells_with(2790_mV, 3300_mV, 610_dC), none, none, none},
  };
  for (const Pause& pause : pauses) {
    Bench bench;
    bench.delays.charge_pause = bench.delays.load_pause = 4'000_ms;
    bench.close_both();
    bench.take(pause.cells);
    EXPECT_EQ(bench.guard.closed(), pause.after_first) << pause.why;
    for (int i = 0; i < 2; ++i) bench.take(pause.cells);
    EXPECT_EQ(bench.guard.closed(), pause.after_third) << pause.why;
    for (int i = 0; i < 3; ++i) bench.take(pause.cells);
    EXPECT_EQ(bench.guard.closed(), pause.after_sixth) << pause.why;
  }
}

// proves SET-5
TEST(RelayGuard, APauseStartsAnewWhenItsConditionWasGone) {
  Bench bench;
  bench.delays.load_pause = 4'000_ms;
  bench.close_both();
  const RelayInputs empty = cells_with(2790_mV, 3300_mV, 210_dC);
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 4; ++i) bench.take(empty);
    EXPECT_TRUE(bench.guard.closed().load);
    bench.take(good_cells());
  }
  for (int i = 0; i < 5; ++i) bench.take(empty);
  EXPECT_FALSE(bench.guard.closed().load);
}

}  // namespace
}  // namespace cellwarden::core
