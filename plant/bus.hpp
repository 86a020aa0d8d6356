/// The node where battery, charger and load meet: who gives how much, in closed form.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plant/charger.hpp"

namespace cellwarden::plant {

/// The battery as a voltage behind a resistance: V = emf + ohm * I, I + when charging.
struct BusBattery {
  double emf_v = 0.0;
  double ohm = 0.0;
};

/// What flows.
struct BusFlow {
  double voltage_v = 0.0;
  double current_in_a = 0.0;   ///< from the charger, >= 0
  double current_out_a = 0.0;  ///< into the load, >= 0

  [[nodiscard]] double battery_a() const { return current_in_a - current_out_a; }
};

/// Solves a battery with a charger (lowest of constant power, constant current, constant voltage)
/// and a load of constant power. Where a load asks for more than the battery can give at any
/// voltage, it gets nothing: its voltage would collapse.
/// @param charger  all zero when off
/// @param load_w   >= 0
BusFlow solve_bus(const BusBattery& battery, const SourceLimits& charger, double load_w);

}  // namespace cellwarden::plant
