/// A scenario: a site, what happens to it in time, and what must hold. Values only: files are read
/// elsewhere (scenarios/reader), and sim/scenario_run runs it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/must.hpp"
#include "sim/site_options.hpp"

namespace cellwarden::sim {

/// What can be done to a pack. `number` counts from 1 as owners do.
enum class ActionKind : std::uint8_t {
  cut_wire,       ///< number: wire from that board to the next
  noisy_wire,     ///< number: wire; value: chance of a wrong bit
  restart_board,  ///< number: board
  hang_board,     ///< number: board
  power_off,      ///< number: board, 0 = all
  short_cell,     ///< number: cell; value: ohm
  leak_cell,      ///< number: cell; value: A
  heat_cell,      ///< number: cell; value: W from outside
  cell_air,       ///< number: cell; value: °C of the air around it
  weaken_cell,    ///< number: cell; value: share of capacity; second: resistance factor
  set_cell_soc,   ///< number: cell; value: 0..1
  sensor,         ///< number: 1 = J1, 2 = J2; `sensor` is what is plugged in from now on
  stick_sensor,   ///< number: 1 = J1, 2 = J2; goes on saying what it said
  weld_relay,     ///< number: 1 = charge, 2 = load
  set_switch,     ///< number: option switch; value: 1 = on
  press_button,   ///< of the OUT board
  set_setting,    ///< number: id; value: in its unit
  change_pin,     ///< number: the new one
};

struct Action {
  ActionKind kind = ActionKind::cut_wire;
  int number = 0;
  double value = 0.0;
  double second = 0.0;
  plant::CurrentSensorOptions sensor;
};

/// An action at its time; with `until`, it is undone then.
struct TimedAction {
  SimTime at = 0;
  std::optional<SimTime> until;
  int pack = 0;
  Action action;
  std::string words;        ///< "the wire behind board 3 is cut"
  std::string until_words;  ///< "... is mended"; used with `until`
};

struct Scenario {
  std::string title, words;
  SimTime duration = 0;
  SiteOptions site;
  std::vector<std::string> pack_names;
  std::vector<TimedAction> actions;
  std::vector<Must> musts;
};

}  // namespace cellwarden::sim
