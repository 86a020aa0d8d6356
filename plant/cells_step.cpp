/// Cells: one step. What it is made of is worked out here, the loops are the kernel's.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cells.hpp"
#include "plant/math.hpp"

namespace cellwarden::plant {
namespace {

// The board: 8 K/W and 60 s, so that 1 A at 3.4 V reads 27 K too hot. Guesses: the manual says only
// that bypass makes the reading "much higher"; most of the heat goes through the terminal.
constexpr double board_to_cell_w_per_k = 0.1;
constexpr double board_to_air_w_per_k = 0.025;
constexpr double board_w_per_k = board_to_cell_w_per_k + board_to_air_w_per_k;
constexpr double board_j_per_k = 60.0 * board_w_per_k;

// A cell moves its charge by little in a step: below this share times the rate of hysteresis a
// short series is exact to a float's last place.
constexpr double small_exponent = 1.0 / 64.0;

/// What decays with tau: the share lost at the end of a step, and the mean share over the step.
struct Fading {
  double lost;
  double mean;
};

Fading fading(double dt_s, double tau_s) {
  if (tau_s <= 0.0) return {.lost = 1.0, .mean = 0.0};
  const double lost = -exp_minus_one(-dt_s / tau_s);
  return {.lost = lost, .mean = dt_s > 0.0 ? lost * tau_s / dt_s : 1.0};
}

float float_exp_minus_one(float x) {
  return static_cast<float>(exp_minus_one(static_cast<double>(x)));
}

}  // namespace

void Cells::prepare(double dt_s) {
  if (dt_s == step_.dt_s) return;
  const CellParameters& p = parameters();
  const Fading first = fading(dt_s, p.tau1_s);
  const Fading second = fading(dt_s, p.tau2_s);
  const Fading third = fading(dt_s, p.tau3_s);
  const double heat = fading(dt_s, p.heat_capacity_j_per_k * p.thermal_resistance_k_per_w).mean;
  const double board = fading(dt_s, board_j_per_k / board_w_per_k).mean;
  step_ = {.dt_s = dt_s,
           .pack_a = 0.0,
           .ambient_c = 0.0,
           .inefficiency = 1.0 - p.coulombic_efficiency,
           .neighbour_w_per_k = p.neighbour_conductance_w_per_k,
           .lost1 = static_cast<float>(first.lost),
           .mean1 = static_cast<float>(first.mean),
           .lost2 = static_cast<float>(second.lost),
           .mean2 = static_cast<float>(second.mean),
           .lost3 = static_cast<float>(third.lost),
           .mean3 = static_cast<float>(third.mean),
           .rate = static_cast<float>(p.hysteresis_rate),
           .board_power = (1.0 - board) / board_w_per_k,
           .board_cell = (1.0 - board) * board_to_cell_w_per_k / board_w_per_k,
           .board_board = board,
           .board_to_cell = board_to_cell_w_per_k,
           .board_to_air = board_to_air_w_per_k,
           .per_board = dt_s / board_j_per_k,
           .cell_own = 1.0 - heat,
           .cell_above = heat / p.thermal_resistance_k_per_w,
           .per_cell = dt_s / p.heat_capacity_j_per_k};
}

CellsArrays Cells::arrays() {
  return {.wide = first(wide_),
          .narrow = first(narrow_),
          .count = static_cast<std::size_t>(count_),
          .pack_a = pack_current_a_,
          .owner = this,
          .take_patches = take_patches,
          .exp_minus_one = float_exp_minus_one};
}

double Cells::charge_share_max(double dt_s) const {
  const double magnitude_a = pack_current_a_ < 0.0 ? -pack_current_a_ : pack_current_a_;
  return dt_s * (magnitude_a + board_current_max_a_) * per_coulomb_max_;
}

void Cells::advance(double dt_s, double pack_current_a, double ambient_c) {
  prepare(dt_s);
  pack_current_a_ = pack_current_a;
  step_.pack_a = pack_current_a;
  step_.ambient_c = ambient_c;
  // No heat passes the ends of the chain: beyond them it is as warm as at them.
  double* temperature = at(Wide::temperature);
  temperature[-1] = temperature[0];
  temperature[count_] = temperature[count_ - 1];
  const bool small = charge_share_max(dt_s) * parameters().hysteresis_rate < small_exponent;
  series_.reset();
  kernel_->advance(arrays(), step_, parameters().tau3_s > 0.0, small);
  note_use(dt_s);
}

void Cells::look_up() {
  series_.reset();
  kernel_->evaluate(arrays(), parameters().tau3_s > 0.0);
}

void Cells::look(double pack_current_a) {
  pack_current_a_ = pack_current_a;
  kernel_->look(arrays());
}

}  // namespace cellwarden::plant
