// SPDX-License-Identifier: Apache-2.0
#include "core/pack_link.hpp"

#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/test_rigs.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

/// A link, and the receiver that feeds it as the OUT board's does.
struct LinkRig {
  /// @return  whether the head was healthy
  bool hear(const Bytes& bytes) {
    receiver.start();
    bool healthy = false;
    for (const std::uint8_t byte : bytes) {
      if (const auto head = receiver.accept(byte)) healthy = link.hear(*head, now);
    }
    if (receiver.records_are_complete()) link.hear_records(receiver, now);
    return healthy;
  }
  LinkFault fault() { return link.fault(now); }

  Instant now = Instant::milliseconds(5'000'000);
  PackLink link{now};
  ChainReceiver receiver;
};

/// Cells that are told apart: cell n reads 3300 + n mV.
std::vector<CellSample> numbered_cells(int count, int first = 1) {
  std::vector<CellSample> cells;
  for (int n = first; n < first + count; ++n) {
    cells.push_back({Voltage::millivolts(3300 + n), 200_dC});
  }
  return cells;
}
constexpr wire::ChainFlags broken{.broken = true};

TEST(PackLink, KnowsNothingAtItsStart) {
  LinkRig rig;
  EXPECT_EQ(rig.fault(), LinkFault::starting);
  EXPECT_EQ(rig.link.cell_count(), 0);
  EXPECT_FALSE(rig.link.cell(1).known);
  rig.now = rig.now + 60'000_ms;
  EXPECT_EQ(rig.fault(), LinkFault::starting) << "a pack never heard is not one fallen silent";
}

// proves OUT-1, CELL-9
TEST(PackLink, TakesEveryCellsReadingFromOneMessage) {
  LinkRig rig;
  EXPECT_TRUE(rig.hear(message(usual_order(255), numbered_cells(255))));
  EXPECT_EQ(rig.fault(), LinkFault::none);
  EXPECT_EQ(rig.link.cell_count(), 255);
  for (int n = 1; n <= 255; ++n) {
    EXPECT_TRUE(rig.link.cell(n).known);
    EXPECT_EQ(rig.link.cell(n).reading.voltage, Voltage::millivolts(3300 + n));
    EXPECT_EQ(rig.link.cell(n).at, rig.now);
  }
}

struct CountCase {
  std::string_view why;
  int cells;
  int programmed;
  LinkFault expected;
};

// proves IN-8, CELL-5
TEST(PackLink, HoldsTheCountAgainstTheProgrammedNumber) {
  const CountCase cases[] = {
      {.why = "as programmed", .cells = 4, .programmed = 4, .expected = LinkFault::none},
      {.why = "the next higher one in the list",
       .cells = 5,
       .programmed = 8,
       .expected = LinkFault::none},
      {.why = "the smallest pack", .cells = 2, .programmed = 4, .expected = LinkFault::none},
      {.why = "the largest pack", .cells = 255, .programmed = 255, .expected = LinkFault::none},
      {.why = "205 cells, the next higher is 255",
       .cells = 205,
       .programmed = 255,
       .expected = LinkFault::none},
      {.why = "204 cells are in the list themselves",
       .cells = 204,
       .programmed = 255,
       .expected = LinkFault::too_few_cells},
      {.why = "as many as the next lower one",
       .cells = 4,
       .programmed = 8,
       .expected = LinkFault::too_few_cells},
      {.why = "one board alone", .cells = 1, .programmed = 4, .expected = LinkFault::too_few_cells},
      {.why = "one board more than programmed",
       .cells = 5,
       .programmed = 4,
       .expected = LinkFault::too_many_cells},
      {.why = "a 256th board",
       .cells = 256,
       .programmed = 255,
       .expected = LinkFault::too_many_cells},
      {.why = "a number that is not in the list",
       .cells = 5,
       .programmed = 5,
       .expected = LinkFault::too_few_cells},
      {.why = "no number at all",
       .cells = 4,
       .programmed = 0,
       .expected = LinkFault::too_many_cells},
  };
  for (const CountCase& c : cases) {
    LinkRig rig;
    const bool healthy = rig.hear(message(usual_order(c.programmed), numbered_cells(c.cells)));
    EXPECT_EQ(rig.fault(), c.expected) << c.why;
    EXPECT_EQ(healthy, c.expected == LinkFault::none) << c.why;
    EXPECT_EQ(rig.link.cell_count(), healthy ? c.cells : 0) << c.why;
  }
}

TEST(PackLink, AHeadOfNoCellsIsRefused) {
  LinkRig rig;
  const auto head = wire::encode_chain_head(wire::neutral_chain_head(usual_order(), {}));
  EXPECT_FALSE(rig.hear({head.begin(), head.end()}));
  EXPECT_EQ(rig.link.refused(), 1U);
  EXPECT_EQ(rig.fault(), LinkFault::starting);
}

TEST(PackLink, ACountThatChangesWhileRunningIsAFaultUntilItIsAsBefore) {
  LinkRig rig;
  rig.hear(message(usual_order(8), numbered_cells(7)));
  for (const int other : {6, 8}) {
    EXPECT_FALSE(rig.hear(message(usual_order(8), numbered_cells(other, 50))));
    EXPECT_EQ(rig.fault(), LinkFault::count_changed);
    EXPECT_EQ(rig.link.cell_count(), 7);
    EXPECT_EQ(rig.link.cell(1).reading.voltage, 3301_mV) << "whose records these are is unknown";
    EXPECT_FALSE(rig.link.cell(8).known);
  }
  EXPECT_TRUE(rig.hear(message(usual_order(8), numbered_cells(7))));
  EXPECT_EQ(rig.fault(), LinkFault::none);
}

struct OrderCase {
  std::string_view why;
  std::optional<Voltage> v_bypass;
  LinkFault expected;
};

// proves IN-7
TEST(PackLink, RefusesAVBypassThatNoSwitchGives) {
  const OrderCase cases[] = {
      {.why = "lowest", .v_bypass = 3400_mV, .expected = LinkFault::none},
      {.why = "highest", .v_bypass = 4300_mV, .expected = LinkFault::none},
      {.why = "none", .v_bypass = std::nullopt, .expected = LinkFault::bad_order},
      {.why = "between two", .v_bypass = 3450_mV, .expected = LinkFault::bad_order},
      {.why = "between the halves of the table",
       .v_bypass = 3800_mV,
       .expected = LinkFault::bad_order},
      {.why = "would empty every cell", .v_bypass = 1_mV, .expected = LinkFault::bad_order},
  };
  for (const OrderCase& c : cases) {
    LinkRig rig;
    auto order = usual_order();
    order.v_bypass = c.v_bypass;
    rig.hear(message(order, numbered_cells(4)));
    EXPECT_EQ(rig.fault(), c.expected) << c.why;
  }
}

// proves CELL-1, CELL-2
TEST(PackLink, AReadingOutOfRangeIsAFaultButIsShown) {
  for (const CellSample bad : {CellSample{5001_mV, 200_dC}, CellSample{3300_mV, 851_dC},
                               CellSample{std::nullopt, 200_dC}}) {
    LinkRig rig;
    rig.hear(message(usual_order(), numbered_cells(4)));
    auto cells = numbered_cells(4);
    cells[2] = bad;
    EXPECT_FALSE(rig.hear(message(usual_order(), cells)));
    EXPECT_EQ(rig.fault(), LinkFault::bad_reading);
    EXPECT_EQ(rig.link.cell(3).reading, contribution_of(bad, {}, false).reading);
  }
}

// proves OUT-8
TEST(PackLink, RecordsBeforeTheFirstHealthyHeadDoNotCount) {
  LinkRig rig;
  rig.hear(message(usual_order(), numbered_cells(4), {.voltage_out_of_range = true}));
  EXPECT_FALSE(rig.link.cell(1).known);
  const Bytes good = message(usual_order(), numbered_cells(4));
  rig.hear({good.begin(), good.begin() + wire::chain_head_size});
  EXPECT_EQ(rig.fault(), LinkFault::starting);
  rig.hear(good);
  EXPECT_EQ(rig.fault(), LinkFault::none);
}

// proves CELL-8, ENV-4
TEST(PackLink, NamesTheFirstCellBehindEveryPossibleBreak) {
  for (int first = 2; first <= 16; ++first) {
    LinkRig rig;
    rig.hear(message(usual_order(16), numbered_cells(16)));
    EXPECT_EQ(rig.link.break_before(), std::nullopt);
    EXPECT_FALSE(rig.hear(message(usual_order(255), numbered_cells(17 - first, 100), broken)));
    EXPECT_EQ(rig.fault(), LinkFault::broken);
    EXPECT_EQ(rig.link.break_before(), first);
    EXPECT_EQ(rig.link.cell(first - 1).reading.voltage, Voltage::millivolts(3299 + first));
    EXPECT_EQ(rig.link.cell(first).reading.voltage, 3400_mV) << "the cells behind it are heard";
    rig.hear(message(usual_order(16), numbered_cells(16)));
    EXPECT_EQ(rig.fault(), LinkFault::none);
    EXPECT_EQ(rig.link.break_before(), std::nullopt);
  }
}

// proves CELL-8
TEST(PackLink, CountsTheBreakFromTheEndWhenThePackWasNeverWhole) {
  LinkRig rig;
  rig.hear(message(usual_order(), numbered_cells(3), broken));
  EXPECT_EQ(rig.fault(), LinkFault::broken);
  EXPECT_EQ(rig.link.break_before(), -3);
  EXPECT_FALSE(rig.link.cell(1).known);
}

TEST(PackLink, CountsTheBreakFromTheEndWhenMoreCellsAreHeardThanThePackHas) {
  for (const int heard : {4, 5, 9}) {
    LinkRig rig;
    rig.hear(message(usual_order(), numbered_cells(4)));
    rig.hear(message(usual_order(), numbered_cells(heard, 100), broken));
    EXPECT_EQ(rig.fault(), LinkFault::broken);
    EXPECT_EQ(rig.link.break_before(), -heard);
    EXPECT_EQ(rig.link.cell(4).reading.voltage, 3304_mV) << "whose records these are is unknown";
  }
}

// proves CELL-7
RC_GTEST_PROP(PackLink, AGarbledMessageChangesNothing, ()) {
  LinkRig rig;
  rig.hear(message(usual_order(), numbered_cells(4)));
  const Instant silent_from = rig.link.silent_from();
  Bytes bytes = message(usual_order(), numbered_cells(4, 50));
  const auto at = *rc::gen::inRange<std::size_t>(0, wire::chain_head_size);
  bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ *rc::gen::inRange(1, 256));
  rig.now = rig.now + 1000_ms;
  RC_ASSERT(!rig.hear(bytes));
  RC_ASSERT(rig.fault() == LinkFault::none);
  RC_ASSERT(rig.link.silent_from() == silent_from);
  RC_ASSERT(rig.link.refused() == 1U);
  RC_ASSERT(rig.link.cell(1).reading.voltage == 3301_mV);
}

// proves REL-10
TEST(PackLink, SilenceIsAFaultAfterTwoAndAHalfPeriodsOfTheLastMessage) {
  for (const Duration period : {chain_period_slow, chain_period_fast}) {
    LinkRig rig;
    auto order = usual_order();
    order.period = period;
    rig.hear(message(order, numbered_cells(4)));
    rig.now = rig.now + chain_timeout(period) + -1_ms;
    EXPECT_EQ(rig.fault(), LinkFault::none);
    rig.now = rig.now + 1_ms;
    EXPECT_EQ(rig.fault(), LinkFault::silent);
    rig.hear(message(order, numbered_cells(4)));
    EXPECT_EQ(rig.fault(), LinkFault::none);
  }
}

// proves REL-10
TEST(PackLink, StaysSilentThroughSixtyDays) {
  LinkRig rig;
  rig.hear(message(usual_order(), numbered_cells(4)));
  rig.now = rig.now + 2500_ms;
  for (int second = 0; second < 60 * 86'400; ++second) {
    ASSERT_EQ(rig.fault(), LinkFault::silent) << second;
    rig.now = rig.now + 1000_ms;
  }
}

}  // namespace
}  // namespace cellwarden::core
