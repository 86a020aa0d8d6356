// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "plant/random.hpp"
#include "sim/board_chain.hpp"
#include "sim/chain_options.hpp"
#include "sim/test_senses.hpp"

namespace cellwarden::sim {
namespace {
using namespace core::literals;
using core::LinkFault;

core::LinkFault fault_of(const BoardChain& chain) {
  core::PackLink link = chain.out_board().link;
  const auto ms = static_cast<std::uint32_t>(chain.now() / millisecond);
  return link.fault(core::Instant::milliseconds(ms));
}

/// One cycle and the timeout, and the way of a message to the end of the chain.
SimTime naming_time(int cells, SimTime period) {
  return period + period * 5 / 2 + (cells + 40) * 1042 + cells * millisecond;
}

void expect_place_named(BoardChain& chain, int wire, SimTime period) {
  const SimTime at = chain.now();
  chain.wire(wire).cut();
  chain.run_until(at + naming_time(chain.cells(), period));
  EXPECT_EQ(chain.relays(), core::Relays{}) << "wire " << wire;
  EXPECT_TRUE(chain.out_board().alarms.communication) << "wire " << wire;
  EXPECT_EQ(chain.out_board().link.break_before(), wire + 2) << "wire " << wire;
}

// proves CELL-8, ENV-4, REL-2, REL-4
TEST(ChainFaults, EachCutWireOf16BoardsIsNamedByItsPlaceAndMends) {
  TableSenses senses(16);
  BoardChain chain(chain_of(16), senses);
  chain.run_until(6 * second);
  for (int wire = 0; wire < 15; ++wire) {
    chain.run_until(chain.now() + 137 * millisecond);
    expect_place_named(chain, wire, second);
    chain.run_until(chain.now() + 3 * second);
    EXPECT_EQ(chain.out_board().link.break_before(), wire + 2) << "it stays named";
    chain.wire(wire).mend();
    chain.run_until(chain.now() + 5 * second);
    EXPECT_EQ(chain.relays(), (core::Relays{true, true})) << "wire " << wire;
    EXPECT_FALSE(chain.out_board().alarms.communication);
    EXPECT_FALSE(chain.out_board().link.break_before().has_value());
  }
}

// proves CELL-8
TEST(ChainFaults, ABreakIsNamedWithClocksThatAreTwoPercentWrong) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    plant::Random random(seed);
    ChainOptions options = chain_of(16);
    for (int i = 0; i < 16; ++i) {
      options.clock_error_ppm.push_back(static_cast<std::int32_t>(random.uniform(-20'000, 20'000)));
    }
    for (int wire = 0; wire < 15; ++wire) {
      TableSenses senses(16);
      BoardChain chain(options, senses);
      chain.run_until(10 * second);
      EXPECT_EQ(chain.relays(), (core::Relays{true, true}));
      chain.wire(wire).cut();
      chain.run_until(chain.now() + naming_time(16, second) * 102 / 100 + 2 * second);
      EXPECT_EQ(chain.out_board().link.break_before(), wire + 2) << "seed " << seed;
      EXPECT_EQ(chain.relays(), core::Relays{});
    }
  }
}

// proves CELL-8
TEST(ChainFaults, ABreakThatWasThereFromTheStartIsCountedFromTheEnd) {
  TableSenses senses(8);
  BoardChain chain(chain_of(8), senses);
  chain.wire(2).cut();
  chain.run_until(10 * second);
  EXPECT_EQ(chain.out_board().link.break_before(), -5) << "five boards are heard";
  EXPECT_EQ(chain.relays(), core::Relays{});
}

// proves CELL-9, OUT-1
TEST(ChainFaults, CellsBehindABreakAreStillHeardUnderTheirOwnNumbers) {
  TableSenses senses(10);
  BoardChain chain(chain_of(10), senses);
  chain.run_until(6 * second);
  chain.wire(3).cut();
  chain.run_until(10 * second);
  senses.cells[7] = {3111_mV, 200_dC};
  chain.run_until(12 * second);
  EXPECT_EQ(chain.out_board().link.cell(8).reading.voltage, 3111_mV);
  EXPECT_EQ(chain.out_board().link.cell(2).reading.voltage, 3300_mV);
}

// proves REL-10, CELL-7
TEST(ChainFaults, ASingleGarbledMessageOpensNothing) {
  for (int wire = 0; wire < 7; ++wire) {
    TableSenses senses(8);
    BoardChain chain(chain_of(8), senses);
    chain.run_until(6 * second);
    int left = 10;  // a byte of the head
    chain.wire(wire).disturb([&left](std::uint8_t byte) -> std::deque<std::uint8_t> {
      return {left-- == 1 ? static_cast<std::uint8_t>(byte ^ 0x10U) : byte};
    });
    for (int i = 0; i < 50; ++i) {
      chain.run_until(chain.now() + 100 * millisecond);
      ASSERT_EQ(chain.relays(), (core::Relays{true, true})) << wire;
    }
    EXPECT_EQ(chain.out_board().link.refused(), 1U);
  }
}

/// Bytes lost, doubled, flipped and invented, at random.
Disturbance noise(plant::Random& random, double share) {
  return [&random, share](std::uint8_t byte) -> std::deque<std::uint8_t> {
    if (random.uniform(0.0, 1.0) >= share) return {byte};
    const auto other = static_cast<std::uint8_t>(random.uniform(0.0, 256.0));
    switch (static_cast<int>(random.uniform(0.0, 4.0))) {
      case 0:
        return {};
      case 1:
        return {byte, byte};
      case 2:
        return {other, byte};
      default:
        return {static_cast<std::uint8_t>(byte ^ (1U << (other % 8U)))};
    }
  };
}

// proves REL-10, CELL-7
TEST(ChainFaults, NoiseOnEveryWireNeverClosesTheLoadRelayOfAnEmptyPack) {
  for (const std::uint64_t seed : {11U, 12U, 13U, 14U}) {
    plant::Random random(seed);
    TableSenses senses(6);
    senses.cells[seed % 6] = {2700_mV, 200_dC};
    BoardChain chain(chain_of(6), senses);
    for (int wire = 0; wire < 5; ++wire) chain.wire(wire).disturb(noise(random, 0.003));
    for (int i = 0; i < 6000; ++i) {
      chain.run_until(chain.now() + 100 * millisecond);
      ASSERT_FALSE(chain.relays().load) << "seed " << seed << ", " << i;
    }
    EXPECT_GT(chain.out_board().link.refused(), 10U);
    for (int wire = 0; wire < 5; ++wire) chain.wire(wire).disturb({});
    chain.run_until(chain.now() + 10 * second);  // calm: the pack must recover
    EXPECT_EQ(fault_of(chain), LinkFault::none) << "seed " << seed;
    EXPECT_TRUE(chain.relays().charge);
  }
}

// proves CELL-5, IN-8
TEST(ChainFaults, ABoardMoreOrFewerThanProgrammedKeepsBothRelaysOpen) {
  struct Case {
    const char* why;
    int cells;
    std::uint8_t programmed;
    LinkFault fault;
  };
  const Case cases[] = {
      {.why = "one more than programmed",
       .cells = 9,
       .programmed = 8,
       .fault = LinkFault::too_many_cells},
      {.why = "the list has a nearer number",
       .cells = 8,
       .programmed = 12,
       .fault = LinkFault::too_few_cells},
      {.why = "far fewer", .cells = 2, .programmed = 16, .fault = LinkFault::too_few_cells},
      {.why = "next higher in the list", .cells = 13, .programmed = 16, .fault = LinkFault::none},
      {.why = "fewest of the lowest", .cells = 2, .programmed = 4, .fault = LinkFault::none},
  };
  for (const Case& c : cases) {
    TableSenses senses(c.cells);
    ChainOptions options = chain_of(c.cells);
    options.in_memory.factory.programmed_cells = c.programmed;
    BoardChain chain(options, senses);
    chain.run_until(8 * second);
    EXPECT_EQ(fault_of(chain), c.fault) << c.why;
    const bool good = c.fault == LinkFault::none;
    EXPECT_EQ(chain.relays(), (core::Relays{good, good})) << c.why;
  }
}

// proves CELL-7
TEST(ChainFaults, TwoMessagesAtOnceEndInOneNamedBreakNotInALie) {
  // A second board is talked into starting messages by a deaf ear, while the first still sends.
  TableSenses senses(6);
  BoardChain chain(chain_of(6), senses);
  chain.run_until(6 * second);
  int byte_number = 0;
  chain.wire(2).disturb([&](std::uint8_t byte) -> std::deque<std::uint8_t> {
    return ++byte_number % 3 == 0 ? std::deque<std::uint8_t>{} : std::deque<std::uint8_t>{byte};
  });
  chain.run_until(chain.now() + 10 * second);
  EXPECT_EQ(chain.relays(), core::Relays{});
  EXPECT_EQ(chain.out_board().link.break_before(), 4);
}

}  // namespace
}  // namespace cellwarden::sim
