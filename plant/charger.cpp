/// The panel behind the solar charger.
// SPDX-License-Identifier: Apache-2.0
#include "plant/charger.hpp"

#include "plant/check.hpp"

namespace cellwarden::plant {
namespace {

constexpr double sun_full_w_per_m2 = 1000.0;

}  // namespace

SolarCharger::SolarCharger(const ChargerOptions& options)
    : options_(options), stages_("charger", options.stages) {
  require_within("charger.panel_peak_w", options.panel_peak_w, 0.0, 1e7);
  require_within("charger.efficiency", options.efficiency, 0.0, 1.0);
  require_within("charger.current_max_a", options.current_max_a, 0.0, 1e5);
  watts_per_irradiance_ = options.panel_peak_w * options.efficiency / sun_full_w_per_m2;
}

}  // namespace cellwarden::plant
