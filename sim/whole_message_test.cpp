// SPDX-License-Identifier: Apache-2.0
#include "sim/whole_message.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/quick_crc.hpp"
#include "wire/bytes.hpp"

namespace cellwarden::sim {
namespace {

RC_GTEST_PROP(QuickCrc, IsTheCheckOfTheBoards, (const std::vector<std::uint8_t>& bytes)) {
  RC_ASSERT(quick_crc(bytes) == wire::crc16(bytes));
}

RC_GTEST_PROP(QuickCrc, GoesOnFromAnyCheck,
              (const std::vector<std::uint8_t>& bytes, std::uint16_t start)) {
  wire::Crc16 crc{start};
  for (const std::uint8_t byte : bytes) crc.add(byte);
  RC_ASSERT(quick_crc(bytes, start) == crc.value());
}

TEST(QuickCrc, TakesEveryLengthUpToALongMessage) {
  std::vector<std::uint8_t> bytes;
  for (int length = 0; length < 810; ++length) {
    ASSERT_EQ(quick_crc(bytes), wire::crc16(bytes)) << length;
    bytes.push_back(static_cast<std::uint8_t>(length * 37 + 11));
  }
}

wire::ChainHead head_of(int cells) {
  wire::ChainOrder order;
  order.period = core::Duration::milliseconds(1000);
  order.programmed_cells = wire::chain_cells_max;
  wire::ChainHead head = wire::neutral_chain_head(order, {});
  for (int i = 0; i < cells; ++i) {
    wire::merge_into(head, {core::Voltage::millivolts(3300 + i), core::Temperature{}, false}, {});
  }
  return head;
}

TEST(WholeMessage, HasTheBytesThatTheReceiverTakesOneByOne) {
  for (const int cells : {1, 2, 16, 255}) {
    WholeMessage message;
    message.start();
    for (int i = 0; i < cells; ++i) {
      message.add_record(wire::chain_record(
          {core::Voltage::millivolts(3300 + i), core::Temperature{}, i % 2 == 0}));
    }
    const wire::ChainHead head = head_of(cells);
    message.finish(head);
    core::ChainReceiver receiver;
    receiver.start();
    std::optional<core::HeadResult> heard;
    for (const std::uint8_t byte : message.bytes()) {
      if (const auto result = receiver.accept(byte)) heard = result;
    }
    ASSERT_TRUE(heard && heard->good()) << cells;
    EXPECT_EQ(heard->value(), head);
    EXPECT_TRUE(receiver.records_are_complete()) << cells;
  }
}

TEST(WholeMessage, IsTakenAtOnceAsOneByOne) {
  WholeMessage message;
  message.start();
  for (int i = 0; i < 16; ++i) {
    message.add_record(
        wire::chain_record({core::Voltage::millivolts(3300 + i), core::Temperature{}, false}));
  }
  message.finish(head_of(16));
  core::ChainReceiver receiver;
  receiver.start();
  const core::WholeHead head = message.head();
  const core::HeadResult heard = receiver.accept_head(head.bytes, head.right_check);
  ASSERT_TRUE(heard.good());
  EXPECT_EQ(heard.value(), head_of(16));
  const core::WholeRecords records = message.records();
  receiver.accept_records(records.bytes, records.right_check);
  EXPECT_TRUE(receiver.records_are_complete());
  int cells = 0;
  receiver.for_each_record([&cells](int number, const wire::CellReading& reading) {
    EXPECT_EQ(number, ++cells);
    EXPECT_EQ(reading.voltage.in_millivolts(), 3299 + number);
  });
  EXPECT_EQ(cells, 16);
}

}  // namespace
}  // namespace cellwarden::sim
