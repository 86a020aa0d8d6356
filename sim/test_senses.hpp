/// Senses from a table, for tests of boards and chain without a plant.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sim/board_chain.hpp"

namespace cellwarden::sim {

/// Every cell reads what the table says; no sensor is plugged in unless set.
struct TableSenses : Senses {
  explicit TableSenses(int count)
      : cells(static_cast<std::size_t>(count),
              core::CellSample{core::Voltage::millivolts(3300),
                               core::Temperature::decicelsius(200)}) {}

  core::CellSample cell(int cell, SimTime) override {
    return cells[static_cast<std::size_t>(cell)];
  }
  std::optional<core::CurrentSample> current_in(SimTime) override { return in; }
  std::optional<core::CurrentSample> current_out(SimTime) override { return out; }
  std::optional<core::WallClock> wall_clock(SimTime) override { return clock; }

  std::vector<core::CellSample> cells;
  std::optional<core::CurrentSample> in, out;
  std::optional<core::WallClock> clock;
};

}  // namespace cellwarden::sim
