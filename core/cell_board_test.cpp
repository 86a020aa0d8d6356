// SPDX-License-Identifier: Apache-2.0
#include "core/cell_board.hpp"

#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/chain_receiver.hpp"
#include "core/test_rigs.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

std::optional<wire::ChainHead> head_in(const Bytes& bytes) {
  ChainReceiver receiver;
  receiver.start();
  for (const std::uint8_t byte : bytes) {
    const auto head = receiver.accept(byte);
    if (head && head->good()) return head->value();
  }
  return std::nullopt;
}

struct ReadingCase {
  std::string_view why;
  CellSample cell;
  wire::CellReading reading;
  bool bad_voltage;
  bool bad_temperature;
};

// proves CELL-1, CELL-2
TEST(CellBoard, FlagsAReadingOutOfRangeAndNeverWrapsIt) {
  constexpr auto cold = [](int dc) { return Temperature::decicelsius(-dc); };
  const ReadingCase cases[] = {
      {.why = "usual",
       .cell = {3300_mV, 200_dC},
       .reading = {3300_mV, 200_dC},
       .bad_voltage = false,
       .bad_temperature = false},
      {.why = "lowest allowed",
       .cell = {2000_mV, cold(400)},
       .reading = {2000_mV, cold(400)},
       .bad_voltage = false,
       .bad_temperature = false},
      {.why = "highest allowed",
       .cell = {5000_mV, 850_dC},
       .reading = {5000_mV, 850_dC},
       .bad_voltage = false,
       .bad_temperature = false},
      {.why = "1 mV and 0.1 C too low",
       .cell = {1999_mV, cold(401)},
       .reading = {1999_mV, cold(400)},
       .bad_voltage = true,
       .bad_temperature = true},
      {.why = "1 mV and 0.1 C too high",
       .cell = {5001_mV, 851_dC},
       .reading = {5001_mV, 852_dC},
       .bad_voltage = true,
       .bad_temperature = true},
      {.why = "what 13 bits would wrap to 0.1 V",
       .cell = {8292_mV, 200_dC},
       .reading = {8191_mV, 200_dC},
       .bad_voltage = true,
       .bad_temperature = false},
      {.why = "a cell the wrong way round",
       .cell = {Voltage::millivolts(-3300), 200_dC},
       .reading = {0_mV, 200_dC},
       .bad_voltage = true,
       .bad_temperature = false},
      {.why = "what 10 bits would wrap",
       .cell = {3300_mV, 30'000_dC},
       .reading = {3300_mV, 1446_dC},
       .bad_voltage = false,
       .bad_temperature = true},
      {.why = "no voltage",
       .cell = {std::nullopt, 200_dC},
       .reading = {0_mV, 200_dC},
       .bad_voltage = true,
       .bad_temperature = false},
      {.why = "no temperature",
       .cell = {3300_mV, std::nullopt},
       .reading = {3300_mV, cold(600)},
       .bad_voltage = false,
       .bad_temperature = true},
  };
  for (const ReadingCase& c : cases) {
    const auto mine = contribution_of(c.cell, Bypass{}, false);
    EXPECT_EQ(mine.reading, c.reading) << c.why;
    EXPECT_EQ(mine.flags.voltage_out_of_range, c.bad_voltage) << c.why;
    EXPECT_EQ(mine.flags.temperature_out_of_range, c.bad_temperature) << c.why;
  }
}

struct BypassFlagCase {
  std::string_view why;
  Bypass bypass;
  bool active;
  bool derated;
};

TEST(CellBoard, SaysWhetherItBypassesAndWhetherHeatLimitsIt) {
  const BypassFlagCase cases[] = {
      {.why = "off", .bypass = {}, .active = false, .derated = false},
      {.why = "on", .bypass = {true, 100_percent}, .active = true, .derated = false},
      {.why = "warm", .bypass = {true, 99_percent}, .active = true, .derated = true},
      {.why = "hot", .bypass = {true, 0_percent}, .active = true, .derated = true},
  };
  for (const BypassFlagCase& c : cases) {
    const auto mine = contribution_of(usual_cell, c.bypass, false);
    EXPECT_EQ(mine.flags.bypass_active, c.active) << c.why;
    EXPECT_EQ(mine.flags.bypass_derated, c.derated) << c.why;
    EXPECT_EQ(mine.reading.bypassing, c.active) << c.why;
  }
}

// proves CELL-4
TEST(CellBoard, AddsItsReadingAndPassesTheMessageOn) {
  CellRig rig;
  rig.cell = {3123_mV, 432_dC};
  rig.hear(message(usual_order(), usual_cells(2)));
  const auto head = head_in(rig.taken());
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(head->cell_count, 3);
  EXPECT_EQ(head->order, usual_order());
  EXPECT_EQ(head->lowest, (wire::ChainVoltage{3123_mV, 3}));
  EXPECT_EQ(head->hottest, (wire::ChainTemperature{432_dC, 3}));
  EXPECT_EQ(rig.starts, 1);
}

// proves CELL-7
TEST(CellBoard, LetsEachByteLeaveAtTheInstantItArrives) {
  CellRig rig;
  for (const std::uint8_t byte : message(usual_order(), usual_cells(9))) {
    rig.run_for(byte_time);
    rig.sent.clear();
    rig.take(byte);
    EXPECT_FALSE(rig.sent.empty());
  }
}

TEST(CellBoard, SaysOnceThatItHasRestarted) {
  CellRig rig;
  rig.hear(message(usual_order(), usual_cells(1)));
  EXPECT_TRUE(head_in(rig.taken())->flags.restarted);
  rig.run_for(900_ms);
  rig.hear(message(usual_order(), usual_cells(1)));
  EXPECT_FALSE(head_in(rig.taken())->flags.restarted);
}

TEST(CellBoard, SaysItAgainWhenThatMessageWasGarbled) {
  CellRig rig;
  Bytes bytes = message(usual_order(), usual_cells(1));
  bytes[20] ^= 1U;
  rig.hear(bytes);
  rig.taken();
  rig.run_for(900_ms);
  rig.hear(message(usual_order(), usual_cells(1)));
  EXPECT_TRUE(head_in(rig.taken())->flags.restarted);
}

/// How often the LED goes on while `rig` sleeps and wakes.
int flashes(CellRig& rig, const Bytes& bytes, Duration then) {
  int seen = 0;
  bool before = rig.last.led;
  const auto look = [&] {
    seen += rig.last.led && !before ? 1 : 0;
    before = rig.last.led;
  };
  for (const std::uint8_t byte : bytes) {
    rig.hear({byte});
    look();
  }
  for (const Instant end = rig.now + then; end - rig.now > Duration{};) {
    rig.run_for(1_ms);
    look();
  }
  return seen;
}

// proves CELL-4
TEST(CellBoard, LedFlashesOnceForEachMessage) {
  for (const int upstream : {1, 3, 200}) {
    CellRig rig;
    for (int i = 0; i < 5; ++i) {
      EXPECT_EQ(flashes(rig, message(usual_order(255), usual_cells(upstream)), 300_ms), 1);
      EXPECT_FALSE(rig.last.led);
    }
  }
}

// proves ENV-4
TEST(CellBoard, LedStaysOffBehindABreak) {
  CellRig rig;
  EXPECT_EQ(flashes(rig, {}, 10'000_ms), 0)
      << "what it says itself is no message from the IN board";
  EXPECT_GT(rig.starts, 5);
  const Bytes from_behind = message(usual_order(), usual_cells(2), {.broken = true});
  EXPECT_EQ(flashes(rig, from_behind, 500_ms), 0);
  EXPECT_EQ(flashes(rig, Bytes(100, 0x55), 500_ms), 0) << "noise is no message";
}

// proves CELL-3
TEST(CellBoard, LedIsOnContinuouslyWhileBypassing) {
  CellRig rig;
  rig.cell.voltage = 3510_mV;
  rig.hear(message(usual_order(), usual_cells(1)));
  for (int ms = 0; ms < 2400; ++ms) {
    rig.run_for(1_ms);
    ASSERT_TRUE(rig.last.led);
    ASSERT_EQ(rig.last.bypass, 100_percent);
  }
  rig.cell.voltage = 3499_mV;
  rig.hear(message(usual_order(), usual_cells(1)));
  rig.run_for(led_flash);
  EXPECT_FALSE(rig.last.led);
  EXPECT_EQ(rig.last.bypass, Ratio{});
}

// proves CELL-3, CELL-6
TEST(CellBoard, BypassIsOffFromTheFirstByteUntilTheHeadIsThrough) {
  CellRig rig;
  rig.cell.voltage = 3510_mV;
  rig.hear(message(usual_order(), usual_cells(1)));
  rig.run_for(100_ms);
  ASSERT_EQ(rig.last.bypass, 100_percent);
  const Bytes bytes = message(usual_order(), usual_cells(8));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    rig.hear({bytes[i]});
    const bool measuring = i + 1 < wire::chain_head_size;
    EXPECT_EQ(rig.last.bypass, measuring ? Ratio{} : 100_percent) << i;
  }
}

// proves CELL-6
TEST(CellBoard, BypassComesBackWhenAMessageEndsTooSoon) {
  CellRig rig;
  rig.cell.voltage = 3510_mV;
  rig.hear(message(usual_order(), usual_cells(1)));
  rig.run_for(100_ms);
  rig.hear({wire::chain_start_byte});
  EXPECT_EQ(rig.last.bypass, Ratio{});
  EXPECT_EQ(rig.last.wake_at, rig.now + chain_gap);
  rig.run_for(chain_gap);
  EXPECT_EQ(rig.last.bypass, 100_percent);
}

// proves CELL-6
TEST(CellBoard, BypassEndsWithSilence) {
  CellRig rig;
  rig.cell.voltage = 3510_mV;
  rig.hear(message(usual_order(), usual_cells(1)));
  const Instant limit = rig.board.heard_at + chain_timeout(1000_ms) + 2_ms;
  rig.run_until(limit + -1_ms);
  EXPECT_EQ(rig.last.bypass, 100_percent);
  rig.run_until(limit);
  EXPECT_EQ(rig.last.bypass, Ratio{});
  EXPECT_FALSE(rig.board.bypass.engaged);
}

// proves CELL-6
RC_GTEST_PROP(CellBoard, NeverBypassesACellBelowTheLowestVBypassWhateverItReceives, ()) {
  CellRig rig;
  const bool was_full = *rc::gen::arbitrary<bool>();
  rig.cell.voltage = was_full ? 3600_mV : 3399_mV;
  rig.hear(message(usual_order(), usual_cells(1)));
  rig.cell.voltage = 3399_mV;
  rig.run_for(100_ms);
  auto order = usual_order();
  order.v_bypass = Voltage::millivolts(*rc::gen::inRange(0, 65'536));
  order.period = Duration::milliseconds(10 * *rc::gen::inRange(0, 256));
  rig.hear(message(order, usual_cells(1)));
  for (int i = 0; i < 5; ++i) {
    RC_ASSERT(rig.last.bypass == Ratio{});
    rig.run_for(Duration::milliseconds(*rc::gen::inRange(0, 3000)));
    rig.hear(*rc::gen::arbitrary<Bytes>());
  }
}

// proves CELL-8
TEST(CellBoard, ObeysNoPeriodButTheTwoThereAre) {
  for (const int ms : {0, 10, 490, 510, 990, 2550}) {
    CellRig rig;
    auto order = usual_order();
    order.period = Duration::milliseconds(ms);
    rig.hear(message(order, usual_cells(1)));
    EXPECT_EQ(rig.board.period, chain_period_slow) << ms;
  }
  CellRig rig;
  auto order = usual_order();
  order.period = chain_period_fast;
  rig.hear(message(order, usual_cells(1)));
  EXPECT_EQ(rig.board.period, chain_period_fast);
}

}  // namespace
}  // namespace cellwarden::core
