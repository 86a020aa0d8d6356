/// Fills the tables of a cell and checks its parameters.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cell_tables.hpp"

#include <string>

#include "plant/check.hpp"
#include "plant/math.hpp"

namespace cellwarden::plant {
namespace {

constexpr double celsius_zero_k = 273.15;

void require_grid(const char* name, const SocGrid& grid, double low, double high) {
  for (const PerKnot& values : grid) {
    for (const double value : values) require_within(name, value, low, high);
  }
}

/// Arrhenius between knots: the logarithm of a resistance is straight over 1/T. The outer two
/// knots are carried on.
double over_inverse_kelvin(const PerKnot& values, double temperature_c) {
  std::size_t knot = 0;
  while (knot + 2 < knot_count &&
         temperature_c >= first_knot_c + knot_step_k * static_cast<double>(knot + 1)) {
    ++knot;
  }
  const double cold_k = first_knot_c + knot_step_k * static_cast<double>(knot) + celsius_zero_k;
  const double cold = 1.0 / cold_k;
  const double warm = 1.0 / (cold_k + knot_step_k);
  const double share = (1.0 / (temperature_c + celsius_zero_k) - cold) / (warm - cold);
  const double log_cold = log(values[knot]);
  return exp(log_cold + share * (log(values[knot + 1]) - log_cold));
}

/// Straight between knots, held beyond them.
double over_celsius(const PerKnot& values, double temperature_c) {
  const double last = static_cast<double>(knot_count - 1);
  const double position =
      detail::clamped((temperature_c - first_knot_c) / knot_step_k, 0.0, last - 1e-9);
  const auto knot = static_cast<std::size_t>(position);
  const double share = position - static_cast<double>(knot);
  return values[knot] + share * (values[knot + 1] - values[knot]);
}

}  // namespace

void require_valid(const CellParameters& p) {
  require_within("capacity_ah", p.capacity_ah, 1e-3, 1e5);
  if (p.ocv_v.size() != knot_count * ocv_points) {
    throw std::invalid_argument("ocv_v: " + std::to_string(p.ocv_v.size()) +
                                " points are not 8 knots of 201");
  }
  for (const double voltage : p.ocv_v) require_within("ocv_v", voltage, 0.1, 10.0);
  require_positive("overcharge_v_per_soc", p.overcharge_v_per_soc);
  require_positive("overdischarge_v_per_soc", p.overdischarge_v_per_soc);
  require_grid("r0_ohm", p.r0_ohm, 1e-9, 1e3);
  require_grid("r1_ohm", p.r1_ohm, 1e-9, 1e3);
  require_grid("r2_ohm", p.r2_ohm, 1e-9, 1e3);
  require_within("tau1_s", p.tau1_s, 1e-3, 1e7);
  require_within("tau2_s", p.tau2_s, 1e-3, 1e7);
  require_within("tau3_s", p.tau3_s, 0.0, 1e7);
  if (p.tau3_s > 0.0) require_grid("r3_ohm", p.r3_ohm, 1e-9, 1e3);
  require_grid("hysteresis_v", p.hysteresis_v, 0.0, 1.0);
  require_grid("ocv_shift_v", p.ocv_shift_v, -0.2, 0.2);
  require_within("hysteresis_rate", p.hysteresis_rate, 0.0, 1e5);
  require_within("coulombic_efficiency", p.coulombic_efficiency, 0.5, 1.0);
  require_within("self_discharge_per_month", p.self_discharge_per_month, 0.0, 1.0);
  require_positive("heat_capacity_j_per_k", p.heat_capacity_j_per_k);
  require_positive("thermal_resistance_k_per_w", p.thermal_resistance_k_per_w);
  require_within("neighbour_conductance_w_per_k", p.neighbour_conductance_w_per_k, 0.0, 1e6);
  require_within("ageing.speed", p.ageing.speed, 0.0, 100.0);
  require_within("empty_v", p.empty_v, 0.1, 10.0);
  require_within("full_v", p.full_v, p.empty_v, 10.0);
}

CellTables::CellTables(const CellParameters& parameters) : parameters_(parameters) {
  require_valid(parameters);
  fill_ocv();
  fill_grids();
}

void CellTables::fill_ocv() {
  ocv_.resize(knot_count * row_points);
  constexpr std::size_t guard = guard_points;
  constexpr std::size_t points_per_node = (ocv_points - 1) / (soc_nodes - 1);
  for (std::size_t knot = 0; knot < knot_count; ++knot) {
    const double* measured = parameters_.ocv_v.data() + knot * ocv_points;
    double* row = ocv_.data() + knot * row_points;
    for (std::size_t i = 0; i < ocv_points; ++i) {
      const std::size_t node = i / points_per_node < soc_nodes - 1 ? i / points_per_node : 19;
      const double share = static_cast<double>(i) / points_per_node - static_cast<double>(node);
      const double below = parameters_.ocv_shift_v[node][knot];
      const double above = parameters_.ocv_shift_v[node + 1][knot];
      row[guard + i] = measured[i] + below + share * (above - below);
    }
    for (std::size_t i = 1; i <= guard; ++i) {
      const double beyond = static_cast<double>(i) / points_per_soc;
      row[guard - i] = row[guard] - beyond * parameters_.overdischarge_v_per_soc;
      row[guard + ocv_points - 1 + i] =
          row[guard + ocv_points - 1] + beyond * parameters_.overcharge_v_per_soc;
    }
  }
}

void CellTables::fill_grids() {
  constexpr std::size_t rows = last_row + 1;
  grids_.resize(grid_count * rows * soc_nodes);
  const SocGrid* const resistances[] = {&parameters_.r0_ohm, &parameters_.r1_ohm,
                                        &parameters_.r2_ohm, &parameters_.r3_ohm};
  const std::size_t pairs = parameters_.tau3_s > 0.0 ? 4 : 3;
  for (std::size_t node = 0; node < soc_nodes; ++node) {
    for (std::size_t row = 0; row < rows; ++row) {
      const double temperature_c = first_row_c + static_cast<double>(row);
      for (std::size_t k = 0; k < pairs; ++k) {
        grids_[(k * rows + row) * soc_nodes + node] =
            over_inverse_kelvin((*resistances[k])[node], temperature_c);
      }
      grids_[(gap_grid * rows + row) * soc_nodes + node] =
          over_celsius(parameters_.hysteresis_v[node], temperature_c);
    }
  }
}

OcvPatch CellTables::ocv_patch(int point, int row) const {
  const double position = (row - first_knot_c) / knot_step_k;
  const auto knot = static_cast<std::size_t>(detail::clamped(position, 0.0, knot_count - 2.0));
  const double* cold =
      ocv_.data() + knot * row_points + static_cast<std::size_t>(point + guard_points);
  const double* warm = cold + row_points;
  const bool held = row < ocv_coldest_c || row >= ocv_warmest_c;
  const double share =
      (detail::clamped(row, ocv_coldest_c, ocv_warmest_c) - first_knot_c) / knot_step_k -
      static_cast<double>(knot);
  const double low = cold[0] + share * (warm[0] - cold[0]);
  const double next = cold[1] + share * (warm[1] - cold[1]);
  const double rise = held ? 0.0 : (warm[0] - cold[0]) / knot_step_k;
  const double next_rise = held ? 0.0 : (warm[1] - cold[1]) / knot_step_k;
  return {.low = low, .along = next - low, .rise = rise, .twist = next_rise - rise};
}

double CellTables::grid_value(std::size_t grid, int point, int row) const {
  constexpr double nodes_per_point = (soc_nodes - 1) / points_per_soc;
  const double position = detail::clamped(point * nodes_per_point, 0.0, soc_nodes - 1.0);
  const auto node = static_cast<std::size_t>(detail::clamped(position, 0.0, soc_nodes - 2.0));
  const double* values =
      grids_.data() +
      (grid * (last_row + 1) + static_cast<std::size_t>(row - first_row_c)) * soc_nodes + node;
  return values[0] + (position - static_cast<double>(node)) * (values[1] - values[0]);
}

CellPatch CellTables::patch(int point, int row) const {
  CellPatch patch{.ocv = ocv_patch(point, row), .grids = {}};
  for (std::size_t grid = 0; grid < grid_count; ++grid) {
    const double cold = grid_value(grid, point, row);
    const double cold_next = grid_value(grid, point + 1, row);
    const double warm = grid_value(grid, point, row + 1);
    const double warm_next = grid_value(grid, point + 1, row + 1);
    // The plane through the middle of the four corners.
    const double along = 0.5 * (cold_next - cold + warm_next - warm);
    const double rise = 0.5 * (warm - cold + warm_next - cold_next);
    const double middle = 0.25 * (cold + cold_next + warm + warm_next);
    patch.grids[grid] = {.low = middle - 0.5 * (along + rise), .along = along, .rise = rise};
  }
  return patch;
}

OcvPoint CellTables::ocv(double soc, double temperature_c) const {
  const int point = point_below(soc * points_per_soc);
  const int row = row_below(temperature_c);
  const OcvPatch p = ocv_patch(point, row);
  const double x = soc * points_per_soc - point;
  const double y = temperature_c - row;
  return {.voltage_v = p.low + x * p.along + y * (p.rise + x * p.twist),
          .slope_v = (p.along + y * p.twist) * points_per_soc,
          .v_per_kelvin = p.rise + x * p.twist};
}

GridValues CellTables::at(double soc, double temperature_c) const {
  const double held_c = detail::clamped(temperature_c, first_row_c, first_row_c + last_row);
  const int point = point_below(soc * points_per_soc);
  const int row = row_below(held_c);
  const CellPatch p = patch(point, row);
  const double x = soc * points_per_soc - point;
  const double y = held_c - row;
  GridValues values;
  for (std::size_t k = 0; k < grid_count; ++k) {
    const double value = p.grids[k].low + x * p.grids[k].along + y * p.grids[k].rise;
    if (k == gap_grid) {
      values.hysteresis_v = value;
    } else {
      values.r_ohm[k] = value;
    }
  }
  return values;
}

}  // namespace cellwarden::plant
