/// When a charger goes from one stage to the next.
// SPDX-License-Identifier: Apache-2.0
#include "plant/charge_stages.hpp"

#include <string>

#include "plant/check.hpp"

namespace cellwarden::plant {
namespace {

constexpr double reached_share = 0.998;  // of absorption voltage: bulk is over
constexpr double rebulk_share = 0.97;    // of float voltage: the battery is being used
constexpr double rebulk_after_s = 60.0;
constexpr double tail_after_s = 60.0;

}  // namespace

ChargeStages::ChargeStages(const char* owner, const StageOptions& options) : options_(options) {
  const auto within = [owner](const char* name, double value, double low, double high) {
    require_within((std::string(owner) + "." + name).c_str(), value, low, high);
  };
  within("absorption_v", options.absorption_v, 0.1, 2000.0);
  within("float_v", options.float_v, 0.1, options.absorption_v);
  within("absorption_max_s", options.absorption_max_s, 0.0, 1e7);
  within("tail_current_a", options.tail_current_a, 0.0, 1e5);
}

void ChargeStages::follow(double dt_s, double voltage_v, double current_a, bool on) {
  if (!on) {
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
