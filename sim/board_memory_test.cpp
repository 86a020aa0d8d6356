// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "sim/board_chain.hpp"
#include "sim/test_senses.hpp"

namespace cellwarden::sim {
namespace {

constexpr SimTime second = 1'000'000;

// proves OUT-9, REL-7
TEST(BoardMemory, ACutWireIsOneEventWithTheFirstBoardBehindIt) {
  for (int wire = 0; wire < 7; ++wire) {
    TableSenses senses(8);
    ChainOptions options;
    options.cells = 8;
    options.in_memory.factory.programmed_cells = 8;
    options.out_memory.soc = core::StateOfCharge::at(core::Ratio::percent(50), true);
    BoardChain chain(options, senses);
    chain.run_until(10 * second);
    ASSERT_EQ(chain.relays(), (core::Relays{true, true}));
    chain.wire(wire).cut();
    chain.run_until(40 * second);
    int said = 0;
    for (std::size_t age = 0; age < core::event_slots; ++age) {
      const auto event = chain.out_firmware().memory.log.recent(age);
      if (!event || event->kind != core::EventKind::alarm_on) continue;
      ++said;
      EXPECT_EQ(event->cause, core::EventCause::communication);
      EXPECT_EQ(event->cell, wire + 2) << "wire " << wire;
    }
    EXPECT_EQ(said, 1) << "wire " << wire;
  }
}

}  // namespace
}  // namespace cellwarden::sim
