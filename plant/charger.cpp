/// Stages of the solar charger.
// SPDX-License-Identifier: Apache-2.0
#include "plant/charger.hpp"

#include "plant/check.hpp"

namespace cellwarden::plant {
namespace {

constexpr double sun_full_w_per_m2 = 1000.0;
constexpr double start_share = 0.005;    // of the panel's peak: below it the charger sleeps
constexpr double reached_share = 0.998;  // of absorption voltage: bulk is over
constexpr double rebulk_share = 0.97;    // of float voltage: the battery is being used
constexpr double rebulk_after_s = 60.0;
constexpr double tail_after_s = 60.0;

}  // namespace

SolarCharger::SolarCharger(const ChargerOptions& options) : options_(options) {
  require_within("charger.panel_peak_w", options.panel_peak_w, 0.0, 1e7);
  require_within("charger.efficiency", options.efficiency, 0.0, 1.0);
  require_within("charger.current_max_a", options.current_max_a, 0.0, 1e5);
  require_within("charger.absorption_v", options.absorption_v, 0.1, 2000.0);
  require_within("charger.float_v", options.float_v, 0.1, options.absorption_v);
  require_within("charger.absorption_max_s", options.absorption_max_s, 0.0, 1e7);
  require_within("charger.tail_current_a", options.tail_current_a, 0.0, 1e5);
}

SourceLimits SolarCharger::limits(double irradiance_w_per_m2, bool enabled) const {
  const double share = irradiance_w_per_m2 / sun_full_w_per_m2;
  if (!enabled || !(share > start_share)) return {};
  return {.power_w = options_.panel_peak_w * share * options_.efficiency,
          .current_a = options_.current_max_a,
          .voltage_v = stage_ == ChargeStage::floating ? options_.float_v : options_.absorption_v};
}

void SolarCharger::follow(double dt_s, double voltage_v, double current_a,
                          const SourceLimits& limits) {
  if (limits.power_w <= 0.0) {
    stage_ = ChargeStage::off;
    return;
  }
  switch (stage_) {
    case ChargeStage::off:
      stage_ = ChargeStage::bulk;
      absorbing_s_ = 0.0;
      below_tail_s_ = 0.0;
      below_float_s_ = 0.0;
      break;
    case ChargeStage::bulk:
      if (voltage_v >= reached_share * options_.absorption_v) stage_ = ChargeStage::absorption;
      break;
    case ChargeStage::absorption: {
      absorbing_s_ += dt_s;
      const bool held = voltage_v >= reached_share * options_.absorption_v;
      below_tail_s_ = held && current_a < options_.tail_current_a ? below_tail_s_ + dt_s : 0.0;
      if (absorbing_s_ >= options_.absorption_max_s || below_tail_s_ >= tail_after_s) {
        stage_ = ChargeStage::floating;
      }
      break;
    }
    case ChargeStage::floating:
      below_float_s_ = voltage_v < rebulk_share * options_.float_v ? below_float_s_ + dt_s : 0.0;
      if (below_float_s_ >= rebulk_after_s) stage_ = ChargeStage::off;
      break;
  }
}

}  // namespace cellwarden::plant
