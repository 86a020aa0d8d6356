/// The cells of one pack in series with their links, and what their boards can sense of them. It
/// knows no charger, load or relay: the current is given (plant/installation). Current is + when it
/// charges; cell 0 is the most negative one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "plant/cell_faults.hpp"
#include "plant/cell_parameters.hpp"
#include "plant/cells.hpp"
#include "plant/ledger.hpp"

namespace cellwarden::plant {

/// How the boards are wired and how wrong they measure.
struct BoardOptions {
  double voltage_error_max_v = 0.015;    ///< largest fixed error of a board, 0..1; manual: 15 mV
  double temperature_error_max_k = 5.0;  ///< largest fixed error of a board, 0..50; manual: 5 K
  double bypass_a = 1.0;                 ///< balancing current at duty 1, 0..10; manual: 1 A
  double supply_a = 0.0013;     ///< taken by each board from its cell, 0..1; manual: < 1.3 mA
  double tap_wire_ohm = 0.008;  ///< wire from a cell's terminal to its boards, 0..1; a guess
};

/// Everything that makes a pack.
struct PackOptions {
  int cell_count = 4;  ///< 2..255
  CellParameters cells = prismatic_280ah();
  CellSpread spread = {};
  BoardOptions boards = {};
  double start_soc = 0.6;       ///< mean of the cells, -0.05..1.05
  double link_ohm = 0.00005;    ///< each of the `cell_count` + 1 links and cables, 0..1; a guess
  double bank_cable_ohm = 0.0;  ///< of all cables between separate banks together, 0..1
};

/// Copyable; a copy goes on exactly as the original.
class Pack {
 public:
  /// @param ambient_c  of the air and of every cell at the start
  /// @param seed       of spread and board errors
  /// @throws std::invalid_argument  naming the option that is out of range or not a number
  Pack(const PackOptions& options, double ambient_c, std::uint64_t seed);

  /// The pack at its terminals at this moment, links included.
  [[nodiscard]] SeriesModel series();
  /// The same in the middle of a coming step of `dt_s` with constant current.
  [[nodiscard]] SeriesModel series_ahead(double dt_s);
  /// Lets `dt_s` > 0 seconds pass at this current; no allocation. Best at 1 s or less.
  void advance(double dt_s, double current_a, double ambient_c);
  /// Sets every reading to that at this current; no time passes.
  void look(double current_a);

  /// Share of the time in which the board of a cell bleeds from now on, 0..1.
  /// @throws std::invalid_argument  when it is not
  void set_bypass_duty(int cell, double duty);

  [[nodiscard]] int cell_count() const { return cells_.count(); }
  [[nodiscard]] const PackOptions& options() const { return options_; }
  /// Net current of the last `advance` or `look`, + charges; before any sensor.
  [[nodiscard]] double current_a() const { return current_a_; }
  /// Voltage between the outer terminals at this current and moment.
  [[nodiscard]] double voltage_v() const;

  /// What the converter of a board reads, its error included; unclamped, may leave 2..5 V.
  /// A board that bleeds reads low by the drop in its two wires, and its neighbours read high by
  /// the drop in the shared one: pass `own_bypass_paused` for a board that stops bleeding to
  /// measure.
  /// @param cell  0..cell_count() - 1
  [[nodiscard]] double board_voltage_v(int cell, bool own_bypass_paused) const;

  /// What the converters and temperature sensors of all boards read while no board bleeds, as when
  /// a chain message passes; duties stand for the time before and after.
  /// @param voltage_v, temperature_c  as many as cells
  void read_boards_at_rest(std::span<double> voltage_v, std::span<double> temperature_c) const;

  /// What the temperature sensor of a board reads, its error included; hot while it bleeds.
  [[nodiscard]] double board_temperature_c(int cell) const;

  /// The truth about every cell; for tests, reports and the bench, never for boards.
  [[nodiscard]] const Cells& cells() const { return cells_; }
  /// For the bench that swaps or weakens a cell.
  [[nodiscard]] Cells& cells() { return cells_; }
  /// For the bench that heats, chills or shorts a cell.
  [[nodiscard]] CellFaults& faults() { return faults_; }
  [[nodiscard]] const CellFaults& faults() const { return faults_; }
  /// Where charge and energy went since the start.
  [[nodiscard]] const PackLedger& ledger() const { return ledger_; }
  /// Mean voltage at the terminals over the last `advance`, times its seconds.
  [[nodiscard]] double last_volt_seconds() const { return volt_seconds_; }

  /// Equal for equal states, on every compiler and CPU; covers everything that moves.
  [[nodiscard]] std::uint64_t state_hash() const;

 private:
  void note(double dt_s);
  [[nodiscard]] double bypass_a(int cell) const;

  PackOptions options_;
  Cells cells_;
  CellFaults faults_;
  std::vector<double> voltage_error_v_;
  std::vector<double> temperature_error_k_;
  PackLedger ledger_;
  double links_ohm_ = 0.0;
  double current_a_ = 0.0;
  double volt_seconds_ = 0.0;
};

}  // namespace cellwarden::plant
