/// Faults of single cells, by the doors of `Cells`.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cell_faults.hpp"

#include "plant/check.hpp"

namespace cellwarden::plant {
namespace {

constexpr double hours_per_month = 30.0 * 24.0;
constexpr double seconds_per_hour = 3600.0;

}  // namespace

CellFaults::Fault& CellFaults::at(int cell) {
  require_within("cell", cell, 0.0, static_cast<double>(faults_.size()) - 1.0);
  return faults_[static_cast<std::size_t>(cell)];
}

void CellFaults::count() {
  any_ = false;
  for (const Fault& fault : faults_) {
    any_ = any_ || fault.heat_w != 0.0 || fault.leak_a != 0.0 || fault.air_c.has_value() ||
           fault.short_ohm.has_value() || fault.leaks;
  }
}

void CellFaults::set_heat_w(int cell, double watts) {
  require_within("heat_w", watts, -1e4, 1e4);
  at(cell).heat_w = watts;
  count();
}

void CellFaults::set_air_c(int cell, std::optional<double> celsius) {
  if (celsius) require_within("air_c", *celsius, -80.0, 300.0);
  at(cell).air_c = celsius;
  count();
}

void CellFaults::set_leak_a(int cell, double amperes) {
  require_within("leak_a", amperes, 0.0, 1e4);
  at(cell).leak_a = amperes;
  count();
}

void CellFaults::set_short_ohm(int cell, std::optional<double> ohm) {
  if (ohm) require_within("short_ohm", *ohm, 1e-4, 1e6);
  at(cell).short_ohm = ohm;
  count();
}

void CellFaults::leak(Fault& fault, Cells& cells, int cell, double dt_s) {
  if (fault.leak_a == 0.0 && !fault.short_ohm && !fault.leaks) return;
  const CellParameters& p = cells.parameters();
  double amperes = p.capacity_ah * p.self_discharge_per_month / hours_per_month + fault.leak_a;
  fault.leaks = fault.leak_a != 0.0 || fault.short_ohm.has_value();
  if (fault.short_ohm) {
    const auto i = static_cast<std::size_t>(cell);
    const double emf_v = cells.ocv_v()[i];
    // An empty cell's voltage falls fast: within the step, too.
    const double falling_ohm =
        cells.soc()[i] < 0.01
            ? p.overdischarge_v_per_soc * dt_s / (seconds_per_hour * cells.capacity_ah()[i])
            : 0.0;
    if (emf_v > 0.0) amperes += emf_v / (*fault.short_ohm + cells.r0_ohm()[i] + falling_ohm);
  }
  cells.set_self_discharge_a(cell, amperes);
}

double CellFaults::act(Cells& cells, double dt_s, double ambient_c) {
  if (!any_) return 0.0;
  const CellParameters& p = cells.parameters();
  double entered_j = 0.0;
  for (int cell = 0; cell < cells.count(); ++cell) {
    Fault& fault = at(cell);
    leak(fault, cells, cell, dt_s);
    double watts = fault.heat_w;
    if (fault.air_c) watts += (*fault.air_c - ambient_c) / p.thermal_resistance_k_per_w;
    if (watts == 0.0) continue;
    const double now_c = cells.temperature_c()[static_cast<std::size_t>(cell)];
    const double then_c = now_c + watts * dt_s / p.heat_capacity_j_per_k;
    cells.set_temperature_c(cell, then_c);
    entered_j += (then_c - now_c) * p.heat_capacity_j_per_k;
  }
  count();
  return entered_j;
}

}  // namespace cellwarden::plant
