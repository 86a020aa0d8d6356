/// The one current path of the combined device.
// SPDX-License-Identifier: Apache-2.0
#include "plant/combined.hpp"

#include "plant/check.hpp"

namespace cellwarden::plant {

Combined::Combined(const CombinedOptions& options)
    : options_(options), stages_("combined", options.stages) {
  require_within("combined.enable_signals", options.enable_signals, 1, 2);
  require_within("combined.charge_max_w", options.charge_max_w, 0.0, 1e7);
  require_within("combined.charge_max_a", options.charge_max_a, 0.0, 1e5);
  require_within("combined.efficiency", options.efficiency, 0.05, 1.0);
}

CombinedFlow Combined::flow(const CombinedSide& side) const {
  const bool series = side.charge && side.load;
  const bool charge = options_.enable_signals == 1 ? series : side.charge;
  const bool load = options_.enable_signals == 1 ? series : side.load;
  // Without the inverter, consumers still get what the generator or the sun gives.
  const double asked_w =
      load || side.consumers_w < side.supply_w ? side.consumers_w : side.supply_w;
  const double left_w = side.supply_w - asked_w;
  double into_w = left_w > 0.0 ? left_w * options_.efficiency : left_w / options_.efficiency;
  if (load) into_w -= side.idle_w;
  if (into_w <= 0.0) return {.charge = {}, .load_w = -into_w};
  if (!charge) return {};
  return {.charge = {.power_w = into_w < options_.charge_max_w ? into_w : options_.charge_max_w,
                     .current_a = options_.charge_max_a,
                     .voltage_v = stages_.voltage_v()},
          .load_w = 0.0};
}

}  // namespace cellwarden::plant
