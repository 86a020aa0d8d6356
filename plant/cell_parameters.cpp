/// The numbers of each type of cell; each says where it comes from.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cell_parameters.hpp"

#include "plant/ocv_table.hpp"

namespace cellwarden::plant {
namespace {

constexpr std::array<double, knot_count * ocv_points> a123_by_point{
#include "plant/data/a123_26650_ocv.inc"
};

// Voltage at 25 degrees Celsius and its change per kelvin, point by point.
constexpr std::array<double, 2 * ocv_points> eikto_by_point{
#include "plant/data/eikto_150ah_ocv.inc"
};
constexpr std::array<double, 2 * ocv_points> calb_by_point{
#include "plant/data/calb_180ah_ocv.inc"
};

// tools/fit_cells.py: r0, r1, r2, r3, gap, shift; in each a row per 5 % SOC, a column per knot.
constexpr std::size_t fitted_blocks = 6;
constexpr std::array<double, fitted_blocks * soc_nodes * knot_count> a123_fitted{
#include "plant/data/a123_26650_ecm.inc"
};

constexpr SocGrid fitted_block(std::size_t block) {
  SocGrid grid{};
  for (std::size_t node = 0; node < soc_nodes; ++node) {
    for (std::size_t knot = 0; knot < knot_count; ++knot) {
      grid[node][knot] = a123_fitted[(block * soc_nodes + node) * knot_count + knot];
    }
  }
  return grid;
}

constexpr OcvTable by_knot(const std::array<double, knot_count * ocv_points>& by_point) {
  OcvTable table{};
  for (std::size_t knot = 0; knot < knot_count; ++knot) {
    for (std::size_t point = 0; point < ocv_points; ++point) {
      table[knot * ocv_points + point] = by_point[point * knot_count + knot];
    }
  }
  return table;
}

constexpr OcvTable a123_ocv = by_knot(a123_by_point);
constexpr OcvTable eikto_ocv = ocv_from_slope(eikto_by_point);
constexpr OcvTable calb_ocv = ocv_from_slope(calb_by_point);

// Guessed for every set: past full and past empty 1 % of the capacity moves the cell by 0.3 V, so
// that abuse reaches the limits of any cell within minutes.
constexpr double abuse_v_per_soc = 30.0;

// Apparent efficiencies measured on A123 cells are 0.993..0.997 and limited by the cycler; that
// LiFePO4 is above 0.998 is common knowledge, not measured here.
constexpr double lfp_efficiency = 0.998;

// Guess. A 500 Ah bank in storage lost 1.9 % a month with five battery management systems on it
// (wkcollis1-eng/Lifepo4-Battery-Banks, CC BY 4.0); about half of it was theirs.
constexpr double lfp_self_discharge = 0.01;

constexpr PerKnot scaled(PerKnot values, double by) {
  for (double& value : values) value *= by;
  return values;
}

// Eikto: Rs and R_NE + mean of R_PE at 50 % SOC, tabulated by the source at -10, 0, 10, 25, 40 and
// 50 degrees Celsius, taken to our knots by Arrhenius interpolation. Half of the full gap.
constexpr PerKnot eikto_rs_ohm{1.724e-3, 9.276e-4, 5.228e-4, 3.071e-4,
                               1.872e-4, 1.179e-4, 7.654e-5, 5.106e-5};
constexpr PerKnot eikto_charge_transfer_ohm{1.009e-3, 6.629e-4, 4.492e-4, 3.072e-4,
                                            2.061e-4, 1.383e-4, 9.158e-5, 6.188e-5};
constexpr PerKnot eikto_half_gap_v{0.0905, 0.0662, 0.0495, 0.0379, 0.0295, 0.0234, 0.0188, 0.0153};

// Slow diffusion has no published value for these cells. Guess: 25 % more than the charge transfer,
// with its temperature dependence.
constexpr double slow_share = 1.25;

}  // namespace

CellParameters a123_26650() {
  CellParameters p;
  p.name = "A123 ANR26650 2.07 Ah";
  p.capacity_ah = 2.0726;  // C/30 at 25 degrees Celsius
  p.ocv_v = a123_ocv;
  p.overcharge_v_per_soc = abuse_v_per_soc;
  p.overdischarge_v_per_soc = abuse_v_per_soc;
  p.r0_ohm = fitted_block(0);
  p.r1_ohm = fitted_block(1);
  p.r2_ohm = fitted_block(2);
  p.r3_ohm = fitted_block(3);
  p.hysteresis_v = fitted_block(4);
  p.ocv_shift_v = fitted_block(5);
  // What the fit was made with.
  p.tau1_s = 10.0;
  p.tau2_s = 160.0;
  p.tau3_s = 2000.0;
  p.hysteresis_rate = 10.0;
  p.coulombic_efficiency = lfp_efficiency;
  p.self_discharge_per_month = lfp_self_discharge;
  p.heat_capacity_j_per_k = 84.0;      // 76 g x 1100 J/kgK
  p.thermal_resistance_k_per_w = 9.3;  // 72 cm2 at 9.3 W/m2K still air with radiation
  p.neighbour_conductance_w_per_k = 0.02;
  return p;
}

CellParameters prismatic_150ah() {
  CellParameters p;
  p.name = "Eikto prismatic 150 Ah";
  p.capacity_ah = 167.0;
  p.ocv_v = eikto_ocv;
  p.overcharge_v_per_soc = abuse_v_per_soc;
  p.overdischarge_v_per_soc = abuse_v_per_soc;
  p.r0_ohm = everywhere(eikto_rs_ohm);
  p.r1_ohm = everywhere(eikto_charge_transfer_ohm);
  p.r2_ohm = everywhere(scaled(eikto_charge_transfer_ohm, slow_share));
  p.tau1_s = 3.0;    // R_NE C_NE
  p.tau2_s = 500.0;  // as fitted for A123 cells
  p.hysteresis_v = everywhere(eikto_half_gap_v);
  p.hysteresis_rate = 50.0;  // guess: as for A123; LIBquiv uses 1000, which hides small cycles
  p.coulombic_efficiency = lfp_efficiency;
  p.self_discharge_per_month = lfp_self_discharge;
  p.heat_capacity_j_per_k = 2898.0;
  p.thermal_resistance_k_per_w = 0.414;
  p.neighbour_conductance_w_per_k = 1.5;  // guess: large faces, thin insulation between
  return p;
}

CellParameters prismatic_180ah() {
  CellParameters p = prismatic_150ah();
  p.name = "CALB CA180FI prismatic 180 Ah";
  p.capacity_ah = 200.35;
  p.ocv_v = calb_ocv;
  // Rs plus the fast R_NE + mean of R_PE (tau below 0.1 s) at 50 % SOC; then R3 C3.
  p.r0_ohm =
      everywhere({1.050e-2, 4.250e-3, 1.905e-3, 9.444e-4, 5.174e-4, 3.197e-4, 2.229e-4, 1.708e-4});
  p.r1_ohm =
      everywhere({1.403e-3, 9.314e-4, 6.374e-4, 4.482e-4, 3.230e-4, 2.380e-4, 1.788e-4, 1.368e-4});
  p.r2_ohm = everywhere(scaled(eikto_charge_transfer_ohm, slow_share * 167.0 / 200.35));
  p.tau1_s = 7.4;
  p.hysteresis_v = everywhere({0.0899, 0.0658, 0.0493, 0.0377, 0.0294, 0.0233, 0.0187, 0.0152});
  p.heat_capacity_j_per_k = 2898.0 * 200.35 / 167.0;
  return p;
}

CellParameters prismatic_280ah() {
  CellParameters p = prismatic_150ah();
  p.name = "prismatic LiFePO4 280 Ah";
  p.capacity_ah = 280.0;
  // 0.17 milliohm at 25 degrees Celsius (data sheets of such cells: 0.17..0.25), 33 kJ/mol as
  // Eikto.
  p.r0_ohm =
      everywhere({2.485e-3, 1.338e-3, 7.539e-4, 4.428e-4, 2.698e-4, 1.700e-4, 1.104e-4, 7.362e-5});
  constexpr PerKnot charge_transfer_ohm = scaled(eikto_charge_transfer_ohm, 167.0 / 280.0);
  p.r1_ohm = everywhere(charge_transfer_ohm);
  p.r2_ohm = everywhere(scaled(charge_transfer_ohm, slow_share));
  p.heat_capacity_j_per_k = 5400.0;     // 5.4 kg x 1000 J/kgK, an estimate
  p.thermal_resistance_k_per_w = 0.27;  // the 150 Ah cell's, scaled by the surface
  p.neighbour_conductance_w_per_k = 2.0;
  return p;
}

}  // namespace cellwarden::plant
