/// Cells: making them and moving them on. Loops run over plain arrays, without branches or calls
/// that stay calls, so that they can be vectorised.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cells.hpp"

#include "plant/check.hpp"
#include "plant/math.hpp"
#include "plant/random.hpp"

namespace cellwarden::plant {
namespace {

constexpr double seconds_per_hour = 3600.0;
constexpr double seconds_per_month = 30.0 * 86400.0;

// The board: 8 K/W and 60 s, so that 1 A at 3.4 V reads 27 K too hot. Guesses: the manual says only
// that bypass makes the reading "much higher"; most of the heat goes through the terminal.
constexpr double board_to_cell_w_per_k = 0.1;
constexpr double board_to_air_w_per_k = 0.025;
constexpr double board_w_per_k = board_to_cell_w_per_k + board_to_air_w_per_k;
constexpr double board_j_per_k = 60.0 * board_w_per_k;

// Rounded up to whole vectors, then one cache line more: arrays whose distance is a power of two
// would share cache sets.
std::size_t stride_of(int count) { return (static_cast<std::size_t>(count) + 7) / 8 * 8 + 8; }

int checked(int count) {
  require_within("cell_count", count, cell_count_min, cell_count_max);
  return count;
}

/// What decays with tau: the share lost at the end of a step, and the mean share over the step.
struct Fading {
  double lost;
  double mean;
};

Fading fading(double dt_s, double tau_s) {
  const double lost = -exp_minus_one(-dt_s / tau_s);
  return {.lost = lost, .mean = dt_s > 0.0 ? lost * tau_s / dt_s : 1.0};
}

}  // namespace

Cells::Cells(const CellParameters& parameters, int count, const CellSpread& spread,
             double start_soc, double temperature_c, std::uint64_t seed)
    : count_(checked(count)),
      stride_(stride_of(count)),
      tables_(std::make_shared<const CellTables>(parameters)),
      storage_(static_cast<std::size_t>(Field::last) * stride_, 0.0) {
  require_within("spread.capacity", spread.capacity, 0.0, 0.3);
  require_within("spread.resistance", spread.resistance, 0.0, 0.3);
  require_within("spread.soc", spread.soc, 0.0, 0.3);
  require_within("start_soc", start_soc, -0.05, 1.05);
  require_within("temperature_c", temperature_c, -60.0, 120.0);
  Random random(seed);
  for (int cell = 0; cell < count; ++cell) {
    const auto i = static_cast<std::size_t>(cell);
    const double larger = 1.0 + random.normal_within(spread.capacity, 3.0 * spread.capacity);
    const double worse = 1.0 + random.normal_within(spread.resistance, 3.0 * spread.resistance);
    const double fuller = random.normal_within(spread.soc, 3.0 * spread.soc);
    set_capacity_ah(cell, parameters.capacity_ah * larger);
    at(Field::resistance_factor)[i] = worse;
    at(Field::self_discharge)[i] = parameters.capacity_ah * seconds_per_hour *
                                   parameters.self_discharge_per_month / seconds_per_month;
    at(Field::soc)[i] = start_soc + fuller;
    at(Field::temperature)[i] = temperature_c;
    at(Field::board_temperature)[i] = temperature_c;
    at(Field::sign)[i] = -1.0;
  }
  look_up();
  look(0.0);
}

void Cells::set_board_current_a(int cell, double current_a) {
  at(Field::board_current)[cell] = current_a;
}

void Cells::set_soc(int cell, double soc) {
  at(Field::soc)[cell] = soc;
  look_up();
}

void Cells::set_temperature_c(int cell, double temperature_c) {
  at(Field::temperature)[cell] = temperature_c;
  look_up();
}

void Cells::set_capacity_ah(int cell, double capacity_ah) {
  at(Field::capacity)[cell] = capacity_ah;
  at(Field::per_coulomb)[cell] = 1.0 / (seconds_per_hour * capacity_ah);
}

void Cells::set_resistance_factor(int cell, double factor) {
  at(Field::resistance_factor)[cell] = factor;
  look_up();
}

void Cells::set_self_discharge_a(int cell, double current_a) {
  at(Field::self_discharge)[cell] = current_a;
}

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
  look(pack_current_a);
}

void Cells::move_charge() {
  const Decay d = decay_;
  const double pack_a = pack_current_a_;
  const double inefficiency = 1.0 - parameters().coulombic_efficiency;
  const double rate = parameters().hysteresis_rate * d.dt_s;
  const double deciding_a = 0.01 * parameters().capacity_ah;
  const double* __restrict board = at(Field::board_current);
  const double* __restrict leak = at(Field::self_discharge);
  const double* __restrict per_coulomb = at(Field::per_coulomb);
  const double* __restrict ocv = at(Field::ocv);
  const double* __restrict slope = at(Field::ocv_slope);
  const double* __restrict r0 = at(Field::r0);
  const double* __restrict r1 = at(Field::r1);
  const double* __restrict r2 = at(Field::r2);
  const double* __restrict gap = at(Field::hysteresis_v);
  const double* __restrict instant = at(Field::instant_v);
  double* __restrict soc = at(Field::soc);
  double* __restrict i1 = at(Field::polarisation1);
  double* __restrict i2 = at(Field::polarisation2);
  double* __restrict h = at(Field::hysteresis);
  double* __restrict sign = at(Field::sign);
  double* __restrict current = at(Field::current);
  double* __restrict side = at(Field::side);
  double* __restrict mean_ocv = at(Field::mean_ocv);
  double* __restrict mean_over = at(Field::mean_over);
  for (int i = 0; i < count_; ++i) {
    const double a = pack_a - board[i];
    const double charging_a = a > 0.0 ? a : 0.0;
    const double magnitude = a > 0.0 ? a : -a;
    const double direction = a > 0.0 ? 1.0 : -1.0;
    const double lost = leak[i] + inefficiency * charging_a;
    const double moved = (a - lost) * d.dt_s * per_coulomb[i];
    const double off1 = i1[i] - a;
    const double off2 = i2[i] - a;
    const double turned = (h[i] - direction) * exp_minus_one(-rate * magnitude * per_coulomb[i]);
    const double s = magnitude > deciding_a ? direction : sign[i];
    mean_over[i] = r0[i] * a + r1[i] * (a + off1 * d.mean1) + r2[i] * (a + off2 * d.mean2) +
                   gap[i] * (h[i] + 0.5 * turned) + instant[i] * s;
    mean_ocv[i] = ocv[i] + 0.5 * slope[i] * moved;
    soc[i] += moved;
    i1[i] -= off1 * d.lost1;
    i2[i] -= off2 * d.lost2;
    h[i] += turned;
    sign[i] = s;
    current[i] = a;
    side[i] = lost;
  }
}

void Cells::warm(double ambient_c) {
  const Decay d = decay_;
  const CellParameters& p = parameters();
  const double* __restrict board = at(Field::board_current);
  const double* __restrict current = at(Field::current);
  const double* __restrict side = at(Field::side);
  const double* __restrict mean_ocv = at(Field::mean_ocv);
  const double* __restrict mean_over = at(Field::mean_over);
  double* __restrict temperature = at(Field::temperature);
  double* __restrict board_temperature = at(Field::board_temperature);
  double* __restrict heat = at(Field::heat);
  double* __restrict to_ambient = at(Field::to_ambient);
  double* __restrict warmed = at(Field::warmed);
  for (int i = 0; i < count_; ++i) {
    const double board_w = (mean_ocv[i] + mean_over[i]) * board[i];
    const double settled =
        (board_w + board_to_cell_w_per_k * temperature[i] + board_to_air_w_per_k * ambient_c) /
        board_w_per_k;
    const double off = board_temperature[i] - settled;
    const double mean_c = settled + off * d.mean_board;
    const double own_w = current[i] * mean_over[i] + mean_ocv[i] * side[i];
    heat[i] = own_w + board_to_cell_w_per_k * (mean_c - temperature[i]);
    to_ambient[i] = board_to_air_w_per_k * (mean_c - ambient_c);
    board_temperature[i] -= off * d.lost_board;
    warmed[i] = -board_j_per_k * off * d.lost_board;
  }
  // Each flow leaves one cell and enters the next, so that none is lost.
  double from_below_w = 0.0;
  for (int i = 0; i + 1 < count_; ++i) {
    const double up_w = p.neighbour_conductance_w_per_k * (temperature[i] - temperature[i + 1]);
    heat[i] += from_below_w - up_w;
    from_below_w = up_w;
  }
  heat[count_ - 1] += from_below_w;
  for (int i = 0; i < count_; ++i) {
    const double settled = ambient_c + p.thermal_resistance_k_per_w * heat[i];
    const double off = temperature[i] - settled;
    to_ambient[i] += (settled + off * d.mean_heat - ambient_c) / p.thermal_resistance_k_per_w;
    warmed[i] -= p.heat_capacity_j_per_k * off * d.lost_heat;
    temperature[i] -= off * d.lost_heat;
  }
}

void Cells::look_up() {
  const CellTables& tables = *tables_;
  const double* __restrict soc = at(Field::soc);
  const double* __restrict temperature = at(Field::temperature);
  const double* __restrict factor = at(Field::resistance_factor);
  double* __restrict ocv = at(Field::ocv);
  double* __restrict slope = at(Field::ocv_slope);
  double* __restrict r0 = at(Field::r0);
  double* __restrict r1 = at(Field::r1);
  double* __restrict r2 = at(Field::r2);
  double* __restrict gap = at(Field::hysteresis_v);
  double* __restrict instant = at(Field::instant_v);
  for (int i = 0; i < count_; ++i) {
    const OcvPoint open = tables.ocv(soc[i], temperature[i]);
    ocv[i] = open.voltage_v;
    slope[i] = open.slope_v;
    const ThermalRow row = tables.at(temperature[i]);
    r0[i] = row.r0_ohm * factor[i];
    r1[i] = row.r1_ohm * factor[i];
    r2[i] = row.r2_ohm * factor[i];
    gap[i] = row.hysteresis_v;
    instant[i] = row.instant_v;
  }
}

void Cells::look(double pack_current_a) {
  pack_current_a_ = pack_current_a;
  const double* __restrict ocv = at(Field::ocv);
  const double* __restrict r0 = at(Field::r0);
  const double* __restrict r1 = at(Field::r1);
  const double* __restrict r2 = at(Field::r2);
  const double* __restrict gap = at(Field::hysteresis_v);
  const double* __restrict instant = at(Field::instant_v);
  const double* __restrict i1 = at(Field::polarisation1);
  const double* __restrict i2 = at(Field::polarisation2);
  const double* __restrict h = at(Field::hysteresis);
  const double* __restrict sign = at(Field::sign);
  const double* __restrict board = at(Field::board_current);
  double* __restrict emf = at(Field::emf);
  double* __restrict voltage = at(Field::voltage);
  for (int i = 0; i < count_; ++i) {
    emf[i] = ocv[i] + gap[i] * h[i] + instant[i] * sign[i] + r1[i] * i1[i] + r2[i] * i2[i] -
             r0[i] * board[i];
    voltage[i] = emf[i] + r0[i] * pack_current_a;
  }
}

}  // namespace cellwarden::plant
