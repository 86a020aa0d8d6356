/// The world of one pack: cells in series, their boards' senses, charger, load, sun and air.
/// It decides nothing: relays and bypass come in, what boards can sense comes out. Current is +
/// when it charges the battery; cell 0 is the most negative one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "plant/bus.hpp"
#include "plant/cell_parameters.hpp"
#include "plant/cells.hpp"
#include "plant/charger.hpp"
#include "plant/ledger.hpp"
#include "plant/load.hpp"
#include "plant/weather.hpp"

namespace cellwarden::plant {

/// How the boards are wired and how wrong they measure.
struct BoardOptions {
  double voltage_error_max_v = 0.015;    ///< largest fixed error of a board, 0..1; manual: 15 mV
  double temperature_error_max_k = 5.0;  ///< largest fixed error of a board, 0..50; manual: 5 K
  double bypass_a = 1.0;                 ///< balancing current at duty 1, 0..10; manual: 1 A
  double supply_a = 0.0013;     ///< taken by each board from its cell, 0..1; manual: < 1.3 mA
  double tap_wire_ohm = 0.008;  ///< wire from a cell's terminal to its boards, 0..1; a guess
};

/// Everything that makes a pack. `household_pack` gives one that fits together.
struct PackOptions {
  int cell_count = 4;  ///< 2..255
  CellParameters cells = prismatic_280ah();
  CellSpread spread;
  BoardOptions boards;
  WeatherOptions weather;
  ChargerOptions charger;
  LoadOptions load;
  double start_soc = 0.6;     ///< mean of the cells, -0.05..1.05
  double start_hour = 9.0;    ///< local time of day, 0..24
  double link_ohm = 0.00005;  ///< each of the `cell_count` + 1 links and cables, 0..1; a guess
};

/// A household pack with panel, inverter and voltages scaled to its cells: 100 W of sun and 150 W
/// of inverter for each 280 Ah cell, absorption at 3.55 V, float at 3.375 V, cut-off at 2.7 V a
/// cell.
PackOptions household_pack(int cell_count, const CellParameters& cells = prismatic_280ah());

/// What the boards do to the world during a step.
struct Controls {
  /// Share of the step in which each board bleeds, 0..1, cell 0 first; as many as cells, or empty
  /// for none.
  std::span<const double> bypass_duty = {};
  bool charge_relay_closed = false;
  bool load_relay_closed = false;
};

/// Copyable; a copy goes on exactly as the original.
class Pack {
 public:
  /// @param seed  of spread, board errors, weather and load
  /// @throws std::invalid_argument  naming the option that is out of range or not a number
  Pack(const PackOptions& options, std::uint64_t seed);

  /// Lets `dt_s` seconds pass, in sub-steps of at most one second; 0 only looks at the new
  /// controls. No allocation. Afterwards every reading is that of the new moment.
  /// @throws std::invalid_argument  when `dt_s` is negative or not finite, or a duty is not 0..1
  void step(double dt_s, const Controls& controls);

  [[nodiscard]] int cell_count() const { return cells_.count(); }
  [[nodiscard]] const PackOptions& options() const { return options_; }

  /// What the converter of a board reads, its error included; unclamped, may leave 2..5 V.
  /// A board that bleeds reads low by the drop in its two wires, and its neighbours read high by
  /// the drop in the shared one: pass `own_bypass_paused` for a board that stops bleeding to
  /// measure.
  /// @param cell  0..cell_count() - 1
  [[nodiscard]] double board_voltage_v(int cell, bool own_bypass_paused) const;

  /// What the temperature sensor of a board reads, its error included; hot while it bleeds.
  [[nodiscard]] double board_temperature_c(int cell) const;

  /// True current from charger into the battery node, >= 0; before any sensor.
  [[nodiscard]] double current_in_a() const { return flow_.current_in_a; }
  /// True current from the battery node into the load, >= 0; before any sensor.
  [[nodiscard]] double current_out_a() const { return flow_.current_out_a; }
  /// Voltage between the pack's outer terminals.
  [[nodiscard]] double pack_voltage_v() const { return flow_.voltage_v; }

  /// Seconds since midnight of the first day.
  [[nodiscard]] double time_s() const { return time_s_.value(); }
  /// Local time of day, 0..24.
  [[nodiscard]] double hour_of_day() const;
  [[nodiscard]] double ambient_c() const { return weather_.ambient_c(time_s()); }
  [[nodiscard]] double irradiance_w_per_m2() const {
    return weather_.irradiance_w_per_m2(time_s());
  }
  [[nodiscard]] ChargeStage charge_stage() const { return charger_.stage(); }
  [[nodiscard]] bool inverter_cut_off() const { return load_.cut_off(); }

  /// The truth about every cell; for tests, reports and the bench, never for boards.
  [[nodiscard]] const Cells& cells() const { return cells_; }
  /// For the bench that heats, swaps or weakens a cell.
  [[nodiscard]] Cells& cells() { return cells_; }
  /// Where charge and energy went since the start.
  [[nodiscard]] const Ledger& ledger() const { return ledger_; }

  /// Equal for equal states, on every compiler and CPU; covers everything that moves.
  [[nodiscard]] std::uint64_t state_hash() const;

 private:
  void substep(double dt_s, const Controls& controls);
  void set_board_currents(const Controls& controls);
  void note(double dt_s, const BusFlow& flow);
  void look(const Controls& controls);
  [[nodiscard]] double links_ohm() const;
  [[nodiscard]] double bypass_a(int cell) const;

  PackOptions options_;
  Cells cells_;
  Weather weather_;
  SolarCharger charger_;
  HouseholdLoad load_;
  std::vector<double> voltage_error_v_;
  std::vector<double> temperature_error_k_;
  BusFlow flow_;
  Ledger ledger_;
  Total time_s_;  // a year of hundredths of a second must still meet its whole seconds
};

}  // namespace cellwarden::plant
