// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include <gtest/gtest.h>

#include "core/in_board.hpp"
#include "core/in_board_rig.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

std::optional<CurrentSample> amperes(int milliamperes) {
  return CurrentSample{Current::milliamperes(milliamperes)};
}

struct SensorCase {
  std::string_view why;
  std::optional<CurrentSample> j1, j2;
  std::optional<Current> in, out;
};

// proves IN-2
TEST(InBoardCurrents, EitherSensorMayBeMissingOrTurnedRound) {
  const SensorCase cases[] = {
      {.why = "both",
       .j1 = amperes(20'000),
       .j2 = amperes(5'000),
       .in = 20'000_mA,
       .out = 5'000_mA},
      {.why = "J1 alone", .j1 = amperes(20'000), .j2 = {}, .in = 20'000_mA, .out = {}},
      {.why = "J1 alone, discharging",
       .j1 = amperes(-20'000),
       .j2 = {},
       .in = -20'000_mA,
       .out = {}},
      {.why = "J2 alone", .j1 = {}, .j2 = amperes(5'000), .in = {}, .out = 5'000_mA},
      {.why = "none", .j1 = {}, .j2 = {}, .in = {}, .out = {}},
      {.why = "both turned round",
       .j1 = amperes(-20'000),
       .j2 = amperes(-5'000),
       .in = -20'000_mA,
       .out = -5'000_mA},
      {.why = "no current is not no sensor",
       .j1 = amperes(0),
       .j2 = amperes(0),
       .in = 0_mA,
       .out = 0_mA},
  };
  for (const SensorCase& c : cases) {
    InRig rig;
    rig.j1 = c.j1;
    rig.j2 = c.j2;
    rig.run_for(2'100_ms);
    EXPECT_EQ(rig.head().order.in, c.in) << c.why;
    EXPECT_EQ(rig.head().order.out, c.out) << c.why;
    EXPECT_FALSE(rig.head().flags.current_out_of_range) << c.why;
  }
}

// proves IN-2, IN-9
TEST(InBoardCurrents, ASensorPulledOutIsGoneWithTheNextMessage) {
  InRig rig;
  rig.j1 = amperes(20'000);
  rig.run_for(2'100_ms);
  rig.j1 = std::nullopt;
  rig.run_for(1'000_ms);
  EXPECT_EQ(rig.head().order.in, std::nullopt);
}

// proves IN-4
TEST(InBoardCurrents, SwitchThreeMakesSmallCurrentsNone) {
  InRig rig;
  rig.j1 = amperes(1'000);
  rig.run_for(2'100_ms);
  EXPECT_EQ(rig.head().order.in, 1'000_mA);
  rig.set(3, true);
  rig.run_for(1'000_ms);
  EXPECT_EQ(rig.head().order.in, 0_mA);
}

struct RangeCase {
  std::string_view why;
  std::optional<CurrentSample> j1, j2;
  bool flagged;
};

// proves IN-3
TEST(InBoardCurrents, ACurrentBeyondTheSensorsTypeIsFlagged) {
  const RangeCase cases[] = {
      {.why = "at its range", .j1 = amperes(100'000), .j2 = {}, .flagged = false},
      {.why = "at its range, discharging", .j1 = amperes(-100'000), .j2 = {}, .flagged = false},
      {.why = "a step beyond", .j1 = amperes(100'500), .j2 = {}, .flagged = true},
      {.why = "a step beyond, discharging", .j1 = amperes(-100'500), .j2 = {}, .flagged = true},
      {.why = "the other sensor", .j1 = amperes(0), .j2 = amperes(200'000), .flagged = true},
      {.why = "both sensors", .j1 = amperes(-200'000), .j2 = amperes(200'000), .flagged = true},
      {.why = "the converter at its end",
       .j1 = CurrentSample{99'000_mA, true},
       .j2 = {},
       .flagged = true},
  };
  for (const RangeCase& c : cases) {
    InRig rig;
    rig.j1 = c.j1;
    rig.j2 = c.j2;
    rig.run_for(2'100_ms);
    EXPECT_EQ(rig.head().flags.current_out_of_range, c.flagged) << c.why;
    rig.j1 = amperes(0);
    rig.j2 = std::nullopt;
    rig.run_for(2'000_ms);
    EXPECT_FALSE(rig.head().flags.current_out_of_range) << c.why;
  }
}

// proves IN-5
TEST(InBoardCurrents, SwitchFourMakesTheCurrentsZeroAndKeepsItOverPowerOff) {
  InRig rig;
  rig.j1 = amperes(1'700);
  rig.j2 = amperes(-2'300);
  rig.run_for(2'100_ms);
  EXPECT_EQ(rig.head().order.in, 1'500_mA);
  rig.set(4, true);
  rig.run_for(2'000_ms);
  EXPECT_EQ(rig.head().order.in, 0_mA);
  EXPECT_EQ(rig.head().order.out, 0_mA);
  rig.set(4, false);
  rig.run_for(2'000_ms);
  ASSERT_FALSE(rig.stored.empty());
  EXPECT_EQ(rig.stored.back().zero_in, 1'700_mA);
  EXPECT_EQ(rig.stored.back().zero_out, -2'300_mA);
  rig.j1 = amperes(11'700);
  rig.run_for(2'000_ms);
  EXPECT_EQ(rig.head().order.in, 10'000_mA);
  rig.restart();
  rig.run_for(1'100_ms);
  EXPECT_EQ(rig.head().order.in, 10'000_mA);
  EXPECT_EQ(rig.head().order.out, 0_mA);
}

// proves IN-5
TEST(InBoardCurrents, ALargeCurrentOrASensorAtItsEndIsNoZero) {
  for (const CurrentSample flowing :
       {CurrentSample{10'001_mA}, CurrentSample{-10'001_mA}, CurrentSample{5'000_mA, true}}) {
    InRig rig;
    rig.set(4, true);
    rig.j1 = flowing;
    rig.run_for(3'100_ms);
    EXPECT_NE(rig.head().order.in, 0_mA);
    EXPECT_EQ(rig.board.memory.zero_in, 0_mA);
    EXPECT_TRUE(rig.stored.empty());
  }
}

// proves IN-5, OUT-7
TEST(InBoardCurrents, ASwitchFourForgottenAtOnDoesNotWearTheMemoryOut) {
  InRig rig;
  rig.set(4, true);
  for (int second = 0; second < 3'600; ++second) {
    rig.j1 = amperes(1'700 + second % 7 * 30);  // noise within a step of the sensor
    rig.j2 = amperes(-900 - second % 5 * 30);
    rig.run_for(1'000_ms);
  }
  EXPECT_LE(rig.stored.size(), 2U);
  rig.set(4, false);
  rig.run_for(1'000_ms);
  EXPECT_EQ(rig.memory, rig.board.memory) << "what was learned last is kept";
  const std::size_t writes = rig.stored.size();
  rig.run_for(60'000_ms);
  EXPECT_EQ(rig.stored.size(), writes);
}

// proves IN-5
TEST(InBoardCurrents, AZeroThatMovesAStepIsStoredWhileSwitchFourIsStillOn) {
  for (const int moved : {500, -500}) {
    for (const bool first : {true, false}) {
      InRig rig;
      (first ? rig.j1 : rig.j2) = amperes(0);
      rig.run_for(1'100_ms);
      rig.set(4, true);
      (first ? rig.j1 : rig.j2) = amperes(moved);
      rig.run_for(3'000_ms);
      ASSERT_FALSE(rig.stored.empty());
      EXPECT_EQ(first ? rig.memory.zero_in : rig.memory.zero_out, Current::milliamperes(moved));
    }
  }
}

struct MemoryCase {
  std::string_view why;
  InBoardMemory stored, believed;
};

// proves IN-8, OUT-7
TEST(InBoardCurrents, WhatCannotHaveBeenStoredIsNotBelieved) {
  const MemoryCase cases[] = {
      {.why = "as stored",
       .stored = {{7, 255}, 200'000_mA, -200'000_mA},
       .believed = {{7, 255}, 200'000_mA, -200'000_mA}},
      {.why = "a sensor beyond the table leaves the cell count unknown",
       .stored = {{8, 16}, {}, {}},
       .believed = {{sensor_code_default, 0}, {}, {}}},
      {.why = "a zero no calibration takes",
       .stored = {{2, 16}, 10'001_mA, -10'001_mA},
       .believed = {{2, 16}, {}, {}}},
      {.why = "the least number there is",
       .stored = {{2, 16}, Current::milliamperes(-2'147'483'647 - 1), {}},
       .believed = {{2, 16}, {}, {}}},
  };
  for (const MemoryCase& c : cases) {
    EXPECT_EQ(start_in_board(Instant{}, c.stored).memory, c.believed) << c.why;
  }
}

}  // namespace
}  // namespace cellwarden::core
