// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "sim/board_chain.hpp"
#include "sim/chain_options.hpp"
#include "sim/test_senses.hpp"

namespace cellwarden::sim {
namespace {
using namespace core::literals;

/// From the start of the message at the IN board to the relay decision at the OUT board, in virtual
/// time, of each of the next `cycles` messages.
std::vector<SimTime> decision_times(BoardChain& chain, int cycles, SimTime period) {
  std::vector<SimTime> times;
  std::uint8_t last = chain.out_board().link.head().order.sequence;
  const SimTime until = chain.now() + cycles * period;
  while (chain.now() < until) {
    chain.run_until(chain.now() + 100);  // 0.1 ms
    const std::uint8_t sequence = chain.out_board().link.head().order.sequence;
    if (sequence == last) continue;
    last = sequence;
    times.push_back(chain.now() % period);  // messages start on whole periods
  }
  return times;
}

struct Size {
  int cells;
  bool fast;
};

// proves CELL-5, CELL-7, REL-10
TEST(ChainTiming, TheDecisionComesOneByteTimeABoardAfterTheHead) {
  for (const Size size :
       {Size{4, true}, Size{16, true}, Size{64, true}, Size{255, true}, Size{255, false}}) {
    TableSenses senses(size.cells);
    BoardChain chain(chain_of(size.cells, size.fast), senses);
    const SimTime period = size.fast ? second / 2 : second;
    chain.run_until(6 * second);
    const auto times = decision_times(chain, 6, period);
    ASSERT_GE(times.size(), 5U) << size.cells;
    // 16 ms to the rest of the head, its 18 bytes, and a byte time for each hop but the first.
    const SimTime expected = 16 * millisecond + byte_time(18) + byte_time(size.cells - 2);
    for (const SimTime time : times) {
      EXPECT_LE(time, expected + 300) << size.cells << " cells";
      EXPECT_LT(time, second / 2);
    }
  }
}

// proves CELL-9
TEST(ChainTiming, EveryCellArrivesOnceInEachCycle) {
  for (const Size size : {Size{255, false}, Size{128, true}, Size{100, true}}) {
    TableSenses senses(size.cells);
    BoardChain chain(chain_of(size.cells, size.fast), senses);
    const SimTime period = size.fast ? second / 2 : second;
    chain.run_until(8 * second);
    for (int cycle = 1; cycle <= 5; ++cycle) {
      const int mv = 3200 + cycle;
      for (auto& cell : senses.cells) cell.voltage = core::Voltage::millivolts(mv);
      chain.run_until(chain.now() + period);          // measured during this cycle ...
      chain.run_until(chain.now() + period * 2 / 5);  // ... and here with the pipeline's delay
      int arrived = 0;
      for (int number = 1; number <= size.cells; ++number) {
        const auto& heard = chain.out_board().link.cell(number);
        arrived += heard.reading.voltage == core::Voltage::millivolts(mv) ? 1 : 0;
      }
      EXPECT_EQ(arrived, size.cells) << size.cells << " cells, cycle " << cycle;
      chain.run_until((chain.now() / period + 1) * period);
    }
  }
}

// proves CELL-9
TEST(ChainTiming, TwoHundredFiftyFiveCellsAtHalfASecondArriveEverySecondCycle) {
  TableSenses senses(255);
  BoardChain chain(chain_of(255, true), senses);
  chain.run_until(8 * second);
  for (auto& cell : senses.cells) cell.voltage = 3333_mV;
  chain.run_until(chain.now() + 2 * second);
  for (int number = 1; number <= 255; ++number) {
    EXPECT_EQ(chain.out_board().link.cell(number).reading.voltage, 3333_mV) << number;
  }
  EXPECT_EQ(chain.relays(), (core::Relays{true, true}));
}

}  // namespace
}  // namespace cellwarden::sim
