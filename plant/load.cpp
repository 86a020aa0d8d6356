/// The invented household.
// SPDX-License-Identifier: Apache-2.0
#include "plant/load.hpp"

#include <limits>

#include "plant/check.hpp"
#include "plant/random.hpp"

namespace cellwarden::plant {
namespace {

constexpr double day_s = 86400.0;
constexpr double slot_s = 600.0;
constexpr double fridge_cycle_s = 2700.0;
constexpr double fridge_on_s = 900.0;
constexpr double fridge_share = 0.12;  // of the inverter's power: 72 W of 600 W

/// How likely something is switched on in a slot of ten minutes.
double activity(double hour) {
  if (hour < 6.0) return 0.03;
  if (hour < 9.0) return 0.35;
  if (hour < 17.0) return 0.18;
  if (hour < 22.5) return 0.45;
  return 0.12;
}

/// What was switched on in a slot of ten minutes: its share of the inverter's power, and until when
/// it takes it.
struct Event {
  double share = 0.0;
  double lasts_s = 0.0;
};

Event event_of(std::uint64_t seed, std::uint64_t slot) {
  Random random(mix(seed, slot));
  const auto slot_of_day = slot % static_cast<std::uint64_t>(day_s / slot_s);
  const double hour = static_cast<double>(slot_of_day) * slot_s / 3600.0;
  if (random.uniform(0.0, 1.0) >= activity(hour)) return {};
  const double size = random.uniform(0.0, 1.0);
  // Whole seconds: steps of a second then see every edge where it is.
  const auto lasts_s = static_cast<int>(random.uniform(0.2, 1.0) * slot_s);
  return {.share = 0.05 + 0.75 * size * size, .lasts_s = static_cast<double>(lasts_s)};
}

}  // namespace

HouseholdLoad::HouseholdLoad(const LoadOptions& options, std::uint64_t seed)
    : options_(options), seed_(seed) {
  require_within("load.inverter_max_w", options.inverter_max_w, 0.0, 1e7);
  require_within("load.inverter_idle_w", options.inverter_idle_w, 0.0, 1e6);
  require_within("load.inverter_efficiency", options.inverter_efficiency, 0.05, 1.0);
  require_within("load.standby_w", options.standby_w, 0.0, 1e7);
  require_within("load.cut_off_v", options.cut_off_v, 0.0, 2000.0);
  require_within("load.restart_v", options.restart_v, options.cut_off_v, 2000.0);
  require_within("load.record_mean_w", options.record_mean_w, 0.0, 1e6);
  per_efficiency_ = 1.0 / options.inverter_efficiency;
  if (options.record == ConsumerRecord::none) return;
  record_ = series_of(options.record);
  if (options.record_mean_w == 0.0) return;
  double sum = 0.0;
  for (const std::uint16_t value : record_.values) sum += value;
  record_scale_w_ = options.record_mean_w * static_cast<double>(record_.values.size()) / sum;
}

double HouseholdLoad::ends_s() const {
  const bool endless = options_.record == ConsumerRecord::none || options_.record_repeats;
  return endless ? std::numeric_limits<double>::infinity() : record_.length_s();
}

HouseholdLoad::Spell HouseholdLoad::recorded_at(double time_s) const {
  const auto count = static_cast<std::int64_t>(record_.values.size());
  const auto slot = static_cast<std::int64_t>(time_s / record_.step_s);
  const std::int64_t held = slot < count ? slot : count - 1;
  const std::int64_t place = options_.record_repeats ? slot % count : held;
  const double asked_w = record_.values[static_cast<std::size_t>(place)] * record_scale_w_;
  const double from_s = static_cast<double>(slot) * record_.step_s;
  return {.from_s = from_s,
          .to_s = from_s + record_.step_s,
          .watts = asked_w < options_.inverter_max_w ? asked_w : options_.inverter_max_w};
}

HouseholdLoad::Spell HouseholdLoad::spell_at(double time_s) const {
  if (options_.record != ConsumerRecord::none) return recorded_at(time_s);
  const auto slot = static_cast<std::uint64_t>(time_s / slot_s);
  const double slot_from_s = static_cast<double>(slot) * slot_s;
  const Event event = event_of(seed_, slot);
  const auto cycle = static_cast<std::uint64_t>(time_s / fridge_cycle_s);
  const double cycle_from_s = static_cast<double>(cycle) * fridge_cycle_s;
  const double event_to_s = slot_from_s + event.lasts_s;
  const double fridge_to_s = cycle_from_s + fridge_on_s;
  const bool event_on = time_s < event_to_s;
  const bool fridge_on = time_s < fridge_to_s;
  const double share = (event_on ? event.share : 0.0) + (fridge_on ? fridge_share : 0.0);
  const double asked_w = options_.standby_w + share * options_.inverter_max_w;
  // The next edge of either; earlier spells are asked for anew.
  const double slot_edge_s = event_on ? event_to_s : slot_from_s + slot_s;
  const double fridge_edge_s = fridge_on ? fridge_to_s : cycle_from_s + fridge_cycle_s;
  return {.from_s = time_s,
          .to_s = slot_edge_s < fridge_edge_s ? slot_edge_s : fridge_edge_s,
          .watts = asked_w < options_.inverter_max_w ? asked_w : options_.inverter_max_w};
}

}  // namespace cellwarden::plant
