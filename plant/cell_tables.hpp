/// A cell's parameters made ready for fast look-up: fine tables with even spacing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "plant/cell_parameters.hpp"
#include "plant/math.hpp"

namespace cellwarden::plant {

/// What depends on temperature only.
struct ThermalRow {
  double r0_ohm = 0.0, r1_ohm = 0.0, r2_ohm = 0.0, hysteresis_v = 0.0, instant_v = 0.0;
};

/// An open-circuit voltage and its slope.
struct OcvPoint {
  double voltage_v = 0.0;
  double slope_v = 0.0;  ///< per unit of SOC
};

/// Immutable once made; shared between copies of a pack.
class CellTables {
 public:
  /// @throws std::invalid_argument  see `require_valid`
  explicit CellTables(const CellParameters& parameters);

  [[nodiscard]] const CellParameters& parameters() const { return parameters_; }

  /// Straight between measured points; beyond 0..1 with the set's slopes for abuse. Beyond the
  /// temperature knots the last two are carried on up to -40 and 80 degrees Celsius.
  [[nodiscard]] OcvPoint ocv(double soc, double temperature_c) const {
    const double x = soc * points_per_soc + static_cast<double>(guard_points);
    const double y = (detail::clamped(temperature_c, -40.0, 80.0) - first_knot_c) / knot_step_k;
    const auto point =
        static_cast<int>(detail::clamped(x, 0.0, static_cast<double>(row_points - 2)));
    const auto knot =
        static_cast<int>(detail::clamped(y, 0.0, static_cast<double>(knot_count - 2)));
    const double along = x - point;
    const double* cold = ocv_.data() + static_cast<std::size_t>(knot) * row_points + point;
    const double* warm = cold + row_points;
    const double cold_step = cold[1] - cold[0];
    const double warm_step = warm[1] - warm[0];
    const double share = y - knot;
    const double cold_v = cold[0] + along * cold_step;
    const double warm_v = warm[0] + along * warm_step;
    return {.voltage_v = cold_v + share * (warm_v - cold_v),
            .slope_v = (cold_step + share * (warm_step - cold_step)) * points_per_soc};
  }

  /// Held at the values of -45 and 95 degrees Celsius beyond them.
  [[nodiscard]] ThermalRow at(double temperature_c) const {
    const double x = detail::clamped(temperature_c - first_row_c, 0.0, row_count - 1.0);
    const auto row = static_cast<int>(detail::clamped(x, 0.0, row_count - 2.0));
    const double share = x - row;
    const ThermalRow& a = rows_[static_cast<std::size_t>(row)];
    const ThermalRow& b = rows_[static_cast<std::size_t>(row) + 1];
    return {.r0_ohm = a.r0_ohm + share * (b.r0_ohm - a.r0_ohm),
            .r1_ohm = a.r1_ohm + share * (b.r1_ohm - a.r1_ohm),
            .r2_ohm = a.r2_ohm + share * (b.r2_ohm - a.r2_ohm),
            .hysteresis_v = a.hysteresis_v + share * (b.hysteresis_v - a.hysteresis_v),
            .instant_v = a.instant_v + share * (b.instant_v - a.instant_v)};
  }

 private:
  static constexpr std::size_t guard_points = 20;  // 10 % of abuse on each side
  static constexpr std::size_t row_points = ocv_points + 2 * guard_points;
  static constexpr double points_per_soc = 200.0;
  static constexpr int first_row_c = -45;
  static constexpr std::size_t row_count = 141;

  void fill_ocv();
  void fill_rows();

  CellParameters parameters_;
  std::vector<double> ocv_;  // [knot][point], knot_count x row_points
  std::array<ThermalRow, row_count> rows_{};
};

}  // namespace cellwarden::plant
