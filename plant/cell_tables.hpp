/// A cell's parameters made ready for fast look-up: fine tables with even spacing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "plant/cell_parameters.hpp"

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
  [[nodiscard]] OcvPoint ocv(double soc, double temperature_c) const;

  /// Held at the values of -45 and 95 degrees Celsius beyond them.
  [[nodiscard]] ThermalRow at(double temperature_c) const;

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
