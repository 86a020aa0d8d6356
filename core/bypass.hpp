/// The bypass of one cell: when 1 A may flow around it, and how much of the time. Decides once a
/// message, from a voltage measured while no bypass flows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/units.hpp"

namespace cellwarden::core {

/// Starts this far above V-bypass and stops below V-bypass: the hysteresis lies above the limit, so
/// no cell is ever discharged below it (CELL-6).
inline constexpr Voltage bypass_hysteresis = Voltage::millivolts(5);
/// Full current up to the first board temperature, none from the second on, a straight line
/// between.
inline constexpr Temperature bypass_full_below = Temperature::decicelsius(550);
inline constexpr Temperature bypass_none_from = Temperature::decicelsius(750);

/// The share of time a board this hot may bypass.
constexpr Ratio bypass_level(Temperature board) {
  if (board <= bypass_full_below) return Ratio::percent(100);
  if (board >= bypass_none_from) return Ratio::percent(0);
  const TemperatureDelta left = bypass_none_from - board;
  const TemperatureDelta span = bypass_none_from - bypass_full_below;
  return Ratio::ppm(left.in_decikelvin() * (1'000'000 / span.in_decikelvin()));
}

/// Whether `v` is a V-bypass the IN board's switches can order (IN-7). A board obeys no other, so
/// that no garbled message makes it empty a cell.
constexpr bool is_v_bypass(Voltage v) {
  const int mv = v.in_millivolts();
  return mv % 100 == 0 && ((mv >= 3400 && mv <= 3700) || (mv >= 4000 && mv <= 4300));
}

/// State of one bypass. Copyable; the default is "off".
struct Bypass {
  bool engaged = false;  ///< the cell is being balanced (LED continuously on)
  Ratio level;           ///< how much of the time 1 A flows, 0 when not engaged

  /// @param cell      measured with every bypass near by off; absent: no reading
  /// @param board     absent: no reading, no bypass
  /// @param v_bypass  from the chain message; absent: nobody orders it
  void decide(std::optional<Voltage> cell, std::optional<Temperature> board,
              std::optional<Voltage> v_bypass) {
    const bool known = cell && board && v_bypass && is_v_bypass(*v_bypass);
    if (!known || *cell < *v_bypass) {
      stop();
      return;
    }
    if (*cell >= *v_bypass + bypass_hysteresis) engaged = true;
    level = engaged ? bypass_level(*board) : Ratio{};
  }
  void stop() { *this = {}; }
};

}  // namespace cellwarden::core
