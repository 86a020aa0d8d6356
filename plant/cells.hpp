/// The cells of one pack as a structure of arrays: charge, polarisation, hysteresis, heat and age,
/// moved on by exact exponentials. It knows no charger, load or relay: the current is given. What
/// has a balance (charge, heat) is counted in doubles, what follows from it in floats.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "plant/cell_parameters.hpp"
#include "plant/cell_tables.hpp"
#include "plant/cells_layout.hpp"
#include "plant/float_view.hpp"

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

/// What time and use did to one cell.
struct CellAge {
  double calendar_fade = 0.0;      ///< share of the first capacity
  double cycle_fade = 0.0;         ///< share of the first capacity
  double resistance_growth = 0.0;  ///< share of the first resistance
};

/// What ageing needs to know about one cell's day: sums over its hours, and the extremes.
struct DayOfUse {
  double soc_sum = 0.0, celsius_sum = 0.0;
  double soc_min = 0.0, soc_max = 0.0;
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

  /// Lets time pass with everything outside held. Cost: about 3 ns a cell; no allocation. Once a
  /// day of it the cells age.
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
  void set_hysteresis(int cell, double state);

  /// The loops to use, all with the same results; the fastest here unless set.
  /// @param kernel  one of `kernels_here`
  void set_kernel(const CellsKernel& kernel) { kernel_ = &kernel; }
  [[nodiscard]] const CellsKernel& kernel() const { return *kernel_; }
  void set_self_discharge_a(int cell, double current_a);

  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] const CellParameters& parameters() const { return tables_->parameters(); }

  /// State of charge of each cell, of its own capacity; abuse takes it below 0 or above 1.
  [[nodiscard]] std::span<const double> soc() const { return view(Wide::soc); }
  [[nodiscard]] std::span<const double> temperature_c() const { return view(Wide::temperature); }
  [[nodiscard]] std::span<const double> board_temperature_c() const {
    return view(Wide::board_temperature);
  }
  /// Voltage at the terminals with the pack current of the last `advance` or `look`.
  [[nodiscard]] FloatView voltage_v() const { return view(Narrow::voltage); }
  [[nodiscard]] std::span<const double> capacity_ah() const { return view(Wide::capacity); }
  [[nodiscard]] std::span<const double> board_current_a() const {
    return view(Wide::board_current);
  }
  /// Open-circuit voltage without hysteresis.
  [[nodiscard]] FloatView ocv_v() const { return view(Narrow::ocv); }
  /// Half-gap state, -1 discharged .. 1 charged.
  [[nodiscard]] FloatView hysteresis() const { return view(Narrow::hysteresis); }
  /// Instantaneous resistance at the present temperature and state of charge.
  [[nodiscard]] FloatView r0_ohm() const { return view(Narrow::r0); }
  /// Since it was made; capacity and resistance have it in them.
  [[nodiscard]] const CellAge& age(int cell) const { return ages_[static_cast<std::size_t>(cell)]; }

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
  /// Numbers that begin where a cache line does, as blocks of lanes like it.
  template <class Number>
  struct alignas(64) Line {
    std::array<Number, 64 / sizeof(Number)> numbers{};
  };
  template <class Number>
  static std::vector<Line<Number>> lines(std::size_t count) {
    return std::vector<Line<Number>>((count * sizeof(Number) + 63) / 64);
  }
  template <class Number>
  static Number* first(std::vector<Line<Number>>& lines) {
    return reinterpret_cast<Number*>(lines.data());
  }
  template <class Number>
  static const Number* first(const std::vector<Line<Number>>& lines) {
    return reinterpret_cast<const Number*>(lines.data());
  }
  [[nodiscard]] double* at(Wide field) { return first(wide_) + layout_offset(field); }
  [[nodiscard]] const double* at(Wide field) const { return first(wide_) + layout_offset(field); }
  [[nodiscard]] float* at(Narrow field) { return first(narrow_) + layout_offset(field); }
  [[nodiscard]] const float* at(Narrow field) const {
    return first(narrow_) + layout_offset(field);
  }
  [[nodiscard]] std::span<const double> view(Wide field) const {
    return {at(field), static_cast<std::size_t>(count_)};
  }
  [[nodiscard]] FloatView view(Narrow field) const {
    return FloatView({at(field), static_cast<std::size_t>(count_)});
  }

  [[nodiscard]] CellsArrays arrays();
  void prepare(double dt_s);
  void look_up();
  static void take_patches(void* owner, std::size_t block, std::size_t lanes);
  void take_patch(std::size_t cell);
  [[nodiscard]] double charge_share_max(double dt_s) const;
  void begin_day();
  void note_use(double dt_s);
  void note_hour();
  void age_by_a_day();

  static constexpr float no_patch = -1e9F;  // a row that is none: the patch is taken anew

  int count_;
  std::shared_ptr<const CellTables> tables_;
  const CellsKernel* kernel_;
  std::vector<Line<double>> wide_;
  std::vector<Line<float>> narrow_;
  std::vector<double> resistance_factor_;
  CellsStep step_{};
  std::optional<SeriesModel> series_;  // until something changes it
  double pack_current_a_ = 0.0;
  double board_current_max_a_ = 0.0;  // bounds that only grow
  double per_coulomb_max_ = 0.0;
  std::vector<CellAge> ages_;
  std::vector<DayOfUse> days_;
  double second_of_hour_s_ = 0.0;
  double throughput_c_ = 0.0;  // since the cells last aged
  int hours_ = 0;
};

}  // namespace cellwarden::plant
