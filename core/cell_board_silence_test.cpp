// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/cell_board.hpp"
#include "core/chain_receiver.hpp"
#include "core/test_rigs.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

/// Splits what a board sent at the gaps, as the next board does.
std::vector<std::pair<Instant, Bytes>> messages_in(const CellRig& rig) {
  std::vector<std::pair<Instant, Bytes>> found;
  std::optional<Instant> last;
  for (const auto& [at, byte] : rig.sent) {
    // The first part of an own message takes 15 byte times on the wire after it is handed over.
    if (!last || at - *last > chain_rest_after) found.emplace_back(at, Bytes{});
    found.back().second.push_back(byte);
    last = at;
  }
  return found;
}

std::optional<wire::ChainHead> head_in(const Bytes& bytes) {
  ChainReceiver receiver;
  receiver.start();
  for (const std::uint8_t byte : bytes) {
    const auto head = receiver.accept(byte);
    if (head && head->good()) return head->value();
  }
  return std::nullopt;
}

Bytes usual_message(int upstream = 1) { return message(usual_order(255), usual_cells(upstream)); }

// proves CELL-8
TEST(CellBoard, SpeaksUpAfterTwoAndAHalfSilentPeriods) {
  CellRig rig;
  rig.cell = {3123_mV, 210_dC};
  rig.run_for(2499_ms);
  EXPECT_EQ(rig.starts, 0);
  rig.run_for(1_ms);
  EXPECT_EQ(rig.starts, 1);
  rig.run_for(chain_rest_after);
  const auto head = head_in(rig.taken());
  ASSERT_TRUE(head.has_value());
  EXPECT_TRUE(head->flags.broken);
  EXPECT_EQ(head->cell_count, 1);
  EXPECT_EQ(head->lowest, (wire::ChainVoltage{3123_mV, 1}));
  EXPECT_EQ(head->order.v_bypass, std::nullopt) << "nobody has ordered a bypass";
  EXPECT_EQ(head->order.in, std::nullopt);
  EXPECT_EQ(head->order.period, chain_period_slow);
}

// proves CELL-8
TEST(CellBoard, WaitsOneMillisecondLongerForEachBoardBeforeIt) {
  for (const int upstream : {1, 2, 100, 254}) {
    CellRig rig;
    rig.hear(usual_message(upstream));
    rig.starts = 0;
    const Instant limit = rig.board.heard_at + 2500_ms + Duration::milliseconds(upstream + 1);
    rig.run_until(limit + -1_ms);
    EXPECT_EQ(rig.starts, 0) << upstream;
    rig.run_until(limit);
    EXPECT_EQ(rig.starts, 1) << upstream;
  }
}

// proves CELL-8
TEST(CellBoard, GoesOnSpeakingInTheBeatItHeardLast) {
  for (const Duration period : {chain_period_slow, chain_period_fast}) {
    CellRig rig;
    auto order = usual_order();
    order.period = period;
    rig.hear(message(order, usual_cells(1)));
    rig.run_for(10'000_ms);
    rig.sent.clear();
    rig.run_for(20'000_ms);
    const auto sent = messages_in(rig);
    EXPECT_EQ(static_cast<int>(sent.size()), 20'000 / period.in_milliseconds());
    for (std::size_t i = 1; i < sent.size(); ++i) {
      EXPECT_EQ(sent[i].first - sent[i - 1].first, period);
      const auto head = head_in(sent[i].second);
      ASSERT_TRUE(head.has_value());
      EXPECT_EQ(head->order.period, period);
      EXPECT_FALSE(head->flags.restarted);
    }
  }
}

/// The records of all boards that may follow fit the period (CELL-9).
TEST(CellBoard, LeavesTheBoardsThatFollowTimeForTheirRecords) {
  CellRig rig;
  auto order = usual_order();
  order.period = chain_period_fast;
  rig.hear(message(order, usual_cells(1)));
  rig.taken();
  rig.run_for(1300_ms);
  const auto head = head_in(rig.taken());
  ASSERT_TRUE(head.has_value());
  const int bytes = 33 + 2 + 3 * wire::records_of(head->order, 254);
  EXPECT_LT(bytes * 10'000 / 9600, 500) << "milliseconds on the wire";
}

// proves CELL-8
TEST(CellBoard, StopsSpeakingWhenItIsSpokenTo) {
  CellRig rig;
  rig.run_for(4700_ms);
  EXPECT_EQ(rig.starts, 3);
  rig.taken();
  rig.hear(usual_message());
  const auto head = head_in(rig.taken());
  ASSERT_TRUE(head.has_value());
  EXPECT_FALSE(head->flags.broken);
  rig.starts = 0;
  rig.run_for(2400_ms);
  EXPECT_EQ(rig.starts, 0);
  rig.run_for(200_ms);
  EXPECT_EQ(rig.starts, 1) << "silence is counted anew";
}

// proves CELL-8
TEST(CellBoard, AMessageFromBehindABreakKeepsTheBoardsAfterItQuiet) {
  CellRig rig;
  for (int i = 0; i < 10; ++i) {
    rig.hear(message(usual_order(), usual_cells(3), {.broken = true}));
    const auto head = head_in(rig.taken());
    ASSERT_TRUE(head.has_value());
    EXPECT_TRUE(head->flags.broken);
    EXPECT_EQ(head->cell_count, 4);
    rig.run_for(950_ms);
  }
  EXPECT_EQ(rig.starts, 10);
}

// proves CELL-8
TEST(CellBoard, HearsButDoesNotMixWhatArrivesDuringItsOwnMessage) {
  CellRig rig;
  rig.run_for(2500_ms);
  ASSERT_TRUE(rig.board.own.active());
  rig.hear(usual_message());
  EXPECT_EQ(rig.starts, 1);
  const auto head = head_in(rig.taken());
  ASSERT_TRUE(head.has_value());
  EXPECT_TRUE(head->flags.broken);
  EXPECT_EQ(head->cell_count, 1);
  EXPECT_FALSE(rig.board.silent) << "it has been heard all the same";
  rig.run_for(900_ms);
  rig.hear(usual_message());
  EXPECT_FALSE(head_in(rig.taken())->flags.broken);
}

TEST(CellBoard, SaysThatItHasRestartedAlsoWhenItsMessageCutsAnotherShort) {
  CellRig rig;
  rig.run_for(2480_ms);
  rig.hear(usual_message());  // its head ends while ours is under way
  rig.run_for(chain_rest_after);
  bool said = false;
  for (const auto& [at, bytes] : messages_in(rig)) {
    for (std::size_t i = 0; i + wire::chain_head_size <= bytes.size(); ++i) {
      const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(i);
      const auto head = head_in({from, from + wire::chain_head_size});
      said = said || (head && head->flags.broken && head->flags.restarted);
    }
  }
  EXPECT_TRUE(said);
}

// proves CELL-8
TEST(CellBoard, SpeaksThroughNoiseThatNeverFormsAHead) {
  CellRig rig;
  Instant quiet_from = rig.now;
  bool was_muted = false;
  for (int ms = 0; ms < 10'000; ++ms) {
    const int before = rig.starts;
    rig.hear({static_cast<std::uint8_t>(ms * 7)});
    if (rig.board.muted && !was_muted) quiet_from = rig.now;
    was_muted = rig.board.muted;
    if (before != rig.starts && was_muted) {
      // Only our bytes leave, and a gap before them lets the next board see a new message.
      EXPECT_GT(rig.now - quiet_from, chain_gap);
    }
  }
  EXPECT_GE(rig.starts, 8) << "one for the noise, one a second for the board itself";
  int heads = 0;
  for (const auto& [at, bytes] : messages_in(rig)) {
    const auto head = head_in(bytes);
    heads += head && head->flags.broken ? 1 : 0;
  }
  EXPECT_GE(heads, 7);
}

// proves CELL-8
TEST(CellBoard, ABabblingBoardIsSilenceToo) {
  CellRig rig;
  rig.hear(usual_message());
  rig.taken();
  rig.hear(Bytes(3000, 0x00));  // follows without a gap: the message is over, the wire is not
  EXPECT_TRUE(rig.board.silent);
  EXPECT_TRUE(head_in(rig.taken())->flags.broken);
}

// proves CELL-8
RC_GTEST_PROP(CellBoard, BehavesTheSameWhereverItsClockStands, ()) {
  const auto deeds = *rc::gen::container<std::vector<std::pair<int, bool>>>(
      8, rc::gen::pair(rc::gen::inRange(20, 4000), rc::gen::arbitrary<bool>()));
  const auto run = [&](Instant start) {
    CellRig rig(start);
    std::vector<int> seen;
    for (const auto& [wait, hears] : deeds) {
      rig.run_for(Duration::milliseconds(wait));
      if (hears) rig.hear(usual_message());
      seen.push_back((rig.last.wake_at - rig.now).in_milliseconds());
      seen.push_back(rig.starts);
      seen.push_back(rig.last.led);
    }
    for (const auto& [at, byte] : rig.sent) seen.push_back((at - start).in_milliseconds());
    return seen;
  };
  const auto before_wrap = *rc::gen::inRange<std::uint32_t>(0, 20'000);
  RC_ASSERT(run(Instant::milliseconds(0U - before_wrap)) == run(Instant::milliseconds(0)));
}

/// Whether a clock is within ten minutes of where a difference of instants changes its sign.
bool near_a_wrap(std::int64_t elapsed_ms) {
  constexpr std::int64_t half = std::int64_t{1} << 31;
  const std::int64_t off = elapsed_ms % half;
  return off < 600'000 || off > half - 600'000;
}

// proves CELL-8
TEST(CellBoard, SpeaksThroughSixtyDaysOfSilence) {
  CellRig rig;
  rig.hear(usual_message());
  rig.starts = 0;
  std::int64_t elapsed_ms = 0;
  std::int64_t on_time_ms = 0;
  int on_time_starts = 0;
  while (elapsed_ms < std::int64_t{60} * 86'400'000) {
    const Duration wait = std::max(rig.last.wake_at - rig.now, 1_ms);
    // In between, to spare time, a home that is half a minute late.
    const bool on_time = near_a_wrap(elapsed_ms);
    const Duration slept = on_time ? wait : wait + 30'000_ms;
    const int before = rig.starts;
    elapsed_ms += slept.in_milliseconds();
    rig.now = rig.now + slept;
    rig.take(std::nullopt);
    rig.sent.clear();
    on_time_ms += on_time ? slept.in_milliseconds() : 0;
    on_time_starts += on_time ? rig.starts - before : 0;
    ASSERT_TRUE(elapsed_ms < 2502 || rig.board.silent);
  }
  EXPECT_NEAR(on_time_starts, static_cast<double>(on_time_ms) / 1000, 5) << "once a second";
  EXPECT_GT(rig.starts, 60 * 86'400 / 70) << "and each time it is woken";
}

}  // namespace
}  // namespace cellwarden::core
