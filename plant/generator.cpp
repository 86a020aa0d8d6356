/// The controller of the generator.
// SPDX-License-Identifier: Apache-2.0
#include "plant/generator.hpp"

#include "plant/check.hpp"

namespace cellwarden::plant {
namespace {

constexpr double low_for_s = 60.0;  // a dip under a heavy load is no reason to start

}  // namespace

Generator::Generator(const GeneratorOptions& options)
    : options_(options), stages_("generator", options.stages) {
  require_positive("generator.power_w", options.power_w);
  require_within("generator.efficiency", options.efficiency, 0.05, 1.0);
  require_within("generator.current_max_a", options.current_max_a, 0.0, 1e5);
  require_within("generator.start_soc", options.start_soc, 0.0, 1.0);
  require_within("generator.stop_soc", options.stop_soc, options.start_soc, 1.0);
  require_within("generator.start_v", options.start_v, 0.0, 2000.0);
  require_within("generator.run_min_s", options.run_min_s, 0.0, 1e7);
  require_within("generator.daily_from_hour", options.daily_from_hour, 0.0, 24.0);
  require_within("generator.daily_to_hour", options.daily_to_hour, 0.0, 24.0);
}

SourceLimits Generator::limits(bool charge_enabled) const {
  if (!running_ || !charge_enabled) return {};
  return {.power_w = options_.power_w * options_.efficiency,
          .current_a = options_.current_max_a,
          .voltage_v = stages_.voltage_v()};
}

bool Generator::on_schedule(double hour) const {
  const double from = options_.daily_from_hour;
  const double to = options_.daily_to_hour;
  if (from <= to) return hour >= from && hour < to;
  return hour >= from || hour < to;  // over midnight
}

bool Generator::wanted(const GeneratorView& view) const {
  if (on_schedule(view.hour_of_day) || low_s_ >= low_for_s) return true;
  return options_.start_soc > 0.0 && view.shown_soc && *view.shown_soc <= options_.start_soc;
}

/// Enough charged, or nothing to be done here.
bool Generator::enough(const GeneratorView& view) const {
  if (!view.charge_enabled || stages_.stage() == ChargeStage::floating) return true;
  return view.shown_soc && *view.shown_soc >= options_.stop_soc;
}

void Generator::follow(double dt_s, const GeneratorView& view) {
  stages_.follow(dt_s, view.voltage_v, view.current_a, running_ && view.charge_enabled);
  const bool low = options_.start_v > 0.0 && view.voltage_v < options_.start_v;
  low_s_ = low && !running_ ? low_s_ + dt_s : 0.0;
  if (running_) {
    since_s_ += dt_s;
    run_s_ += dt_s;
    const bool may_stop = since_s_ >= options_.run_min_s && !on_schedule(view.hour_of_day);
    if (switch_ == GeneratorSwitch::off ||
        (switch_ == GeneratorSwitch::automatic && may_stop && enough(view))) {
      running_ = false;
    }
    return;
  }
  // A battery that may not be charged is no reason to start.
  const bool start = switch_ == GeneratorSwitch::on ||
                     (switch_ == GeneratorSwitch::automatic && view.charge_enabled && wanted(view));
  if (!start) return;
  running_ = true;
  since_s_ = 0.0;
  ++starts_;
}

}  // namespace cellwarden::plant
