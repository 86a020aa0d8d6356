// SPDX-License-Identifier: Apache-2.0
#include "core/relays.hpp"

namespace cellwarden::core {
namespace {

bool temperatures_allow(const CellExtremes& cells, const RelayLimits& limits) {
  return cells.coldest > limits.t_min && cells.hottest < limits.t_max;
}
bool temperatures_forbid(const CellExtremes& cells, const RelayLimits& limits) {
  return cells.coldest < limits.t_min || cells.hottest > limits.t_max;
}

/// "Disable" wins over "enable"; between the two the relay stays as it is (REL-7).
bool switched(bool now, const RelayConditions& conditions) {
  return !conditions.disable && (conditions.enable || now);
}

}  // namespace

RelayConditions charge_conditions(const RelayInputs& in, const RelayLimits& limits) {
  const CellExtremes& cells = in.cells;
  if (in.critical_mode) {
    return {.enable = cells.highest < limits.v_max && temperatures_allow(cells, limits) &&
                      in.communication,
            .disable = cells.highest >= limits.v_max || temperatures_forbid(cells, limits) ||
                       !in.communication};
  }
  return {.enable = cells.highest < limits.v_bypass && in.soc < limits.charge_restart &&
                    temperatures_allow(cells, limits) && in.communication,
          .disable = cells.highest >= limits.v_max || cells.lowest >= limits.v_bypass ||
                     temperatures_forbid(cells, limits) || !in.communication};
}

RelayConditions load_conditions(const RelayInputs& in, const RelayLimits& limits) {
  const CellExtremes& cells = in.cells;
  const bool soc_allows = in.critical_mode || in.soc >= limits.discharge_restart;
  return {.enable = cells.lowest > limits.v_min && soc_allows &&
                    temperatures_allow(cells, limits) && in.communication,
          .disable = cells.lowest <= limits.v_min || temperatures_forbid(cells, limits) ||
                     !in.communication};
}

Relays decide(Relays now, const RelayInputs& in, const RelayLimits& limits) {
  return {switched(now.charge, charge_conditions(in, limits)),
          switched(now.load, load_conditions(in, limits))};
}

void RelayGuard::take(const RelayInputs& in, const RelayLimits& limits) {
  const Relays wish = decide(closed, in, limits);
  const Relays may_close = in.currents_trusted ? wished : Relays{};
  closed = {wish.charge && (closed.charge || may_close.charge),
            wish.load && (closed.load || may_close.load)};
  wished = wish;
}

}  // namespace cellwarden::core
