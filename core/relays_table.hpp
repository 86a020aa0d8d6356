/// The manual's two tables of relay conditions, written down a second time as data, for the tests.
/// Each condition is judged over the list of cells, not over extremes: this file shares no line of
/// reasoning with core/relays.
/// Source: manual, section "Algorithm", "Charge and discharge/load relay".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "core/relays.hpp"

namespace cellwarden::core {

/// The cells of the manual's tables, in its words.
enum class Condition {
  all_cells_below_v_bypass,
  all_cells_below_v_max,
  all_cells_above_v_min,
  soc_below_charge_restart,
  soc_at_least_discharge_restart,
  all_temperatures_above_t_min,
  all_temperatures_below_t_max,
  cell_communication,
  any_cell_at_least_v_max,
  all_cells_at_least_v_bypass,
  any_cell_at_most_v_min,
  any_temperature_below_t_min,
  any_temperature_above_t_max,
  no_cell_communication,
};

/// One column of a table: "Enable" holds when all of its conditions do, "Disable" when any does.
struct RelayColumn {
  bool critical_mode;
  bool load_relay;
  std::vector<Condition> enable;
  std::vector<Condition> disable;
};

inline const std::array<RelayColumn, 4>& manual_tables() {
  using enum Condition;
  static const std::array<RelayColumn, 4> tables{{
      {.critical_mode = false,
       .load_relay = false,
       .enable = {all_cells_below_v_bypass, soc_below_charge_restart, all_temperatures_above_t_min,
                  all_temperatures_below_t_max, cell_communication},
       .disable = {any_cell_at_least_v_max, all_cells_at_least_v_bypass,
                   any_temperature_below_t_min, any_temperature_above_t_max,
                   no_cell_communication}},
      {.critical_mode = false,
       .load_relay = true,
       .enable = {all_cells_above_v_min, soc_at_least_discharge_restart,
                  all_temperatures_above_t_min, all_temperatures_below_t_max, cell_communication},
       .disable = {any_cell_at_most_v_min, any_temperature_below_t_min, any_temperature_above_t_max,
                   no_cell_communication}},
      {.critical_mode = true,
       .load_relay = false,
       .enable = {all_cells_below_v_max, all_temperatures_above_t_min, all_temperatures_below_t_max,
                  cell_communication},
       .disable = {any_cell_at_least_v_max, any_temperature_below_t_min,
                   any_temperature_above_t_max, no_cell_communication}},
      {.critical_mode = true,
       .load_relay = true,
       .enable = {all_cells_above_v_min, all_temperatures_above_t_min, all_temperatures_below_t_max,
                  cell_communication},
       .disable = {any_cell_at_most_v_min, any_temperature_below_t_min, any_temperature_above_t_max,
                   no_cell_communication}},
  }};
  return tables;
}

/// A pack as the manual sees it: a list of cells.
struct PackCase {
  std::vector<Voltage> voltages;
  std::vector<Temperature> temperatures;
  Ratio soc;
  bool communication = true;
};

/// The manual knows one T-min: the limits given here have both the same.
inline bool holds(Condition condition, const PackCase& pack, const RelayLimits& limits) {
  const auto all_v = [&](auto test) { return std::ranges::all_of(pack.voltages, test); };
  const auto any_v = [&](auto test) { return std::ranges::any_of(pack.voltages, test); };
  const auto all_t = [&](auto test) { return std::ranges::all_of(pack.temperatures, test); };
  const auto any_t = [&](auto test) { return std::ranges::any_of(pack.temperatures, test); };
  using enum Condition;
  switch (condition) {
    case all_cells_below_v_bypass:
      return all_v([&](Voltage v) { return v < limits.v_bypass; });
    case all_cells_below_v_max:
      return all_v([&](Voltage v) { return v < limits.v_max; });
    case all_cells_above_v_min:
      return all_v([&](Voltage v) { return v > limits.v_min; });
    case soc_below_charge_restart:
      return pack.soc < limits.charge_restart;
    case soc_at_least_discharge_restart:
      return pack.soc >= limits.discharge_restart;
    case all_temperatures_above_t_min:
      return all_t([&](Temperature t) { return t > limits.t_min_charge; });
    case all_temperatures_below_t_max:
      return all_t([&](Temperature t) { return t < limits.t_max; });
    case cell_communication:
      return pack.communication;
    case any_cell_at_least_v_max:
      return any_v([&](Voltage v) { return v >= limits.v_max; });
    case all_cells_at_least_v_bypass:
      return all_v([&](Voltage v) { return v >= limits.v_bypass; });
    case any_cell_at_most_v_min:
      return any_v([&](Voltage v) { return v <= limits.v_min; });
    case any_temperature_below_t_min:
      return any_t([&](Temperature t) { return t < limits.t_min_charge; });
    case any_temperature_above_t_max:
      return any_t([&](Temperature t) { return t > limits.t_max; });
    case no_cell_communication:
      return !pack.communication;
  }
  return false;
}

}  // namespace cellwarden::core
