/// A cell's parameters made ready for fast look-up: fine tables with even spacing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "plant/cell_parameters.hpp"
#include "plant/math.hpp"

namespace cellwarden::plant {

/// What the grids hold: four resistances and half the gap of hysteresis.
inline constexpr std::size_t grid_count = 5;
inline constexpr std::size_t gap_grid = 4;

/// The grids' values at one state of charge and temperature.
struct GridValues {
  std::array<double, 4> r_ohm{};
  double hysteresis_v = 0.0;
};

/// A piece of one grid: low + along * x + rise * y, x and y 0..1.
struct GridPatch {
  double low = 0.0, along = 0.0, rise = 0.0;
};

/// A piece of the open-circuit voltage: low + along * x + y * (rise + twist * x), x and y 0..1.
struct OcvPatch {
  double low = 0.0, along = 0.0, rise = 0.0, twist = 0.0;
};

/// Everything within half a per cent of charge and one kelvin.
struct CellPatch {
  OcvPatch ocv;
  std::array<GridPatch, grid_count> grids;
};

/// An open-circuit voltage and how it changes.
struct OcvPoint {
  double voltage_v = 0.0;
  double slope_v = 0.0;       ///< per unit of SOC
  double v_per_kelvin = 0.0;  ///< entropic coefficient
};

/// Immutable once made; shared between copies of a pack. Everything is straight between points of
/// half a per cent and whole degrees; a resistance's surface over such a patch is a plane.
class CellTables {
 public:
  /// @throws std::invalid_argument  see `require_valid`
  explicit CellTables(const CellParameters& parameters);

  [[nodiscard]] const CellParameters& parameters() const { return parameters_; }

  /// Beyond 0..1 with the set's slopes for abuse. Beyond the temperature knots the last two are
  /// carried on up to -40 and 80 degrees Celsius and held there.
  [[nodiscard]] OcvPoint ocv(double soc, double temperature_c) const;

  /// Held at the values of -45 and 95 degrees Celsius and of 0 and 100 % beyond them.
  [[nodiscard]] GridValues at(double soc, double temperature_c) const;

  // The same in pieces, for loops that keep a cell's patch for as long as the cell is on it.
  static constexpr double points_per_soc = 200.0;
  static constexpr int guard_points = 20;  // 10 % of abuse on each side
  static constexpr int first_row_c = -45;
  static constexpr int last_row = 140;
  static constexpr double ocv_coldest_c = -40.0;
  static constexpr double ocv_warmest_c = 80.0;

  /// The point below, -20..219, of so many points; and the row below, -45..94 degrees Celsius.
  static constexpr int point_below(double points) {
    return static_cast<int>(detail::clamped(points + guard_points, 0.0, row_points - 2.0)) -
           guard_points;
  }
  static constexpr int row_below(double temperature_c) {
    const double position = detail::clamped(temperature_c - first_row_c, 0.0, last_row - 1.0);
    return static_cast<int>(position) + first_row_c;
  }
  [[nodiscard]] CellPatch patch(int point, int row) const;

 private:
  static constexpr std::size_t row_points = ocv_points + 2 * std::size_t{guard_points};

  void fill_ocv();
  void fill_grids();
  [[nodiscard]] OcvPatch ocv_patch(int point, int row) const;
  [[nodiscard]] double grid_value(std::size_t grid, int point, int row) const;

  CellParameters parameters_;
  std::vector<double> ocv_;    // [knot][point], knot_count x row_points
  std::vector<double> grids_;  // [grid][row][node], grid_count x (last_row + 1) x soc_nodes
};

}  // namespace cellwarden::plant
