/// A household behind an inverter: standby, a fridge, and events that come more often at breakfast
/// and in the evening. A function of time but for the inverter's low-voltage cut.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cellwarden::plant {

/// Powers are those of the consumers, voltages those of the whole pack. `household_pack` fills in
/// what fits a pack. The shape of the day is invented; its mean is about 12 % of `inverter_max_w`.
struct LoadOptions {
  double inverter_max_w = 600.0;      ///< consumers above it are held to it, >= 0
  double inverter_idle_w = 6.0;       ///< taken while enabled, >= 0
  double inverter_efficiency = 0.92;  ///< above 0..1
  double standby_w = 15.0;            ///< consumers that are always on, >= 0
  double cut_off_v = 10.8;            ///< the inverter stops below it, >= 0
  double restart_v = 12.6;            ///< and starts again above it, at least `cut_off_v`
};

/// Copyable.
class HouseholdLoad {
 public:
  /// @throws std::invalid_argument  naming the option that is out of range
  HouseholdLoad(const LoadOptions& options, std::uint64_t seed);

  /// What the consumers ask for, 0..`inverter_max_w`. Changes at whole seconds only; asking in the
  /// order of time is the cheap way.
  /// @param time_s  since midnight of the first day, >= 0
  [[nodiscard]] double consumers_w(double time_s);

  /// What the inverter takes from the battery; 0 when the relay is open or the voltage was too low.
  /// @param enabled  the LOAD relay is closed
  [[nodiscard]] double battery_w(double time_s, bool enabled);

  /// Lets the inverter see the voltage of the pack after a step.
  void follow(double voltage_v);

  [[nodiscard]] bool cut_off() const { return cut_off_; }

 private:
  /// What the consumers ask for from one moment to another.
  struct Spell {
    double from_s = 0.0;
    double to_s = 0.0;
    double watts = 0.0;
  };
  [[nodiscard]] Spell spell_at(double time_s) const;

  LoadOptions options_;
  std::uint64_t seed_;
  Spell spell_;
  bool cut_off_ = false;
};

}  // namespace cellwarden::plant
