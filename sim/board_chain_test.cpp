// SPDX-License-Identifier: Apache-2.0
#include "sim/board_chain.hpp"

#include <gtest/gtest.h>

#include "sim/chain_options.hpp"
#include "sim/test_senses.hpp"

namespace cellwarden::sim {
namespace {
using namespace core::literals;

/// A chain with both relays closed and every cell heard.
struct Running {
  explicit Running(const ChainOptions& options, Hooks hooks = {})
      : senses(options.cells), chain(options, senses, std::move(hooks)) {
    chain.run_until(6 * second);
  }
  void run_for(SimTime time) { chain.run_until(chain.now() + time); }
  TableSenses senses;
  BoardChain chain;
};

// proves OUT-8
TEST(BoardChain, BothRelaysStayOpenUntilEveryCellHasBeenHeard) {
  TableSenses senses(4);
  std::vector<SimTime> moves;
  Hooks hooks;
  hooks.relays = [&](SimTime at, core::Relays) { moves.push_back(at); };
  BoardChain chain(chain_of(4), senses, hooks);
  chain.run_until(10 * second);
  ASSERT_EQ(moves.size(), 1U);
  // First message after one period; its records complete the cycle; two messages confirm.
  EXPECT_GT(moves[0], 3 * second);
  EXPECT_LT(moves[0], 4 * second);
  EXPECT_EQ(chain.relays(), (core::Relays{true, true}));
}

// proves CELL-9
TEST(BoardChain, EveryReadingOfEveryCellArrivesEveryCycle) {
  Running run(chain_of(16));
  for (int cell = 0; cell < 16; ++cell) {
    run.senses.cells[static_cast<std::size_t>(cell)] = {
        core::Voltage::millivolts(3200 + cell), core::Temperature::decicelsius(200 + 2 * cell)};
  }
  run.run_for(1200 * millisecond);
  for (int number = 1; number <= 16; ++number) {
    const auto& heard = run.chain.out_board().link.cell(number);
    EXPECT_EQ(heard.reading.voltage, core::Voltage::millivolts(3199 + number)) << number;
    EXPECT_EQ(heard.reading.temperature, core::Temperature::decicelsius(198 + 2 * number));
  }
}

struct Crossing {
  const char* why;
  core::CellSample sample;
  bool charge_opens, load_opens;
};

// proves REL-10, REL-2, REL-4
TEST(BoardChain, ACellBeyondALimitOpensWithinOneCycleAndOneTransit) {
  const Crossing crossings[] = {
      {.why = "at V-max", .sample = {3650_mV, 200_dC}, .charge_opens = true, .load_opens = false},
      {.why = "at V-min", .sample = {2800_mV, 200_dC}, .charge_opens = false, .load_opens = true},
      {.why = "too hot", .sample = {3300_mV, 602_dC}, .charge_opens = true, .load_opens = true},
      {.why = "too cold",
       .sample = {3300_mV, core::Temperature::decicelsius(-2)},
       .charge_opens = true,
       .load_opens = true},
      {.why = "no voltage",
       .sample = {std::nullopt, 200_dC},
       .charge_opens = true,
       .load_opens = true},
      {.why = "no temperature",
       .sample = {3300_mV, std::nullopt},
       .charge_opens = true,
       .load_opens = true},
      {.why = "above 5 V", .sample = {5001_mV, 200_dC}, .charge_opens = true, .load_opens = true},
  };
  for (const Crossing& crossing : crossings) {
    for (const std::size_t cell : {0U, 7U, 15U}) {
      for (const SimTime phase : {0, 1, 250, 500, 750, 999}) {
        Running run(chain_of(16));
        run.run_for(phase * millisecond);
        run.senses.cells[cell] = crossing.sample;
        run.run_for(second + (16 + 34) * 1042);
        const core::Relays expected{!crossing.charge_opens, !crossing.load_opens};
        EXPECT_EQ(run.chain.relays(), expected)
            << crossing.why << ", cell " << cell + 1 << ", " << phase << " ms";
      }
    }
  }
}

// proves IN-9, IN-1
TEST(BoardChain, SwitchOneChangesThePaceOfTheRunningChain) {
  int frames = 0;
  Hooks hooks;
  hooks.extended = [&](SimTime, const wire::FrameBytes&) { ++frames; };
  Running run(chain_of(4), hooks);
  frames = 0;
  run.run_for(10 * second);
  EXPECT_EQ(frames, 10);
  run.chain.switches.on[0] = true;
  run.run_for(2 * second);
  frames = 0;
  run.run_for(10 * second);
  EXPECT_EQ(frames, 20);
}

// proves OUT-8, REL-7
TEST(BoardChain, ARestartingOutBoardOpensBothRelaysAndClosesThemAfterAFullCycle) {
  Running run(chain_of(8));
  run.chain.restart_board(7);
  EXPECT_EQ(run.chain.relays(), core::Relays{});
  run.run_for(500 * millisecond);
  EXPECT_EQ(run.chain.relays(), core::Relays{});
  run.run_for(5 * second);
  EXPECT_EQ(run.chain.relays(), (core::Relays{true, true}));
}

// proves OUT-8
TEST(BoardChain, AHungOutBoardIsOpenedAndRestartedByItsWatchdog) {
  Running run(chain_of(8));
  ASSERT_EQ(run.chain.relays(), (core::Relays{true, true}));
  run.chain.hang_board(7);
  run.run_for(3100 * millisecond);
  EXPECT_EQ(run.chain.relays(), core::Relays{});
  run.run_for(6 * second);
  EXPECT_EQ(run.chain.relays(), (core::Relays{true, true}));
  const auto restart = run.chain.out_firmware().memory.log.recent(2);
  ASSERT_TRUE(restart.has_value());
  EXPECT_EQ(restart->kind, core::EventKind::restart);
  EXPECT_EQ(restart->cause, core::EventCause::watchdog);
}

// proves OUT-8
TEST(BoardChain, ARestartInTheMiddleOfAMessageClosesNothingWrongly) {
  for (int board = 0; board < 8; ++board) {
    for (const SimTime phase : {1, 17, 20, 35, 50, 60}) {
      Running run(chain_of(8));
      run.senses.cells[3] = {2500_mV, 200_dC};  // load must stay open throughout
      run.run_for(2 * second + phase * millisecond);
      run.chain.restart_board(board);
      for (int step = 0; step < 60; ++step) {
        run.run_for(100 * millisecond);
        ASSERT_FALSE(run.chain.relays().load) << "board " << board << ", " << phase << " ms";
      }
      EXPECT_EQ(run.chain.out_board().link.cell_count(), 8);
      EXPECT_FALSE(run.chain.out_board().alarms.communication);
    }
  }
}

// proves CELL-3, CELL-6
TEST(BoardChain, BypassFlowsAboveVBypassAndPausesWhileAnyNeighbourMeasures) {
  Running run(chain_of(6));
  run.senses.cells[2] = {3450_mV, 250_dC};
  run.run_for(3 * second);
  EXPECT_EQ(run.chain.bypass(2), core::Ratio::percent(100));
  EXPECT_TRUE(run.chain.led(2));
  run.chain.wire(0).cut();
  run.run_for(4 * second);
  EXPECT_EQ(run.chain.bypass(2), core::Ratio{}) << "silence ends the bypass";
}

/// Reports every bypass that flows at the instant some cell's voltage is taken.
struct QuietSenses : TableSenses {
  using TableSenses::TableSenses;
  core::CellSample cell(int cell, SimTime at) override {
    if (chain != nullptr && at > 6 * second) {
      for (const int other : {cell - 1, cell, cell + 1}) {
        if (other < 0 || other >= chain->cells()) continue;
        if (chain->bypass(other) > core::Ratio{}) disturbed += 1;
      }
      ++taken;
    }
    return TableSenses::cell(cell, at);
  }
  const BoardChain* chain = nullptr;
  int disturbed = 0;
  int taken = 0;
};

// proves CELL-1
TEST(BoardChain, NoReadingIsTakenWhileABypassFlowsNextToIt) {
  for (const bool fast : {false, true}) {
    QuietSenses senses(20);
    for (auto& cell : senses.cells) cell = {3450_mV, 250_dC};
    BoardChain chain(chain_of(20, fast), senses);
    senses.chain = &chain;
    chain.run_until(30 * second);
    EXPECT_GT(senses.taken, 400);
    EXPECT_EQ(senses.disturbed, 0);
    EXPECT_EQ(chain.bypass(10), core::Ratio::percent(100));
  }
}

TEST(BoardChain, RunsAcrossTheWrapOfEveryClock) {
  ChainOptions options = chain_of(5);
  options.clock_start = core::Instant::milliseconds(0xFFFF'FFFFU - 20'000);
  Running run(options);
  for (int i = 0; i < 60; ++i) {
    run.run_for(second);
    ASSERT_EQ(run.chain.relays(), (core::Relays{true, true})) << i;
    ASSERT_FALSE(run.chain.out_board().alarms.communication);
  }
}

}  // namespace
}  // namespace cellwarden::sim
