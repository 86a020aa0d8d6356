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

/// Between two temperatures: `low` at the colder one and `step` to the warmer one.
struct ThermalPatch {
  ThermalRow low, step;
};

/// Between two points and two knots: v + along * x + share * (rise + twist * x), x and share 0..1.
struct OcvPatch {
  double v = 0.0, along = 0.0, rise = 0.0, twist = 0.0;
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

  // The same in pieces, for loops that keep a cell's patch for as long as the cell is on it.
  static constexpr double points_per_soc = 200.0;
  static constexpr int guard_points = 20;  // 10 % of abuse on each side
  static constexpr int first_row_c = -45;
  static constexpr double last_row = 140.0;
  static constexpr double ocv_coldest_c = -40.0;
  static constexpr double ocv_warmest_c = 80.0;

  /// Where on the grid; the patch is the whole number below, held within the grid.
  static constexpr double point_position(double soc) { return soc * points_per_soc + guard_points; }
  static constexpr double knot_position(double temperature_c) {
    const double held_c = detail::clamped(temperature_c, ocv_coldest_c, ocv_warmest_c);
    return (held_c - first_knot_c) * (1.0 / knot_step_k);
  }
  static constexpr double row_position(double temperature_c) {
    return detail::clamped(temperature_c - first_row_c, 0.0, last_row);
  }
  static constexpr int point_below(double position) {
    return static_cast<int>(detail::clamped(position, 0.0, row_points - 2.0));
  }
  static constexpr int knot_below(double position) {
    return static_cast<int>(detail::clamped(position, 0.0, knot_count - 2.0));
  }
  static constexpr int row_below(double position) {
    return static_cast<int>(detail::clamped(position, 0.0, last_row - 1.0));
  }
  [[nodiscard]] OcvPatch ocv_patch(int point, int knot) const;
  /// For temperatures beyond the grid: the voltage of its edge, whatever the share.
  [[nodiscard]] OcvPatch held_ocv_patch(int point, double temperature_c) const;
  [[nodiscard]] ThermalPatch thermal_patch(int row) const;

 private:
  static constexpr std::size_t row_points = ocv_points + 2 * std::size_t{guard_points};
  static constexpr std::size_t row_count = 141;  // last_row + 1

  void fill_ocv();
  void fill_rows();

  CellParameters parameters_;
  std::vector<double> ocv_;  // [knot][point], knot_count x row_points
  std::array<ThermalRow, row_count> rows_{};
};

}  // namespace cellwarden::plant
