// SPDX-License-Identifier: Apache-2.0
#include "scenarios/reader/action_reader.hpp"

#include "core/setting_values.hpp"

#include "scenarios/reader/read_site.hpp"

namespace cellwarden::scenarios {

using sim::Action;
using sim::ActionKind;

struct ActionReader::Kind {
  std::string_view name;
  ActionKind kind;
  void (ActionReader::*read)();
};

const ActionReader::Kind ActionReader::kinds[] = {
    {"cut_wire", ActionKind::cut_wire, &ActionReader::read_wire},
    {"noisy_wire", ActionKind::noisy_wire, &ActionReader::read_wire},
    {"restart_board", ActionKind::restart_board, &ActionReader::read_board},
    {"hang_board", ActionKind::hang_board, &ActionReader::read_board},
    {"power_off", ActionKind::power_off, &ActionReader::read_power},
    {"short_cell", ActionKind::short_cell, &ActionReader::read_cell},
    {"leak_cell", ActionKind::leak_cell, &ActionReader::read_cell},
    {"heat_cell", ActionKind::heat_cell, &ActionReader::read_cell},
    {"cell_air", ActionKind::cell_air, &ActionReader::read_cell},
    {"weaken_cell", ActionKind::weaken_cell, &ActionReader::read_cell},
    {"set_cell_soc", ActionKind::set_cell_soc, &ActionReader::read_cell},
    {"sensor", ActionKind::sensor, &ActionReader::read_sensor_change},
    {"stick_sensor", ActionKind::stick_sensor, &ActionReader::read_sensor_change},
    {"weld_relay", ActionKind::weld_relay, &ActionReader::read_weld},
    {"set_switch", ActionKind::set_switch, &ActionReader::read_switch},
    {"press_button", ActionKind::press_button, &ActionReader::read_button},
    {"set_setting", ActionKind::set_setting, &ActionReader::read_setting_change},
    {"change_pin", ActionKind::change_pin, &ActionReader::read_pin},
};

void ActionReader::read() {
  std::vector<std::string_view> names;
  for (const Kind& each : kinds) names.push_back(each.name);
  const auto which = table_.word("do", names);
  if (!which) table_.refuse("do", "do is missing, expected what is to be done");
  timed_.action.kind = kinds[*which].kind;
  (this->*kinds[*which].read)();
}

int ActionReader::number(std::string_view key, int most) {
  const auto value = table_.whole(key, {1, static_cast<double>(most)});
  if (!value) {
    table_.refuse(key, std::string(key) + " is missing, expected a whole number from 1 to " +
                           std::to_string(most));
  }
  return *value;
}

double ActionReader::amount(std::string_view key, Limits limits) {
  const auto value = table_.number(key, limits);
  if (!value) table_.refuse(key, std::string(key) + " is missing, expected a number");
  return *value;
}

void ActionReader::say(const std::string& words, const std::string& until_words) {
  timed_.words = words;
  timed_.until_words = until_words;
}

void ActionReader::read_wire() {
  Action& action = timed_.action;
  action.number = number("wire", pack_.pack.cell_count - 1);
  const std::string wire = "the wire from board " + std::to_string(action.number) + " to " +
                           std::to_string(action.number + 1);
  if (action.kind == ActionKind::cut_wire) return say(wire + " is cut", wire + " is mended");
  action.value = amount("bit_error_rate", {0, 1});
  say(wire + " is disturbed", wire + " is quiet again");
}

void ActionReader::read_board() {
  Action& action = timed_.action;
  action.number = number("board", pack_.pack.cell_count);
  say("board " + std::to_string(action.number) +
      (action.kind == ActionKind::hang_board ? " hangs" : " restarts"));
}

void ActionReader::read_power() {
  if (!table_.has("board")) {
    return say("every board loses power", "the boards have power again");
  }
  timed_.action.number = number("board", pack_.pack.cell_count);
  const std::string board = "board " + std::to_string(timed_.action.number);
  say(board + " loses power", board + " has power again");
}

void ActionReader::read_cell() {
  Action& action = timed_.action;
  action.number = number("cell", pack_.pack.cell_count);
  const std::string cell = "cell " + std::to_string(action.number);
  const ActionKind kind = action.kind;
  if (kind == ActionKind::short_cell) {
    action.value = amount("ohm", {0.0001, 1e6});
    say(cell + " has a short inside", cell + " is whole again");
  } else if (kind == ActionKind::leak_cell) {
    action.value = amount("amperes", {0, 1e4});
    say(cell + " leaks", cell + " leaks no more");
  } else if (kind == ActionKind::heat_cell) {
    action.value = amount("watts", {-1e4, 1e4});
    say(cell + (action.value < 0 ? " is cooled" : " is heated"), cell + " is left alone again");
  } else if (kind == ActionKind::cell_air) {
    action.value = amount("celsius", {-80, 300});
    say("the air around " + cell + " is another", cell + " is in the pack's air again");
  } else if (kind == ActionKind::weaken_cell) {
    action.value = amount("capacity_percent", {1, 200}) / 100.0;
    action.second = table_.number("resistance_factor", {0.1, 100}).value_or(1.0);
    say(cell + " is weakened");
  } else {
    action.value = amount("soc_percent", {-5, 105}) / 100.0;
    say(cell + " gets another state of charge");
  }
}

void ActionReader::read_sensor_change() {
  const auto which = table_.word("sensor", {"j1", "j2"});
  if (!which) table_.refuse("sensor", R"(sensor is missing, expected "j1" or "j2")");
  timed_.action.number = static_cast<int>(*which) + 1;
  const std::string sensor = *which == 0 ? "sensor J1" : "sensor J2";
  if (timed_.action.kind == ActionKind::stick_sensor) {
    return say(sensor + " sticks", sensor + " moves again");
  }
  timed_.action.sensor = read_sensor(table_, *which == 0 ? pack_.sensors.j1 : pack_.sensors.j2);
  say(sensor + " is changed", sensor + " is as before");
}

void ActionReader::read_setting_change() {
  const auto name = table_.text("setting");
  const auto place = name ? core::setting_with_name(*name) : std::nullopt;
  if (!place) table_.refuse_value("setting", "the name of a setting, e.g. \"v_max\"");
  const core::SettingRow& row = core::settings_table[*place];
  if (!table_.has("value")) table_.refuse("value", "value is missing, expected one");
  timed_.action.number = row.id;
  timed_.action.value = *read_setting(table_, "value", row);
  say("the owner changes " + std::string(row.title));
}

void ActionReader::read_weld() {
  const auto relay = table_.word("relay", {"charge", "load"});
  if (!relay) table_.refuse("relay", R"(relay is missing, expected "charge" or "load")");
  timed_.action.number = static_cast<int>(*relay) + 1;
  const std::string name = *relay == 0 ? "the charge relay" : "the load relay";
  say(name + " is welded", name + " moves again");
}

void ActionReader::read_switch() {
  Action& action = timed_.action;
  action.number = number("switch", 8);
  const bool on = table_.flag("on").value_or(true);
  action.value = on ? 1.0 : 0.0;
  const std::string name = "option switch " + std::to_string(action.number) + " is put ";
  say(name + (on ? "ON" : "OFF"), name + (on ? "OFF" : "ON"));
}

void ActionReader::read_button() {
  say("the OUT board's button is pressed", "the button is let go");
}

void ActionReader::read_pin() {
  const auto pin = table_.text("pin");
  bool good = pin && pin->size() == 4;
  for (const char c : pin.value_or("")) good = good && c >= '0' && c <= '9';
  if (!good) table_.refuse_value("pin", "four digits in \"quotes\"");
  timed_.action.number = std::stoi(*pin);
  say("the owner changes the PIN");
}

}  // namespace cellwarden::scenarios
