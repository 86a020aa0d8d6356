// SPDX-License-Identifier: Apache-2.0
#include "core/relays.hpp"

#include <algorithm>

namespace cellwarden::core {
namespace {

bool temperatures_allow(const CellExtremes& cells, Temperature t_min, Temperature t_max) {
  return cells.coldest > t_min && cells.hottest < t_max;
}
bool temperatures_forbid(const CellExtremes& cells, Temperature t_min, Temperature t_max) {
  return cells.coldest < t_min || cells.hottest > t_max;
}

/// Where charging may begin again: the manual's limit, or below V-max by the hysteresis.
Voltage charge_again_below(Voltage limit, const RelayLimits& limits) {
  if (limits.v_max_hysteresis == Voltage{}) return limit;
  return std::min(limit, limits.v_max - limits.v_max_hysteresis);
}

/// No restart delay is longer: the settings' 16 bits of 5 s. A rest that is over is forgotten
/// before the clock wraps.
constexpr Duration longest_rest = Duration::milliseconds(65'535 * 5'000);

}  // namespace

RelayConditions charge_conditions(const RelayInputs& in, const RelayLimits& limits) {
  const CellExtremes& cells = in.cells;
  const bool may = temperatures_allow(cells, limits.t_min_charge, limits.t_max) &&
                   in.communication && !limits.charge_forced_off;
  const bool must_not = cells.highest >= limits.v_max ||
                        temperatures_forbid(cells, limits.t_min_charge, limits.t_max) ||
                        !in.communication || limits.charge_forced_off;
  if (in.critical_mode) {
    return {.enable = cells.highest < charge_again_below(limits.v_max, limits) && may,
            .disable = must_not};
  }
  const bool full = cells.lowest >= limits.v_bypass;
  return {.enable = cells.highest < charge_again_below(limits.v_bypass, limits) &&
                    in.soc < limits.charge_restart && may,
          .disable = must_not || full,
          .may_pause = full && !must_not};
}

RelayConditions load_conditions(const RelayInputs& in, const RelayLimits& limits) {
  const CellExtremes& cells = in.cells;
  const bool may = temperatures_allow(cells, limits.t_min_load, limits.t_max) && in.communication &&
                   !limits.load_forced_off;
  const bool must_not = temperatures_forbid(cells, limits.t_min_load, limits.t_max) ||
                        !in.communication || limits.load_forced_off;
  const bool soc_allows = in.critical_mode || in.soc >= limits.discharge_restart;
  const bool empty = cells.lowest <= limits.v_min;
  return {.enable = cells.lowest > limits.v_min + limits.v_min_hysteresis && soc_allows && may,
          .disable = must_not || empty,
          .may_pause = empty && !must_not};
}

/// Whether a closed relay may stay so although it should open: its pause condition alone holds, and
/// not yet for the delay.
bool GuardedRelay::pausing(const RelayConditions& conditions, Duration pause, Instant now) {
  if (!conditions.may_pause) {
    pausing_ = false;
    return false;
  }
  if (!pausing_) pause_at_ = now;
  pausing_ = true;
  return now - pause_at_ < pause;
}

void GuardedRelay::take(const RelayConditions& conditions, bool may_close, Duration restart,
                        Duration pause, Instant now) {
  resting_ = resting_ && now - opened_at_ < restart;
  const bool waits = pausing(conditions, pause, now);
  const bool stays = closed_ && (!conditions.disable || waits);
  if (!stays && (conditions.disable || !conditions.enable)) {
    open(now);
    return;
  }
  closed_ = closed_ || (wished_ && may_close && !resting_);
  wished_ = true;
}

void GuardedRelay::open(Instant now) {
  if (closed_) {
    opened_at_ = now;
    resting_ = true;
  }
  resting_ = resting_ && now - opened_at_ < longest_rest;
  closed_ = wished_ = pausing_ = false;
}

void RelayGuard::take(const RelayInputs& in, const RelayLimits& limits, const RelayDelays& delays,
                      Instant now) {
  charge_.take(charge_conditions(in, limits), in.may_close, delays.charge_restart,
               delays.charge_pause, now);
  load_.take(load_conditions(in, limits), in.may_close, delays.load_restart, delays.load_pause,
             now);
}

void RelayGuard::open(Instant now) {
  charge_.open(now);
  load_.open(now);
}

}  // namespace cellwarden::core
