/// The cells of one pack as a structure of arrays: charge, polarisation, hysteresis and heat, moved
/// on by exact exponentials. It knows no charger, load or relay: the current is given.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "plant/cell_parameters.hpp"
#include "plant/cell_tables.hpp"

namespace cellwarden::plant {

inline constexpr int cell_count_min = 2;
inline constexpr int cell_count_max = 255;

/// How much the cells of one delivery differ: standard deviations, cut at three of them. A guess
/// for matched new cells.
struct CellSpread {
  double capacity = 0.01;    ///< share of the capacity, 0..0.3
  double resistance = 0.05;  ///< share of every resistance, 0..0.3
  double soc = 0.004;        ///< state of charge at the start, 0..0.3
};

/// The cells in series as a voltage behind a resistance: V = emf + ohm * I, I + when charging.
/// `emf_v` includes what the boards take.
struct SeriesModel {
  double emf_v = 0.0;
  double ohm = 0.0;
};

/// Where the energy of the last `advance` went, all cells together. Pack current x `volt_seconds` =
/// stored + cell heat + board heat = stored + given to ambient + warmed.
struct CellsEnergy {
  double volt_seconds = 0.0;  ///< the chain's terminal voltage over time
  double stored_j = 0.0;      ///< chemical, at the open-circuit voltage
  double cell_heat_j = 0.0;   ///< made inside cells: resistance, hysteresis, side reactions
  double board_heat_j = 0.0;  ///< made on the boards: bypass and supply
  double to_ambient_j = 0.0;  ///< left cells and boards
  double warmed_j = 0.0;      ///< stayed in their heat capacities
  double board_c = 0.0;       ///< coulombs through all boards
  double side_c = 0.0;        ///< coulombs lost to self-discharge and coulombic inefficiency
};

/// Copyable; a copy goes on exactly as the original. Every array has `count()` numbers, cell 0 (the
/// most negative) first.
class Cells {
 public:
  /// Rested cells at one temperature.
  /// @param count  2..255
  /// @throws std::invalid_argument  naming what is out of range or not a number
  Cells(const CellParameters& parameters, int count, const CellSpread& spread, double start_soc,
        double temperature_c, std::uint64_t seed);

  /// Lets time pass with everything outside held. Cost: about 10 ns a cell; no allocation.
  /// @param dt_s            > 0; heat between neighbours is right up to about 60 s
  /// @param pack_current_a  + charges
  void advance(double dt_s, double pack_current_a, double ambient_c);

  /// Current that a cell's board takes from it (bypass and supply), held until set again; >= 0.
  void set_board_current_a(int cell, double current_a);

  /// For who heats, swaps, ages or shorts one cell. Values are taken as given.
  void set_soc(int cell, double soc);
  void set_temperature_c(int cell, double temperature_c);
  void set_capacity_ah(int cell, double capacity_ah);
  void set_resistance_factor(int cell, double factor);
  void set_self_discharge_a(int cell, double current_a);

  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] const CellParameters& parameters() const { return tables_->parameters(); }

  /// State of charge of each cell, of its own capacity; abuse takes it below 0 or above 1.
  [[nodiscard]] std::span<const double> soc() const { return view(Field::soc); }
  [[nodiscard]] std::span<const double> temperature_c() const { return view(Field::temperature); }
  [[nodiscard]] std::span<const double> board_temperature_c() const {
    return view(Field::board_temperature);
  }
  /// Open-circuit voltage without hysteresis.
  [[nodiscard]] std::span<const double> ocv_v() const { return view(Field::ocv); }
  /// Voltage at the terminals with the pack current of the last `advance` or `look`.
  [[nodiscard]] std::span<const double> voltage_v() const { return view(Field::voltage); }
  /// Half-gap state, -1 discharged .. 1 charged.
  [[nodiscard]] std::span<const double> hysteresis() const { return view(Field::hysteresis); }
  /// Instantaneous resistance at the present temperature.
  [[nodiscard]] std::span<const double> r0_ohm() const { return view(Field::r0); }
  [[nodiscard]] std::span<const double> capacity_ah() const { return view(Field::capacity); }
  [[nodiscard]] std::span<const double> board_current_a() const {
    return view(Field::board_current);
  }

  /// The outside view at this moment; right after any `set_...`.
  [[nodiscard]] SeriesModel series();
  /// The outside view in the middle of a coming step of `dt_s` with constant current that
  /// keeps the direction of the last one. What a source has to be solved against.
  [[nodiscard]] SeriesModel series_ahead(double dt_s);
  /// Energies of the last `advance`; before any `set_...` or `series_ahead` that follows it.
  [[nodiscard]] CellsEnergy last_energy() const;
  /// Sets the terminal voltages to those at this pack current; no time passes.
  void look(double pack_current_a);

  /// Equal for equal states; covers everything that moves.
  [[nodiscard]] std::uint64_t state_hash() const;

 private:
  enum class Field : std::uint8_t {
    soc,
    polarisation1,
    polarisation2,
    hysteresis,
    sign,
    temperature,
    board_temperature,
    capacity,
    per_coulomb,
    resistance_factor,
    self_discharge,
    board_current,
    point,
    knot,
    row,  // the patches a cell is on
    ocv_low,
    ocv_along,
    ocv_rise,
    ocv_twist,  // of the open-circuit voltage
    r0_low,
    r0_step,
    r1_low,
    r1_step,
    r2_low,
    r2_step,
    gap_low,
    gap_step,
    instant_low,
    instant_step,
    ocv,
    ocv_slope,
    r0,
    r1,
    r2,
    gap,
    instant,
    emf,
    voltage,
    current,
    side,
    mean_ocv,
    mean_over,
    heat,
    to_ambient,
    warmed,
    last
  };

  [[nodiscard]] std::span<const double> view(Field field) const {
    return {at(field), static_cast<std::size_t>(count_)};
  }
  // The same for every pack: 255 cells and a cache line more, so that fields do not share cache
  // sets.
  static constexpr std::size_t stride = 264;
  static constexpr std::size_t offset(Field field) {
    return static_cast<std::size_t>(field) * stride;
  }
  [[nodiscard]] double* at(Field field) { return storage_.data() + offset(field); }
  [[nodiscard]] const double* at(Field field) const { return storage_.data() + offset(field); }
  void prepare(double dt_s);
  void move_charge();
  void warm(double ambient_c);
  void warm_boards(double ambient_c);
  void conduct();
  void look_up();
  [[nodiscard]] bool evaluate();
  void take_patches();

  /// Of what decays: the share lost at the end of one step, and its mean share over it.
  struct Decay {
    double dt_s = 0.0;
    double lost1 = 0.0, mean1 = 1.0, lost2 = 0.0, mean2 = 1.0;
    double lost_heat = 0.0, mean_heat = 1.0, lost_board = 0.0, mean_board = 1.0;
  };

  int count_;
  std::size_t even_count_;  // rounded up to whole lanes
  std::shared_ptr<const CellTables> tables_;
  std::vector<double> storage_;
  Decay decay_;
  double pack_current_a_ = 0.0;
};

}  // namespace cellwarden::plant
