// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/cell_board.hpp"
#include "core/chain_receiver.hpp"

namespace cellwarden::core {
namespace {

using Contribution = ChainNode::Contribution;

wire::ChainOrder some_order() {
  wire::ChainOrder order;
  order.period = Duration::milliseconds(1000);
  order.programmed_cells = wire::chain_cells_max;
  order.v_bypass = Voltage::millivolts(3500);
  order.in = Current::milliamperes(-1250);
  return order;
}

Contribution some_contribution(std::uint32_t bits) {
  const CellSample cell{
      Voltage::millivolts(static_cast<std::int32_t>(bits % 9000)),
      Temperature::decicelsius(static_cast<std::int32_t>(bits / 9000 % 2600) - 800)};
  const Bypass bypass{(bits >> 26U) % 4 == 0, Ratio::percent((bits >> 28U) % 2 == 0 ? 100 : 40)};
  return contribution_of(cell, bypass, (bits >> 30U) == 0);
}

/// The head behind all boards, by bytes.
HeadResult head_by_bytes(const std::vector<Contribution>& boards, const wire::ChainFlags& flags) {
  const wire::ChainHeadBytes neutral =
      wire::encode_chain_head(wire::neutral_chain_head(some_order(), flags));
  std::vector<std::uint8_t> passing(neutral.begin(), neutral.end());
  for (const Contribution& mine : boards) {
    ChainNode node;
    std::vector<std::uint8_t> leaving;
    for (const std::uint8_t byte : passing) {
      ChainBytes out;
      node.accept(byte, mine, out);
      leaving.insert(leaving.end(), out.begin(), out.end());
    }
    passing = leaving;
  }
  return wire::decode_chain_head(std::span(passing).first<wire::chain_head_size>());
}

wire::ChainHead head_by_values(const std::vector<Contribution>& boards,
                               const wire::ChainFlags& flags) {
  wire::ChainHead head = wire::neutral_chain_head(some_order(), flags);
  for (const Contribution& mine : boards) wire::merge_into(head, mine.reading, mine.flags);
  return head;
}

RC_GTEST_PROP(ChainWhole, MergingValuesIsMergingBytes,
              (const std::vector<std::uint32_t>& bits, bool beyond)) {
  RC_PRE(!bits.empty());
  std::vector<Contribution> boards;
  for (const std::uint32_t each : bits) boards.push_back(some_contribution(each));
  wire::ChainFlags flags;
  flags.current_out_of_range = beyond;
  const HeadResult heard = head_by_bytes(boards, flags);
  RC_ASSERT(heard.good());
  RC_ASSERT(heard.value() == head_by_values(boards, flags));
}

// proves CELL-5
TEST(ChainWhole, A256thBoardIsFlaggedByValuesAsByBytes) {
  std::vector<Contribution> boards(255, some_contribution(3300));
  for (int more = 0; more < 3; ++more) {
    const HeadResult heard = head_by_bytes(boards, {});
    ASSERT_TRUE(heard.good());
    EXPECT_EQ(heard.value(), head_by_values(boards, {}));
    EXPECT_EQ(heard.value().flags.too_many_cells, more > 0);
    boards.push_back(some_contribution(3100));
  }
}

TEST(ChainWhole, AGarbledHeadAtOnceIsRefusedAsByteByByte) {
  wire::ChainHeadBytes bytes =
      wire::encode_chain_head(head_by_values({some_contribution(3300)}, {}));
  const std::uint16_t right = wire::crc16(std::span(bytes).first<wire::chain_at::crc>());
  ChainReceiver receiver;
  receiver.start();
  EXPECT_TRUE(receiver.accept_head(bytes, right).good());
  receiver.start();
  const HeadResult garbled = receiver.accept_head(bytes, static_cast<std::uint16_t>(right ^ 1U));
  ASSERT_FALSE(garbled.good());
  EXPECT_EQ(garbled.fault(), wire::ChainFault::crc);
  EXPECT_FALSE(receiver.accept(0).has_value()) << "listens no more";
}

TEST(ChainWhole, GarbledRecordsAtOnceAreNotComplete) {
  const wire::ChainHeadBytes bytes =
      wire::encode_chain_head(head_by_values({some_contribution(3300)}, {}));
  const std::uint16_t right = wire::crc16(std::span(bytes).first<wire::chain_at::crc>());
  ChainReceiver receiver;
  receiver.start();
  ASSERT_TRUE(receiver.accept_head(bytes, right).good());
  const std::vector<std::uint8_t> records{1, 2, 3, 0xAB, 0xCD};
  receiver.accept_records(records, 0xABCC);
  EXPECT_FALSE(receiver.records_are_complete());
  EXPECT_TRUE(receiver.records_are_garbled());
}

TEST(ChainWhole, ABoardIsAfterAWholeMessageWhereTheBytesLeaveIt) {
  const CellSample cell{Voltage::millivolts(3600), Temperature::decicelsius(250)};
  CellBoard board = start_cell_board({});
  const Instant head_at = Instant::milliseconds(35), end_at = Instant::milliseconds(60);
  pass_whole_message(board, {some_order(), 7, head_at, end_at}, cell);
  EXPECT_TRUE(board.passing.complete());
  EXPECT_TRUE(board.passing.head_is_good());
  EXPECT_FALSE(board.passing.wants_reading());
  EXPECT_EQ(board.passing.number(), 7);
  EXPECT_EQ(board.number, 7);
  EXPECT_EQ(board.heard_at, head_at);
  EXPECT_EQ(board.last_byte_at, end_at);
  EXPECT_TRUE(board.bypass.engaged);
  EXPECT_FALSE(board.restarted);
  EXPECT_FALSE(board.measuring);
}

}  // namespace
}  // namespace cellwarden::core
