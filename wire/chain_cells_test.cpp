// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <limits>
#include <optional>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/cases.hpp"
#include "wire/bytes.hpp"
#include "wire/chain.hpp"

namespace cellwarden::wire {
namespace {

using core::Current;
using core::Duration;
using core::Temperature;
using core::Voltage;
using tests::check_cases;
using namespace core::literals;

constexpr std::int32_t least_32 = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t most_32 = std::numeric_limits<std::int32_t>::max();

/// What a board does to a head, in values; core/chain_node does it in bytes.
void merge(ChainHead& head, const CellReading& cell) {
  const std::uint8_t number = ++head.cell_count;
  const auto wins = [](std::uint8_t holder, bool better) { return holder == 0 || better; };
  if (wins(head.lowest.cell, cell.voltage < head.lowest.voltage)) {
    head.lowest = {cell.voltage, number};
  }
  if (wins(head.highest.cell, cell.voltage > head.highest.voltage)) {
    head.highest = {cell.voltage, number};
  }
  if (wins(head.coldest.cell, cell.temperature < head.coldest.temperature)) {
    head.coldest = {cell.temperature, number};
  }
  if (wins(head.hottest.cell, cell.temperature > head.hottest.temperature)) {
    head.hottest = {cell.temperature, number};
  }
  head.sum += cell.voltage;
}

std::uint8_t any_byte() { return static_cast<std::uint8_t>(*rc::gen::inRange(0, 256)); }

CellReading any_reading() {
  return {Voltage::millivolts(*rc::gen::inRange(0, 8192)),
          chain_temperature(*rc::gen::inRange<std::uint16_t>(0, 1024)),
          *rc::gen::arbitrary<bool>()};
}

std::optional<Current> any_current() {
  if (*rc::gen::inRange(0, 5) == 0) return std::nullopt;
  return Current::milliamperes(*rc::gen::inRange(-8'388'607, 8'388'608));
}

ChainOrder any_order() {
  ChainOrder order;
  order.sequence = any_byte();
  order.period = *rc::gen::element(500_ms, 1'000_ms);
  order.critical_mode = *rc::gen::arbitrary<bool>();
  order.programmed_cells = any_byte();
  const int bypass_mv = *rc::gen::inRange(0, 65'536);
  if (bypass_mv != 0) order.v_bypass = Voltage::millivolts(bypass_mv);
  order.in = any_current();
  order.out = any_current();
  return order;
}

TEST(ChainCells, WhateverCellsMergeComesBackFromTheWire) {
  check_cases(20'000, [] {
    const auto flags = ChainFlags::from_byte(any_byte());
    ChainHead head = neutral_chain_head(any_order(), flags);
    const int count = *rc::gen::weightedElement<int>({{4, 1}, {4, 2}, {4, 16}, {1, 255}});
    for (int number = 1; number <= count; ++number) merge(head, any_reading());
    const auto back = decode_chain_head(encode_chain_head(head));
    RC_ASSERT(back.good());
    RC_ASSERT(back.value() == head);
  });
}

TEST(ChainCells, NobodyHasMergedIntoANeutralHead) {
  const ChainOrder order{.sequence = 3,
                         .period = 1'000_ms,
                         .critical_mode = false,
                         .programmed_cells = 4,
                         .v_bypass = 3'400_mV,
                         .in = 1'000_mA,
                         .out = std::nullopt};
  ChainHead head = neutral_chain_head(order, {.broken = true});
  EXPECT_EQ(head.order, order);
  EXPECT_EQ(head.flags, ChainFlags{.broken = true});
  EXPECT_EQ(decode_chain_order(encode_chain_head(head)), order);
  EXPECT_EQ(decode_chain_head(encode_chain_head(head)).fault(), ChainFault::content);
  for (const CellReading& extreme : {CellReading{0_mV, Temperature::decicelsius(-600), false},
                                     CellReading{8'191_mV, 1'446_dC, false}}) {
    EXPECT_LE(extreme.voltage, head.lowest.voltage) << "no cell is above the neutral lowest";
    EXPECT_GE(extreme.voltage, head.highest.voltage) << "no cell is below the neutral highest";
    EXPECT_LE(extreme.temperature, head.coldest.temperature);
    EXPECT_GE(extreme.temperature, head.hottest.temperature);
  }
  merge(head, {3'300_mV, 250_dC, false});
  const auto back = decode_chain_head(encode_chain_head(head));
  ASSERT_TRUE(back.good());
  EXPECT_EQ(back.value().lowest, (ChainVoltage{3'300_mV, 1}));
  EXPECT_EQ(back.value().hottest, (ChainTemperature{250_dC, 1}));
}

TEST(ChainCells, EveryRecordComesBackFromTheWire) {
  for (int mv = 0; mv <= 8191; mv += 13) {
    for (unsigned count = 0; count <= 1023; count += 11) {
      for (const bool bypassing : {false, true}) {
        const CellReading reading{Voltage::millivolts(mv),
                                  chain_temperature(static_cast<std::uint16_t>(count)), bypassing};
        ASSERT_EQ(decode_chain_record(encode_chain_record(reading)), reading);
      }
    }
  }
}

TEST(ChainCells, EveryPatternOfThreeBytesIsARecord) {
  for (std::uint32_t raw = 0; raw <= 0xFF'FFFF; raw += 101) {
    std::array<std::uint8_t, chain_record_size> bytes{};
    write_big_endian(bytes, raw);
    ASSERT_EQ(encode_chain_record(decode_chain_record(bytes)), bytes) << raw;
  }
}

TEST(ChainCells, ARecordStandsInTheLayoutThatIsWrittenDown) {
  constexpr std::array<std::uint8_t, 3> expected{0x67, 0x23, 0x57};
  // 3300 mV = 0'1100'1110'0100, 25.4 C = 427 = 01'1010'1011, bypass on = 1
  EXPECT_EQ(encode_chain_record({3'300_mV, 254_dC, true}), expected);
}

TEST(ChainCells, MeasuredValuesGoToTheNearestStepAndEndAtTheEnds) {
  const struct {
    std::int32_t mv, decicelsius, mv_sent, decicelsius_sent;
    const char* why;
  } rows[] = {
      {3'300, 254, 3'300, 254, "on a step"},
      {3'300, 253, 3'300, 254, "between two steps: the upper one"},
      {3'300, -53, 3'300, -52, "between two steps below 0 C: the upper one too"},
      {3'300, 0, 3'300, 0, "0 C is a step"},
      {-1, -600, 0, -600, "a negative voltage is none"},
      {8'191, -601, 8'191, -600, "a step colder"},
      {8'192, -599, 8'191, -598, "a step more voltage"},
      {65'536, 1'446, 8'191, 1'446, "would wrap to 0 V"},
      {3'300, 1'445, 3'300, 1'446, "the last step"},
      {3'300, 1'447, 3'300, 1'446, "hotter than the last step"},
      {3'300, -10'000, 3'300, -600, "what a board without a reading says"},
      {least_32, least_32, 0, -600, "the least there is"},
      {most_32, most_32, 8'191, 1'446, "the most there is"},
  };
  for (const auto& row : rows) {
    const CellReading reading = to_chain_steps(Voltage::millivolts(row.mv),
                                               Temperature::decicelsius(row.decicelsius), true);
    EXPECT_EQ(reading.voltage, Voltage::millivolts(row.mv_sent)) << row.why;
    EXPECT_EQ(reading.temperature, Temperature::decicelsius(row.decicelsius_sent)) << row.why;
    EXPECT_TRUE(reading.bypassing);
  }
  EXPECT_FALSE(to_chain_steps(3'300_mV, 250_dC, false).bypassing);
}

TEST(ChainCells, EveryTemperatureCountComesBack) {
  for (unsigned count = 0; count <= 1023; ++count) {
    const auto step = static_cast<std::uint16_t>(count);
    EXPECT_EQ(chain_count(chain_temperature(step)), step);
    EXPECT_EQ(chain_temperature(step).in_decicelsius(), -600 + 2 * static_cast<int>(count));
  }
}

TEST(ChainCells, EveryCellReportsInOneMessageOrInTwo) {
  const struct {
    Duration period;
    std::uint8_t programmed;
    bool every;
    const char* why;
  } rows[] = {
      {1'000_ms, 255, true, "a second is long enough for all"},
      {1'000_ms, 0, true, "for an unknown number too"},
      {500_ms, 100, true, "the least that half a second must carry"},
      {500_ms, 128, true, "the most that half a second carries"},
      {500_ms, 129, false, "one more takes two messages"},
      {500_ms, 255, false, "as many as there are"},
      {990_ms, 129, false, "not quite a second"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(every_cell_reports(row.period, row.programmed), row.every) << row.why;
    for (int count = 0; count <= chain_cells_max; ++count) {
      int in_two_messages = 0;
      for (const int sequence : {254, 255}) {
        const ChainOrder order{.sequence = static_cast<std::uint8_t>(sequence),
                               .period = row.period,
                               .critical_mode = false,
                               .programmed_cells = row.programmed,
                               .v_bypass = std::nullopt,
                               .in = std::nullopt,
                               .out = std::nullopt};
        int reporting = 0;
        for (int number = 1; number <= count; ++number) {
          const bool reports = cell_reports(order, number);
          EXPECT_EQ(reports, row.every || (number + sequence) % 2 == 0) << row.why;
          reporting += reports ? 1 : 0;
        }
        ASSERT_EQ(records_of(order, count), reporting) << row.why << ": " << count << " cells";
        in_two_messages += reporting;
      }
      ASSERT_EQ(in_two_messages, row.every ? 2 * count : count) << row.why;
    }
  }
}

// proves CELL-5
TEST(ChainCells, TheCell256HasNoNumberAndTheHeadSaysSoFromThenOn) {
  ChainOrder order;
  order.programmed_cells = chain_cells_max;
  ChainHead head = neutral_chain_head(order, {});
  const CellReading reading{core::Voltage::millivolts(3'300), core::Temperature{}, false};
  for (int cell = 1; cell <= 255; ++cell) merge_into(head, reading, {});
  EXPECT_EQ(head.cell_count, 255);
  EXPECT_FALSE(head.flags.too_many_cells);
  for (int more = 0; more < 2; ++more) {
    merge_into(head, reading, {});
    EXPECT_EQ(head.cell_count, 255);
    EXPECT_TRUE(head.flags.too_many_cells);
  }
}

}  // namespace
}  // namespace cellwarden::wire
