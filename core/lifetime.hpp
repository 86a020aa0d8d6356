/// What an owner may ask of a battery in its second life (Regulation (EU) 2023/1542, Article 14 and
/// Annex VII): throughput, full equivalent cycles, time in extreme temperature, deep discharges,
/// charging in the cold (OUT-9).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/pack_totals.hpp"
#include "core/units.hpp"

namespace cellwarden::core {

/// Above and below these a cell ages much faster; charging below the second plates lithium. Common
/// limits of LiFePO4 data sheets (charge 0..45 °C), not the owner's thresholds.
inline constexpr Temperature hot_above = Temperature::decicelsius(450);
inline constexpr Temperature cold_below = Temperature::decicelsius(0);

/// Counters that only grow. Copyable. Energy throughput is in PackTotals::charged and discharged.
struct Lifetime {
  Charge charged, discharged;
  std::int64_t hot_ms = 0, cold_ms = 0, cold_charge_ms = 0, running_ms = 0;
  std::uint32_t deep_discharges = 0;  ///< times a cell reached V-min
  bool deep = false;                  ///< a cell is there now

  /// @param current  + = charging; absent: unknown
  /// @param low      a cell is at or below V-min
  void count(std::optional<Current> current, Temperature coldest, Temperature hottest, bool low,
             Duration dt) {
    const std::int64_t ms = dt.in_milliseconds();
    const Current net = current.value_or(Current{});
    if (net > Current{}) charged += net * dt;
    if (net < Current{}) discharged += -net * dt;
    if (hottest > hot_above) hot_ms += ms;
    if (coldest < cold_below) cold_ms += ms;
    if (coldest < cold_below && net > Current{}) cold_charge_ms += ms;
    if (low && !deep) ++deep_discharges;
    deep = low;
    running_ms += ms;
  }

  /// Full equivalent cycles in hundredths: discharged charge over the capacity.
  [[nodiscard]] std::uint32_t full_cycles_hundredths(Charge capacity) const {
    const std::int64_t one = capacity.in_microcoulombs() / 100;
    return one <= 0 ? 0 : static_cast<std::uint32_t>(discharged.in_microcoulombs() / one);
  }
};

}  // namespace cellwarden::core
