/// Cells: moving them on by one step. Loops run over four cells abreast; cells beyond the last one,
/// up to the next multiple of four, move along and are never looked at.
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

constexpr float celsius_zero_k = 273.15F;

// A cell moves its charge by little in a step: below this share times the rate of hysteresis a
// short series is exact to a float's last place.
constexpr double small_exponent = 1.0 / 32.0;

/// What decays with tau: the share lost at the end of a step, and the mean share over the step.
struct Fading {
  float lost;
  float mean;
};

Fading fading(double dt_s, double tau_s) {
  if (tau_s <= 0.0) return {.lost = 1.0F, .mean = 0.0F};
  const double lost = -exp_minus_one(-dt_s / tau_s);
  return {.lost = static_cast<float>(lost),
          .mean = dt_s > 0.0 ? static_cast<float>(lost * tau_s / dt_s) : 1.0F};
}

double mean_share(double dt_s, double tau_s) {
  return dt_s > 0.0 ? -exp_minus_one(-dt_s / tau_s) * tau_s / dt_s : 1.0;
}

/// e^x - 1 for -1/32 < x <= 0.
Floats short_exp_minus_one(Floats x) {
  const Floats p = x * (1.0F / 24.0F) + (1.0F / 6.0F);
  return x + x * x * (x * p + 0.5F);
}

Floats long_exp_minus_one(Floats x) {
  Floats result{};
  for (int lane = 0; lane < 4; ++lane) {
    result[lane] = static_cast<float>(exp_minus_one(static_cast<double>(x[lane])));
  }
  return result;
}

}  // namespace

void Cells::prepare(double dt_s) {
  if (dt_s == decay_.dt_s) return;
  const CellParameters& p = parameters();
  const Fading first = fading(dt_s, p.tau1_s);
  const Fading second = fading(dt_s, p.tau2_s);
  const Fading third = fading(dt_s, p.tau3_s);
  const double heat = mean_share(dt_s, p.heat_capacity_j_per_k * p.thermal_resistance_k_per_w);
  const double board = mean_share(dt_s, board_j_per_k / board_w_per_k);
  decay_ = {.dt_s = dt_s,
            .lost1 = first.lost,
            .mean1 = first.mean,
            .lost2 = second.lost,
            .mean2 = second.mean,
            .lost3 = third.lost,
            .mean3 = third.mean,
            .mean_heat = heat,
            .mean_board = board};
}

double Cells::charge_share_max(double dt_s) const {
  const double magnitude_a = pack_current_a_ < 0.0 ? -pack_current_a_ : pack_current_a_;
  return dt_s * (magnitude_a + board_current_max_a_) * per_coulomb_max_;
}

/// Adds to a sum that keeps what rounding drops, so that steps of a millisecond still count.
/// @source  W. Kahan, Comm. ACM 8 (1965)
inline void Cells::Arrays::add_to(Narrow field, Narrow rest, std::size_t i, Floats value) const {
  const Floats before = in(field, i);
  const Floats wanted = value - in(rest, i);
  const Floats after = before + wanted;
  out(field, i, after);
  out(rest, i, (after - before) - wanted);
}

/// What the means of a step's temperatures are made of.
struct Cells::HeatWeights {
  float power, cell, board,
      air;                     // board above air, from its watts, both temperatures and the air's
  float to_cell, to_air;       // W/K
  float own, above;            // watts to the air, from a cell's own watts and its excess
  double per_board, per_cell;  // K/W over the step
};

Cells::HeatWeights Cells::heat_weights(const Step& step) const {
  const Decay& d = step.decay;
  const double settling = 1.0 - d.mean_board;
  const auto air_c = static_cast<double>(step.air_c);
  return {
      .power = static_cast<float>(settling / board_w_per_k),
      .cell = static_cast<float>(settling * board_to_cell_w_per_k / board_w_per_k),
      .board = static_cast<float>(d.mean_board),
      .air = static_cast<float>((settling * board_to_air_w_per_k / board_w_per_k - 1.0) * air_c),
      .to_cell = static_cast<float>(board_to_cell_w_per_k),
      .to_air = static_cast<float>(board_to_air_w_per_k),
      .own = static_cast<float>(1.0 - d.mean_heat),
      .above = static_cast<float>(d.mean_heat / parameters().thermal_resistance_k_per_w),
      .per_board = d.dt_s / board_j_per_k,
      .per_cell = d.dt_s / parameters().heat_capacity_j_per_k};
}

// Three loops: in one, each block would wait for its own long chain of results; so several blocks
// are under way at once.
void Cells::advance(double dt_s, double pack_current_a, double ambient_c) {
  prepare(dt_s);
  pack_current_a_ = pack_current_a;
  const CellParameters& p = parameters();
  const Step step{.decay = decay_,
                  .pack_a = all(pack_current_a),
                  .inefficiency = 1.0 - p.coulombic_efficiency,
                  .neighbour_w_per_k = p.neighbour_conductance_w_per_k,
                  .rate = static_cast<float>(p.hysteresis_rate * dt_s),
                  .air_c = static_cast<float>(ambient_c)};
  const bool small = charge_share_max(dt_s) * p.hysteresis_rate < small_exponent;
  if (p.tau3_s > 0.0) {
    small ? move_charge<true, true>(step) : move_charge<true, false>(step);
    warm(step);
    evaluate<true>();
  } else {
    small ? move_charge<false, true>(step) : move_charge<false, false>(step);
    warm(step);
    evaluate<false>();
  }
  note_use(dt_s);
}

/// Charge, polarisation, hysteresis, and what they make of the mean voltage.
template <bool third_pair, bool small_step>
void Cells::move_charge(const Step& step) {
  const Arrays cells = arrays();
  const Decay d = step.decay;
  for (std::size_t i = 0; i < padded_count_; i += lane_count) {
    const Doubles a = step.pack_a - cells.in(Wide::board_current, i);
    const Doubles stored_a =
        a - (cells.in(Wide::self_discharge, i) + step.inefficiency * positive(a));
    const Doubles per_coulomb = cells.in(Wide::per_coulomb, i);
    const Doubles moved = (d.dt_s * stored_a) * per_coulomb;
    cells.out(Wide::stored_current, i, stored_a);
    cells.out(Wide::soc, i, cells.in(Wide::soc, i) + moved);
    const Floats current = narrow(a);
    const Floats off1 = cells.in(Narrow::current1, i) - current;
    const Floats off2 = cells.in(Narrow::current2, i) - current;
    Floats over = cells.in(Narrow::r0, i) * current +
                  cells.in(Narrow::r1, i) * (current + off1 * d.mean1) +
                  cells.in(Narrow::r2, i) * (current + off2 * d.mean2);
    cells.out(Narrow::current1, i, cells.in(Narrow::current1, i) - off1 * d.lost1);
    cells.add_to(Narrow::current2, Narrow::rest2, i, off2 * -d.lost2);
    if constexpr (third_pair) {
      const Floats off3 = cells.in(Narrow::current3, i) - current;
      over += cells.in(Narrow::r3, i) * (current + off3 * d.mean3);
      cells.add_to(Narrow::current3, Narrow::rest3, i, off3 * -d.lost3);
    }
    // The hysteresis goes to the sign of the current, by the charge that passes.
    const Floats h = cells.in(Narrow::hysteresis, i);
    const Floats turn = current * narrow(per_coulomb) * step.rate;
    const Floats size = magnitude(turn);
    const Floats faded = small_step ? short_exp_minus_one(-size) : long_exp_minus_one(-size);
    const Floats turned = (h - with_sign_of(1.0F, turn)) * faded;
    over += cells.in(Narrow::gap, i) * (h + 0.5F * turned);
    cells.add_to(Narrow::hysteresis, Narrow::hysteresis_rest, i, turned);
    const Floats ocv =
        cells.in(Narrow::ocv, i) + 0.5F * cells.in(Narrow::ocv_slope, i) * narrow(moved);
    const Floats kelvin = narrow(cells.in(Wide::temperature, i)) + celsius_zero_k;
    cells.out(Narrow::mean_voltage, i, ocv + over);
    cells.out(Narrow::mean_chemical, i, ocv - kelvin * cells.in(Narrow::entropic, i));
  }
}

/// Boards and cells. What flows is taken from exact exponentials, in floats: the mean temperatures
/// over the step are sums of what there is, each with a weight of its own. What stays is counted in
/// doubles from those very flows, so that none is lost.
void Cells::warm(const Step& step) {
  const Arrays cells = arrays();
  const HeatWeights w = heat_weights(step);
  double* const temperature = at(Wide::temperature);
  // No heat passes the ends of the chain: beyond them it is as warm as at them.
  temperature[count_] = temperature[count_ - 1];
  Pair below_c{0.0, temperature[0]};
  for (std::size_t i = 0; i < padded_count_; i += lane_count) {
    const Doubles now = cells.in(Wide::temperature, i);
    const Doubles board = cells.in(Wide::board_temperature, i);
    const Doubles board_a = cells.in(Wide::board_current, i);
    const Doubles volts = widen(cells.in(Narrow::mean_voltage, i));
    const Doubles board_w = board_a * volts;
    const Floats celsius = narrow(now);
    const Floats board_above_air =
        (w.power * narrow(board_w) + w.cell * celsius) + (w.board * narrow(board) + w.air);
    const Floats board_to_air = w.to_air * board_above_air;
    const Doubles from_board = widen(w.to_cell * (board_above_air - (celsius - step.air_c)));
    cells.out(Narrow::board_to_air, i, board_to_air);
    cells.out(Wide::board_temperature, i,
              board + w.per_board * (board_w - from_board - widen(board_to_air)));
    const Pair middle = across(now.low, now.high);
    const Doubles above{middle, across(now.high, load_pair(temperature + i + lane_count))};
    const Doubles below{across(below_c, now.low), middle};
    below_c = now.high;
    const Doubles heat_w =
        (step.pack_a - board_a) * volts -
        cells.in(Wide::stored_current, i) * widen(cells.in(Narrow::mean_chemical, i));
    const Doubles own_w =
        (heat_w + step.neighbour_w_per_k * ((below - now) + (above - now))) + from_board;
    const Floats to_ambient = w.own * narrow(own_w) + w.above * (celsius - step.air_c);
    cells.out(Narrow::cell_to_air, i, to_ambient);
    cells.out(Wide::temperature, i, now + w.per_cell * (own_w - widen(to_ambient)));
  }
}

/// Everything that follows from charge and temperature.
template <bool third_pair>
void Cells::evaluate() {
  const Arrays cells = arrays();
  const Doubles pack_a = all(pack_current_a_);
  const Floats zero = all(0.0F);
  const Floats one = all(1.0F);
  for (std::size_t i = 0; i < padded_count_; i += lane_count) {
    const Floats position = narrow(CellTables::points_per_soc * cells.in(Wide::soc, i));
    const Floats celsius = narrow(cells.in(Wide::temperature, i));
    const Floats current = narrow(pack_a - cells.in(Wide::board_current, i));
    const Floats x = position - cells.in(Narrow::point, i);
    const Floats y = celsius - cells.in(Narrow::row, i);
    if (any((x < zero) | (x >= one) | (y < zero) | (y >= one))) [[unlikely]] {
      take_patches(i);
      evaluate<third_pair>(cells, i, position - cells.in(Narrow::point, i),
                           celsius - cells.in(Narrow::row, i), current);
    } else {
      evaluate<third_pair>(cells, i, x, y, current);
    }
  }
}

/// @param x, y  where on its patch each cell is
template <bool third_pair>
inline void Cells::evaluate(const Arrays& cells, std::size_t i, Floats x, Floats y,
                            Floats current) {
  const auto plane = [&](Narrow low) {
    const auto next = [low](int by) { return static_cast<Narrow>(static_cast<int>(low) + by); };
    return cells.in(low, i) + x * cells.in(next(1), i) + y * cells.in(next(2), i);
  };
  const Floats twist = cells.in(Narrow::ocv_twist, i);
  const Floats entropic = cells.in(Narrow::ocv_rise, i) + x * twist;
  const Floats along = cells.in(Narrow::ocv_along, i);
  const Floats ocv = cells.in(Narrow::ocv_low, i) + x * along + y * entropic;
  const Floats r0 = plane(Narrow::r0_low);
  const Floats r1 = plane(Narrow::r1_low);
  const Floats r2 = plane(Narrow::r2_low);
  const Floats gap = plane(Narrow::gap_low);
  Floats emf = ocv + gap * cells.in(Narrow::hysteresis, i) + r1 * cells.in(Narrow::current1, i) +
               r2 * cells.in(Narrow::current2, i);
  if constexpr (third_pair) {
    const Floats r3 = plane(Narrow::r3_low);
    emf += r3 * cells.in(Narrow::current3, i);
    cells.out(Narrow::r3, i, r3);
  }
  cells.out(Narrow::entropic, i, entropic);
  cells.out(Narrow::ocv, i, ocv);
  cells.out(Narrow::ocv_slope, i,
            (along + y * twist) * static_cast<float>(CellTables::points_per_soc));
  cells.out(Narrow::r0, i, r0);
  cells.out(Narrow::r1, i, r1);
  cells.out(Narrow::r2, i, r2);
  cells.out(Narrow::gap, i, gap);
  cells.out(Narrow::emf, i, emf);
  cells.out(Narrow::voltage, i, emf + r0 * current);
}

void Cells::look_up() { parameters().tau3_s > 0.0 ? evaluate<true>() : evaluate<false>(); }

void Cells::look(double pack_current_a) {
  const Arrays cells = arrays();
  pack_current_a_ = pack_current_a;
  for (std::size_t i = 0; i < padded_count_; i += lane_count) {
    const Floats current = narrow(all(pack_current_a) - cells.in(Wide::board_current, i));
    cells.out(Narrow::voltage, i, cells.in(Narrow::emf, i) + cells.in(Narrow::r0, i) * current);
  }
}

}  // namespace cellwarden::plant
