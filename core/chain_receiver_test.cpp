// SPDX-License-Identifier: Apache-2.0
#include "core/chain_receiver.hpp"

#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/test_rigs.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

std::vector<CellSample> numbered_cells(int count) {
  std::vector<CellSample> cells;
  for (int n = 1; n <= count; ++n) cells.push_back({Voltage::millivolts(3000 + n), 200_dC});
  return cells;
}

std::optional<HeadResult> feed(ChainReceiver& receiver, const Bytes& bytes) {
  std::optional<HeadResult> seen;
  for (const std::uint8_t byte : bytes) {
    if (const auto head = receiver.accept(byte)) seen = head;
  }
  return seen;
}

std::vector<int> cells_in(const ChainReceiver& receiver) {
  std::vector<int> cells;
  receiver.for_each_record([&cells](int cell, const wire::CellReading& reading) {
    EXPECT_EQ(reading.voltage, Voltage::millivolts(3000 + cell));
    cells.push_back(cell);
  });
  return cells;
}

TEST(ChainReceiver, HearsNothingBeforeAMessageBegins) {
  ChainReceiver receiver;
  EXPECT_EQ(feed(receiver, message(usual_order(), numbered_cells(4))), std::nullopt);
  EXPECT_FALSE(receiver.records_are_complete());
}

// proves OUT-1
TEST(ChainReceiver, HandsTheHeadOverWithItsLastByteAndTheRecordsWithTheirs) {
  ChainReceiver receiver;
  receiver.start();
  const Bytes bytes = message(usual_order(), numbered_cells(4));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_FALSE(receiver.records_are_complete());
    EXPECT_EQ(receiver.accept(bytes[i]).has_value(), i + 1 == wire::chain_head_size) << i;
  }
  EXPECT_TRUE(receiver.records_are_complete());
  EXPECT_EQ(cells_in(receiver), (std::vector<int>{1, 2, 3, 4}));
  receiver.finish();
  EXPECT_FALSE(receiver.records_are_complete());
}

// proves CELL-9
RC_GTEST_PROP(ChainReceiver, FindsTheCellsThatReportInEachMessage, ()) {
  auto order = usual_order(255);
  order.period = *rc::gen::element(chain_period_slow, chain_period_fast);
  order.sequence = *rc::gen::arbitrary<std::uint8_t>();
  const int count = *rc::gen::inRange(1, 256);
  ChainReceiver receiver;
  receiver.start();
  RC_ASSERT(feed(receiver, message(order, numbered_cells(count)))->good());
  RC_ASSERT(receiver.records_are_complete());
  std::vector<int> expected;
  for (int cell = 1; cell <= count; ++cell) {
    const bool reports = order.period == chain_period_slow || cell % 2 == order.sequence % 2;
    if (reports) expected.push_back(cell);
  }
  RC_ASSERT(cells_in(receiver) == expected);
}

// proves CELL-7
RC_GTEST_PROP(ChainReceiver, TakesNothingFromAMessageThatIsGarbled, ()) {
  ChainReceiver receiver;
  receiver.start();
  Bytes bytes = message(usual_order(), numbered_cells(4));
  const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
  bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ *rc::gen::inRange(1, 256));
  const auto head = feed(receiver, bytes);
  const bool in_head = at < wire::chain_head_size;
  RC_ASSERT(head.has_value());
  RC_ASSERT(head->good() == !in_head);
  RC_ASSERT(!receiver.records_are_complete());
  RC_ASSERT(receiver.records_are_garbled() == !in_head);
  RC_ASSERT(feed(receiver, message(usual_order(), numbered_cells(4))) == std::nullopt);
}

TEST(ChainReceiver, GivesUpAMessageThatAnotherOneFollowsTooSoon) {
  const Bytes bytes = message(usual_order(), numbered_cells(4));
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    ChainReceiver receiver;
    receiver.start();
    feed(receiver, {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(cut)});
    receiver.start();
    const auto head = feed(receiver, bytes);
    ASSERT_TRUE(head.has_value());
    EXPECT_TRUE(head->good()) << cut;
    EXPECT_TRUE(receiver.records_are_complete()) << cut;
    EXPECT_FALSE(receiver.records_are_garbled()) << cut;
  }
}

}  // namespace
}  // namespace cellwarden::core
