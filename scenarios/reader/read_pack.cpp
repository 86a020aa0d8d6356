/// One pack of a scenario: cells, boards, switches, sensors, settings.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "core/setting_values.hpp"

#include "scenarios/reader/read_site.hpp"

namespace cellwarden::scenarios {
namespace {

/// The same chemistry in another size: resistances fall as the plates grow, heat capacity grows.
plant::CellParameters resized(plant::CellParameters cell, double capacity_ah) {
  const double times = capacity_ah / cell.capacity_ah;
  for (plant::SocGrid* grid : {&cell.r0_ohm, &cell.r1_ohm, &cell.r2_ohm, &cell.r3_ohm}) {
    for (auto& row : *grid) {
      for (double& ohm : row) ohm /= times;
    }
  }
  cell.capacity_ah = capacity_ah;
  cell.heat_capacity_j_per_k *= times;
  cell.thermal_resistance_k_per_w /= times;
  cell.neighbour_conductance_w_per_k *= times;
  return cell;
}

plant::CellParameters read_cells(FileTable& table) {
  const auto known = plant::cell_parameter_names();
  const std::vector<std::string_view> names(known.begin(), known.end());
  const auto which = table.word("type", names);
  const plant::CellParameters cell =
      which ? plant::cell_parameters_named(names[*which]) : plant::prismatic_280ah();
  const auto capacity = table.number("capacity_ah", {0.5, 5000});
  return capacity ? resized(cell, *capacity) : cell;
}

void read_spread(FileTable& table, plant::CellSpread& spread) {
  auto inner = table.table("spread");
  if (!inner) return;
  const auto percent = [&](std::string_view key, double& into) {
    if (const auto value = inner->number(key, {0, 30})) into = *value / 100.0;
  };
  percent("capacity_percent", spread.capacity);
  percent("resistance_percent", spread.resistance);
  percent("soc_percent", spread.soc);
  inner->only_known();
}

void read_boards(FileTable& table, plant::BoardOptions& boards) {
  auto inner = table.table("boards");
  if (!inner) return;
  if (const auto error = inner->number("voltage_error_mv", {0, 1000})) {
    boards.voltage_error_max_v = *error / 1000.0;
  }
  boards.temperature_error_max_k =
      inner->number("temperature_error_k", {0, 50}).value_or(boards.temperature_error_max_k);
  boards.bypass_a = inner->number("bypass_a", {0, 10}).value_or(boards.bypass_a);
  inner->only_known();
}

/// V-bypass of the manual's table as switches 2, 6 and 7.
void set_v_bypass(FileTable& switches, double volts, core::OptionSwitches& into) {
  const auto tenths = static_cast<int>(std::lround(volts * 10.0));
  const bool high = tenths >= 40;
  const int step = tenths - (high ? 40 : 34);
  if (std::fabs(volts * 10.0 - tenths) > 1e-6 || step < 0 || step > 3) {
    switches.refuse_value("v_bypass", "3.4, 3.5, 3.6, 3.7, 4.0, 4.1, 4.2 or 4.3 (volts)");
  }
  into.on[1] = high;
  into.on[5] = step >= 2;
  into.on[6] = step % 2 == 1;
}

void read_switches(FileTable& table, core::OptionSwitches& into) {
  auto switches = table.table("switches");
  if (!switches) return;
  into.on[0] = switches->flag("fast").value_or(into.on[0]);
  into.on[2] = switches->flag("blind_spot").value_or(into.on[2]);
  into.on[4] = switches->flag("critical").value_or(into.on[4]);
  if (const auto volts = switches->number("v_bypass", {0, 10})) {
    set_v_bypass(*switches, *volts, into);
  }
  switches->only_known();
}

plant::CurrentSensorOptions read_one_sensor(FileTable& sensors, std::string_view key) {
  plant::CurrentSensorOptions sensor;
  auto table = sensors.table(key);
  if (!table) return sensor;
  if (const auto range = table->whole("range_a", {25, 2000})) {
    bool known = false;
    for (const plant::CurrentSensorType& type : plant::current_sensor_types()) {
      known = known || type.range_a == *range;
    }
    if (!known) table->refuse_value("range_a", "25, 50, 100, 250, 400, 500, 1000 or 2000");
    sensor.range_a = *range;
  }
  sensor = read_sensor(*table, sensor);
  table->only_known();
  return sensor;
}

sim::SensorPair read_sensors(FileTable& table) {
  sim::SensorPair pair;
  auto sensors = table.table("sensors");
  if (!sensors) return pair;
  pair.j1 = read_one_sensor(*sensors, "j1");
  pair.j2 = read_one_sensor(*sensors, "j2");
  if (sensors->word("wiring", {"two", "one"}).value_or(0) == 1) {
    pair.wiring = sim::SensorWiring::one;
  }
  sensors->only_known();
  return pair;
}

std::optional<std::int32_t> whole_of(double number) {
  const double rounded = std::round(number);
  if (std::fabs(number - rounded) > 1e-6 || std::fabs(rounded) > 1e9) return std::nullopt;
  return static_cast<std::int32_t>(rounded);
}

struct SettingWriting {
  std::string_view unit;
  double times;
  const char* example;
};
SettingWriting writing_of(core::SettingUnit unit) {
  switch (unit) {
    case core::SettingUnit::millivolts:
      return {"V", 1000.0, "\"3.65 V\" or 3650 (mV)"};
    case core::SettingUnit::decicelsius:
      return {"°C", 10.0, "\"5 °C\" or 50 (tenths of a degree)"};
    case core::SettingUnit::watts:
      return {"W", 1.0, "\"2 kW\" or 2000 (W)"};
    case core::SettingUnit::watt_hours:
      return {"Wh", 1.0, "\"2.7 kWh\" or 2700 (Wh)"};
    case core::SettingUnit::milliamperes:
      return {"A", 1000.0, "\"0.4 A\" or 400 (mA)"};
    case core::SettingUnit::seconds:
      return {"s", 1.0, "\"10 min\" or 600 (seconds)"};
    case core::SettingUnit::percent:
      return {"%", 1.0, "\"90 %\" or 90"};
    case core::SettingUnit::choice:
    case core::SettingUnit::flag:
      break;
  }
  return {"", 1.0, "a number; true or false where it is yes or no"};
}

void read_settings(FileTable& table, sim::ChainOptions& chain) {
  auto settings = table.table("settings");
  if (!settings) return;
  core::SettingValues::Draft draft(chain.out_memory.settings);
  const auto names = settings->keys();
  for (const std::string& name : names) {
    const auto place = core::setting_with_name(name);
    if (!place) {
      std::string what = "unknown setting \"" + name + "\", expected one of:";
      for (const core::SettingRow& row : core::settings_table) {
        what.append(what.back() == ':' ? " " : ", ").append(row.name);
      }
      settings->refuse(name, what);
    }
    const core::SettingRow& row = core::settings_table[*place];
    if (draft.set(*place, *read_setting(*settings, name, row))) {
      settings->refuse_value(name, std::to_string(row.minimum) + " to " +
                                       std::to_string(row.maximum) + " in steps of " +
                                       std::to_string(row.step));
    }
  }
  const auto values = draft.finish(core::v_bypass(chain.switches));
  if (!values.good()) {
    const core::Refusal refusal = values.fault();
    const auto place = core::setting_with_id(refusal.id);
    const auto other = core::setting_with_id(refusal.other);
    settings->refuse(place ? core::settings_table[*place].name : "",
                     "the settings contradict each other: " +
                         std::string(core::settings_table[place.value_or(0)].name) + " and " +
                         (other ? std::string(core::settings_table[*other].name)
                                : "the V-bypass of the switches"));
  }
  chain.out_memory.settings = values.value();
}

/// What the boards show at the start: what is true, by the capacity that is set, or what is said.
void set_shown_charge(FileTable& table, sim::SitePackOptions& options) {
  const core::Settings settings = core::settings_from(options.chain.out_memory.settings);
  const core::Charge set =
      core::charge_of(settings.capacity, settings.v_nominal, options.pack.cell_count);
  const double set_ah = static_cast<double>(set.in_microcoulombs()) / 3600e6;
  double shown = 1.0 - (1.0 - options.pack.start_soc) * options.pack.cells.capacity_ah / set_ah;
  const auto said = table.number("shown_soc_percent", {0, 100});
  if (said) shown = *said / 100.0;
  shown = std::fmin(std::fmax(shown, 0.0), 1.0);
  options.chain.out_memory.soc = core::StateOfCharge::at(
      core::Ratio::ppm(static_cast<std::int32_t>(std::lround(shown * 1e6))), !said);
}

}  // namespace

std::optional<std::int32_t> read_setting(FileTable& table, std::string_view key,
                                         const core::SettingRow& row) {
  const SettingWriting writing = writing_of(core::unit_of(row));
  std::optional<std::int32_t> value;
  if (const auto text = table.text_if(key)) {
    const auto amount = parse_amount(*text);
    if (const auto time = parse_duration(*text); time && writing.unit == "s") {
      value = whole_of(static_cast<double>(*time) / 1e6);
    } else if (amount && !amount->unit.empty() && !writing.unit.empty()) {
      const auto number = in_unit(*amount, writing.unit);
      if (number) value = whole_of(*number * writing.times);
    }
  } else if (const auto number = table.number_if(key)) {
    value = whole_of(*number);
  } else if (const auto flag = table.flag_if(key)) {
    value = *flag ? 1 : 0;
  }
  if (!value) table.refuse_value(key, writing.example);
  return value;
}

sim::SitePackOptions read_pack(FileTable& table) {
  plant::PackOptions pack;
  const auto cells = table.whole("cells", {plant::cell_count_min, plant::cell_count_max});
  if (!cells) table.refuse("cells", "cells is missing, expected a whole number from 2 to 255");
  pack.cell_count = *cells;
  pack.cells = read_cells(table);
  if (const auto soc = table.number("start_soc_percent", {-5, 105})) {
    pack.start_soc = *soc / 100.0;
  }
  read_spread(table, pack.spread);
  read_boards(table, pack.boards);
  sim::SitePackOptions options = sim::commissioned(pack, read_sensors(table));
  read_switches(table, options.chain.switches);
  read_settings(table, options.chain);
  set_shown_charge(table, options);
  return options;
}

}  // namespace cellwarden::scenarios
