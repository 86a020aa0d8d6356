/// Cells as a whole: sums over the chain, in an order that no compiler changes.
// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plant/cells.hpp"
#include "plant/hash.hpp"
#include "plant/lanes.hpp"

namespace cellwarden::plant {
namespace {

using Four = Lanes<4>;
using Floats = Four::Floats;
using Doubles = Four::Doubles;
constexpr std::size_t lane_count = 4;

/// Several sums over the chain at once, four cells abreast.
/// @param terms  gives as many terms of the four cells from one on
template <std::size_t sums, class Terms>
std::array<double, sums> totals(int count, const Terms& terms) {
  std::array<Doubles, sums> all_four{};
  const auto cells = static_cast<std::size_t>(count);
  const std::size_t whole = cells / lane_count * lane_count;
  for (std::size_t i = 0; i < whole; i += lane_count) {
    const std::array<Doubles, sums> four = terms(i);
    for (std::size_t k = 0; k < sums; ++k) all_four[k] = all_four[k] + four[k];
  }
  std::array<double, sums> result{};
  for (std::size_t k = 0; k < sums; ++k) {
    const Doubles& four = all_four[k];
    result[k] = (four.low[0] + four.low[1]) + (four.high[0] + four.high[1]);
  }
  if (whole == cells) return result;
  const std::array<Doubles, sums> last = terms(whole);
  for (std::size_t k = 0; k < sums; ++k) {
    const double values[] = {last[k].low[0], last[k].low[1], last[k].high[0]};
    for (std::size_t i = whole; i < cells; ++i) result[k] += values[i - whole];
  }
  return result;
}

}  // namespace

SeriesModel Cells::series() {
  if (series_) return *series_;
  const auto sums = totals<2>(count_, [this](std::size_t i) -> std::array<Doubles, 2> {
    const Doubles r0 = Four::widen(Four::load(at(Narrow::r0) + i));
    const Doubles emf = Four::widen(Four::load(at(Narrow::emf) + i));
    return {emf - r0 * Four::load(at(Wide::board_current) + i), r0};
  });
  series_ = {.emf_v = sums[0], .ohm = sums[1]};
  return *series_;
}

SeriesModel Cells::series_ahead(double dt_s) {
  const SeriesModel now = series();
  if (dt_s <= 0.0) return now;
  prepare(dt_s);
  const float gained1 = 1.0F - step_.mean1;
  const float gained2 = 1.0F - step_.mean2;
  const float gained3 = parameters().tau3_s > 0.0 ? 1.0F - step_.mean3 : 0.0F;
  const auto half_s = static_cast<float>(0.5 * dt_s);
  const float direction = pack_current_a_ > 0.0 ? 1.0F : -1.0F;
  const auto rate = static_cast<float>(parameters().hysteresis_rate);
  const auto in = [this](Narrow field, std::size_t i) { return Four::load(at(field) + i); };
  const auto sums = totals<2>(count_, [&](std::size_t i) -> std::array<Doubles, 2> {
    const Floats bend_v =
        in(Narrow::ocv_slope, i) +
        rate * in(Narrow::gap, i) * (1.0F - direction * in(Narrow::hysteresis, i));
    const Floats r1 = gained1 * in(Narrow::r1, i);
    const Floats r2 = gained2 * in(Narrow::r2, i);
    const Floats r3 = gained3 * in(Narrow::r3, i);
    const Floats ohm = r1 + r2 + r3 + half_s * bend_v * in(Narrow::per_coulomb, i);
    const Floats faded_v = r1 * in(Narrow::current1, i) + r2 * in(Narrow::current2, i) +
                           r3 * in(Narrow::current3, i) + ohm * in(Narrow::board_current, i);
    return {Four::widen(ohm), Four::widen(faded_v)};
  });
  return {.emf_v = now.emf_v - sums[1], .ohm = now.ohm + sums[0]};
}

// Made of the very numbers that `advance` moved charge and heat by, in doubles: what came in is
// what is somewhere, to rounding.
CellsEnergy Cells::last_energy() const {
  const double dt_s = step_.dt_s;
  const auto sums = totals<6>(count_, [this](std::size_t i) -> std::array<Doubles, 6> {
    const Doubles volts = Four::widen(Four::load(at(Narrow::mean_voltage) + i));
    const Doubles chemical = Four::widen(Four::load(at(Narrow::mean_chemical) + i));
    const Doubles board_a = Four::load(at(Wide::board_current) + i);
    const Doubles stored_a = Four::load(at(Wide::stored_current) + i);
    return {volts,   board_a * volts, stored_a * chemical, Four::load(at(Wide::to_ambient) + i),
            board_a, stored_a};
  });
  CellsEnergy energy;
  energy.volt_seconds = dt_s * sums[0];
  energy.board_heat_j = dt_s * sums[1];
  energy.stored_j = dt_s * sums[2];
  energy.cell_heat_j = step_.pack_a * energy.volt_seconds - energy.board_heat_j - energy.stored_j;
  energy.to_ambient_j = dt_s * sums[3];
  // What passes between neighbours cancels; the rest stayed.
  energy.warmed_j = energy.cell_heat_j + energy.board_heat_j - energy.to_ambient_j;
  energy.board_c = dt_s * sums[4];
  energy.side_c = dt_s * (step_.pack_a * count_ - sums[4] - sums[5]);
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
