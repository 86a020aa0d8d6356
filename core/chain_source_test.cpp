// SPDX-License-Identifier: Apache-2.0
#include "core/chain_source.hpp"

#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/chain_receiver.hpp"
#include "core/test_rigs.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

constexpr ChainNode::Contribution mine{{3210_mV, 220_dC, false}, {}};

wire::ChainHead head_of(const Bytes& bytes) {
  ChainReceiver receiver;
  receiver.start();
  for (const std::uint8_t byte : bytes) {
    const auto head = receiver.accept(byte);
    if (head && head->good()) return head->value();
  }
  ADD_FAILURE() << "no head";
  return {};
}

TEST(ChainSource, SendsNothingUntilItIsStarted) {
  ChainSource source;
  ChainBytes out;
  EXPECT_FALSE(source.active());
  EXPECT_FALSE(source.step(Instant{}, mine, out));
  EXPECT_TRUE(out.empty());
}

// proves CELL-8, IN-1
RC_GTEST_PROP(ChainSource, SendsTheReadingOfTheInstantAtWhichTheFirstPartHasLeft, ()) {
  const Instant begin = Instant::milliseconds(*rc::gen::arbitrary<std::uint32_t>());
  const Duration wait = Duration::milliseconds(*rc::gen::inRange(0, 10));
  ChainSource source;
  source.start(usual_order(), {.broken = true}, begin + wait);
  Bytes sent;
  for (int ms = 0; ms <= 40; ++ms) {
    const Instant now = begin + Duration::milliseconds(ms);
    ChainNode::Contribution current = mine;
    current.reading.voltage = Voltage::millivolts(3000 + ms);
    ChainBytes out;
    const bool begins = source.step(now, current, out);
    RC_ASSERT(begins == (now == begin + wait));
    sent.insert(sent.end(), out.begin(), out.end());
    if (!source.active()) continue;
    RC_ASSERT(source.due() - now > Duration{});
  }
  const wire::ChainHead head = head_of(sent);
  const int read_at = (wait + chain_rest_after).in_milliseconds();
  RC_ASSERT(head.lowest.voltage == Voltage::millivolts(3000 + read_at));
  RC_ASSERT(head.cell_count == 1);
  RC_ASSERT(head.flags.broken);
  RC_ASSERT(head.order == usual_order());
  RC_ASSERT(sent.size() == wire::chain_head_size + wire::chain_record_size + wire::chain_crc_size);
}

TEST(ChainSource, GivesUpTheMessageUnderWayWhenAnotherIsStarted) {
  ChainSource source;
  source.start(usual_order(), {}, Instant{});
  ChainBytes first;
  EXPECT_TRUE(source.step(Instant{}, mine, first));
  auto order = usual_order();
  order.sequence = 99;
  source.start(order, {}, Instant{} + 10_ms);
  ChainBytes second;
  EXPECT_FALSE(source.step(Instant{} + 9_ms, mine, second));
  EXPECT_TRUE(source.step(Instant{} + 10_ms, mine, second));
  EXPECT_FALSE(source.step(Instant{} + 26_ms, mine, second));
  EXPECT_FALSE(source.active());
  EXPECT_EQ(head_of({second.begin(), second.end()}).order.sequence, 99);
}

}  // namespace
}  // namespace cellwarden::core
