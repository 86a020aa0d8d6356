/// Sets of cells that are not A123's or prismatic LiFePO4, and the list of all names.
// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>
#include <string>

#include "plant/cell_parameters.hpp"
#include "plant/ocv_table.hpp"

namespace cellwarden::plant {
namespace {

// Voltage at 25 degrees Celsius and its change per kelvin, point by point.
constexpr std::array<double, 2 * ocv_points> sony_by_point{
#include "plant/data/sony_26650_ocv.inc"
};

/// Eleven values at 0, 10 .. 100 %.
using Tenths = std::array<double, 11>;

constexpr double straight(const Tenths& values, double tenths) {
  const std::size_t below = tenths >= 9.0 ? 9 : static_cast<std::size_t>(tenths);
  return values[below] +
         (tenths - static_cast<double>(below)) * (values[below + 1] - values[below]);
}

/// Straight between eleven points, the same change per kelvin everywhere.
constexpr OcvTable from_tenths(const Tenths& at_25_c, double v_per_kelvin) {
  OcvTable table{};
  for (std::size_t knot = 0; knot < knot_count; ++knot) {
    const double above_25_k = first_knot_c + knot_step_k * static_cast<double>(knot) - 25.0;
    for (std::size_t point = 0; point < ocv_points; ++point) {
      const double tenths = static_cast<double>(point) / 20.0;
      table[knot * ocv_points + point] = straight(at_25_c, tenths) + above_25_k * v_per_kelvin;
    }
  }
  return table;
}

constexpr OcvTable sony_ocv = ocv_from_slope(sony_by_point);
// Rounded from published curves of such cells; nobody's measurement.
constexpr OcvTable nmc_ocv =
    from_tenths({3.00, 3.45, 3.55, 3.60, 3.63, 3.67, 3.75, 3.85, 3.95, 4.06, 4.18}, 1.0e-4);
constexpr OcvTable lto_ocv =
    from_tenths({1.80, 2.08, 2.15, 2.18, 2.21, 2.25, 2.30, 2.37, 2.44, 2.53, 2.68}, 1.0e-4);

// Sony: the source's R(SOC, T), mean of charge and discharge, at 10, 25 and 40 degrees Celsius.
constexpr std::array<Tenths, 3> sony_ohm{{{0.12425, 0.12425, 0.07000, 0.06675, 0.06705, 0.06602,
                                           0.06633, 0.06615, 0.06701, 0.07104, 0.07104},
                                          {0.04963, 0.04963, 0.04589, 0.04512, 0.04677, 0.04630,
                                           0.04598, 0.04579, 0.04668, 0.04798, 0.04798},
                                          {0.03728, 0.03728, 0.03576, 0.03535, 0.03633, 0.03681,
                                           0.03639, 0.03592, 0.03665, 0.03697, 0.03697}}};

// What one kelvin of cold makes of a resistance: factors from 10 degrees to -25 .. 5 and between
// the three, by 33 kJ/mol below 10 degrees and straight between the source's temperatures.
constexpr std::array<double, 4> sony_cold{7.237, 3.898, 2.197, 1.287};

constexpr SocGrid sony_grid(double share) {
  SocGrid grid{};
  for (std::size_t node = 0; node < soc_nodes; ++node) {
    const double tenths = static_cast<double>(node) / 2.0;
    const double at_10 = straight(sony_ohm[0], tenths);
    const double at_25 = straight(sony_ohm[1], tenths);
    const double at_40 = straight(sony_ohm[2], tenths);
    for (std::size_t knot = 0; knot < 4; ++knot) grid[node][knot] = share * at_10 * sony_cold[knot];
    grid[node][4] = share * (2.0 * at_10 + at_25) / 3.0 * 0.982;  // 15 C; the curve is bent
    grid[node][5] = share * at_25;
    grid[node][6] = share * (at_25 + 2.0 * at_40) / 3.0;
    grid[node][7] = share * at_40 * 0.95;
  }
  return grid;
}

constexpr SocGrid sony_hysteresis() {
  // The source's curve, the same at every temperature, there at 0, 10 .. 100 %.
  constexpr Tenths volts{0.0300, 0.0251, 0.0249, 0.0288, 0.0226, 0.0187,
                         0.0191, 0.0209, 0.0194, 0.0171, 0.0300};
  SocGrid grid{};
  for (std::size_t node = 0; node < soc_nodes; ++node) {
    for (double& v : grid[node]) v = 0.5 * straight(volts, static_cast<double>(node) / 2.0);
  }
  return grid;
}

/// Arrhenius factors at the knots for 30 kJ/mol, 1 at 25 degrees Celsius.
constexpr PerKnot thirty_kilojoules{11.46, 6.528, 3.872, 2.386, 1.522, 1.0, 0.675, 0.467};

constexpr SocGrid arrhenius(double ohm_at_25_c) {
  PerKnot values{};
  for (std::size_t knot = 0; knot < knot_count; ++knot) {
    values[knot] = ohm_at_25_c * thirty_kilojoules[knot];
  }
  return everywhere(values);
}

/// What is guessed alike for both of the estimated cells.
CellParameters estimated() {
  CellParameters p;
  p.overcharge_v_per_soc = 10.0;
  p.overdischarge_v_per_soc = 20.0;
  p.tau1_s = 10.0;
  p.tau2_s = 300.0;
  p.hysteresis_rate = 30.0;
  p.coulombic_efficiency = 0.999;
  p.self_discharge_per_month = 0.02;
  return p;
}

struct Named {
  std::string_view name;
  CellParameters (*make)();
};

constexpr std::array<Named, 7> catalogue{{{"a123_26650", a123_26650},
                                          {"prismatic_150ah", prismatic_150ah},
                                          {"prismatic_180ah", prismatic_180ah},
                                          {"prismatic_280ah", prismatic_280ah},
                                          {"sony_26650", sony_26650},
                                          {"nmc_60ah", nmc_60ah},
                                          {"lto_30ah", lto_30ah}}};

constexpr auto names = [] {
  std::array<std::string_view, catalogue.size()> list{};
  for (std::size_t i = 0; i < list.size(); ++i) list[i] = catalogue[i].name;
  return list;
}();

}  // namespace

CellParameters sony_26650() {
  CellParameters p;
  p.name = "Sony US26650FTC1 3 Ah";
  p.capacity_ah = 3.0;
  p.ocv_v = sony_ocv;
  p.overcharge_v_per_soc = 30.0;
  p.overdischarge_v_per_soc = 30.0;
  p.r0_ohm = sony_grid(0.34);
  p.r1_ohm = sony_grid(0.33);
  p.r2_ohm = sony_grid(0.33);
  p.tau1_s = 10.0;
  p.tau2_s = 160.0;
  p.hysteresis_v = sony_hysteresis();
  p.hysteresis_rate = 10.0;  // as fitted for A123
  p.coulombic_efficiency = 0.998;
  p.self_discharge_per_month = 0.01;
  p.heat_capacity_j_per_k = 70.0;      // 70 g x 1001 J/kgK, as in the source
  p.thermal_resistance_k_per_w = 9.3;  // 72 cm2 at 15 W/m2K, as in the source
  p.neighbour_conductance_w_per_k = 0.02;
  p.full_v = 3.60;
  p.empty_v = 2.00;
  return p;
}

CellParameters nmc_60ah() {
  CellParameters p = estimated();
  p.name = "NMC 60 Ah (estimate)";
  p.capacity_ah = 60.0;
  p.ocv_v = nmc_ocv;
  p.r0_ohm = arrhenius(0.8e-3);
  p.r1_ohm = arrhenius(0.4e-3);
  p.r2_ohm = arrhenius(0.4e-3);
  p.hysteresis_v = everywhere({0.005, 0.004, 0.004, 0.003, 0.003, 0.003, 0.003, 0.003});
  p.heat_capacity_j_per_k = 1000.0;
  p.thermal_resistance_k_per_w = 0.8;
  p.neighbour_conductance_w_per_k = 1.0;
  p.ageing.speed = 1.5;  // fades faster than LiFePO4
  p.full_v = 4.20;
  p.empty_v = 3.00;
  return p;
}

CellParameters lto_30ah() {
  CellParameters p = estimated();
  p.name = "LTO 30 Ah (estimate)";
  p.capacity_ah = 30.0;
  p.ocv_v = lto_ocv;
  p.r0_ohm = arrhenius(0.6e-3);
  p.r1_ohm = arrhenius(0.3e-3);
  p.r2_ohm = arrhenius(0.2e-3);
  p.hysteresis_v = everywhere({0.005, 0.004, 0.004, 0.003, 0.003, 0.003, 0.003, 0.003});
  p.heat_capacity_j_per_k = 1100.0;
  p.thermal_resistance_k_per_w = 0.8;
  p.neighbour_conductance_w_per_k = 1.0;
  p.ageing.speed = 0.2;  // hardly fades
  p.full_v = 2.80;
  p.empty_v = 1.50;
  return p;
}

std::span<const std::string_view> cell_parameter_names() { return names; }

CellParameters cell_parameters_named(std::string_view name) {
  std::string known;
  for (const Named& set : catalogue) {
    if (set.name == name) return set.make();
    known += known.empty() ? "" : ", ";
    known += set.name;
  }
  throw std::invalid_argument("there is no cell called \"" + std::string(name) + "\"; there are " +
                              known);
}

}  // namespace cellwarden::plant
