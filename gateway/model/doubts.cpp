// SPDX-License-Identifier: Apache-2.0
#include "gateway/model/doubts.hpp"

#include <algorithm>

namespace cellwarden::gateway {
namespace {

using core::Current;
using core::Energy;
using core::Temperature;
using core::TemperatureDelta;
using core::Voltage;
using wire::ExtendedFrame;
using wire::TemperatureLine;

/// What the frame's steps alone can make of values that agree: 5 mV a cell, 0.125 A a current.
constexpr Voltage voltage_step = Voltage::millivolts(5);
constexpr Current current_tolerance = Current::milliamperes(3 * 125);
/// The specific cell may have been measured a moment before or after the extremes.
constexpr Voltage cell_voltage_tolerance = Voltage::millivolts(10);
constexpr int cell_temperature_tolerance_raw = 2;

/// Cells measure 2.0 to 5.0 V and flag what is outside; far above is no voltage of a cell. There is
/// no lowest believable voltage: a dead or shorted cell must be seen.
constexpr Voltage highest_cell_voltage = Voltage::millivolts(5500);
constexpr Temperature coldest_believable = Temperature::decicelsius(-700);
constexpr Temperature hottest_believable = Temperature::decicelsius(1500);

constexpr TemperatureDelta temperature_jump = TemperatureDelta::decikelvin(100);
constexpr int soc_jump_percent = 1;
constexpr Energy total_jump = Energy::watt_hours(1000);

/// The most energy that may move between two frames: 1 % of the capacity, at least 100 Wh (a pack
/// that is emptied in 36 s moves 2.8 % in the second between two frames; nothing does that).
Energy energy_jump(const ExtendedFrame& frame) {
  return std::max(Energy::watt_hours(100),
                  Energy::watt_hours(frame.capacity.in_watt_hours() / 100));
}

/// The sum of `n` cells with this lowest and this highest one lies between "all the others as low"
/// and "all the others as high".
bool voltages_agree(const ExtendedFrame& f) {
  const Voltage low = f.lowest.voltage;
  const Voltage high = f.highest.voltage;
  const Voltage tolerance = voltage_step * (f.cell_count + 2);
  const int others = f.cell_count - 1;
  return high <= highest_cell_voltage && f.pack_voltage + tolerance >= low * others + high &&
         f.pack_voltage <= high * others + low + tolerance;
}

/// With one sensor both currents are absent and only the sum is known.
bool currents_agree(const ExtendedFrame& f) {
  if (!f.sum.present() || (!f.in.present() && !f.out.present())) return true;
  const Current difference = f.in.current() - f.out.current() - f.sum.current();
  return -current_tolerance <= difference && difference <= current_tolerance;
}

bool cell_voltage_agrees(const ExtendedFrame& f) {
  return f.cell.voltage + cell_voltage_tolerance >= f.lowest.voltage &&
         f.cell.voltage <= f.highest.voltage + cell_voltage_tolerance;
}

bool cell_temperature_agrees(const ExtendedFrame& f) {
  return f.cell.temperature_raw + cell_temperature_tolerance_raw >= f.coldest.raw &&
         f.cell.temperature_raw <= f.hottest.raw + cell_temperature_tolerance_raw;
}

bool jumped(Energy before, Energy now, Energy most) {
  return now - before > most || before - now > most;
}

/// Counters go up only; the owner's "clear" is believed in the second frame.
bool counter_jumped(Energy before, Energy now, Energy most) {
  return now < before || now - before > most;
}

bool jumped(std::uint16_t raw_before, std::uint16_t raw_now, TemperatureLine line) {
  const TemperatureDelta change =
      wire::temperature_from_raw(raw_now, line) - wire::temperature_from_raw(raw_before, line);
  return change > temperature_jump || -change > temperature_jump;
}

}  // namespace

Doubts operator|(const Doubts& a, const Doubts& b) {
  Doubts both;
  both.voltages = a.voltages || b.voltages;
  both.currents = a.currents || b.currents;
  both.temperatures = a.temperatures || b.temperatures;
  both.cell_voltage = a.cell_voltage || b.cell_voltage;
  both.cell_temperature = a.cell_temperature || b.cell_temperature;
  both.soc = a.soc || b.soc;
  both.stored = a.stored || b.stored;
  both.collected_today = a.collected_today || b.collected_today;
  both.consumed_today = a.consumed_today || b.consumed_today;
  both.collected_total = a.collected_total || b.collected_total;
  both.consumed_total = a.consumed_total || b.consumed_total;
  both.limits = a.limits || b.limits;
  both.settings = a.settings || b.settings;
  return both;
}

Doubts doubts_within(const ExtendedFrame& f, TemperatureLine line) {
  Doubts doubts;
  doubts.voltages = !voltages_agree(f);
  doubts.currents = !currents_agree(f);
  doubts.temperatures = wire::temperature_from_raw(f.coldest.raw, line) < coldest_believable ||
                        wire::temperature_from_raw(f.hottest.raw, line) > hottest_believable;
  doubts.cell_voltage = doubts.voltages || !cell_voltage_agrees(f);
  doubts.cell_temperature = doubts.temperatures || !cell_temperature_agrees(f);
  doubts.stored = f.stored > f.capacity + f.capacity;
  doubts.limits = !(f.v_min < f.v_bypass && f.v_bypass <= f.v_max);
  // With a broken chain the frame repeats what was known before the break.
  if (f.status.communication_error) {
    doubts.voltages = doubts.temperatures = true;
    doubts.cell_voltage = doubts.cell_temperature = true;
  }
  return doubts;
}

Doubts doubts_between(const ExtendedFrame& before, const ExtendedFrame& f, TemperatureLine line) {
  const Energy most = energy_jump(f);
  Doubts doubts;
  doubts.temperatures = jumped(before.coldest.raw, f.coldest.raw, line) ||
                        jumped(before.hottest.raw, f.hottest.raw, line);
  const int soc_change = f.soc_percent - before.soc_percent;
  doubts.soc = soc_change > soc_jump_percent || -soc_change > soc_jump_percent;
  doubts.stored = jumped(before.stored, f.stored, most);
  doubts.collected_today = counter_jumped(before.collected_today, f.collected_today, most);
  doubts.consumed_today = counter_jumped(before.consumed_today, f.consumed_today, most);
  doubts.collected_total = counter_jumped(before.collected_total, f.collected_total, total_jump);
  doubts.consumed_total = counter_jumped(before.consumed_total, f.consumed_total, total_jump);
  doubts.settings = before.cell_count != f.cell_count || before.capacity != f.capacity ||
                    before.v_min != f.v_min || before.v_max != f.v_max ||
                    before.v_bypass != f.v_bypass;
  return doubts;
}

}  // namespace cellwarden::gateway
