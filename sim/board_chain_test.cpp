// SPDX-License-Identifier: Apache-2.0
#include "sim/board_chain.hpp"

#include <gtest/gtest.h>

#include "sim/test_senses.hpp"

namespace cellwarden::sim {
namespace {
using namespace core::literals;

constexpr SimTime second = 1'000'000;

ChainOptions options_for(int cells) {
  ChainOptions options;
  options.cells = cells;
  for (const std::uint8_t listed : core::cell_counts) {
    options.in_memory.factory.programmed_cells = listed;
    if (cells <= listed) break;
  }
  options.soc = core::StateOfCharge::at(core::Ratio::percent(50), true);
  return options;
}

TEST(BoardChain, FourBoardsCloseBothRelaysWithinFourSeconds) {
  TableSenses senses(4);
  BoardChain chain(options_for(4), senses);
  chain.run_until(4 * second);
  EXPECT_EQ(chain.out_board().link.cell_count(), 4);
  EXPECT_TRUE(chain.relays().charge);
  EXPECT_TRUE(chain.relays().load);
}

}  // namespace
}  // namespace cellwarden::sim
