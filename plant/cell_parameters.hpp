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

/// State-of-charge points of everything else: 0.00, 0.05, ... 1.00.
inline constexpr std::size_t soc_nodes = 21;

/// One value at each temperature knot, coldest first.
using PerKnot = std::array<double, knot_count>;

/// One value at each state of charge and temperature knot.
using SocGrid = std::array<PerKnot, soc_nodes>;

/// The same at every state of charge.
constexpr SocGrid everywhere(const PerKnot& values) {
  SocGrid grid{};
  for (PerKnot& row : grid) row = values;
  return grid;
}

/// How capacity fades and resistance grows. Calendar: fade = rate exp(-activation (1/T - 1/298.15
/// K) / R) (cubic (soc - 0.5)^3 + constant) sqrt(t); cycles: fade = (per_c_rate C + base) (cubic
/// (depth
/// - 0.6)^3 + constant) sqrt(full equivalent cycles). Resistance: the same with (soc - 0.5)^2 and
/// (depth - 0.5)^3, and straight in time and cycles.
/// @source  M. Naumann et al., J. Energy Storage 17 (2018) and J. Power Sources 451 (2020), for the
///          Sony US26650FTC1; coefficients as in SimSES (BSD-3). `speed` 1 is that cell
struct Ageing {
  double calendar_rate = 1.2571e-5, calendar_activation_j = 17126.0;
  double calendar_cubic = 2.8575, calendar_constant = 0.60225;
  double calendar_r_rate = 3.4194e-10, calendar_r_activation_j = 71827.0;
  double calendar_r_square = -3.3903, calendar_r_constant = 1.5604;
  double cycle_per_c_rate = 6.30e-4, cycle_base = 9.71e-4;  // the paper's per cent / 100
  double cycle_cubic = 4.0253, cycle_constant = 1.0923;
  double cycle_r_per_c_rate = -2.0e-5, cycle_r_base = 2.1e-5;
  double cycle_r_cubic = 6.8477, cycle_r_constant = 0.9182;
  double speed = 1.0;  ///< times all fade and growth, 0..100; 0 = does not age
};

/// One type of cell. Current is + when it charges. The voltage at the terminals is
/// OCV(soc, T) + ocv_shift_v + hysteresis_v h + r0 I + r1 i1 + r2 i2 + r3 i3, where i1, i2 and i3
/// follow I with tau1, tau2 and tau3, and h in -1..1 follows the direction of the charge moved.
/// Resistances are interpolated over 1/T (Arrhenius), everything else straight.
struct CellParameters {
  std::string_view name;     ///< e.g. "prismatic LiFePO4 280 Ah"
  double capacity_ah = 0.0;  ///< > 0
  /// [knot][point] flattened: `ocv_points` volts at the coldest knot, then the next; static
  /// storage. How it changes with temperature also makes the reversible heat.
  std::span<const double> ocv_v;
  double overcharge_v_per_soc = 0.0;      ///< slope above 100 %, > 0; a guess in every set
  double overdischarge_v_per_soc = 0.0;   ///< slope below 0 %, > 0; a guess in every set
  SocGrid r0_ohm{};                       ///< > 0
  SocGrid r1_ohm{};                       ///< > 0
  SocGrid r2_ohm{};                       ///< > 0
  SocGrid r3_ohm{};                       ///< > 0; not looked at without tau3
  double tau1_s = 0.0;                    ///< > 0
  double tau2_s = 0.0;                    ///< > 0
  double tau3_s = 0.0;                    ///< > 0, or 0: there are two pairs only
  SocGrid hysteresis_v{};                 ///< half the gap between charging and discharging, >= 0
  SocGrid ocv_shift_v{};                  ///< fitted correction of `ocv_v`, -0.2..0.2
  double hysteresis_rate = 0.0;           ///< per unit of SOC moved, >= 0
  double coulombic_efficiency = 1.0;      ///< share of the charging current that is stored, 0.5..1
  double self_discharge_per_month = 0.0;  ///< share of the capacity in 30 days, 0..1
  double heat_capacity_j_per_k = 0.0;     ///< > 0
  double thermal_resistance_k_per_w = 0.0;     ///< cell to ambient air, > 0
  double neighbour_conductance_w_per_k = 0.0;  ///< cell to the next cell, >= 0
  Ageing ageing;
  double full_v = 3.65;   ///< what its data sheet allows, for presets
  double empty_v = 2.50;  ///< where its data sheet ends
};

/// A123 ANR26650, 2.07 Ah, a small cylindrical LiFePO4 cell: the one measured best.
/// @source  OCV and capacity: A123 tests at UCCS (G. Plett), esctoolbox-python, MIT; resistances,
///          hysteresis and shift: tools/fit_cells.py, from dynamic tests of the same campaign at
///          -25, -5, 5, 25, 35 and 45 degrees Celsius; heat: 76 g x 1100 J/kgK and 15 W/m2K,
///          estimates
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

/// Sony / Murata US26650FTC1, 3 Ah, cylindrical LiFePO4.
/// @source  SimSES, tum-ees, BSD-3 (M. Naumann, thesis, TUM 2018): OCV, entropy, hysteresis, R(SOC,
///          T) at 10..60 degrees Celsius, mean of charge and discharge, a third of it taken as
///          ohmic, the rest as two pairs: a guess; below 10 degrees by 33 kJ/mol
CellParameters sony_26650();

/// An NMC / graphite cell of 60 Ah, for presets and lessons.
/// @source  estimate: shape of published NMC622 open-circuit curves, resistances of cells of that
///          size; no measured cell behind it
CellParameters nmc_60ah();

/// An NMC / lithium titanate cell of 30 Ah, for presets and lessons.
/// @source  estimate: shape of published LTO cell curves, resistances of cells of that size; no
///          measured cell behind it
CellParameters lto_30ah();

/// The names that `cell_parameters_named` knows, for messages and documents.
std::span<const std::string_view> cell_parameter_names();

/// The set that a scenario file names, e.g. "prismatic_280ah".
/// @throws std::invalid_argument  listing the names there are
CellParameters cell_parameters_named(std::string_view name);

/// Checks a set.
/// @throws std::invalid_argument  naming the field that is out of range or not a number
void require_valid(const CellParameters& parameters);

}  // namespace cellwarden::plant
