/// Each action as a touch of plant, wires, pins or app link.
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <optional>
#include <string>

#include "sim/scenario_run.hpp"

namespace cellwarden::sim {
namespace {

/// Digits of a number in any base up to 16, upper case.
std::string digits(std::uint32_t number, std::uint32_t base, std::size_t least) {
  std::string text;
  while (number > 0 || text.size() < least) {
    text.insert(text.begin(), "0123456789ABCDEF"[number % base]);
    number /= base;
  }
  return text;
}

std::string pin_of(const SitePack& pack) {
  return digits(pack.chain().out_firmware().memory.pin, 10, 4);
}

/// As the owner does it: over the app link, with the PIN.
void set_setting(SitePack& pack, int id, double value) {
  const auto number = static_cast<std::int32_t>(value);
  const bool negative = number < 0;
  const auto size = static_cast<std::uint32_t>(negative ? -number : number);
  pack.app_ask(pin_of(pack), "X" + digits(static_cast<std::uint32_t>(id), 16, 2) + "=" +
                                 (negative ? "-" : "") + digits(size, 16, 1) + "!");
}

Jack jack_of(const Action& action) { return action.number == 1 ? Jack::j1 : Jack::j2; }

void power_off(SitePack& pack, int board) {
  if (board == 0) return pack.power_off();
  pack.power_off_board(board);
}

}  // namespace

void perform(Site& site, int number, const Action& action) {
  SitePack& pack = site.pack(number);
  switch (action.kind) {
    case ActionKind::cut_wire:
      return pack.cut_wire(action.number);
    case ActionKind::noisy_wire:
      return pack.disturb_wire(action.number, action.value, static_cast<std::uint64_t>(number));
    case ActionKind::restart_board:
      return pack.restart_board(action.number);
    case ActionKind::hang_board:
      return pack.hang_board(action.number);
    case ActionKind::power_off:
      return power_off(pack, action.number);
    case ActionKind::short_cell:
      return pack.short_cell(action.number, action.value);
    case ActionKind::leak_cell:
      return pack.leak_cell(action.number, action.value);
    case ActionKind::heat_cell:
      return pack.heat_cell(action.number, action.value);
    case ActionKind::cell_air:
      return pack.set_cell_air(action.number, action.value);
    case ActionKind::weaken_cell:
      return pack.weaken_cell(action.number, action.value, action.second);
    case ActionKind::set_cell_soc:
      return pack.set_cell_soc(action.number, action.value);
    case ActionKind::sensor:
      pack.sensor(jack_of(action)) = plant::CurrentSensor(action.sensor);
      return;
    case ActionKind::stick_sensor:
      return pack.sensor(jack_of(action)).stick(true);
    case ActionKind::weld_relay:
      return pack.weld_relay(action.number == 1 ? RelayName::charge : RelayName::load, true);
    case ActionKind::set_switch:
      return pack.set_switch(action.number, action.value > 0.5);
    case ActionKind::press_button:
      return pack.press_button(true);
    case ActionKind::set_setting:
      return set_setting(pack, action.number, action.value);
    case ActionKind::change_pin:
      pack.app_ask(pin_of(pack),
                   "PN" + digits(static_cast<std::uint32_t>(action.number), 10, 4) + "!");
      return;
  }
}

void perform_undo(Site& site, int number, const Action& action) {
  SitePack& pack = site.pack(number);
  switch (action.kind) {
    case ActionKind::cut_wire:
      return pack.mend_wire(action.number);
    case ActionKind::noisy_wire:
      return pack.disturb_wire(action.number, 0.0, 0);
    case ActionKind::power_off:
      if (action.number == 0) return pack.power_on();
      return pack.restart_board(action.number);
    case ActionKind::short_cell:
      return pack.short_cell(action.number, std::nullopt);
    case ActionKind::leak_cell:
      return pack.leak_cell(action.number, 0.0);
    case ActionKind::heat_cell:
      return pack.heat_cell(action.number, 0.0);
    case ActionKind::cell_air:
      return pack.set_cell_air(action.number, std::nullopt);
    case ActionKind::stick_sensor:
      return pack.sensor(jack_of(action)).stick(false);
    case ActionKind::weld_relay:
      return pack.weld_relay(action.number == 1 ? RelayName::charge : RelayName::load, false);
    case ActionKind::set_switch:
      return pack.set_switch(action.number, action.value < 0.5);
    case ActionKind::press_button:
      return pack.press_button(false);
    case ActionKind::restart_board:
    case ActionKind::hang_board:
    case ActionKind::weaken_cell:
    case ActionKind::set_cell_soc:
    case ActionKind::sensor:
    case ActionKind::set_setting:
    case ActionKind::change_pin:
      return;
  }
}

bool can_end(ActionKind kind) {
  switch (kind) {
    case ActionKind::restart_board:
    case ActionKind::hang_board:
    case ActionKind::weaken_cell:
    case ActionKind::set_cell_soc:
    case ActionKind::set_setting:
    case ActionKind::change_pin:
      return false;
    case ActionKind::cut_wire:
    case ActionKind::noisy_wire:
    case ActionKind::power_off:
    case ActionKind::short_cell:
    case ActionKind::leak_cell:
    case ActionKind::heat_cell:
    case ActionKind::cell_air:
    case ActionKind::sensor:
    case ActionKind::stick_sensor:
    case ActionKind::weld_relay:
    case ActionKind::set_switch:
    case ActionKind::press_button:
      return true;
  }
  return false;
}

}  // namespace cellwarden::sim
