// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/out_board.hpp"
#include "core/test_rigs.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

wire::ExtendedFrame decoded(const wire::FrameBytes& bytes) {
  const auto frame = wire::decode_frame(bytes);
  EXPECT_TRUE(frame.good());
  return frame.good() ? frame.value() : wire::ExtendedFrame{};
}

struct Flashes {
  int info = 0, charge = 0, load = 0;
  friend bool operator==(const Flashes&, const Flashes&) = default;
};

/// Counts how often each LED goes on during so many cycles.
Flashes flashes_during(OutRig& rig, int cycles, const wire::ChainFlags& flags = {}) {
  Flashes seen;
  OutBoardLeds before = rig.last.leds;
  const auto look = [&] {
    const OutBoardLeds now = rig.last.leds;
    seen.info += now.info && !before.info ? 1 : 0;
    seen.charge += now.charge && !before.charge ? 1 : 0;
    seen.load += now.load && !before.load ? 1 : 0;
    before = now;
  };
  for (int i = 0; i < cycles; ++i) {
    ++rig.order.sequence;
    const Bytes bytes = rig.upstream(flags);
    while (rig.next_at - rig.now > Duration{}) {
      rig.run_for(1_ms);
      look();
    }
    rig.next_at = rig.next_at + rig.order.period;
    for (const std::uint8_t byte : bytes) {
      rig.hear({byte});
      look();
    }
  }
  rig.run_for(led_flash);
  look();
  return seen;
}

// proves REL-8
TEST(OutBoardAlarms, TheLimitsThemselvesLightNothing) {
  OutRig rig;
  rig.cells[1] = {3650_mV, 600_dC};
  rig.cells[2] = {2800_mV, 0_dC};
  rig.cycles(3);
  EXPECT_EQ(rig.board.alarms, (Alarms{.communication = false}));
}

// proves OUT-3
TEST(OutBoardLeds, FlashEverySecondAlsoWithMessagesEveryHalfSecond) {
  OutRig rig;
  rig.cycles(3);
  rig.run_for(led_flash);
  EXPECT_EQ(flashes_during(rig, 10), (Flashes{.charge = 10, .load = 10}));
  rig.order.period = chain_period_fast;
  rig.cycles(2);
  rig.run_for(led_flash);
  EXPECT_EQ(flashes_during(rig, 20), (Flashes{.charge = 10, .load = 10}));
}

// proves OUT-3
TEST(OutBoardLeds, OnlyTheLedOfTheRelayThatIsOnFlashes) {
  OutRig rig;
  rig.cells[1].voltage = 3650_mV;
  rig.cycles(3);
  rig.run_for(led_flash);
  EXPECT_EQ(flashes_during(rig, 5), (Flashes{.load = 5}));
  rig.cells[1].voltage = 2800_mV;
  rig.cycles(3);
  rig.run_for(led_flash);
  EXPECT_EQ(flashes_during(rig, 5), (Flashes{.charge = 5}));
}

// proves OUT-3, ENV-4
TEST(OutBoardLeds, InfoFlashesWithDataAndOpenRelaysButNotForABreak) {
  OutRig rig;
  rig.cells[1].temperature = 700_dC;
  rig.cycles(2);
  rig.run_for(led_flash);
  EXPECT_EQ(flashes_during(rig, 5), (Flashes{.info = 5}));
  EXPECT_EQ(flashes_during(rig, 5, {.broken = true}), Flashes{});
  for (int i = 0; i < 5; ++i) {
    rig.lose();
    EXPECT_EQ(rig.last.leds, OutBoardLeds{});
  }
}

// proves OUT-3
TEST(OutBoardLeds, LastFiftyMillisecondsAndComeAgainAfterNineHundred) {
  OutRig rig;
  rig.cycles(4);
  const Instant at = rig.board.flash_at;
  rig.run_until(at + 49_ms);
  EXPECT_TRUE(rig.last.leds.charge);
  rig.run_until(at + 50_ms);
  EXPECT_FALSE(rig.last.leds.charge);
  // A head that ends to the millisecond when the next flash is due is one.
  rig.next_at = at + 900_ms + -Duration::milliseconds(wire::chain_head_size);
  rig.cycle();
  EXPECT_EQ(rig.board.flash_at, at + 900_ms);
}

// proves OUT-3, CELL-3
TEST(OutBoardLeds, InfoIsOnContinuouslyWhileTheOwnBypassIsActive) {
  OutRig rig;
  rig.cells.back().voltage = 3550_mV;
  rig.cycles(3);
  for (int i = 0; i < 20; ++i) {
    rig.run_for(50_ms);
    EXPECT_TRUE(rig.last.leds.info);
    EXPECT_EQ(rig.last.bypass, 100_percent);
  }
  for (int i = 0; i < 3; ++i) rig.lose();
  EXPECT_FALSE(rig.last.leds.info);
  EXPECT_EQ(rig.last.bypass, Ratio{});
}

// proves OUT-1
TEST(OutBoardFrames, OneAMessageAndNeverCloserThan450Milliseconds) {
  for (const Duration period : {chain_period_slow, chain_period_fast}) {
    OutRig rig;
    rig.order.period = period;
    rig.cycles(2);
    rig.frames.clear();
    rig.cycles(20);
    EXPECT_EQ(rig.frames.size(), 20U);
  }
  OutRig hurried;
  hurried.cycles(2);
  hurried.frames.clear();
  for (int i = 0; i < 20; ++i) {
    hurried.next_at = hurried.now + 100_ms;  // no IN board does this
    hurried.cycle();
  }
  hurried.run_for(500_ms);
  ASSERT_GT(hurried.frames.size(), 4U);
  for (std::size_t i = 1; i < hurried.frames.size(); ++i) {
    EXPECT_GE(hurried.frames[i].first - hurried.frames[i - 1].first, 450_ms);
  }
}

TEST(OutBoardFrames, TheFirstOneWaitsForTheReadingsOfTheCellItCarries) {
  OutRig rig;
  ++rig.order.sequence;
  Bytes bytes = rig.upstream();
  bytes.back() ^= 1U;
  rig.cycle_with(bytes);
  rig.run_for(900_ms);
  EXPECT_TRUE(rig.frames.empty()) << "the records of the first message are lost";
  rig.cycle();
  ASSERT_EQ(rig.frames.size(), 1U);
  const auto frame = decoded(rig.frames[0].second);
  EXPECT_EQ(frame.cell.number, 1);
  EXPECT_EQ(frame.cell.voltage, 3300_mV);
}

// proves REL-8
TEST(OutBoardFrames, ABreakSilencesThemAndTheFirstOneAfterItCarriesE) {
  OutRig rig;
  rig.cycles(5);
  EXPECT_FALSE(decoded(rig.frames.back().second).status.communication_error);
  rig.frames.clear();
  for (int i = 0; i < 10; ++i) rig.lose();
  EXPECT_TRUE(rig.frames.empty());
  rig.cycles(2);
  ASSERT_EQ(rig.frames.size(), 2U);
  EXPECT_TRUE(decoded(rig.frames[0].second).status.communication_error);
  EXPECT_FALSE(decoded(rig.frames[1].second).status.communication_error);
}

// proves REL-8
TEST(OutBoardFrames, WithTheOptionTheyGoOnWithEOnceASecondWhileBroken) {
  OutRig rig({.options = {.frames_while_broken = true}});
  for (int i = 0; i < 5; ++i) rig.lose();
  EXPECT_TRUE(rig.frames.empty()) << "nothing is known yet";
  rig.cycles(5);
  rig.frames.clear();
  for (int i = 0; i < 12; ++i) rig.lose();
  EXPECT_GE(rig.frames.size(), 9U);
  EXPECT_LE(rig.frames.size(), 11U);
  for (std::size_t i = 0; i < rig.frames.size(); ++i) {
    EXPECT_TRUE(decoded(rig.frames[i].second).status.communication_error);
    if (i > 0) {
      EXPECT_GE(rig.frames[i].first - rig.frames[i - 1].first, 1000_ms);
    }
  }
  rig.frames.clear();
  rig.cycle();
  ASSERT_FALSE(rig.frames.empty());
  EXPECT_TRUE(decoded(rig.frames.back().second).status.communication_error);
}

// proves REL-8, CELL-1
TEST(OutBoardFrames, ADoubtfulReadingIsSaidWithEAndTheLastHealthyValues) {
  OutRig rig;
  rig.cycles(3);
  rig.cells[1].voltage = std::nullopt;
  rig.cycle();
  const auto frame = decoded(rig.frames.back().second);
  EXPECT_TRUE(frame.status.communication_error);
  EXPECT_TRUE(frame.status.below_v_min) << "no reading counts as the lowest there is";
  EXPECT_FALSE(frame.status.charge_allowed);
  EXPECT_FALSE(frame.status.discharge_allowed);
  EXPECT_EQ(frame.lowest.voltage, 3300_mV);
}

TEST(OutBoardFrames, ABreakDuringTheWaitForTheNextFrameDropsIt) {
  OutRig rig;
  rig.cycles(3);
  rig.frames.clear();
  rig.next_at = rig.now + 100_ms;
  rig.cycle();
  rig.next_at = rig.now + 50_ms;
  rig.cycle({.broken = true});
  rig.run_for(600_ms);
  EXPECT_TRUE(rig.frames.empty());
}

// proves OUT-1
TEST(OutBoardFrames, RotateThroughEveryCellAndEveryKey) {
  OutRig rig;
  rig.cycles(20);
  ASSERT_EQ(rig.frames.size(), 20U);
  for (std::size_t i = 0; i < rig.frames.size(); ++i) {
    const auto frame = decoded(rig.frames[i].second);
    EXPECT_EQ(frame.cell.number, i % 4 + 1);
    EXPECT_EQ(frame.extra.first, i % 19) << "ascending from key 0";
  }
}

TEST(OutBoardFrames, TodayFollowsTheDayThatSomebodyTells) {
  OutRig rig;
  rig.order.in = 100'000_mA;
  rig.clock = WallClock{.day = 7, .minute_of_day = 1439};
  rig.cycles(60);
  EXPECT_GT(rig.board.totals.collected_today.total(), 0_Wh);
  rig.clock = WallClock{.day = 8, .minute_of_day = 0};
  rig.run_for(1_ms);
  EXPECT_EQ(rig.board.totals.collected_today.total(), 0_Wh);
  EXPECT_GT(rig.board.totals.collected.total(), 0_Wh);
}

}  // namespace
}  // namespace cellwarden::core
