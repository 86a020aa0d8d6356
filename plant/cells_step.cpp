/// Cells: moving them on by one step. Every loop runs over two cells abreast; cells beyond the last
/// one, up to the next even number, move along and are never looked at.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cells.hpp"
#include "plant/lanes.hpp"
#include "plant/math.hpp"

namespace cellwarden::plant {
namespace {

// The board: 8 K/W and 60 s, so that 1 A at 3.4 V reads 27 K too hot. Guesses: the manual says only
// that bypass makes the reading "much higher"; most of the heat goes through the terminal.
constexpr double board_to_cell_w_per_k = 0.1;
constexpr double board_to_air_w_per_k = 0.025;
constexpr double board_w_per_k = board_to_cell_w_per_k + board_to_air_w_per_k;
constexpr double board_j_per_k = 60.0 * board_w_per_k;

/// What decays with tau: the share lost at the end of a step, and the mean share over the step.
struct Fading {
  double lost;
  double mean;
};

Fading fading(double dt_s, double tau_s) {
  const double lost = -exp_minus_one(-dt_s / tau_s);
  return {.lost = lost, .mean = dt_s > 0.0 ? lost * tau_s / dt_s : 1.0};
}

/// e^x - 1 for x <= 0. A cell moves its charge by little in a step, where a short series is exact
/// to 6e-16; the long one is for what is left.
Lanes exp_minus_one(Lanes x) {
  constexpr double small = -1.0 / 16.0;
  if (x[0] < small || x[1] < small) {
    return Lanes{plant::exp_minus_one(x[0]), plant::exp_minus_one(x[1])};
  }
  Lanes p = x * (1.0 / 40320.0) + 1.0 / 5040.0;
  p = p * x + 1.0 / 720.0;
  p = p * x + 1.0 / 120.0;
  p = p * x + 1.0 / 24.0;
  p = p * x + 1.0 / 6.0;
  p = p * x + 0.5;
  return x + x * (x * p);
}

}  // namespace

void Cells::prepare(double dt_s) {
  if (dt_s == decay_.dt_s) return;
  const CellParameters& p = parameters();
  const Fading fast = fading(dt_s, p.tau1_s);
  const Fading slow = fading(dt_s, p.tau2_s);
  const Fading heat = fading(dt_s, p.heat_capacity_j_per_k * p.thermal_resistance_k_per_w);
  const Fading board = fading(dt_s, board_j_per_k / board_w_per_k);
  decay_ = {.dt_s = dt_s,
            .lost1 = fast.lost,
            .mean1 = fast.mean,
            .lost2 = slow.lost,
            .mean2 = slow.mean,
            .lost_heat = heat.lost,
            .mean_heat = heat.mean,
            .lost_board = board.lost,
            .mean_board = board.mean};
}

void Cells::advance(double dt_s, double pack_current_a, double ambient_c) {
  prepare(dt_s);
  pack_current_a_ = pack_current_a;
  move_charge();
  warm(ambient_c);
  look_up();
}

void Cells::move_charge() {
  double* const base = storage_.data();
  const std::size_t cells = even_count_;
  const Decay d = decay_;
  const Lanes pack_a{pack_current_a_, pack_current_a_};
  const Lanes zero{0.0, 0.0};
  const Lanes one{1.0, 1.0};
  const double inefficiency = 1.0 - parameters().coulombic_efficiency;
  const double rate = parameters().hysteresis_rate * d.dt_s;
  const double deciding_a = 0.01 * parameters().capacity_ah;
  for (std::size_t i = 0; i < cells; i += lane_count) {
    const Lanes per_coulomb = load(base + offset(Field::per_coulomb) + i);
    const Lanes a = pack_a - load(base + offset(Field::board_current) + i);
    const LaneMask charges = a > zero;
    const Lanes direction = select(charges, one, -one);
    const Lanes magnitude = select(charges, a, -a);
    const Lanes lost =
        load(base + offset(Field::self_discharge) + i) + inefficiency * select(charges, a, zero);
    const Lanes moved = (a - lost) * d.dt_s * per_coulomb;
    const Lanes i1 = load(base + offset(Field::polarisation1) + i);
    const Lanes i2 = load(base + offset(Field::polarisation2) + i);
    const Lanes h = load(base + offset(Field::hysteresis) + i);
    const Lanes off1 = i1 - a;
    const Lanes off2 = i2 - a;
    const Lanes turned = (h - direction) * exp_minus_one(-rate * magnitude * per_coulomb);
    const Lanes s =
        select(magnitude > deciding_a + zero, direction, load(base + offset(Field::sign) + i));
    store(base + offset(Field::mean_over) + i,
          load(base + offset(Field::r0) + i) * a +
              load(base + offset(Field::r1) + i) * (a + off1 * d.mean1) +
              load(base + offset(Field::r2) + i) * (a + off2 * d.mean2) +
              load(base + offset(Field::gap) + i) * (h + 0.5 * turned) +
              load(base + offset(Field::instant) + i) * s);
    store(base + offset(Field::mean_ocv) + i,
          load(base + offset(Field::ocv) + i) +
              0.5 * load(base + offset(Field::ocv_slope) + i) * moved);
    store(base + offset(Field::soc) + i, load(base + offset(Field::soc) + i) + moved);
    store(base + offset(Field::polarisation1) + i, i1 - off1 * d.lost1);
    store(base + offset(Field::polarisation2) + i, i2 - off2 * d.lost2);
    store(base + offset(Field::hysteresis) + i, h + turned);
    store(base + offset(Field::sign) + i, s);
    store(base + offset(Field::current) + i, a);
    store(base + offset(Field::side) + i, lost);
  }
}

void Cells::warm(double ambient_c) {
  double* const base = storage_.data();
  const std::size_t cells = even_count_;
  warm_boards(ambient_c);
  conduct();
  const Decay d = decay_;
  const CellParameters& p = parameters();
  const double to_air_w_per_k = 1.0 / p.thermal_resistance_k_per_w;
  for (std::size_t i = 0; i < cells; i += lane_count) {
    const Lanes now = load(base + offset(Field::temperature) + i);
    const Lanes above = p.thermal_resistance_k_per_w * load(base + offset(Field::heat) + i);
    const Lanes off = now - (ambient_c + above);
    const Lanes lost = off * d.lost_heat;
    store(base + offset(Field::to_ambient) + i, load(base + offset(Field::to_ambient) + i) +
                                                    (above + off * d.mean_heat) * to_air_w_per_k);
    store(base + offset(Field::warmed) + i,
          load(base + offset(Field::warmed) + i) - p.heat_capacity_j_per_k * lost);
    store(base + offset(Field::temperature) + i, now - lost);
  }
}

void Cells::warm_boards(double ambient_c) {
  double* const base = storage_.data();
  const std::size_t cells = even_count_;
  constexpr double k_per_w = 1.0 / board_w_per_k;
  const Decay d = decay_;
  for (std::size_t i = 0; i < cells; i += lane_count) {
    const Lanes ocv = load(base + offset(Field::mean_ocv) + i);
    const Lanes over = load(base + offset(Field::mean_over) + i);
    const Lanes cell_c = load(base + offset(Field::temperature) + i);
    const Lanes board_w = (ocv + over) * load(base + offset(Field::board_current) + i);
    const Lanes settled =
        (board_w + board_to_cell_w_per_k * cell_c + board_to_air_w_per_k * ambient_c) * k_per_w;
    const Lanes now = load(base + offset(Field::board_temperature) + i);
    const Lanes off = now - settled;
    const Lanes lost = off * d.lost_board;
    const Lanes mean_c = settled + off * d.mean_board;
    const Lanes own_w =
        load(base + offset(Field::current) + i) * over + ocv * load(base + offset(Field::side) + i);
    store(base + offset(Field::heat) + i, own_w + board_to_cell_w_per_k * (mean_c - cell_c));
    store(base + offset(Field::to_ambient) + i, board_to_air_w_per_k * (mean_c - ambient_c));
    store(base + offset(Field::warmed) + i, -board_j_per_k * lost);
    store(base + offset(Field::board_temperature) + i, now - lost);
  }
}

// Each flow leaves one cell and enters the next, so that none is lost.
void Cells::conduct() {
  const double w_per_k = parameters().neighbour_conductance_w_per_k;
  const double* temperature = at(Field::temperature);
  double* heat = at(Field::heat);
  double from_below_w = 0.0;
  const auto last = static_cast<std::size_t>(count_ - 1);
  for (std::size_t i = 0; i < last; ++i) {
    const double up_w = w_per_k * (temperature[i] - temperature[i + 1]);
    heat[i] += from_below_w - up_w;
    from_below_w = up_w;
  }
  heat[last] += from_below_w;
}

void Cells::look_up() {
  if (evaluate()) return;
  take_patches();
  static_cast<void>(evaluate());  // beyond the grid a cell stays beside its patch
}

/// @return  every cell was on the patch it has
bool Cells::evaluate() {
  double* const base = storage_.data();
  const std::size_t cells = even_count_;
  const Lanes zero{0.0, 0.0};
  const Lanes one{1.0, 1.0};
  const Lanes pack_a{pack_current_a_, pack_current_a_};
  LaneMask beside{0, 0};
  const auto blend = [&](Field low, Field step, std::size_t i, Lanes share) {
    return load(base + offset(low) + i) + share * load(base + offset(step) + i);
  };
  for (std::size_t i = 0; i < cells; i += lane_count) {
    const Lanes celsius = load(base + offset(Field::temperature) + i);
    const Lanes x = load(base + offset(Field::soc) + i) * CellTables::points_per_soc -
                    load(base + offset(Field::point) + i);
    const Lanes y = celsius * (1.0 / knot_step_k) - load(base + offset(Field::knot) + i);
    const Lanes z = celsius - load(base + offset(Field::row) + i);
    beside |= (x < zero) | (x >= one) | (y < zero) | (y >= one) | (z < zero) | (z >= one);
    const Lanes along = load(base + offset(Field::ocv_along) + i);
    const Lanes twist = load(base + offset(Field::ocv_twist) + i);
    const Lanes ocv = load(base + offset(Field::ocv_low) + i) + x * along +
                      y * (load(base + offset(Field::ocv_rise) + i) + x * twist);
    const Lanes r0 = blend(Field::r0_low, Field::r0_step, i, z);
    const Lanes r1 = blend(Field::r1_low, Field::r1_step, i, z);
    const Lanes r2 = blend(Field::r2_low, Field::r2_step, i, z);
    const Lanes gap = blend(Field::gap_low, Field::gap_step, i, z);
    const Lanes instant = blend(Field::instant_low, Field::instant_step, i, z);
    const Lanes emf = ocv + gap * load(base + offset(Field::hysteresis) + i) +
                      instant * load(base + offset(Field::sign) + i) +
                      r1 * load(base + offset(Field::polarisation1) + i) +
                      r2 * load(base + offset(Field::polarisation2) + i);
    store(base + offset(Field::ocv) + i, ocv);
    store(base + offset(Field::ocv_slope) + i, (along + y * twist) * CellTables::points_per_soc);
    store(base + offset(Field::r0) + i, r0);
    store(base + offset(Field::r1) + i, r1);
    store(base + offset(Field::r2) + i, r2);
    store(base + offset(Field::gap) + i, gap);
    store(base + offset(Field::instant) + i, instant);
    store(base + offset(Field::emf) + i, emf);
    store(base + offset(Field::voltage) + i,
          emf + r0 * (pack_a - load(base + offset(Field::board_current) + i)));
  }
  return !any(beside);
}

void Cells::look(double pack_current_a) {
  double* const base = storage_.data();
  const std::size_t cells = even_count_;
  pack_current_a_ = pack_current_a;
  for (std::size_t i = 0; i < cells; i += lane_count) {
    const Lanes a = pack_current_a - load(base + offset(Field::board_current) + i);
    store(base + offset(Field::voltage) + i,
          load(base + offset(Field::emf) + i) + load(base + offset(Field::r0) + i) * a);
  }
}

}  // namespace cellwarden::plant
