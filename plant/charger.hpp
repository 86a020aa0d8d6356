/// A solar charger: takes what the panel gives (MPPT) and holds bulk, absorption and float limits.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plant/charge_stages.hpp"

namespace cellwarden::plant {

/// `household` fills in what fits a pack.
struct ChargerOptions {
  double panel_peak_w = 400.0;  ///< at 1000 W/m2, >= 0
  double efficiency = 0.93;     ///< panel to battery, wiring and heat of the panel included, 0..1
  double current_max_a = 35.0;  ///< >= 0
  StageOptions stages = {};
};

/// Copyable. Used as: `limits` before a step, `follow` with what came out of it.
class SolarCharger {
 public:
  /// @throws std::invalid_argument  naming the option that is out of range
  explicit SolarCharger(const ChargerOptions& options);

  /// @param enabled  the CHARGE relay is closed
  [[nodiscard]] SourceLimits limits(double irradiance_w_per_m2, bool enabled) const {
    const double power_w = panel_w(irradiance_w_per_m2);
    if (!enabled || power_w <= 0.0) return {};
    return {
        .power_w = power_w, .current_a = options_.current_max_a, .voltage_v = stages_.voltage_v()};
  }

  /// What the panel gives behind the charger's losses, limited by nothing else. Below 5 W/m2 the
  /// charger sleeps.
  [[nodiscard]] double panel_w(double irradiance_w_per_m2) const {
    return irradiance_w_per_m2 > 5.0 ? irradiance_w_per_m2 * watts_per_irradiance_ : 0.0;
  }

  /// Moves the charging stage on after `dt_s` seconds at this voltage and charger current.
  void follow(double dt_s, double voltage_v, double current_a, const SourceLimits& limits) {
    stages_.follow(dt_s, voltage_v, current_a, limits.power_w > 0.0);
  }

  [[nodiscard]] ChargeStage stage() const { return stages_.stage(); }

 private:
  ChargerOptions options_;
  ChargeStages stages_;
  double watts_per_irradiance_ = 0.0;  ///< battery side, for each W/m2
};

}  // namespace cellwarden::plant
