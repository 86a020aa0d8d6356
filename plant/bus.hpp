/// The node where battery, chargers and load meet: who gives how much, in closed form.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

#include "plant/charger.hpp"

namespace cellwarden::plant {

/// The battery as a voltage behind a resistance: V = emf + ohm * I, I + when charging.
struct BusBattery {
  double emf_v = 0.0;
  double ohm = 0.0;
};

/// At most so many chargers meet at one node.
inline constexpr std::size_t bus_sources_max = 2;

/// What flows.
struct BusFlow {
  double voltage_v = 0.0;
  double current_in_a = 0.0;                       ///< from all chargers, >= 0
  double current_out_a = 0.0;                      ///< into the load, >= 0
  std::array<double, bus_sources_max> source_a{};  ///< from each charger, >= 0

  [[nodiscard]] double battery_a() const { return current_in_a - current_out_a; }
};

/// Solves a battery with chargers (each gives the lowest of constant power, constant current and
/// constant voltage) and a load of constant power. Where a load asks for more than the battery
/// alone can give at any voltage, it gets nothing: its voltage would collapse. Of two chargers that
/// hold the same voltage the second gives what it can and the first the rest.
/// @param chargers  at most `bus_sources_max`; one that is all zero is off
/// @param load_w    >= 0
BusFlow solve_bus(const BusBattery& battery, std::span<const SourceLimits> chargers, double load_w);

}  // namespace cellwarden::plant
