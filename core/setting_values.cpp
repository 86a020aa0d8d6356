// SPDX-License-Identifier: Apache-2.0
#include "core/setting_values.hpp"

namespace cellwarden::core {
namespace {

constexpr std::int32_t ms_per_s = 1000;

constexpr bool is_inherited(std::size_t place, std::int32_t value) {
  const SettingRow& row = settings_table[place];
  return row.inherit != 0 && value == row.inherit;
}

std::optional<Refusal> range_fault(std::size_t place, std::int32_t value) {
  const SettingRow& row = settings_table[place];
  if (is_inherited(place, value)) return std::nullopt;
  if (value < row.minimum) return Refusal{RefusalReason::below_minimum, row.id, 0};
  if (value > row.maximum) return Refusal{RefusalReason::above_maximum, row.id, 0};
  if ((value - row.minimum) % row.step != 0) return Refusal{RefusalReason::off_step, row.id, 0};
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> setting_with_id(std::uint8_t id) {
  for (std::size_t i = 0; i < settings_table.size(); ++i) {
    if (settings_table[i].id == id) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> setting_with_name(std::string_view name) {
  for (std::size_t i = 0; i < settings_table.size(); ++i) {
    if (settings_table[i].name == name) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> setting_at_address(std::uint16_t address) {
  for (std::size_t i = 0; i < settings_table.size(); ++i) {
    const SettingRow& row = settings_table[i];
    if (address >= row.address && address < row.address + wire::coded_bytes(row.coding)) return i;
  }
  return std::nullopt;
}

SettingValues::SettingValues() {
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = settings_table[i].preset;
}

Result<SettingValues, Refusal> SettingValues::with(std::size_t place, std::int32_t value,
                                                   std::optional<Voltage> v_bypass) const {
  Draft draft(*this);
  if (const auto refusal = draft.set(place, value)) return *refusal;
  return draft.finish(v_bypass);
}

std::optional<Refusal> SettingValues::Draft::set(std::size_t place, std::int32_t value) {
  if (const auto refusal = range_fault(place, value)) return refusal;
  values_[place] = value;
  last_id_ = settings_table[place].id;
  limits_moved_ = limits_moved_ || place == setting("v_min") || place == setting("v_max");
  return std::nullopt;
}

Result<SettingValues, Refusal> SettingValues::Draft::finish(std::optional<Voltage> v_bypass) const {
  for (const SettingOrder& order : setting_orders) {
    const std::int32_t lower = values_[order.lower];
    const std::int32_t upper = values_[order.upper];
    if (is_inherited(order.lower, lower)) continue;
    if (lower + order.gap <= upper) continue;
    const std::uint8_t low_id = settings_table[order.lower].id;
    const std::uint8_t high_id = settings_table[order.upper].id;
    if (last_id_ == low_id) return Refusal{RefusalReason::order, low_id, high_id};
    return Refusal{RefusalReason::order, high_id, low_id};
  }
  if (v_bypass && limits_moved_) {
    const std::int32_t mv = v_bypass->in_millivolts();
    for (const std::size_t place : {setting("v_min"), setting("v_max")}) {
      const bool fits = place == setting("v_min") ? values_[place] < mv : values_[place] >= mv;
      if (!fits) return Refusal{RefusalReason::v_bypass, settings_table[place].id, 0};
    }
  }
  SettingValues result;
  result.values_ = values_;
  return result;
}

Settings settings_from(const SettingValues& values) {
  const auto volts = [&](std::size_t i) { return Voltage::millivolts(values.at(i)); };
  const auto degrees = [&](std::size_t i) { return Temperature::decicelsius(values.at(i)); };
  const auto time = [&](std::size_t i) { return Duration::milliseconds(values.at(i) * ms_per_s); };
  const auto flag = [&](std::size_t i) { return values.at(i) != 0; };
  Settings s;
  s.capacity = Energy::watt_hours(values.at(setting("capacity")));
  s.v_min = volts(setting("v_min"));
  s.v_max = volts(setting("v_max"));
  s.v_nominal = volts(setting("v_nominal"));
  s.v_low = volts(setting("v_low"));
  s.v_min_hysteresis = volts(setting("v_min_hysteresis"));
  s.v_max_hysteresis = volts(setting("v_max_hysteresis"));
  s.t_min = degrees(setting("t_charge_min"));
  s.t_max = degrees(setting("t_max"));
  if (!is_inherited(setting("t_discharge_min"), values.at(setting("t_discharge_min")))) {
    s.t_min_discharge = degrees(setting("t_discharge_min"));
  }
  s.charge_restart = Ratio::percent(values.at(setting("charge_restart")));
  s.discharge_restart = Ratio::percent(values.at(setting("discharge_restart")));
  s.delays = {.charge_restart = time(setting("charge_restart_delay")),
              .load_restart = time(setting("discharge_restart_delay")),
              .charge_pause = time(setting("charge_pause_delay")),
              .load_pause = time(setting("discharge_pause_delay"))};
  s.charge_forced_off = flag(setting("charge_force_off"));
  s.load_forced_off = flag(setting("discharge_force_off"));
  s.invert_charge_sensor = flag(setting("invert_charge_sensor"));
  s.invert_load_sensor = flag(setting("invert_load_sensor"));
  s.tail_current = Current::milliamperes(values.at(setting("tail_current")));
  return s;
}

}  // namespace cellwarden::core
