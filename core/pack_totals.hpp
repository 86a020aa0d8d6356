/// The energy counters of the pack: collected and consumed, today and in all; charged and
/// discharged in all. "Today" ends when somebody outside says that a new day has begun.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/energy_counter.hpp"
#include "core/units.hpp"

namespace cellwarden::core {

/// Local time, from whoever knows it (App, gateway, clock chip).
struct WallClock {
  std::uint16_t day = 0;            ///< counts days, any start
  std::uint16_t minute_of_day = 0;  ///< 0..1439
  friend constexpr bool operator==(const WallClock&, const WallClock&) = default;
};

/// Currents of the pack over one message period; + = charging. `in` and `out` absent: that sensor
/// is not there.
struct PackCurrents {
  std::optional<Current> in;
  std::optional<Current> out;

  /// Sensor 1 minus sensor 2; absent when there is none.
  [[nodiscard]] constexpr std::optional<Current> net() const {
    if (!in && !out) return std::nullopt;
    return in.value_or(Current{}) - out.value_or(Current{});
  }
  /// What flows in from the sources; with one sensor the charging part of the net current.
  [[nodiscard]] constexpr Current collected() const { return positive(in.value_or(Current{})); }
  /// What the consumers draw; with one sensor the discharging part of the net current.
  [[nodiscard]] constexpr Current consumed() const {
    return out ? positive(*out) : positive(-in.value_or(Current{}));
  }

 private:
  static constexpr Current positive(Current c) { return c > Current{} ? c : Current{}; }
};

/// Six counters. Copyable.
struct PackTotals {
  EnergyCounter collected_today, consumed_today;
  EnergyCounter collected, consumed;
  EnergyCounter charged, discharged;
  std::optional<std::uint16_t> day;  ///< the day "today" means

  /// Counts the work of `currents` at `pack` volts over `dt` (SOC-3).
  void count(const PackCurrents& currents, Voltage pack, Duration dt) {
    const Current net = currents.net().value_or(Current{});
    const Work in = pack * currents.collected() * dt;
    const Work out = pack * currents.consumed() * dt;
    collected_today.add(in);
    collected.add(in);
    consumed_today.add(out);
    consumed.add(out);
    charged.add(pack * net * dt);
    discharged.add(pack * -net * dt);
  }

  /// A new day begins; the first call only says which day it is.
  void set_day(std::uint16_t today) {
    if (day && *day != today) {
      collected_today.clear();
      consumed_today.clear();
    }
    day = today;
  }

  /// "Clear energy counters" of the App (OUT-6).
  void clear() {
    const auto today = day;
    *this = {};
    day = today;
  }
};

}  // namespace cellwarden::core
