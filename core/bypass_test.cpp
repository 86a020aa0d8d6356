// SPDX-License-Identifier: Apache-2.0
#include "core/bypass.hpp"

#include <set>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cellwarden::core {
namespace {
using namespace literals;

struct StepCase {
  std::string_view why;
  bool engaged;
  std::optional<Voltage> cell;
  std::optional<Temperature> board;
  std::optional<Voltage> v_bypass;
  bool expected;
};

// proves CELL-3, CELL-6
TEST(Bypass, StartsAboveVBypassAndStopsBelowIt) {
  const StepCase cases[] = {
      {.why = "below",
       .engaged = false,
       .cell = 3499_mV,
       .board = 250_dC,
       .v_bypass = 3500_mV,
       .expected = false},
      {.why = "at V-bypass it does not start",
       .engaged = false,
       .cell = 3500_mV,
       .board = 250_dC,
       .v_bypass = 3500_mV,
       .expected = false},
      {.why = "inside the hysteresis it does not start",
       .engaged = false,
       .cell = 3504_mV,
       .board = 250_dC,
       .v_bypass = 3500_mV,
       .expected = false},
      {.why = "starts",
       .engaged = false,
       .cell = 3505_mV,
       .board = 250_dC,
       .v_bypass = 3500_mV,
       .expected = true},
      {.why = "goes on inside the hysteresis",
       .engaged = true,
       .cell = 3504_mV,
       .board = 250_dC,
       .v_bypass = 3500_mV,
       .expected = true},
      {.why = "goes on at V-bypass",
       .engaged = true,
       .cell = 3500_mV,
       .board = 250_dC,
       .v_bypass = 3500_mV,
       .expected = true},
      {.why = "stops below",
       .engaged = true,
       .cell = 3499_mV,
       .board = 250_dC,
       .v_bypass = 3500_mV,
       .expected = false},
      {.why = "stops when V-bypass is raised",
       .engaged = true,
       .cell = 3550_mV,
       .board = 250_dC,
       .v_bypass = 3600_mV,
       .expected = false},
      {.why = "stops without a voltage",
       .engaged = true,
       .cell = std::nullopt,
       .board = 250_dC,
       .v_bypass = 3500_mV,
       .expected = false},
      {.why = "stops without a board temperature",
       .engaged = true,
       .cell = 3600_mV,
       .board = std::nullopt,
       .v_bypass = 3500_mV,
       .expected = false},
      {.why = "stops when nobody orders it",
       .engaged = true,
       .cell = 3600_mV,
       .board = 250_dC,
       .v_bypass = std::nullopt,
       .expected = false},
      {.why = "stops at an order outside the table",
       .engaged = true,
       .cell = 3600_mV,
       .board = 250_dC,
       .v_bypass = 3550_mV,
       .expected = false},
  };
  for (const StepCase& c : cases) {
    Bypass bypass;
    bypass.engaged = c.engaged;
    bypass.decide(c.cell, c.board, c.v_bypass);
    EXPECT_EQ(bypass.engaged, c.expected) << c.why;
    EXPECT_EQ(bypass.level, c.expected ? 100_percent : 0_percent) << c.why;
  }
}

struct HeatCase {
  Temperature board;
  Ratio level;
};

// proves CELL-6
TEST(Bypass, TakesLessOfTheTimeTheHotterTheBoardIs) {
  const HeatCase cases[] = {
      {.board = Temperature::decicelsius(-400), .level = 100_percent},
      {.board = 550_dC, .level = 100_percent},
      {.board = 551_dC, .level = Ratio::ppm(995'000)},
      {.board = 600_dC, .level = 75_percent},
      {.board = 650_dC, .level = 50_percent},
      {.board = 749_dC, .level = Ratio::ppm(5'000)},
      {.board = 750_dC, .level = 0_percent},
      {.board = 1000_dC, .level = 0_percent},
  };
  for (const HeatCase& c : cases) {
    EXPECT_EQ(bypass_level(c.board), c.level) << c.board.in_decicelsius();
  }
}

// proves CELL-3, IN-7
TEST(Bypass, ObeysTheEightVoltagesOfTheSwitchesAndNoOther) {
  const std::set<int> table{3400, 3500, 3600, 3700, 4000, 4100, 4200, 4300};
  for (int mv = -100; mv <= 9000; ++mv) {
    EXPECT_EQ(is_v_bypass(Voltage::millivolts(mv)), table.contains(mv)) << mv;
  }
}

// proves CELL-6
RC_GTEST_PROP(Bypass, NeverFlowsBelowVBypassWhateverArrives, ()) {
  const auto millivolts =
      rc::gen::map(rc::gen::oneOf(rc::gen::inRange(-1000, 9000), rc::gen::inRange(3390, 3720)),
                   [](int mv) { return Voltage::millivolts(mv); });
  const auto tenths = rc::gen::map(rc::gen::inRange(-1000, 2000),
                                   [](int t) { return Temperature::decicelsius(t); });
  const auto maybe = [](const auto& some) {
    using Value = std::decay_t<decltype(*some)>;
    return rc::gen::oneOf(
        rc::gen::map(some, [](Value value) { return std::optional<Value>(value); }),
        rc::gen::just(std::optional<Value>()));
  };
  Bypass bypass;
  for (int i = 0; i < 50; ++i) {
    const bool was_engaged = bypass.engaged;
    const std::optional<Voltage> cell = *maybe(millivolts);
    const std::optional<Temperature> board = *maybe(tenths);
    const std::optional<Voltage> order =
        *rc::gen::oneOf(maybe(millivolts), rc::gen::map(rc::gen::inRange(34, 44), [](int v) {
                          return std::optional(Voltage::millivolts(v * 100));
                        }));
    bypass.decide(cell, board, order);
    RC_ASSERT(bypass.level >= Ratio{} && bypass.level <= 100_percent);
    RC_ASSERT(bypass.engaged || bypass.level == Ratio{});
    if (!bypass.engaged) continue;
    RC_ASSERT(cell && board && order);
    RC_ASSERT(*cell >= *order && *order >= 3400_mV);
    RC_ASSERT(was_engaged || *cell >= *order + bypass_hysteresis);
    RC_ASSERT(bypass.level == bypass_level(*board));
  }
}

}  // namespace
}  // namespace cellwarden::core
