/// Installations whose parts fit together.
// SPDX-License-Identifier: Apache-2.0
#include "plant/installation.hpp"

namespace cellwarden::plant {
namespace {

/// How many 280 Ah cells side by side hold as much.
double width(const CellParameters& cells, int packs) { return cells.capacity_ah / 280.0 * packs; }

StageOptions stages(int cell_count, double width) {
  return {.absorption_v = 3.55 * cell_count,
          .float_v = 3.375 * cell_count,
          .tail_current_a = 2.0 * width};
}

}  // namespace

InstallationOptions household(int cell_count, const CellParameters& cells, int packs) {
  const double wide = width(cells, packs);
  InstallationOptions options;
  options.packs.assign(static_cast<std::size_t>(packs > 0 ? packs : 0),
                       PackOptions{.cell_count = cell_count, .cells = cells});
  options.charger = {.panel_peak_w = 100.0 * wide * cell_count,
                     .current_max_a = 35.0 * wide,
                     .stages = stages(cell_count, wide)};
  options.load = {.inverter_max_w = 150.0 * wide * cell_count,
                  .inverter_idle_w = 1.5 * wide * cell_count,
                  .standby_w = 3.75 * wide * cell_count,
                  .cut_off_v = 2.7 * cell_count,
                  .restart_v = 3.15 * cell_count};
  return options;
}

GeneratorOptions household_generator(int cell_count, const CellParameters& cells, int packs) {
  const double wide = width(cells, packs);
  return {.power_w = 125.0 * wide * cell_count,
          .current_max_a = 35.0 * wide,
          .stages = stages(cell_count, wide)};
}

CombinedOptions household_combined(int cell_count, int enable_signals, const CellParameters& cells,
                                   int packs) {
  const double wide = width(cells, packs);
  return {.enable_signals = enable_signals,
          .charge_max_w = 120.0 * wide * cell_count,
          .charge_max_a = 35.0 * wide,
          .stages = stages(cell_count, wide)};
}

}  // namespace cellwarden::plant
