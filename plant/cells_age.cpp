/// Cells: how they age. Looked at once an hour, worked out once a day: it costs nothing per step.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "plant/cells.hpp"
#include "plant/math.hpp"

namespace cellwarden::plant {
namespace {

constexpr double hour_s = 3600.0;
constexpr int hours_per_day = 24;
constexpr double gas_constant = 8.3144598;
constexpr double kelvin_at_zero = 273.15;
constexpr double reference_k = 298.15;

double cube(double x) { return x * x * x; }

/// Times the rate at 25 degrees Celsius.
double arrhenius(double activation_j, double celsius) {
  return exp(-activation_j / gas_constant * (1.0 / (celsius + kelvin_at_zero) - 1.0 / reference_k));
}

/// What grows with the square root of time or cycles, one more piece on: at a changed rate it goes
/// on from where it is.
double rooted(double so_far, double rate, double piece) {
  return std::sqrt(so_far * so_far + rate * rate * piece);
}

/// One more day on top of what was.
CellAge older(const CellAge& age, const Ageing& how, const DayOfUse& day, double cycles) {
  const double soc = day.soc_sum / hours_per_day;
  const double celsius = day.celsius_sum / hours_per_day;
  const double depth = std::clamp(day.soc_max - day.soc_min, 0.0, 1.0);
  const double c_rate = 2.0 * cycles / hours_per_day;
  const double calendar =
      how.speed * how.calendar_rate * arrhenius(how.calendar_activation_j, celsius) *
      std::max(0.0, how.calendar_cubic * cube(soc - 0.5) + how.calendar_constant);
  const double cycle = how.speed * std::max(0.0, how.cycle_per_c_rate * c_rate + how.cycle_base) *
                       std::max(0.0, how.cycle_cubic * cube(depth - 0.6) + how.cycle_constant);
  const double calendar_r =
      how.speed * how.calendar_r_rate * arrhenius(how.calendar_r_activation_j, celsius) *
      std::max(0.0, how.calendar_r_square * (soc - 0.5) * (soc - 0.5) + how.calendar_r_constant);
  const double cycle_r =
      how.speed * std::max(0.0, how.cycle_r_per_c_rate * c_rate + how.cycle_r_base) *
      std::max(0.0, how.cycle_r_cubic * cube(depth - 0.5) + how.cycle_r_constant);
  return {.calendar_fade = rooted(age.calendar_fade, calendar, hours_per_day * hour_s),
          .cycle_fade = rooted(age.cycle_fade, cycle, cycles),
          .resistance_growth =
              age.resistance_growth + calendar_r * hours_per_day * hour_s + cycle_r * cycles};
}

}  // namespace

void Cells::begin_day() {
  for (std::size_t i = 0; i < static_cast<std::size_t>(count_); ++i) {
    const double soc = at(Wide::soc)[i];
    days_[i] = {.soc_min = soc, .soc_max = soc};
  }
}

// The pack's current stands for every cell's: what the boards take is left out.
void Cells::note_use(double dt_s) {
  throughput_c_ += dt_s * std::fabs(pack_current_a_);
  second_of_hour_s_ += dt_s;
  while (second_of_hour_s_ >= hour_s) {
    second_of_hour_s_ -= hour_s;
    note_hour();
  }
}

void Cells::note_hour() {
  for (std::size_t i = 0; i < static_cast<std::size_t>(count_); ++i) {
    DayOfUse& day = days_[i];
    const double soc = at(Wide::soc)[i];
    day.soc_sum += soc;
    day.celsius_sum += at(Wide::temperature)[i];
    day.soc_min = std::min(day.soc_min, soc);
    day.soc_max = std::max(day.soc_max, soc);
  }
  hours_ += 1;
  if (hours_ < hours_per_day) return;
  hours_ = 0;
  age_by_a_day();
}

// The charge stays; the cell that holds it has shrunk.
void Cells::age_by_a_day() {
  for (int cell = 0; cell < count_; ++cell) {
    const auto i = static_cast<std::size_t>(cell);
    const double capacity_ah = at(Wide::capacity)[i];
    const double cycles = throughput_c_ / (2.0 * hour_s * capacity_ah);
    const CellAge before = ages_[i];
    const CellAge now = older(before, parameters().ageing, days_[i], cycles);
    const double left_before = 1.0 - before.calendar_fade - before.cycle_fade;
    const double left = std::max(0.05, 1.0 - now.calendar_fade - now.cycle_fade);
    ages_[i] = now;
    const double kept = left / left_before;
    set_capacity_ah(cell, capacity_ah * kept);
    at(Wide::soc)[i] /= kept;
    resistance_factor_[i] *= (1.0 + now.resistance_growth) / (1.0 + before.resistance_growth);
    at(Narrow::row)[i] = no_patch;
  }
  throughput_c_ = 0.0;
  begin_day();
  look_up();
}

}  // namespace cellwarden::plant
