// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/simulate/plot_axes.hpp"

#include <cmath>

#include "scenarios/reader/amounts.hpp"

namespace cellwarden::gateway {
namespace {

using scenarios::day;
using scenarios::second;

constexpr sim::SimTime minute = 60 * second;
constexpr sim::SimTime hour = 60 * minute;
constexpr sim::SimTime most_ticks = 9;

std::string tick_words(sim::SimTime of_day, sim::SimTime step) {
  if (of_day % day == 0) return "day " + std::to_string(of_day / day + 1);
  std::string words = scenarios::clock_text(of_day % day);
  if (step >= minute) words.resize(5);
  return words;
}

}  // namespace

Axis nice_axis(ValueRange range) {
  const double middle = (range.low + range.high) / 2.0;
  const double least = std::fmax(std::fabs(middle) * 1e-3, 1e-3);
  double size = range.high - range.low;
  if (size < least) {
    range = {middle - least / 2.0, middle + least / 2.0};
    size = least;
  }
  const double power = std::pow(10.0, std::floor(std::log10(size)));
  double step = power * 2.0;
  for (const double factor : {0.2, 0.5, 1.0}) {
    if (size / (power * factor) > 6.0) continue;
    step = power * factor;
    break;
  }
  const double low = std::floor(range.low / step + 1e-9) * step;
  const double high = std::ceil(range.high / step - 1e-9) * step;
  int decimals = 0;
  for (double shown = step; decimals < 6 && std::fabs(shown - std::round(shown)) > 1e-6 * shown;
       shown *= 10.0) {
    ++decimals;
  }
  return {low, high, step, decimals};
}

std::vector<TimeTick> time_ticks(sim::SimTime start_of_day, sim::SimTime run) {
  constexpr sim::SimTime steps[] = {second,      2 * second,  5 * second, 10 * second, 15 * second,
                                    30 * second, minute,      2 * minute, 5 * minute,  10 * minute,
                                    15 * minute, 30 * minute, hour,       2 * hour,    3 * hour,
                                    6 * hour,    12 * hour,   day,        2 * day,     5 * day,
                                    7 * day,     14 * day,    30 * day,   60 * day};
  sim::SimTime step = 365 * day;
  for (const sim::SimTime each : steps) {
    if (run / each >= most_ticks) continue;
    step = each;
    break;
  }
  std::vector<TimeTick> ticks;
  for (sim::SimTime at = (start_of_day + step - 1) / step * step; at <= start_of_day + run;
       at += step) {
    ticks.push_back({at - start_of_day, tick_words(at, step)});
  }
  return ticks;
}

}  // namespace cellwarden::gateway
