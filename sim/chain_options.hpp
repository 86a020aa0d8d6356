/// Chains for tests and benches: sensible options in one call.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/board_chain.hpp"

namespace cellwarden::sim {

inline constexpr SimTime millisecond = 1'000;
inline constexpr SimTime second = 1'000'000;

/// A calibrated, half full pack of `cells` boards, programmed to the next number in the list.
/// @param fast  option switch 1: a message every 0.5 s
inline ChainOptions chain_of(int cells, bool fast = false) {
  ChainOptions options;
  options.cells = cells;
  options.switches.on[0] = fast;
  for (const std::uint8_t listed : core::cell_counts) {
    options.in_memory.factory.programmed_cells = listed;
    if (cells <= listed) break;
  }
  options.out_memory.soc = core::StateOfCharge::at(core::Ratio::percent(50), true);
  return options;
}

}  // namespace cellwarden::sim
