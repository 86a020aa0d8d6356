// SPDX-License-Identifier: Apache-2.0
#include "gateway/decode/frame_fields.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "wire/key_values.hpp"

namespace cellwarden::gateway {
namespace {

using wire::ExtendedFrame;

constexpr std::array<std::string_view, wire::known_keys> key_names{
    "state of health, %",
    "charge efficiency, %",
    "V-low, high byte",
    "V-low, low byte",
    "V-nominal, high byte",
    "V-nominal, low byte",
    "firmware, major and minor",
    "firmware, patch",
    "charge cycles, high byte",
    "charge cycles, low byte",
    "charged energy, high byte",
    "charged energy, middle byte",
    "charged energy, low byte",
    "discharged energy, high byte",
    "discharged energy, middle byte",
    "discharged energy, low byte",
    "status byte 2",
    "V-full, high byte",
    "V-full, low byte",
};

/// Builds the list, one kind of field a function.
class FieldList {
 public:
  explicit FieldList(wire::TemperatureLine line) : line_(line) {}

  void voltage(std::string name, core::Voltage v) {
    const std::int64_t mv = v.in_millivolts();
    add(std::move(name), mv, "mV", decimal(mv, 3) + " V");
  }
  void current(std::string name, wire::FrameCurrent c) {
    if (!c.present()) {
      add(std::move(name), std::monostate{}, "mA", "no sensor");
      return;
    }
    const std::int64_t ma = c.current().in_milliamperes();
    add(std::move(name), ma, "mA", (ma > 0 ? "+" : "") + decimal(ma, 3) + " A");
  }
  void temperature(const std::string& name, std::uint16_t raw) {
    const std::int64_t dc = wire::temperature_from_raw(raw, line_).in_decicelsius();
    add(name, dc, "dC", decimal(dc, 1) + " °C (raw " + std::to_string(raw) + ")");
    fields_.push_back({name + "_raw", std::int64_t{raw}, "", ""});
  }
  void energy(std::string name, core::Energy e) {
    add(std::move(name), e.in_watt_hours(), "Wh", std::to_string(e.in_watt_hours()) + " Wh");
  }
  void number(std::string name, std::int64_t n) { add(std::move(name), n, "", std::to_string(n)); }
  void percent(std::string name, std::int64_t n) {
    add(std::move(name), n, "percent", std::to_string(n) + " %");
  }
  void flag(std::string name, bool on) { add(std::move(name), on, "", on ? "yes" : "no"); }
  void words(std::string name, const std::string& text) { add(std::move(name), text, "", text); }

  std::vector<Field> take() { return std::move(fields_); }

 private:
  using Value = decltype(Field::value);
  void add(std::string name, Value value, std::string unit, std::string text) {
    fields_.push_back({std::move(name), std::move(value), std::move(unit), std::move(text)});
  }

  wire::TemperatureLine line_;
  std::vector<Field> fields_;
};

void add_cells(FieldList& list, const ExtendedFrame& f) {
  list.voltage("lowest_voltage", f.lowest.voltage);
  list.number("lowest_voltage_cell", f.lowest.cell);
  list.voltage("highest_voltage", f.highest.voltage);
  list.number("highest_voltage_cell", f.highest.cell);
  list.temperature("lowest_temperature", f.coldest.raw);
  list.number("lowest_temperature_cell", f.coldest.cell);
  list.temperature("highest_temperature", f.hottest.raw);
  list.number("highest_temperature_cell", f.hottest.cell);
  list.number("cell_number", f.cell.number);
  list.number("cell_count", f.cell_count);
  list.voltage("cell_voltage", f.cell.voltage);
  list.temperature("cell_temperature", f.cell.temperature_raw);
}

void add_status(FieldList& list, const wire::Status& s) {
  list.flag("charge_allowed", s.charge_allowed);
  list.flag("discharge_allowed", s.discharge_allowed);
  list.flag("communication_error", s.communication_error);
  list.flag("below_v_min", s.below_v_min);
  list.flag("above_v_max", s.above_v_max);
  list.flag("below_t_min", s.below_t_min);
  list.flag("above_t_max", s.above_t_max);
  list.flag("soc_not_calibrated", s.soc_not_calibrated);
}

void add_extra(FieldList& list, const wire::Extra& extra) {
  if (extra.kind == wire::Extra::Kind::clock) {
    const auto two = [](unsigned n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
    list.words("clock", two(extra.first) + ":" + two(extra.second));
    return;
  }
  list.number("key", extra.first);
  list.words("key_meaning",
             extra.first < key_names.size() ? std::string(key_names[extra.first]) : "not known");
  list.number("key_value", extra.second);
}

}  // namespace

std::string decimal(std::int64_t value, int decimals) {
  const bool negative = value < 0;
  std::string digits = std::to_string(negative ? -value : value);
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  digits.insert(digits.size() - places, ".");
  return (negative ? "-" : "") + digits;
}

std::vector<Field> fields_of(const ExtendedFrame& f, wire::TemperatureLine line) {
  FieldList list(line);
  list.voltage("pack_voltage", f.pack_voltage);
  list.current("current_in", f.in);
  list.current("current_out", f.out);
  list.current("current", f.sum);
  add_cells(list, f);
  add_status(list, f.status);
  list.energy("collected_today", f.collected_today);
  list.energy("stored", f.stored);
  list.energy("consumed_today", f.consumed_today);
  list.percent("soc", f.soc_percent);
  list.energy("collected_total", f.collected_total);
  list.energy("consumed_total", f.consumed_total);
  add_extra(list, f.extra);
  list.energy("capacity", f.capacity);
  list.voltage("v_min", f.v_min);
  list.voltage("v_max", f.v_max);
  list.voltage("v_bypass", f.v_bypass);
  return list.take();
}

std::vector<std::string> sentences(const Doubts& doubts) {
  std::vector<std::string> list;
  const auto say = [&list](bool doubted, const char* sentence) {
    if (doubted) list.emplace_back(sentence);
  };
  say(doubts.voltages, "pack voltage, cell count, lowest and highest cell contradict each other");
  say(doubts.currents, "the current is not the difference of the two sensors");
  say(doubts.temperatures, "no battery is that cold or hot, or the chain is broken");
  say(doubts.cell_voltage && !doubts.voltages,
      "the cell's voltage is not between the lowest and the highest");
  say(doubts.cell_temperature && !doubts.temperatures,
      "the cell's temperature is not between the lowest and the highest");
  say(doubts.stored, "more energy is stored than twice the capacity");
  say(doubts.limits, "V-min, V-bypass and V-max are not in this order");
  return list;
}

}  // namespace cellwarden::gateway
