/// The equations of `Cells` once more, written plainly: doubles, the tables themselves, small steps
/// of the midpoint rule, no exponentials. What tests and benchmarks hold `Cells` against; slow.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "plant/cell_tables.hpp"

namespace cellwarden::plant {

/// A chain of equal cells that starts at rest.
class ReferenceCells {
 public:
  struct State {
    double soc, i1, i2, i3, h, cell_c, board_c;
  };

  ReferenceCells(const CellParameters& parameters, int count, double soc, double temperature_c)
      : tables_(parameters),
        board_a_(static_cast<std::size_t>(count), 0.0),
        states_(static_cast<std::size_t>(count),
                State{soc, 0.0, 0.0, 0.0, 0.0, temperature_c, temperature_c}) {}

  void set_board_current_a(std::size_t cell, double current_a) { board_a_[cell] = current_a; }
  [[nodiscard]] const State& state(std::size_t cell) const { return states_[cell]; }

  void advance(double dt_s, double pack_a, double ambient_c) {
    const std::vector<State> slope = slopes(states_, pack_a, ambient_c);
    const std::vector<State> middle = moved(states_, slope, 0.5 * dt_s);
    states_ = moved(states_, slopes(middle, pack_a, ambient_c), dt_s);
  }

  [[nodiscard]] double voltage_v(std::size_t cell, double pack_a) const {
    return volts(states_[cell], pack_a - board_a_[cell]);
  }

 private:
  [[nodiscard]] double volts(const State& s, double a) const {
    const GridValues r = tables_.at(s.soc, s.cell_c);
    return tables_.ocv(s.soc, s.cell_c).voltage_v + r.hysteresis_v * s.h + r.r_ohm[0] * a +
           r.r_ohm[1] * s.i1 + r.r_ohm[2] * s.i2 + r.r_ohm[3] * s.i3;
  }

  static std::vector<State> moved(std::vector<State> from, const std::vector<State>& slope,
                                  double dt_s) {
    for (std::size_t i = 0; i < from.size(); ++i) {
      from[i].soc += dt_s * slope[i].soc;
      from[i].i1 += dt_s * slope[i].i1;
      from[i].i2 += dt_s * slope[i].i2;
      from[i].i3 += dt_s * slope[i].i3;
      from[i].h += dt_s * slope[i].h;
      from[i].cell_c += dt_s * slope[i].cell_c;
      from[i].board_c += dt_s * slope[i].board_c;
    }
    return from;
  }

  [[nodiscard]] std::vector<State> slopes(const std::vector<State>& states, double pack_a,
                                          double ambient_c) const {
    std::vector<State> all;
    for (std::size_t i = 0; i < states.size(); ++i) {
      const double below_c = states[i == 0 ? i : i - 1].cell_c;
      const double above_c = states[i + 1 == states.size() ? i : i + 1].cell_c;
      all.push_back(slope(states[i], pack_a, board_a_[i], ambient_c,
                          below_c + above_c - 2.0 * states[i].cell_c));
    }
    return all;
  }

  /// What a second changes. The board: 0.1 W/K to its cell, 0.025 W/K to the air, 7.5 J/K.
  [[nodiscard]] State slope(const State& s, double pack_a, double board_a, double ambient_c,
                            double neighbours_k) const {
    const CellParameters& p = tables_.parameters();
    const double a = pack_a - board_a;
    const double side_a = p.capacity_ah * 3600.0 * p.self_discharge_per_month / (30.0 * 86400.0) +
                          (a > 0.0 ? (1.0 - p.coulombic_efficiency) * a : 0.0);
    const double per_coulomb = 1.0 / (3600.0 * p.capacity_ah);
    const OcvPoint open = tables_.ocv(s.soc, s.cell_c);
    const double v = volts(s, a);
    const double chemical_v = open.voltage_v - (s.cell_c + 273.15) * open.v_per_kelvin;
    const double from_board_w = 0.1 * (s.board_c - s.cell_c);
    const double heat_w = a * v - (a - side_a) * chemical_v + from_board_w +
                          p.neighbour_conductance_w_per_k * neighbours_k -
                          (s.cell_c - ambient_c) / p.thermal_resistance_k_per_w;
    const double direction = a < 0.0 ? -1.0 : 1.0;
    return {.soc = (a - side_a) * per_coulomb,
            .i1 = (a - s.i1) / p.tau1_s,
            .i2 = (a - s.i2) / p.tau2_s,
            .i3 = p.tau3_s > 0.0 ? (a - s.i3) / p.tau3_s : 0.0,
            .h = p.hysteresis_rate * std::fabs(a) * per_coulomb * (direction - s.h),
            .cell_c = heat_w / p.heat_capacity_j_per_k,
            .board_c = (board_a * v - from_board_w - 0.025 * (s.board_c - ambient_c)) / 7.5};
  }

  CellTables tables_;
  std::vector<double> board_a_;
  std::vector<State> states_;
};

}  // namespace cellwarden::plant
