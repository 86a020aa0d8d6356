/// All that hangs on one bus: packs in parallel, solar charger, generator, household behind an
/// inverter, sun and air. It decides nothing: what the relays enable comes in. Current is + when it
/// charges.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "plant/bus.hpp"
#include "plant/charger.hpp"
#include "plant/combined.hpp"
#include "plant/generator.hpp"
#include "plant/ledger.hpp"
#include "plant/load.hpp"
#include "plant/pack.hpp"
#include "plant/weather.hpp"

namespace cellwarden::plant {

/// At most so many packs stand in parallel; the manual names no limit.
inline constexpr int parallel_packs_max = 16;

/// Everything on the bus. `household` gives one that fits together.
struct InstallationOptions {
  std::vector<PackOptions> packs{PackOptions{}};  ///< 1..16, all of the same number of cells
  WeatherOptions weather;
  ChargerOptions charger;
  LoadOptions load;
  /// Takes the place of solar charger and inverter: panel and consumers are on its other side.
  std::optional<CombinedOptions> combined;
  std::optional<GeneratorOptions> generator;  ///< with a charger of its own unless `combined`
  double start_hour = 9.0;                    ///< local time of day, 0..24
};

/// Packs with panel, inverter and voltages scaled to their cells: 100 W of sun and 150 W of
/// inverter for each 280 Ah cell, absorption at 3.55 V, float at 3.375 V, cut-off at 2.7 V a cell.
InstallationOptions household(int cell_count, const CellParameters& cells = prismatic_280ah(),
                              int packs = 1);

/// A generator that fits such a household: 125 W for each 280 Ah cell, from 20 to 90 % as shown.
GeneratorOptions household_generator(int cell_count,
                                     const CellParameters& cells = prismatic_280ah(),
                                     int packs = 1);
/// A combined charger and inverter that fits it, with its own float voltage of 3.375 V a cell.
CombinedOptions household_combined(int cell_count, int enable_signals,
                                   const CellParameters& cells = prismatic_280ah(), int packs = 1);

/// What the BMSs say to the devices.
struct Enable {
  bool charge = false;                   ///< chargers may run
  bool load = false;                     ///< the inverter may run
  std::optional<double> shown_soc = {};  ///< told to the generator's controller, 0..1
};

/// Copyable; a copy goes on exactly as the original.
class Installation {
 public:
  /// @param seed          of packs and load
  /// @param weather_seed  of the sky: installations of one site share it
  /// @throws std::invalid_argument  naming the option that is out of range or not a number
  Installation(const InstallationOptions& options, std::uint64_t seed, std::uint64_t weather_seed);
  Installation(const InstallationOptions& options, std::uint64_t seed)
      : Installation(options, seed, seed) {}

  /// Lets `dt_s` seconds pass, in sub-steps of at most one second; 0 only looks at what is enabled
  /// and bled now. No allocation. Afterwards the cells' readings are those of the new moment, at
  /// the current that flowed in the last sub-step; currents, powers, bus voltage and sky are those
  /// of that sub-step.
  /// @throws std::invalid_argument  when `dt_s` is negative or not finite
  void step(double dt_s, const Enable& enable);

  [[nodiscard]] const InstallationOptions& options() const { return options_; }
  [[nodiscard]] int pack_count() const { return static_cast<int>(packs_.size()); }
  /// @param index  0..pack_count() - 1
  [[nodiscard]] const Pack& pack(int index) const { return packs_[at(index)]; }
  [[nodiscard]] Pack& pack(int index) { return packs_[at(index)]; }

  /// True current from the chargers into the bus, >= 0; before any sensor.
  [[nodiscard]] double current_in_a() const { return flow_.current_in_a; }
  /// True current from the bus into the load, >= 0; before any sensor.
  [[nodiscard]] double current_out_a() const { return flow_.current_out_a; }
  [[nodiscard]] double voltage_v() const { return flow_.voltage_v; }
  /// From the sun into the bus; of a combined device's share the sun's part.
  [[nodiscard]] double solar_w() const { return flow_.voltage_v * solar_a(flow_, sky_); }
  /// From the generator into the bus, likewise.
  [[nodiscard]] double generator_w() const {
    return flow_.voltage_v * flow_.current_in_a - solar_w();
  }
  [[nodiscard]] double load_w() const { return flow_.voltage_v * flow_.current_out_a; }

  /// Seconds since midnight of the first day.
  [[nodiscard]] double time_s() const { return time_s_.value(); }
  /// Local time of day, 0..24.
  [[nodiscard]] double hour_of_day() const;
  /// Up to here its records of sun and consumers go, in the time of `time_s`; infinity: for ever.
  [[nodiscard]] double ends_s() const;
  [[nodiscard]] double ambient_c() const { return sky_.ambient_c; }
  [[nodiscard]] double irradiance_w_per_m2() const { return sky_.irradiance_w_per_m2; }
  /// Of the solar charger, or of the combined device.
  [[nodiscard]] ChargeStage charge_stage() const {
    return combined_ ? combined_->stage() : charger_.stage();
  }
  /// Absent when there is none.
  [[nodiscard]] const std::optional<Generator>& generator() const { return generator_; }
  /// @throws std::invalid_argument  when there is no generator
  void turn_generator(GeneratorSwitch position);
  [[nodiscard]] bool inverter_cut_off() const { return load_.cut_off(); }
  /// Where charge and energy of the bus went since the start; each pack has its own beside it.
  [[nodiscard]] const BusLedger& ledger() const { return ledger_; }

  /// Equal for equal states, on every compiler and CPU; covers everything that moves.
  [[nodiscard]] std::uint64_t state_hash() const;

 private:
  static std::size_t at(int index) { return static_cast<std::size_t>(index); }
  /// What wants to give and take at a moment.
  struct Demand {
    std::array<SourceLimits, bus_sources_max> sources;
    double load_w = 0.0;
  };
  void substep(double dt_s, const Enable& enable);
  [[nodiscard]] Demand demand(double time_s, const Sky& sky, const Enable& enable);
  void follow(double dt_s, const Demand& demand, const BusFlow& flow, const Enable& enable);
  void note(double dt_s, const BusFlow& flow, const Sky& sky);
  void look(const Enable& enable);
  [[nodiscard]] BusBattery battery(double dt_s);
  [[nodiscard]] BusFlow solve(const BusBattery& battery, const Demand& demand) const;
  [[nodiscard]] double share_a(std::size_t pack, const BusFlow& flow) const;
  [[nodiscard]] double solar_a(const BusFlow& flow, const Sky& sky) const;

  InstallationOptions options_;
  Weather weather_;
  std::vector<Pack> packs_;
  std::vector<SeriesModel> sides_;  ///< of each pack, as last asked for
  SolarCharger charger_;
  HouseholdLoad load_;
  std::optional<Combined> combined_;
  std::optional<Generator> generator_;
  Sky sky_;
  BusFlow flow_;
  BusLedger ledger_;
  Total time_s_;  // a year of hundredths of a second must still meet its whole seconds
};

}  // namespace cellwarden::plant
