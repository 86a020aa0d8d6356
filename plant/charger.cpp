/// The panel behind the solar charger.
// SPDX-License-Identifier: Apache-2.0
#include "plant/charger.hpp"

#include "plant/check.hpp"

namespace cellwarden::plant {
namespace {

constexpr double sun_full_w_per_m2 = 1000.0;
constexpr double start_share = 0.005;  // of the panel's peak: below it the charger sleeps

}  // namespace

SolarCharger::SolarCharger(const ChargerOptions& options)
    : options_(options), stages_("charger", options.stages) {
  require_within("charger.panel_peak_w", options.panel_peak_w, 0.0, 1e7);
  require_within("charger.efficiency", options.efficiency, 0.0, 1.0);
  require_within("charger.current_max_a", options.current_max_a, 0.0, 1e5);
}

double SolarCharger::panel_w(double irradiance_w_per_m2) const {
  const double share = irradiance_w_per_m2 * (1.0 / sun_full_w_per_m2);
  return share > start_share ? options_.panel_peak_w * share * options_.efficiency : 0.0;
}

SourceLimits SolarCharger::limits(double irradiance_w_per_m2, bool enabled) const {
  const double power_w = panel_w(irradiance_w_per_m2);
  if (!enabled || power_w <= 0.0) return {};
  return {
      .power_w = power_w, .current_a = options_.current_max_a, .voltage_v = stages_.voltage_v()};
}

}  // namespace cellwarden::plant
