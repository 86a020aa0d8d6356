// SPDX-License-Identifier: Apache-2.0
#include "core/chain_node.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/chain_receiver.hpp"
#include "core/chain_source.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;
using wire::CellReading;
using wire::ChainHead;

using Bytes = std::vector<std::uint8_t>;

wire::ChainOrder usual_order() {
  wire::ChainOrder order;
  order.sequence = 7;
  order.period = 1000_ms;
  order.programmed_cells = 255;
  order.v_bypass = 3500_mV;
  order.in = 12'500_mA;
  return order;
}

/// What the first board sends.
Bytes start_message(const wire::ChainOrder& order, const ChainNode::Contribution& mine) {
  ChainSource source;
  source.start(order, {}, Instant{});
  ChainBytes out;
  EXPECT_TRUE(source.step(Instant{}, mine, out));
  EXPECT_EQ(out.size(), wire::chain_at::flags);
  EXPECT_FALSE(source.step(Instant{} + 15_ms, mine, out));
  EXPECT_EQ(out.size(), wire::chain_at::flags);
  EXPECT_FALSE(source.step(Instant{} + chain_rest_after, mine, out));
  EXPECT_FALSE(source.active());
  return {out.begin(), out.end()};
}

/// Sends `bytes` through one more board and checks that it never keeps a byte back; only the end of
/// a message brings more bytes out than have come in.
Bytes pass(const Bytes& bytes, const ChainNode::Contribution& mine) {
  ChainNode node;
  Bytes passed;
  std::size_t arrived = 0;
  for (const std::uint8_t byte : bytes) {
    ChainBytes out;
    node.accept(byte, mine, out);
    ++arrived;
    passed.insert(passed.end(), out.begin(), out.end());
    RC_ASSERT(passed.size() >= arrived || node.complete());
    RC_ASSERT(passed.size() == arrived || node.complete());
  }
  return passed;
}

Bytes through(const std::vector<CellReading>& cells, const wire::ChainOrder& order) {
  Bytes bytes = start_message(order, {cells[0], {}});
  for (std::size_t i = 1; i < cells.size(); ++i) bytes = pass(bytes, {cells[i], {}});
  return bytes;
}

struct Heard {
  std::optional<HeadResult> head;
  std::vector<std::pair<int, CellReading>> records;
  bool complete = false;
};
Heard hear(const Bytes& bytes) {
  ChainReceiver receiver;
  receiver.start();
  Heard heard;
  for (const std::uint8_t byte : bytes) {
    if (const auto head = receiver.accept(byte)) heard.head = head;
  }
  heard.complete = receiver.records_are_complete();
  if (heard.complete) {
    receiver.for_each_record(
        [&](int cell, const CellReading& r) { heard.records.emplace_back(cell, r); });
  }
  return heard;
}

/// The head as a person would work it out with all readings on a sheet.
ChainHead by_hand(const std::vector<CellReading>& cells, const wire::ChainOrder& order) {
  ChainHead head;
  head.order = order;
  head.cell_count = static_cast<std::uint8_t>(cells.size());
  const auto number = [&](auto it) { return static_cast<std::uint8_t>(it - cells.begin() + 1); };
  const auto v = [](const CellReading& r) { return r.voltage; };
  const auto t = [](const CellReading& r) { return r.temperature; };
  const auto low = std::ranges::min_element(cells, {}, v);
  const auto high = std::ranges::max_element(cells, std::less<>{}, v);
  const auto cold = std::ranges::min_element(cells, {}, t);
  const auto hot = std::ranges::max_element(cells, std::less<>{}, t);
  head.lowest = {low->voltage, number(low)};
  head.highest = {high->voltage, number(high)};
  head.coldest = {cold->temperature, number(cold)};
  head.hottest = {hot->temperature, number(hot)};
  for (const CellReading& r : cells) head.sum += r.voltage;
  return head;
}

std::vector<CellReading> any_cells(int most) {
  const int count = *rc::gen::inRange(2, most + 1);
  return *rc::gen::container<std::vector<CellReading>>(
      static_cast<std::size_t>(count),
      rc::gen::apply(
          [](int mv, int count_t, bool bypassing) {
            return CellReading{Voltage::millivolts(mv),
                               wire::chain_temperature(static_cast<std::uint16_t>(count_t)),
                               bypassing};
          },
          rc::gen::oneOf(rc::gen::inRange(0, 8192), rc::gen::inRange(3300, 3304)),
          rc::gen::oneOf(rc::gen::inRange(0, 1024), rc::gen::inRange(400, 403)),
          rc::gen::arbitrary<bool>()));
}

// proves CELL-4, CELL-5, CELL-7, CELL-9
RC_GTEST_PROP(ChainNode, MergesWhateverTheBoardsReadByteByByte, ()) {
  const auto cells = any_cells(40);
  auto order = usual_order();
  order.sequence = *rc::gen::arbitrary<std::uint8_t>();
  const Heard heard = hear(through(cells, order));
  RC_ASSERT(heard.head.has_value());
  RC_ASSERT(heard.head->good());
  RC_ASSERT(heard.head->value() == by_hand(cells, order));
  RC_ASSERT(heard.complete);
  RC_ASSERT(heard.records.size() == cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    RC_ASSERT(heard.records[i].first == static_cast<int>(i) + 1);
    RC_ASSERT(heard.records[i].second == cells[i]);
  }
}

// proves CELL-5
RC_GTEST_PROP(ChainNode, TheOrderOfTheCellsChangesNoExtreme, ()) {
  auto cells = any_cells(20);
  const ChainHead one = hear(through(cells, usual_order())).head->value();
  const int turns = *rc::gen::inRange(0, 20);
  std::ranges::rotate(cells, cells.begin() + turns % static_cast<int>(cells.size()));
  const ChainHead other = hear(through(cells, usual_order())).head->value();
  RC_ASSERT(one.lowest.voltage == other.lowest.voltage);
  RC_ASSERT(one.highest.voltage == other.highest.voltage);
  RC_ASSERT(one.coldest.temperature == other.coldest.temperature);
  RC_ASSERT(one.hottest.temperature == other.hottest.temperature);
  RC_ASSERT(one.sum == other.sum);
}

/// Harms one byte on one hop and lets the boards behind it do their work.
Heard through_harmed(const std::vector<CellReading>& cells, std::size_t hop,
                     const std::function<void(Bytes&)>& harm) {
  Bytes bytes = start_message(usual_order(), {cells[0], {}});
  for (std::size_t i = 1; i < cells.size(); ++i) {
    if (i == hop) harm(bytes);
    bytes = pass(bytes, {cells[i], {}});
  }
  if (hop == cells.size()) harm(bytes);
  return hear(bytes);
}

// proves CELL-7
RC_GTEST_PROP(ChainNode, AFlippedBitOnAnyHopIsNeverRepaired, ()) {
  const auto cells = any_cells(12);
  const auto hop = *rc::gen::inRange<std::size_t>(1, cells.size() + 1);
  bool in_head = false;
  const Heard heard = through_harmed(cells, hop, [&](Bytes& bytes) {
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    const auto bit = *rc::gen::inRange(0, 8);
    in_head = at < wire::chain_head_size;
    bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ (1U << bit));
  });
  if (in_head) {
    RC_ASSERT(!heard.head.has_value() || !heard.head->good());
  } else {
    RC_ASSERT(heard.head->good());
  }
  RC_ASSERT(!heard.complete);
}

// proves CELL-7
RC_GTEST_PROP(ChainNode, ALostOrDoubledByteIsNeverRepaired, ()) {
  const auto cells = any_cells(12);
  const auto hop = *rc::gen::inRange<std::size_t>(1, cells.size() + 1);
  const bool lost = *rc::gen::arbitrary<bool>();
  std::size_t at = 0;
  const Heard heard = through_harmed(cells, hop, [&](Bytes& bytes) {
    at = *rc::gen::inRange<std::size_t>(0, bytes.size() - 1);
    RC_PRE(bytes[at] != bytes[at + 1]);  // or it would be the same as harm further on
    const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    lost ? void(bytes.erase(place)) : void(bytes.insert(place, bytes[at]));
  });
  if (at < wire::chain_head_size - 2) {
    RC_ASSERT(!heard.head.has_value() || !heard.head->good());
  }
  RC_ASSERT(!heard.complete || !lost);
}

Bytes bytes_with(std::size_t at, std::uint8_t value) {
  Bytes bytes = through(std::vector<CellReading>(3, {3300_mV, 200_dC, false}), usual_order());
  bytes[at] = value;
  return bytes;
}

TEST(ChainNode, PassesAForeignMessageOnUntouched) {
  for (const std::size_t at : {wire::chain_at::start, wire::chain_at::version}) {
    const Bytes foreign = bytes_with(at, 0x42);
    EXPECT_EQ(pass(foreign, {{1000_mV, 0_dC, false}, {}}), foreign) << at;
  }
}

TEST(ChainNode, SaysNothingMoreAfterTheEndOfAMessage) {
  ChainNode node;
  ChainBytes out;
  for (const std::uint8_t byte : bytes_with(0, wire::chain_start_byte)) {
    ChainBytes one;
    node.accept(byte, {{3300_mV, 200_dC, false}, {}}, one);
  }
  EXPECT_TRUE(node.complete());
  EXPECT_TRUE(node.head_is_good());
  node.accept(0xC5, {}, out);
  EXPECT_TRUE(out.empty());
}

TEST(ChainNode, ABoardOfNumber256IsFlaggedAndNotCounted) {
  std::vector<CellReading> cells(256, {3300_mV, 200_dC, false});
  const Heard heard = hear(through(cells, usual_order()));
  ASSERT_TRUE(heard.head && heard.head->good());
  EXPECT_EQ(heard.head->value().cell_count, 255);
  EXPECT_TRUE(heard.head->value().flags.too_many_cells);
}

TEST(ChainNode, OnlyEverySecondCellReportsWhereTheLineIsTooShort) {
  auto order = usual_order();
  order.period = 500_ms;
  const std::vector<CellReading> cells(200, {3300_mV, 200_dC, false});
  for (const std::uint8_t sequence : {std::uint8_t{8}, std::uint8_t{9}}) {
    order.sequence = sequence;
    const Heard heard = hear(through(cells, order));
    ASSERT_TRUE(heard.complete);
    EXPECT_EQ(heard.records.size(), 100U);
    for (const auto& [cell, reading] : heard.records) EXPECT_EQ(cell % 2, sequence % 2);
  }
}

}  // namespace
}  // namespace cellwarden::core
