/// The closed forms behind `solve_bus`.
// SPDX-License-Identifier: Apache-2.0
#include "plant/bus.hpp"

#include <cmath>
#include <cstdint>

namespace cellwarden::plant {
namespace {

/// How each charger stands.
enum class Mode : std::uint8_t { off, power, current };
using Modes = std::array<Mode, bus_sources_max>;

/// Voltage of a battery that takes `power_w` (negative: gives): V^2 - emf V - ohm power = 0, the
/// upper root. Below 0 when it cannot give that much at any voltage.
double voltage_at_power(const BusBattery& battery, double power_w) {
  const double square = battery.emf_v * battery.emf_v + 4.0 * battery.ohm * power_w;
  if (!(square >= 0.0) || battery.emf_v <= 0.0) return -1.0;
  return 0.5 * (battery.emf_v + std::sqrt(square));
}

/// Voltage when nobody holds one: each charger gives its power, or its current where that is less.
/// A charger that turns to constant current lowers the voltage, which never turns another back.
double voltage_unheld(const BusBattery& battery, std::span<const SourceLimits> chargers,
                      double load_w, Modes& modes) {
  for (;;) {
    BusBattery lifted = battery;
    double power_w = -load_w;
    for (std::size_t i = 0; i < chargers.size(); ++i) {
      if (modes[i] == Mode::power) power_w += chargers[i].power_w;
      if (modes[i] == Mode::current) lifted.emf_v += battery.ohm * chargers[i].current_a;
    }
    const double voltage_v = voltage_at_power(lifted, power_w);
    bool turned = false;
    for (std::size_t i = 0; i < chargers.size(); ++i) {
      if (modes[i] == Mode::power && chargers[i].power_w > chargers[i].current_a * voltage_v) {
        modes[i] = Mode::current;
        turned = true;
      }
    }
    if (!turned) return voltage_v;
  }
}

double given_a(const SourceLimits& charger, Mode mode, double voltage_v) {
  if (mode == Mode::off) return 0.0;
  const double by_power_a = charger.power_w / voltage_v;
  return by_power_a < charger.current_a ? by_power_a : charger.current_a;
}

/// The charger that holds the lowest voltage of those that are on; their number when none is.
std::size_t lowest_held(std::span<const SourceLimits> chargers, const Modes& modes) {
  std::size_t lowest = chargers.size();
  for (std::size_t i = 0; i < chargers.size(); ++i) {
    if (modes[i] == Mode::off) continue;
    if (lowest == chargers.size() || chargers[i].voltage_v < chargers[lowest].voltage_v) lowest = i;
  }
  return lowest;
}

/// What flows at this voltage; `rest` gives what the others leave.
BusFlow flow_at(const BusBattery& battery, std::span<const SourceLimits> chargers, double load_w,
                const Modes& modes, double voltage_v, std::size_t rest) {
  BusFlow flow{.voltage_v = voltage_v, .current_out_a = load_w / voltage_v};
  flow.current_in_a = (voltage_v - battery.emf_v) / battery.ohm + flow.current_out_a;
  double left_a = flow.current_in_a;
  for (std::size_t i = 0; i < chargers.size(); ++i) {
    if (i == rest) continue;
    flow.source_a[i] = given_a(chargers[i], modes[i], voltage_v);
    left_a -= flow.source_a[i];
  }
  flow.source_a[rest] = left_a > 0.0 ? left_a : 0.0;
  return flow;
}

/// The flow when no charger gives anything.
BusFlow without_chargers(const BusBattery& battery, double load_w) {
  if (load_w <= 0.0) return {.voltage_v = battery.emf_v};
  const double voltage_v = voltage_at_power(battery, -load_w);
  if (voltage_v <= 0.0) return {.voltage_v = battery.emf_v};
  return {.voltage_v = voltage_v, .current_out_a = load_w / voltage_v};
}

/// The same as below for one charger: most of all steps.
BusFlow with_one_charger(const BusBattery& battery, const SourceLimits& charger, double load_w) {
  double voltage_v = voltage_at_power(battery, charger.power_w - load_w);
  if (charger.power_w > charger.current_a * voltage_v) {
    const double lifted_v = battery.emf_v + battery.ohm * charger.current_a;
    voltage_v = voltage_at_power({lifted_v, battery.ohm}, -load_w);
  }
  if (voltage_v <= 0.0) return without_chargers(battery, load_w);
  if (voltage_v > charger.voltage_v) {
    voltage_v = charger.voltage_v;
    const BusFlow alone = without_chargers(battery, load_w);
    if (alone.voltage_v >= voltage_v) return alone;
  }
  BusFlow flow{.voltage_v = voltage_v, .current_out_a = load_w / voltage_v};
  flow.current_in_a = (voltage_v - battery.emf_v) / battery.ohm + flow.current_out_a;
  if (flow.current_in_a < 0.0) return without_chargers(battery, load_w);
  flow.source_a[0] = flow.current_in_a;
  return flow;
}

}  // namespace

BusFlow solve_bus(const BusBattery& battery, std::span<const SourceLimits> chargers,
                  double load_w) {
  if (battery.emf_v <= 0.0) return {.voltage_v = battery.emf_v};
  const bool carried = load_w > 0.0 && battery.emf_v * battery.emf_v >= 4.0 * battery.ohm * load_w;
  const double used_w = carried ? load_w : 0.0;
  Modes modes{};
  std::size_t on = 0;
  for (std::size_t i = 0; i < chargers.size(); ++i) {
    if (chargers[i].power_w <= 0.0 || chargers[i].current_a <= 0.0) continue;
    modes[i] = Mode::power;
    ++on;
  }
  if (on == 0) return without_chargers(battery, used_w);
  if (chargers.size() == 1) return with_one_charger(battery, chargers[0], used_w);
  for (;;) {
    const std::size_t lowest = lowest_held(chargers, modes);
    if (lowest == chargers.size()) return without_chargers(battery, used_w);
    const double held_v = chargers[lowest].voltage_v;
    Modes settled = modes;
    const double free_v = voltage_unheld(battery, chargers, used_w, settled);
    if (free_v <= 0.0) return without_chargers(battery, used_w);
    BusFlow flow;
    if (free_v <= held_v) {
      flow = flow_at(battery, chargers, used_w, settled, free_v, lowest);
    } else {
      settled = modes;
      settled[lowest] = Mode::off;
      if (voltage_unheld(battery, chargers, used_w, settled) >= held_v) {
        modes[lowest] = Mode::off;  // the others hold more than its voltage
        continue;
      }
      flow = flow_at(battery, chargers, used_w, modes, held_v, lowest);
    }
    return flow.current_in_a < 0.0 ? without_chargers(battery, used_w) : flow;
  }
}

}  // namespace cellwarden::plant
