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

/// Off wins over on; neither keeps the relay as it is.
bool switched(bool now, bool on, bool off) { return !off && (on || now); }

Relays decide_normal(Relays now, const RelayInputs& in, const RelayLimits& limits) {
  const CellExtremes& cells = in.cells;
  const bool temperatures_ok = temperatures_allow(cells, limits);
  const bool temperatures_bad = temperatures_forbid(cells, limits);
  const bool charge_on =
      cells.highest < limits.v_bypass && in.soc < limits.charge_restart && temperatures_ok;
  const bool charge_off =
      cells.highest >= limits.v_max || cells.lowest >= limits.v_bypass || temperatures_bad;
  const bool load_on =
      cells.lowest > limits.v_min && in.soc >= limits.discharge_restart && temperatures_ok;
  const bool load_off = cells.lowest <= limits.v_min || temperatures_bad;
  return {switched(now.charge, charge_on, charge_off), switched(now.load, load_on, load_off)};
}

Relays decide_critical(Relays now, const RelayInputs& in, const RelayLimits& limits) {
  const CellExtremes& cells = in.cells;
  const bool temperatures_ok = temperatures_allow(cells, limits);
  const bool temperatures_bad = temperatures_forbid(cells, limits);
  const bool charge_on = cells.highest < limits.v_max && temperatures_ok;
  const bool charge_off = cells.highest >= limits.v_max || temperatures_bad;
  const bool load_on = cells.lowest > limits.v_min && temperatures_ok;
  const bool load_off = cells.lowest <= limits.v_min || temperatures_bad;
  return {switched(now.charge, charge_on, charge_off), switched(now.load, load_on, load_off)};
}

}  // namespace

Relays decide(Relays now, const RelayInputs& in, const RelayLimits& limits) {
  if (!in.communication) return {};
  return in.critical_mode ? decide_critical(now, in, limits) : decide_normal(now, in, limits);
}

void RelayGuard::take(const RelayInputs& in, const RelayLimits& limits) {
  const Relays wish = decide(closed, in, limits);
  const Relays may_close = in.currents_trusted ? wished : Relays{};
  closed = {wish.charge && (closed.charge || may_close.charge),
            wish.load && (closed.load || may_close.load)};
  wished = wish;
}

}  // namespace cellwarden::core
