/// The closed forms behind `solve_bus`.
// SPDX-License-Identifier: Apache-2.0
#include "plant/bus.hpp"

#include <cmath>

namespace cellwarden::plant {
namespace {

/// Voltage of a battery that takes `power_w` (negative: gives): V^2 - emf V - ohm power = 0, the
/// upper root. Below 0 when it cannot give that much at any voltage.
double voltage_at_power(const BusBattery& battery, double power_w) {
  const double square = battery.emf_v * battery.emf_v + 4.0 * battery.ohm * power_w;
  if (!(square >= 0.0) || battery.emf_v <= 0.0) return -1.0;
  return 0.5 * (battery.emf_v + std::sqrt(square));
}

/// The charger gives a fixed current, the load takes constant power.
double voltage_at_current(const BusBattery& battery, double charger_a, double load_w) {
  return voltage_at_power({battery.emf_v + battery.ohm * charger_a, battery.ohm}, -load_w);
}

/// The flow when the charger gives nothing.
BusFlow without_charger(const BusBattery& battery, double load_w) {
  const double voltage_v = voltage_at_current(battery, 0.0, load_w);
  if (load_w <= 0.0 || voltage_v <= 0.0) return {.voltage_v = battery.emf_v};
  return {.voltage_v = voltage_v, .current_out_a = load_w / voltage_v};
}

}  // namespace

BusFlow solve_bus(const BusBattery& battery, const SourceLimits& charger, double load_w) {
  const BusFlow alone = without_charger(battery, load_w);
  if (charger.power_w <= 0.0 || charger.current_a <= 0.0) return alone;
  if (alone.voltage_v >= charger.voltage_v) return alone;
  const bool load_runs = load_w > 0.0 && alone.current_out_a > 0.0;
  const double used_w = load_runs ? load_w : 0.0;
  const double by_power_v = voltage_at_power(battery, charger.power_w - used_w);
  const double by_current_v = voltage_at_current(battery, charger.current_a, used_w);
  double voltage_v = by_power_v < by_current_v ? by_power_v : by_current_v;
  if (voltage_v > charger.voltage_v) voltage_v = charger.voltage_v;
  if (voltage_v <= 0.0) return alone;
  BusFlow flow{.voltage_v = voltage_v, .current_out_a = used_w / voltage_v};
  flow.current_in_a = (voltage_v - battery.emf_v) / battery.ohm + flow.current_out_a;
  if (flow.current_in_a < 0.0) return alone;
  return flow;
}

}  // namespace cellwarden::plant
