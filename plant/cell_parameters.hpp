/// What distinguishes one type of cell from another: named sets of measured and fitted numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace cellwarden::plant {

/// Temperatures at which a set has values: -25, -15, ... 45 degrees Celsius.
inline constexpr std::size_t knot_count = 8;
inline constexpr double first_knot_c = -25.0;
inline constexpr double knot_step_k = 10.0;

/// State-of-charge points of an open-circuit table: 0.000, 0.005, ... 1.000.
inline constexpr std::size_t ocv_points = 201;

/// One value at each temperature knot, coldest first.
using PerKnot = std::array<double, knot_count>;

/// One type of cell. Current is + when it charges. The voltage at the terminals is
/// OCV(soc, T) + hysteresis_v h + instant_v s + r0 I + r1 i1 + r2 i2, where i1 and i2 follow I with
/// tau1 and tau2, h in -1..1 follows the direction of the charge moved, and s is the sign of the
/// last current. Resistances are interpolated over 1/T (Arrhenius), the rest straight over T.
struct CellParameters {
  std::string_view name;     ///< e.g. "prismatic LiFePO4 280 Ah"
  double capacity_ah = 0.0;  ///< > 0
  /// [knot][point] flattened: `ocv_points` volts at the coldest knot, then the next; static
  /// storage.
  std::span<const double> ocv_v;
  double overcharge_v_per_soc = 0.0;      ///< slope above 100 %, > 0; a guess in every set
  double overdischarge_v_per_soc = 0.0;   ///< slope below 0 %, > 0; a guess in every set
  PerKnot r0_ohm{};                       ///< > 0
  PerKnot r1_ohm{};                       ///< > 0
  PerKnot r2_ohm{};                       ///< > 0
  double tau1_s = 0.0;                    ///< > 0
  double tau2_s = 0.0;                    ///< > 0
  PerKnot hysteresis_v{};                 ///< half the gap between charging and discharging, >= 0
  PerKnot instant_v{};                    ///< the part of it that changes sign at once
  double hysteresis_rate = 0.0;           ///< per unit of SOC moved, >= 0
  double coulombic_efficiency = 1.0;      ///< share of the charging current that is stored, 0.5..1
  double self_discharge_per_month = 0.0;  ///< share of the capacity in 30 days, 0..1
  double heat_capacity_j_per_k = 0.0;     ///< > 0
  double thermal_resistance_k_per_w = 0.0;     ///< cell to ambient air, > 0
  double neighbour_conductance_w_per_k = 0.0;  ///< cell to the next cell, >= 0
};

/// A123 ANR26650, 2.07 Ah, a small cylindrical LiFePO4 cell: the one measured best.
/// @source  OCV and capacity: A123 tests at UCCS (G. Plett), esctoolbox-python, MIT; resistances:
///          our fit of R0 + 2 RC to the dynamic tests of the same campaign; hysteresis: half the
///          measured C/30 gap; heat: 76 g x 1100 J/kgK and 15 W/m2K, estimates
CellParameters a123_26650();

/// Eikto 150 Ah prismatic (167 Ah fitted capacity).
/// @source  LIBquiv, ines-energy, BSD-3: OCV, Rs, R_NE + R_PE, hysteresis gap, heat
CellParameters prismatic_150ah();

/// CALB CA180FI 180 Ah prismatic (200 Ah fitted capacity).
/// @source  LIBquiv, ines-energy, BSD-3: OCV, Rs, R_NE + R_PE, R3 C3, hysteresis gap; heat scaled
///          from the 150 Ah cell
CellParameters prismatic_180ah();

/// The 280 Ah prismatic cell of most home-made packs: what the twin uses.
/// @source  curves of `prismatic_150ah`, resistances scaled by the capacity and lifted to the
///          0.17..0.2 milliohm of such cells' data sheets; 5.4 kg x 1000 J/kgK: estimates
CellParameters prismatic_280ah();

/// Checks a set.
/// @throws std::invalid_argument  naming the field that is out of range or not a number
void require_valid(const CellParameters& parameters);

}  // namespace cellwarden::plant
