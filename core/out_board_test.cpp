// SPDX-License-Identifier: Apache-2.0
#include "core/out_board.hpp"

#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/test_rigs.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

// proves OUT-1, OUT-8
TEST(OutBoard, OpensBothRelaysAtItsStartAndClosesThemAfterAFullCycle) {
  OutRig rig;
  EXPECT_EQ(rig.relays(), both_open);
  rig.cycle();
  EXPECT_EQ(rig.relays(), both_open) << "every cell has been heard once";
  rig.cycle();
  EXPECT_EQ(rig.relays(), both_open) << "a wish is not confirmed yet";
  rig.cycle();
  EXPECT_EQ(rig.relays(), both_closed);
  EXPECT_FALSE(rig.board.alarms.communication);
}

// proves OUT-8
TEST(OutBoard, ClosesNothingWhileTheRecordsOfAnyCellHaveNotCome) {
  OutRig rig;
  for (int i = 0; i < 10; ++i) {
    ++rig.order.sequence;
    Bytes bytes = rig.upstream();
    bytes.back() ^= 1U;  // the records' check
    rig.cycle_with(bytes);
    EXPECT_EQ(rig.relays(), both_open);
    EXPECT_EQ(rig.fault(), LinkFault::starting);
    EXPECT_TRUE(rig.board.alarms.communication);
  }
  rig.cycles(3);
  EXPECT_EQ(rig.relays(), both_closed);
}

// proves OUT-8
TEST(OutBoard, WaitsForTheEvenAndForTheOddCellsWhereTheyTakeTurns) {
  OutRig rig({.cells = 200});
  rig.order.period = chain_period_fast;
  rig.cycle();
  EXPECT_EQ(rig.fault(), LinkFault::starting);
  rig.cycle();
  EXPECT_EQ(rig.fault(), LinkFault::none);
  rig.cycle();
  EXPECT_EQ(rig.relays(), both_open);
  rig.cycle();
  EXPECT_EQ(rig.relays(), both_closed);
}

// proves REL-2, REL-4, REL-10
TEST(OutBoard, OpensBothRelaysTwoAndAHalfPeriodsAfterTheLastHead) {
  for (const Duration period : {chain_period_slow, chain_period_fast}) {
    OutRig rig;
    rig.order.period = period;
    rig.cycles(3);
    ASSERT_EQ(rig.relays(), both_closed);
    const Instant silent = rig.board.link.silent_from();
    EXPECT_LE((silent - rig.now).in_milliseconds(), period.in_milliseconds() * 5 / 2);
    rig.run_until(silent + -1_ms);
    EXPECT_EQ(rig.relays(), both_closed);
    rig.run_until(silent);
    EXPECT_EQ(rig.relays(), both_open);
    EXPECT_EQ(rig.fault(), LinkFault::silent);
    EXPECT_TRUE(rig.board.alarms.communication);
  }
}

// proves REL-10
TEST(OutBoard, AsksToBeWokenWhenSilenceBecomesAFault) {
  OutRig rig;
  rig.cycles(3);
  rig.run_until(rig.now + 1500_ms);  // flashes and frames are over
  EXPECT_EQ(rig.last.wake_at, rig.board.link.silent_from());
}

struct HarmCase {
  std::string_view why;
  CellSample second_cell;
  wire::ChainFlags flags;
  Relays expected = both_open;
};

// proves REL-2, REL-4, REL-10, CELL-1, CELL-2
TEST(OutBoard, OneMessageOpensWhatItForbidsAndTwoGoodOnesCloseItAgain) {
  const HarmCase cases[] = {
      {.why = "a cell at V-max stops charging",
       .second_cell = {3650_mV, 200_dC},
       .flags = {},
       .expected = {false, true}},
      {.why = "a cell at V-min stops the load",
       .second_cell = {2800_mV, 200_dC},
       .flags = {},
       .expected = {true, false}},
      {.why = "a hot cell stops both", .second_cell = {3300_mV, 602_dC}, .flags = {}},
      {.why = "a cold cell stops both",
       .second_cell = {3300_mV, Temperature::decicelsius(-2)},
       .flags = {}},
      {.why = "no voltage", .second_cell = {std::nullopt, 200_dC}, .flags = {}},
      {.why = "no temperature", .second_cell = {3300_mV, std::nullopt}, .flags = {}},
      {.why = "a voltage outside the measuring range",
       .second_cell = {5001_mV, 200_dC},
       .flags = {}},
      {.why = "a temperature outside it",
       .second_cell = {3300_mV, Temperature::decicelsius(-401)},
       .flags = {}},
      {.why = "started by a board that hears nothing",
       .second_cell = usual_cell,
       .flags = {.broken = true}},
  };
  for (const HarmCase& c : cases) {
    OutRig rig;
    rig.cycles(5);
    ASSERT_EQ(rig.relays(), both_closed) << c.why;
    rig.cells[1] = c.second_cell;
    rig.cycle(c.flags);
    EXPECT_EQ(rig.relays(), c.expected) << c.why;
    rig.cells[1] = usual_cell;
    rig.cycle();
    EXPECT_EQ(rig.relays(), c.expected) << c.why << ": one good message closes nothing";
    rig.cycle();
    EXPECT_EQ(rig.relays(), both_closed) << c.why << ": a single bad message opens not for good";
  }
}

// proves REL-10
TEST(OutBoard, DecidesWithTheLastByteOfTheHeadNotWithTheRecords) {
  OutRig rig({.cells = 100});
  rig.cycles(3);
  ASSERT_EQ(rig.relays(), both_closed);
  rig.cells[50].voltage = 3700_mV;
  ++rig.order.sequence;
  const Bytes bytes = rig.upstream();
  const auto head_end = bytes.begin() + wire::chain_head_size;
  rig.cycle_with({bytes.begin(), head_end - 1});
  EXPECT_TRUE(rig.relays().charge);
  rig.hear({*(head_end - 1)});
  EXPECT_FALSE(rig.relays().charge);
}

// proves CELL-7, REL-10
RC_GTEST_PROP(OutBoard, AGarbledHeadChangesNothingButACounter, ()) {
  OutRig rig;
  rig.cycles(3);
  const OutBoard before = rig.board;
  ++rig.order.sequence;
  Bytes bytes = rig.upstream();
  const auto at = *rc::gen::inRange<std::size_t>(0, wire::chain_head_size);
  bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ (1U << *rc::gen::inRange(0, 8)));
  rig.cells.back().voltage = 1000_mV;  // what the message must not tell
  rig.cycle_with(bytes);
  RC_ASSERT(rig.relays() == both_closed);
  RC_ASSERT(rig.board.alarms == before.alarms);
  RC_ASSERT(rig.board.soc.held() == before.soc.held());
  RC_ASSERT(rig.board.link.head() == before.link.head());
  RC_ASSERT(rig.board.link.refused() == before.link.refused() + 1);
}

/// An order or a count that no healthy pack of four sends, with a right check.
Bytes impossible_message(wire::ChainOrder order) {
  order.sequence = *rc::gen::arbitrary<std::uint8_t>();
  std::size_t cells = 3;
  switch (*rc::gen::inRange(0, 7)) {
    case 0:
      order.v_bypass = Voltage::millivolts(*rc::gen::element(1, 1000, 3399, 3450, 3800, 65'535));
      break;
    case 1:
      order.v_bypass = std::nullopt;
      break;
    case 2:
      order.period =
          Duration::milliseconds(10 * *rc::gen::suchThat(rc::gen::inRange(0, 256), [](int n) {
                                   return n != 50 && n != 100;
                                 }));
      break;
    case 3:
      order.programmed_cells =
          *rc::gen::suchThat(rc::gen::arbitrary<std::uint8_t>(), [](int n) { return n != 4; });
      break;
    case 4:
      cells = *rc::gen::element<std::size_t>(4, 5, 254, 255, 256);
      break;
    case 5:
      return message(order, usual_cells(3), {.too_many_cells = true});
    default:
      return message(order, usual_cells(3), {.voltage_out_of_range = true});
  }
  return message(order, usual_cells(static_cast<int>(cells)));
}

// proves REL-10, OUT-8
RC_GTEST_PROP(OutBoard, ARightCheckOverImpossibleContentNeverClosesARelay, ()) {
  OutRig rig;
  rig.cycles(*rc::gen::inRange(0, 3));  // at most one good wish
  RC_ASSERT(rig.relays() == both_open);
  const int times = *rc::gen::inRange(1, 6);
  for (int i = 0; i < times; ++i) {
    rig.cycle_with(impossible_message(rig.order));
    RC_ASSERT(rig.relays() == both_open);
  }
}

// proves REL-8
TEST(OutBoard, ALightGoesOnWithAnyMessageAndOffWithAHealthyOneOnly) {
  OutRig rig;
  rig.cycles(3);
  EXPECT_EQ(rig.board.alarms, (Alarms{.communication = false}));
  rig.cells[1] = {3651_mV, 602_dC};
  rig.cells[2] = {2799_mV, Temperature::decicelsius(-2)};
  rig.cycle();
  const Alarms all{true, true, true, true, true};
  EXPECT_EQ(rig.board.alarms, (Alarms{false, true, true, true, true}));
  rig.cells = usual_cells(4);
  rig.cycle({.voltage_out_of_range = true});
  EXPECT_EQ(rig.board.alarms, all) << "a message with a doubtful reading clears nothing";
  rig.cycle({.broken = true});
  EXPECT_EQ(rig.board.alarms, all) << "nor does one from behind a break";
  for (int i = 0; i < 5; ++i) rig.lose();
  EXPECT_EQ(rig.board.alarms, all) << "nor does silence";
  rig.cycle();
  EXPECT_EQ(rig.board.alarms, (Alarms{.communication = false}));
}

// proves REL-5, REL-6
TEST(OutBoard, InCriticalModeAFullPackKeepsBothRelaysClosed) {
  OutRig rig;
  rig.order.critical_mode = true;
  rig.cells.assign(4, {3600_mV, 200_dC});
  rig.cycles(4);
  EXPECT_EQ(rig.relays(), both_closed);
  rig.order.critical_mode = false;
  rig.cycle();
  EXPECT_EQ(rig.relays(), (Relays{false, true})) << "in normal mode it is full";
}

// proves REL-1, REL-3, REL-10
TEST(OutBoard, ASensorBeyondItsRangeClosesNothingThatIsOpen) {
  OutRig rig;
  for (int i = 0; i < 6; ++i) rig.cycle({.current_out_of_range = true});
  EXPECT_EQ(rig.relays(), both_open);
  EXPECT_FALSE(rig.board.soc.calibrated());
  rig.cycles(3);
  EXPECT_EQ(rig.relays(), both_closed);
  rig.cycle({.current_out_of_range = true});
  EXPECT_EQ(rig.relays(), both_closed) << "nor opens what is closed";
}

// proves REL-10
TEST(OutBoard, AMessageThatComesAgainConfirmsNothingButStillOpens) {
  OutRig rig;
  rig.cycles(2);
  for (int again = 0; again < 5; ++again) {
    rig.cycle_with(rig.upstream());
    EXPECT_EQ(rig.relays(), both_open) << again;
  }
  rig.cycle();
  EXPECT_EQ(rig.relays(), both_closed);
  rig.cells[0].voltage = rig.settings.v_max;
  rig.cycle_with(rig.upstream());
  EXPECT_EQ(rig.relays(), (Relays{false, true})) << "what is dangerous is believed at once";
}

}  // namespace
}  // namespace cellwarden::core
