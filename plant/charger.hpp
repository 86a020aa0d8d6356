/// A solar charger: takes what the panel gives and holds bulk, absorption and float limits.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cellwarden::plant {

/// Voltages are those of the whole pack. `household_pack` fills in what fits a pack.
struct ChargerOptions {
  double panel_peak_w = 400.0;  ///< at 1000 W/m2, >= 0
  double efficiency = 0.93;     ///< panel to battery, wiring and heat of the panel included, 0..1
  double current_max_a = 35.0;  ///< >= 0
  double absorption_v = 14.2;   ///< > 0
  double float_v = 13.5;        ///< > 0, at most `absorption_v`
  double absorption_max_s = 3600.0;  ///< then float, >= 0
  double tail_current_a = 2.0;       ///< below it for a minute of absorption: float, >= 0
};

/// What the charger wants at this moment; off means all zero.
enum class ChargeStage : std::uint8_t { off, bulk, absorption, floating };

/// What a source can do at most; the bus takes the lowest of the three.
struct SourceLimits {
  double power_w = 0.0;
  double current_a = 0.0;
  double voltage_v = 0.0;
};

/// Copyable. Used as: `limits` before a step, `follow` with what came out of it.
class SolarCharger {
 public:
  /// @throws std::invalid_argument  naming the option that is out of range
  explicit SolarCharger(const ChargerOptions& options);

  /// @param enabled  the CHARGE relay is closed
  [[nodiscard]] SourceLimits limits(double irradiance_w_per_m2, bool enabled) const;

  /// Moves the charging stage on after `dt_s` seconds at this voltage and charger current.
  void follow(double dt_s, double voltage_v, double current_a, const SourceLimits& limits);

  [[nodiscard]] ChargeStage stage() const { return stage_; }

 private:
  ChargerOptions options_;
  ChargeStage stage_ = ChargeStage::off;
  double absorbing_s_ = 0.0;
  double below_tail_s_ = 0.0;
  double below_float_s_ = 0.0;
};

}  // namespace cellwarden::plant
