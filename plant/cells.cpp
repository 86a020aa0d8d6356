/// Cells: making them and setting one of them. Moving them on is in cells_step.cpp.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cells.hpp"

#include <algorithm>

#include "plant/check.hpp"
#include "plant/random.hpp"

namespace cellwarden::plant {
namespace {

constexpr double seconds_per_hour = 3600.0;
constexpr double seconds_per_month = 30.0 * 86400.0;

int checked(int count) {
  require_within("cell_count", count, cell_count_min, cell_count_max);
  return count;
}

}  // namespace

Cells::Cells(const CellParameters& parameters, int count, const CellSpread& spread,
             double start_soc, double temperature_c, std::uint64_t seed)
    : count_(checked(count)),
      tables_(std::make_shared<const CellTables>(parameters)),
      kernel_(&best_kernel(count)),
      wide_(lines<double>(layout_offset(Wide::last))),
      narrow_(lines<float>(layout_offset(Narrow::last))),
      resistance_factor_(layout_stride, 1.0),
      ages_(static_cast<std::size_t>(count)),
      days_(static_cast<std::size_t>(count)) {
  require_within("spread.capacity", spread.capacity, 0.0, 0.3);
  require_within("spread.resistance", spread.resistance, 0.0, 0.3);
  require_within("spread.soc", spread.soc, 0.0, 0.3);
  require_within("start_soc", start_soc, -0.05, 1.05);
  require_within("temperature_c", temperature_c, -60.0, 120.0);
  Random random(seed);
  for (int cell = 0; cell < count; ++cell) {
    const auto i = static_cast<std::size_t>(cell);
    const double larger = 1.0 + random.normal_within(spread.capacity, 3.0 * spread.capacity);
    const double worse = 1.0 + random.normal_within(spread.resistance, 3.0 * spread.resistance);
    const double fuller = random.normal_within(spread.soc, 3.0 * spread.soc);
    set_capacity_ah(cell, parameters.capacity_ah * larger);
    resistance_factor_[i] = worse;
    at(Wide::self_discharge)[i] = parameters.capacity_ah * seconds_per_hour *
                                  parameters.self_discharge_per_month / seconds_per_month;
    at(Wide::soc)[i] = start_soc + fuller;
    at(Wide::temperature)[i] = temperature_c;
    at(Wide::board_temperature)[i] = temperature_c;
  }
  // Cells that only fill a block up.
  for (std::size_t i = 0; i < static_cast<std::size_t>(count) + lanes_max; ++i) {
    at(Narrow::row)[i] = no_patch;
    if (i >= static_cast<std::size_t>(count)) at(Wide::temperature)[i] = temperature_c;
  }
  begin_day();
  look_up();
}

void Cells::set_board_current_a(int cell, double current_a) {
  if (at(Wide::board_current)[cell] == current_a) return;
  at(Wide::board_current)[cell] = current_a;
  at(Narrow::board_current)[cell] = static_cast<float>(current_a);
  series_.reset();
  board_current_max_a_ = std::max(board_current_max_a_, current_a);
}

void Cells::set_soc(int cell, double soc) {
  at(Wide::soc)[cell] = soc;
  look_up();
}

void Cells::set_temperature_c(int cell, double temperature_c) {
  at(Wide::temperature)[cell] = temperature_c;
  look_up();
}

void Cells::set_capacity_ah(int cell, double capacity_ah) {
  const double per_coulomb = 1.0 / (seconds_per_hour * capacity_ah);
  at(Wide::capacity)[cell] = capacity_ah;
  at(Wide::per_coulomb)[cell] = per_coulomb;
  at(Narrow::per_coulomb)[cell] = static_cast<float>(per_coulomb);
  per_coulomb_max_ = std::max(per_coulomb_max_, per_coulomb);
}

void Cells::set_resistance_factor(int cell, double factor) {
  resistance_factor_[static_cast<std::size_t>(cell)] = factor;
  at(Narrow::row)[cell] = no_patch;
  look_up();
}

void Cells::set_self_discharge_a(int cell, double current_a) {
  at(Wide::self_discharge)[cell] = current_a;
}

void Cells::set_hysteresis(int cell, double state) {
  at(Narrow::hysteresis)[cell] = static_cast<float>(state);
  at(Narrow::hysteresis_rest)[cell] = 0.0F;
  look_up();
}

void Cells::take_patches(void* owner, std::size_t block, std::size_t lanes) {
  auto* cells = static_cast<Cells*>(owner);
  for (std::size_t i = block; i < block + lanes; ++i) cells->take_patch(i);
}

/// If the cell has left the one it has.
void Cells::take_patch(std::size_t i) {
  constexpr double warmest_c = CellTables::first_row_c + CellTables::last_row;
  // As floats, as the loops see them: beside a border the doubles may be on its other side.
  const auto temperature_c = static_cast<double>(static_cast<float>(at(Wide::temperature)[i]));
  const float points =
      static_cast<float>(CellTables::points_per_soc) * static_cast<float>(at(Wide::soc)[i]);
  const int point = CellTables::point_below(static_cast<double>(points));
  const int row = CellTables::row_below(temperature_c);
  const bool held = temperature_c < CellTables::first_row_c || temperature_c > warmest_c;
  if (!held && static_cast<float>(point) == at(Narrow::point)[i] &&
      static_cast<float>(row) == at(Narrow::row)[i]) {
    return;
  }
  const CellPatch patch = tables_->patch(point, row);
  const auto put = [&](Narrow field, int next, double value) {
    const auto index = static_cast<Narrow>(static_cast<int>(field) + next);
    at(index)[i] = static_cast<float>(value);
  };
  put(Narrow::point, 0, point);
  put(Narrow::row, 0, row);
  put(Narrow::ocv_low, 0, patch.ocv.low);
  put(Narrow::ocv_low, 1, patch.ocv.along);
  put(Narrow::ocv_low, 2, patch.ocv.rise);
  put(Narrow::ocv_low, 3, patch.ocv.twist);
  for (std::size_t k = 0; k < grid_count; ++k) {
    const double factor = k == gap_grid ? 1.0 : resistance_factor_[i];
    const GridPatch& grid = patch.grids[k];
    const double kept = held && temperature_c > warmest_c ? grid.rise : 0.0;
    const int first = 3 * static_cast<int>(k);
    put(Narrow::r0_low, first, factor * (grid.low + kept));
    put(Narrow::r0_low, first + 1, factor * grid.along);
    put(Narrow::r0_low, first + 2, held ? 0.0 : factor * grid.rise);
  }
}

}  // namespace cellwarden::plant
