/// A household behind an inverter: standby, a fridge, and events that come more often at breakfast
/// and in the evening; or a measured record. A function of time but for the inverter's low-voltage
/// cut.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "plant/records.hpp"

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
  /// A measured household instead of the invented one and of `standby_w`.
  ConsumerRecord record = ConsumerRecord::none;
  double record_mean_w = 0.0;  ///< the record is scaled to this mean, 0..1e6; 0: as measured
  bool record_repeats = true;  ///< false: it ends, see `HouseholdLoad::ends_s`
};

/// Copyable.
class HouseholdLoad {
 public:
  /// @throws std::invalid_argument  naming the option that is out of range
  HouseholdLoad(const LoadOptions& options, std::uint64_t seed);

  /// What the consumers ask for, 0..`inverter_max_w`. Changes at whole seconds only; asking in the
  /// order of time is the cheap way.
  /// @param time_s  since midnight of the first day, >= 0
  [[nodiscard]] double consumers_w(double time_s) {
    if (!(time_s >= spell_.from_s && time_s < spell_.to_s)) spell_ = spell_at(time_s);
    return spell_.watts;
  }

  /// What the inverter takes from the battery; 0 when the relay is open or the voltage was too low.
  /// @param enabled  the LOAD relay is closed
  [[nodiscard]] double battery_w(double time_s, bool enabled) {
    if (!enabled || cut_off_) return 0.0;
    return options_.inverter_idle_w + consumers_w(time_s) * per_efficiency_;
  }

  /// Lets the inverter see the voltage of the pack after a step.
  void follow(double voltage_v) {
    if (voltage_v < options_.cut_off_v) cut_off_ = true;
    if (voltage_v > options_.restart_v) cut_off_ = false;
  }

  /// Up to here the record goes, in the time of `consumers_w`; infinity without one or when it
  /// repeats. Beyond it the last value holds.
  [[nodiscard]] double ends_s() const;

  [[nodiscard]] bool cut_off() const { return cut_off_; }

 private:
  /// What the consumers ask for from one moment to another.
  struct Spell {
    double from_s = 0.0;
    double to_s = 0.0;
    double watts = 0.0;
  };
  [[nodiscard]] Spell spell_at(double time_s) const;
  [[nodiscard]] Spell recorded_at(double time_s) const;

  LoadOptions options_;
  std::uint64_t seed_;
  Series<std::uint16_t> record_;
  double record_scale_w_ = 10.0;  ///< watts of one unit of the record
  double per_efficiency_ = 1.0;
  Spell spell_;
  bool cut_off_ = false;
};

}  // namespace cellwarden::plant
