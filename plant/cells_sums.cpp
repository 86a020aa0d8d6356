/// Cells as a whole: sums over the chain, in an order that no compiler changes.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cells.hpp"
#include "plant/hash.hpp"

namespace cellwarden::plant {
namespace {

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
                           return widen(in(Narrow::emf, i)) -
                                  widen(in(Narrow::r0, i)) * in(Wide::board_current, i);
                         }),
          .ohm = total(count_, [this](std::size_t i) { return widen(in(Narrow::r0, i)); })};
}

SeriesModel Cells::series_ahead(double dt_s) {
  SeriesModel ahead = series();
  if (dt_s <= 0.0) return ahead;
  prepare(dt_s);
  const float gained1 = 1.0F - decay_.mean1;
  const float gained2 = 1.0F - decay_.mean2;
  const float gained3 = parameters().tau3_s > 0.0 ? 1.0F - decay_.mean3 : 0.0F;
  const auto half_s = static_cast<float>(0.5 * dt_s);
  const float direction = pack_current_a_ > 0.0 ? 1.0F : -1.0F;
  const auto rate = static_cast<float>(parameters().hysteresis_rate);
  const auto ohm = [=, this](std::size_t i) {
    const Floats bend_v =
        in(Narrow::ocv_slope, i) +
        rate * in(Narrow::gap, i) * (1.0F - direction * in(Narrow::hysteresis, i));
    return gained1 * in(Narrow::r1, i) + gained2 * in(Narrow::r2, i) + gained3 * in(Narrow::r3, i) +
           half_s * bend_v * narrow(in(Wide::per_coulomb, i));
  };
  ahead.ohm += total(count_, [&](std::size_t i) { return widen(ohm(i)); });
  ahead.emf_v -= total(count_, [&](std::size_t i) {
    return widen(gained1 * in(Narrow::r1, i) * in(Narrow::current1, i) +
                 gained2 * in(Narrow::r2, i) * in(Narrow::current2, i) +
                 gained3 * in(Narrow::r3, i) * in(Narrow::current3, i) +
                 ohm(i) * narrow(in(Wide::board_current, i)));
  });
  return ahead;
}

// Made of the very numbers that `advance` moved charge and heat by, in doubles: what came in is
// what is somewhere, to rounding.
CellsEnergy Cells::last_energy() const {
  const double dt_s = decay_.dt_s;
  const double inefficiency = 1.0 - parameters().coulombic_efficiency;
  const auto sum = [&](auto term) { return dt_s * total(count_, term); };
  const auto a = [&](std::size_t i) { return all(pack_current_a_) - in(Wide::board_current, i); };
  const auto side = [&](std::size_t i) {
    return in(Wide::self_discharge, i) + inefficiency * positive(a(i));
  };
  const auto volts = [&](std::size_t i) { return widen(in(Narrow::mean_voltage, i)); };
  const auto stored = [&](std::size_t i) {
    return (a(i) - side(i)) * widen(in(Narrow::mean_chemical, i));
  };
  const auto to_air = [&](std::size_t i) {
    return widen(in(Narrow::cell_to_air, i)) + widen(in(Narrow::board_to_air, i));
  };
  CellsEnergy energy;
  energy.volt_seconds = sum(volts);
  energy.stored_j = sum(stored);
  energy.cell_heat_j = sum([&](std::size_t i) { return a(i) * volts(i) - stored(i); });
  energy.board_heat_j = sum([&](std::size_t i) { return in(Wide::board_current, i) * volts(i); });
  energy.to_ambient_j = sum(to_air);
  // What passes between neighbours cancels; the rest stayed.
  energy.warmed_j = energy.cell_heat_j + energy.board_heat_j - energy.to_ambient_j;
  energy.board_c = sum([&](std::size_t i) { return in(Wide::board_current, i); });
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
