/// Cells as a whole: sums over the chain, in an order that no compiler changes.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cells.hpp"
#include "plant/hash.hpp"

namespace cellwarden::plant {
namespace {

/// Adds one term a cell, four cells abreast.
template <class Term>
double total(int count, const Term& term) {
  double sums[4] = {0.0, 0.0, 0.0, 0.0};
  const int whole = count / 4 * 4;
  for (int i = 0; i < whole; i += 4) {
    for (int lane = 0; lane < 4; ++lane) sums[lane] += term(i + lane);
  }
  for (int i = whole; i < count; ++i) sums[i - whole] += term(i);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace

SeriesModel Cells::series() {
  const double* emf = at(Field::emf);
  const double* r0 = at(Field::r0);
  const double* board = at(Field::board_current);
  return {.emf_v = total(count_, [=](int i) { return emf[i] - r0[i] * board[i]; }),
          .ohm = total(count_, [=](int i) { return r0[i]; })};
}

SeriesModel Cells::series_ahead(double dt_s) {
  SeriesModel ahead = series();
  if (dt_s <= 0.0) return ahead;
  prepare(dt_s);
  const double gained1 = 1.0 - decay_.mean1;
  const double gained2 = 1.0 - decay_.mean2;
  const double half_s = 0.5 * dt_s;
  const double* r1 = at(Field::r1);
  const double* r2 = at(Field::r2);
  const double* i1 = at(Field::polarisation1);
  const double* i2 = at(Field::polarisation2);
  const double* board = at(Field::board_current);
  const double* slope = at(Field::ocv_slope);
  const double* per_coulomb = at(Field::per_coulomb);
  const double* gap = at(Field::gap);
  const double* h = at(Field::hysteresis);
  const double direction = pack_current_a_ > 0.0 ? 1.0 : -1.0;
  const double rate = parameters().hysteresis_rate;
  const auto ohm = [=](int i) {
    const double bend_v = slope[i] + rate * gap[i] * (1.0 - direction * h[i]);
    return gained1 * r1[i] + gained2 * r2[i] + half_s * bend_v * per_coulomb[i];
  };
  ahead.ohm += total(count_, ohm);
  ahead.emf_v -= total(count_, [=](int i) {
    return gained1 * r1[i] * i1[i] + gained2 * r2[i] * i2[i] + ohm(i) * board[i];
  });
  return ahead;
}

CellsEnergy Cells::last_energy() const {
  const double dt_s = decay_.dt_s;
  const double* ocv = at(Field::mean_ocv);
  const double* over = at(Field::mean_over);
  const double* current = at(Field::current);
  const double* side = at(Field::side);
  const double* board = at(Field::board_current);
  const double* to_ambient = at(Field::to_ambient);
  const double* warmed = at(Field::warmed);
  const auto sum = [this](auto term) { return total(count_, term); };
  return {.volt_seconds = dt_s * sum([=](int i) { return ocv[i] + over[i]; }),
          .stored_j = dt_s * sum([=](int i) { return ocv[i] * (current[i] - side[i]); }),
          .cell_heat_j = dt_s * sum([=](int i) { return current[i] * over[i] + ocv[i] * side[i]; }),
          .board_heat_j = dt_s * sum([=](int i) { return (ocv[i] + over[i]) * board[i]; }),
          .to_ambient_j = dt_s * sum([=](int i) { return to_ambient[i]; }),
          .warmed_j = sum([=](int i) { return warmed[i]; }),
          .board_c = dt_s * sum([=](int i) { return board[i]; }),
          .side_c = dt_s * sum([=](int i) { return side[i]; })};
}

std::uint64_t Cells::state_hash() const {
  StateHash hash;
  for (const Field field :
       {Field::soc, Field::polarisation1, Field::polarisation2, Field::hysteresis, Field::sign,
        Field::temperature, Field::board_temperature, Field::capacity, Field::resistance_factor,
        Field::self_discharge, Field::board_current}) {
    hash.add(view(field));
  }
  return hash.value();
}

}  // namespace cellwarden::plant
