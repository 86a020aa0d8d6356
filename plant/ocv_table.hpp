/// Open-circuit tables as cell_parameters keeps them, made from what sources publish. Look-up is
/// cell_tables' business.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "plant/cell_parameters.hpp"

namespace cellwarden::plant {

/// [knot][point] flattened: `ocv_points` volts at the coldest knot, then the next.
using OcvTable = std::array<double, knot_count * ocv_points>;

/// A source's model that is straight over temperature.
/// @param by_point  for each point: volts at 25 degrees Celsius, then volts per kelvin
constexpr OcvTable ocv_from_slope(const std::array<double, 2 * ocv_points>& by_point) {
  OcvTable table{};
  for (std::size_t knot = 0; knot < knot_count; ++knot) {
    const double above_25_k = first_knot_c + knot_step_k * static_cast<double>(knot) - 25.0;
    for (std::size_t point = 0; point < ocv_points; ++point) {
      table[knot * ocv_points + point] = by_point[2 * point] + above_25_k * by_point[2 * point + 1];
    }
  }
  return table;
}

}  // namespace cellwarden::plant
