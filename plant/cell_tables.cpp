/// Fills the tables of a cell and checks its parameters.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cell_tables.hpp"

#include <string>

#include "plant/check.hpp"
#include "plant/math.hpp"

namespace cellwarden::plant {
namespace {

constexpr double celsius_zero_k = 273.15;

void require_knots(const char* name, const PerKnot& values, double low, double high) {
  for (const double value : values) require_within(name, value, low, high);
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
  require_knots("r0_ohm", p.r0_ohm, 1e-9, 1e3);
  require_knots("r1_ohm", p.r1_ohm, 1e-9, 1e3);
  require_knots("r2_ohm", p.r2_ohm, 1e-9, 1e3);
  require_within("tau1_s", p.tau1_s, 1e-3, 1e7);
  require_within("tau2_s", p.tau2_s, 1e-3, 1e7);
  require_knots("hysteresis_v", p.hysteresis_v, 0.0, 1.0);
  require_knots("instant_v", p.instant_v, -1.0, 1.0);
  require_within("hysteresis_rate", p.hysteresis_rate, 0.0, 1e5);
  require_within("coulombic_efficiency", p.coulombic_efficiency, 0.5, 1.0);
  require_within("self_discharge_per_month", p.self_discharge_per_month, 0.0, 1.0);
  require_positive("heat_capacity_j_per_k", p.heat_capacity_j_per_k);
  require_positive("thermal_resistance_k_per_w", p.thermal_resistance_k_per_w);
  require_within("neighbour_conductance_w_per_k", p.neighbour_conductance_w_per_k, 0.0, 1e6);
}

CellTables::CellTables(const CellParameters& parameters) : parameters_(parameters) {
  require_valid(parameters);
  fill_ocv();
  fill_rows();
}

void CellTables::fill_ocv() {
  ocv_.resize(knot_count * row_points);
  constexpr std::size_t guard = guard_points;
  for (std::size_t knot = 0; knot < knot_count; ++knot) {
    const double* measured = parameters_.ocv_v.data() + knot * ocv_points;
    double* row = ocv_.data() + knot * row_points;
    for (std::size_t i = 0; i < ocv_points; ++i) row[guard + i] = measured[i];
    for (std::size_t i = 1; i <= guard; ++i) {
      const double beyond = static_cast<double>(i) / points_per_soc;
      row[guard - i] = measured[0] - beyond * parameters_.overdischarge_v_per_soc;
      row[guard + ocv_points - 1 + i] =
          measured[ocv_points - 1] + beyond * parameters_.overcharge_v_per_soc;
    }
  }
}

void CellTables::fill_rows() {
  for (std::size_t i = 0; i < row_count; ++i) {
    const double temperature_c = first_row_c + static_cast<double>(i);
    rows_[i] = {.r0_ohm = over_inverse_kelvin(parameters_.r0_ohm, temperature_c),
                .r1_ohm = over_inverse_kelvin(parameters_.r1_ohm, temperature_c),
                .r2_ohm = over_inverse_kelvin(parameters_.r2_ohm, temperature_c),
                .hysteresis_v = over_celsius(parameters_.hysteresis_v, temperature_c),
                .instant_v = over_celsius(parameters_.instant_v, temperature_c)};
  }
}

OcvPatch CellTables::ocv_patch(int point, int knot) const {
  const double* cold = ocv_.data() + static_cast<std::size_t>(knot) * row_points + point;
  const double* warm = cold + row_points;
  const double cold_step = cold[1] - cold[0];
  return {.v = cold[0],
          .along = cold_step,
          .rise = warm[0] - cold[0],
          .twist = (warm[1] - warm[0]) - cold_step};
}

OcvPatch CellTables::held_ocv_patch(int point, double temperature_c) const {
  const double y = knot_position(temperature_c);
  const OcvPatch patch = ocv_patch(point, knot_below(y));
  const double share = y - knot_below(y);
  return {.v = patch.v + share * patch.rise, .along = patch.along + share * patch.twist};
}

ThermalPatch CellTables::thermal_patch(int row) const {
  const ThermalRow& low = rows_[static_cast<std::size_t>(row)];
  const ThermalRow& high = rows_[static_cast<std::size_t>(row) + 1];
  return {.low = low,
          .step = {.r0_ohm = high.r0_ohm - low.r0_ohm,
                   .r1_ohm = high.r1_ohm - low.r1_ohm,
                   .r2_ohm = high.r2_ohm - low.r2_ohm,
                   .hysteresis_v = high.hysteresis_v - low.hysteresis_v,
                   .instant_v = high.instant_v - low.instant_v}};
}

OcvPoint CellTables::ocv(double soc, double temperature_c) const {
  const double x = point_position(soc);
  const double y = knot_position(temperature_c);
  const OcvPatch patch = ocv_patch(point_below(x), knot_below(y));
  const double along = x - point_below(x);
  const double share = y - knot_below(y);
  return {.voltage_v = patch.v + along * patch.along + share * (patch.rise + along * patch.twist),
          .slope_v = (patch.along + share * patch.twist) * points_per_soc};
}

ThermalRow CellTables::at(double temperature_c) const {
  const double x = row_position(temperature_c);
  const ThermalPatch patch = thermal_patch(row_below(x));
  const double share = x - row_below(x);
  return {.r0_ohm = patch.low.r0_ohm + share * patch.step.r0_ohm,
          .r1_ohm = patch.low.r1_ohm + share * patch.step.r1_ohm,
          .r2_ohm = patch.low.r2_ohm + share * patch.step.r2_ohm,
          .hysteresis_v = patch.low.hysteresis_v + share * patch.step.hysteresis_v,
          .instant_v = patch.low.instant_v + share * patch.step.instant_v};
}

}  // namespace cellwarden::plant
