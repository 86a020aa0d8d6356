/// Cells as a whole: sums over the chain, in an order that no compiler changes.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cells.hpp"
#include "plant/hash.hpp"
#include "plant/lanes.hpp"

namespace cellwarden::plant {
namespace {

using Four = Lanes<4>;
using Floats = Four::Floats;
using Doubles = Four::Doubles;
constexpr std::size_t lane_count = 4;

inline Doubles all(double value) { return {Four::Half{value, value}, Four::Half{value, value}}; }

/// Adds one term a cell, four cells abreast.
template <class Term>
double total(int count, const Term& term) {
  Doubles sums = all(0.0);
  const auto cells = static_cast<std::size_t>(count);
  const std::size_t whole = cells / lane_count * lane_count;
  for (std::size_t i = 0; i < whole; i += lane_count) sums = sums + term(i);
  double rest = 0.0;
  if (whole < cells) {
    const Doubles last = term(whole);
    const double values[] = {last.low[0], last.low[1], last.high[0], last.high[1]};
    for (std::size_t i = whole; i < cells; ++i) rest += values[i - whole];
  }
  return ((sums.low[0] + sums.low[1]) + (sums.high[0] + sums.high[1])) + rest;
}

}  // namespace

SeriesModel Cells::series() {
  return {.emf_v = total(count_,
                         [this](std::size_t i) {
                           return Four::widen(Four::load(at(Narrow::emf) + i)) -
                                  Four::widen(Four::load(at(Narrow::r0) + i)) *
                                      Four::load(at(Wide::board_current) + i);
                         }),
          .ohm = total(count_, [this](std::size_t i) {
            return Four::widen(Four::load(at(Narrow::r0) + i));
          })};
}

SeriesModel Cells::series_ahead(double dt_s) {
  SeriesModel ahead = series();
  if (dt_s <= 0.0) return ahead;
  prepare(dt_s);
  const float gained1 = 1.0F - step_.mean1;
  const float gained2 = 1.0F - step_.mean2;
  const float gained3 = parameters().tau3_s > 0.0 ? 1.0F - step_.mean3 : 0.0F;
  const auto half_s = static_cast<float>(0.5 * dt_s);
  const float direction = pack_current_a_ > 0.0 ? 1.0F : -1.0F;
  const auto rate = static_cast<float>(parameters().hysteresis_rate);
  const auto ohm = [=, this](std::size_t i) {
    const Floats bend_v = Four::load(at(Narrow::ocv_slope) + i) +
                          rate * Four::load(at(Narrow::gap) + i) *
                              (1.0F - direction * Four::load(at(Narrow::hysteresis) + i));
    return gained1 * Four::load(at(Narrow::r1) + i) + gained2 * Four::load(at(Narrow::r2) + i) +
           gained3 * Four::load(at(Narrow::r3) + i) +
           half_s * bend_v * Four::load(at(Narrow::per_coulomb) + i);
  };
  ahead.ohm += total(count_, [&](std::size_t i) { return Four::widen(ohm(i)); });
  ahead.emf_v -= total(count_, [&](std::size_t i) {
    return Four::widen(
        gained1 * Four::load(at(Narrow::r1) + i) * Four::load(at(Narrow::current1) + i) +
        gained2 * Four::load(at(Narrow::r2) + i) * Four::load(at(Narrow::current2) + i) +
        gained3 * Four::load(at(Narrow::r3) + i) * Four::load(at(Narrow::current3) + i) +
        ohm(i) * Four::load(at(Narrow::board_current) + i));
  });
  return ahead;
}

// Made of the very numbers that `advance` moved charge and heat by, in doubles: what came in is
// what is somewhere, to rounding.
CellsEnergy Cells::last_energy() const {
  const double dt_s = step_.dt_s;
  const double inefficiency = 1.0 - parameters().coulombic_efficiency;
  const auto sum = [&](auto term) { return dt_s * total(count_, term); };
  const auto a = [&](std::size_t i) {
    return all(pack_current_a_) - Four::load(at(Wide::board_current) + i);
  };
  const auto side = [&](std::size_t i) {
    return Four::load(at(Wide::self_discharge) + i) + inefficiency * Four::positive(a(i));
  };
  const auto volts = [&](std::size_t i) {
    return Four::widen(Four::load(at(Narrow::mean_voltage) + i));
  };
  const auto stored = [&](std::size_t i) {
    return (a(i) - side(i)) * Four::widen(Four::load(at(Narrow::mean_chemical) + i));
  };
  CellsEnergy energy;
  energy.volt_seconds = sum(volts);
  energy.stored_j = sum(stored);
  energy.cell_heat_j = sum([&](std::size_t i) { return a(i) * volts(i) - stored(i); });
  energy.board_heat_j =
      sum([&](std::size_t i) { return Four::load(at(Wide::board_current) + i) * volts(i); });
  energy.to_ambient_j = sum([&](std::size_t i) { return Four::load(at(Wide::to_ambient) + i); });
  // What passes between neighbours cancels; the rest stayed.
  energy.warmed_j = energy.cell_heat_j + energy.board_heat_j - energy.to_ambient_j;
  energy.board_c = sum([&](std::size_t i) { return Four::load(at(Wide::board_current) + i); });
  energy.side_c = sum(side);
  return energy;
}

std::uint64_t Cells::state_hash() const {
  StateHash hash;
  for (const Wide field : {Wide::soc, Wide::temperature, Wide::board_temperature, Wide::capacity,
                           Wide::self_discharge, Wide::board_current}) {
    hash.add(view(field));
  }
  for (const Narrow field : {Narrow::current1, Narrow::current2, Narrow::rest2, Narrow::current3,
                             Narrow::rest3, Narrow::hysteresis, Narrow::hysteresis_rest}) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(count_); ++i) hash.add(view(field)[i]);
  }
  for (int i = 0; i < count_; ++i) {
    hash.add(resistance_factor_[static_cast<std::size_t>(i)]);
    hash.add(age(i).calendar_fade);
    hash.add(age(i).cycle_fade);
  }
  hash.add(second_of_hour_s_);
  hash.add(throughput_c_);
  return hash.value();
}

}  // namespace cellwarden::plant
