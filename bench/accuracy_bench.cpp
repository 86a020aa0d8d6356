/// How true the cells are: their voltage against measured cells, their integration against one with
/// steps of 10 ms, and their balances. Usage: bench_accuracy [--celsius N] [FILE...]; a file has
/// its temperature in its name ("_-15C_") or takes that of the option before it. Without files: the
/// tests in bench/data.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>

#include "bench/measured_cell.hpp"
#include "plant/math.hpp"
#include "plant/reference_cell.hpp"

namespace cellwarden::bench {
namespace {

using plant::CellParameters;
using plant::PerKnot;
using plant::SocGrid;

constexpr double kelvin_at_zero = 273.15;

double knot_celsius(std::size_t knot) {
  return plant::first_knot_c + plant::knot_step_k * static_cast<double>(knot);
}

double inverse_kelvin(std::size_t knot) { return 1.0 / (knot_celsius(knot) + kelvin_at_zero); }

/// The logarithm of a grid's mean over 10..90 % SOC.
double log_mean(const SocGrid& grid, std::size_t knot) {
  double sum = 0.0;
  for (std::size_t node = 2; node < 19; ++node) sum += grid[node][knot];
  return std::log(sum / 17.0);
}

/// Replaces one temperature of a grid of resistances by what the others say: the rule of
/// tools/fit_cells.py for temperatures without a test.
void forget_resistance(SocGrid& grid, std::size_t knot, std::size_t cold, std::size_t warm,
                       const std::vector<std::size_t>& nearest) {
  const double share =
      (inverse_kelvin(knot) - inverse_kelvin(cold)) / (inverse_kelvin(warm) - inverse_kelvin(cold));
  double bent = 0.0;
  for (const std::size_t t : nearest) {
    double weight = log_mean(grid, t);
    for (const std::size_t u : nearest) {
      if (u == t) continue;
      weight *=
          (inverse_kelvin(knot) - inverse_kelvin(u)) / (inverse_kelvin(t) - inverse_kelvin(u));
    }
    bent += weight;
  }
  const double bend = bent - (1.0 - share) * log_mean(grid, cold) - share * log_mean(grid, warm);
  for (PerKnot& row : grid) {
    row[knot] = std::exp((1.0 - share) * std::log(row[cold]) + share * std::log(row[warm]) + bend);
  }
}

/// A set that has never seen the test at one temperature.
CellParameters without(CellParameters p, std::size_t knot) {
  std::vector<std::size_t> measured{0, 2, 3, 5, 6, 7};
  std::erase(measured, knot);
  std::vector<std::size_t> nearest = measured;
  // Of two as near the colder one, as tools/fit_cells.py does.
  std::sort(nearest.begin(), nearest.end(), [knot](std::size_t a, std::size_t b) {
    const double off_a = std::fabs(knot_celsius(a) - knot_celsius(knot));
    const double off_b = std::fabs(knot_celsius(b) - knot_celsius(knot));
    return off_a < off_b || (off_a == off_b && a < b);
  });
  nearest.resize(4);
  const auto above = std::upper_bound(measured.begin(), measured.end(), knot);
  const std::size_t warm = *above;
  const std::size_t cold = *(above - 1);
  for (SocGrid* grid : {&p.r0_ohm, &p.r1_ohm, &p.r2_ohm, &p.r3_ohm}) {
    forget_resistance(*grid, knot, cold, warm, nearest);
  }
  const double share =
      (knot_celsius(knot) - knot_celsius(cold)) / (knot_celsius(warm) - knot_celsius(cold));
  for (SocGrid* grid : {&p.hysteresis_v, &p.ocv_shift_v}) {
    for (PerKnot& row : *grid) row[knot] = row[cold] + share * (row[warm] - row[cold]);
  }
  return p;
}

void print_voltage() {
  const CellParameters p = plant::a123_26650();
  std::printf("A123 26650, one set of parameters, RMSE within 10..90 %% SOC\n\n");
  std::printf(
      "| temperature | blocks fitted | blocks not fitted | fitted without this "
      "temperature, blocks not fitted | goal |\n|---|---|---|---|---|\n");
  for (const std::size_t knot : {0U, 2U, 3U, 5U, 6U, 7U}) {
    const int celsius = static_cast<int>(knot_celsius(knot));
    const std::string name = "bench/data/a123_26650_dynamic_" +
                             std::string(celsius < 0 ? "m" : "") +
                             std::to_string(std::abs(celsius)) + "c.csv";
    const MeasuredTest test = read_test(name, knot_celsius(knot));
    const Score known = score(p, test);
    std::string unseen = "–";  // the outermost would have to be guessed from one side
    if (knot != 0 && knot != 7) {
      std::array<char, 32> text{};
      std::snprintf(text.data(), text.size(), "%.1f mV", score(without(p, knot), test).odd_mv);
      unseen = text.data();
    }
    std::printf("| %d °C | %.1f mV | %.1f mV | %s | %s |\n", celsius, known.even_mv, known.odd_mv,
                unseen.c_str(),
                knot == 0   ? "15 mV"
                : knot >= 5 ? "7.5 mV"
                            : "–");
  }
}

/// Both directions, up to 1 C, changing every second.
double current_a(int second, double capacity_ah) {
  const double c_rate = 0.6 * plant::sin_turns(second / 977.0) + 0.05 * (second % 7 - 3) +
                        (second % 300 < 20 ? -0.25 : 0.0);
  return c_rate * capacity_ah;
}

void print_numbers(const CellParameters& p, double ambient_c) {
  constexpr int seconds = 1800;
  constexpr int parts = 100;
  constexpr plant::CellSpread equal{.capacity = 0.0, .resistance = 0.0, .soc = 0.0};
  plant::Cells cells(p, 3, equal, 0.6, ambient_c, 1);
  plant::ReferenceCells reference(p, 3, 0.6, ambient_c);
  cells.set_board_current_a(1, 1.0);
  reference.set_board_current_a(1, 1.0);
  double voltage_mv = 0.0;
  double soc = 0.0;
  double celsius = 0.0;
  for (int second = 0; second < seconds; ++second) {
    const double a = current_a(second, p.capacity_ah);
    cells.advance(1.0, a, ambient_c);
    for (int i = 0; i < parts; ++i) reference.advance(1.0 / parts, a, ambient_c);
    for (std::size_t i = 0; i < 3; ++i) {
      voltage_mv =
          std::max(voltage_mv, 1e3 * std::fabs(cells.voltage_v()[i] - reference.voltage_v(i, a)));
      soc = std::max(soc, std::fabs(cells.soc()[i] - reference.state(i).soc));
      celsius = std::max(celsius, std::fabs(cells.temperature_c()[i] - reference.state(i).cell_c));
    }
  }
  std::printf("| %.*s, %.0f °C | %.4f mV | %.1e | %.1e K |\n", static_cast<int>(p.name.size()),
              p.name.data(), ambient_c, voltage_mv, soc, celsius);
}

void print_balances(const CellParameters& p) {
  constexpr int seconds = 3 * 86'400;
  constexpr double board_j_per_k = 7.5;
  plant::Cells cells(p, 16, plant::CellSpread{}, 0.5, 20.0, 1);
  for (int cell = 0; cell < 16; cell += 3) cells.set_board_current_a(cell, 0.3);
  const plant::Cells start = cells;
  double in_j = 0.0, gap_j = 0.0, warmed_j = 0.0, through_c = 0.0, in_c = 0.0;
  for (int second = 0; second < seconds; ++second) {
    const double a = 0.3 * current_a(second, p.capacity_ah) + 0.03;
    cells.advance(1.0, a, 15.0);
    const plant::CellsEnergy e = cells.last_energy();
    in_j += std::fabs(a * e.volt_seconds);
    gap_j += a * e.volt_seconds - e.stored_j - e.cell_heat_j - e.board_heat_j;
    warmed_j += e.warmed_j;
    through_c += 16.0 * a - e.board_c - e.side_c;
    in_c += 16.0 * std::fabs(a);
  }
  for (std::size_t i = 0; i < 16; ++i) {
    warmed_j -= p.heat_capacity_j_per_k * (cells.temperature_c()[i] - start.temperature_c()[i]) +
                board_j_per_k * (cells.board_temperature_c()[i] - start.board_temperature_c()[i]);
    through_c -= 3600.0 * (cells.capacity_ah()[i] * cells.soc()[i] -
                           start.capacity_ah()[i] * start.soc()[i]);
  }
  std::printf("| %.*s | %.1e | %.1e | %.1e |\n", static_cast<int>(p.name.size()), p.name.data(),
              std::fabs(through_c) / in_c, std::fabs(gap_j) / in_j, std::fabs(warmed_j) / in_j);
}

int score_files(int count, char** arguments) {
  std::optional<double> celsius;
  std::printf("| file | temperature | even blocks | odd blocks | all |\n|---|---|---|---|---|\n");
  for (int i = 1; i < count; ++i) {
    const std::string path = arguments[i];
    if (path == "--celsius") {
      if (++i == count) throw std::runtime_error("--celsius: a number expected after it");
      celsius = std::stod(arguments[i]);
      continue;
    }
    const std::optional<double> named = celsius ? celsius : celsius_in_name(path);
    if (!named) throw std::runtime_error(path + ": no temperature in its name; give --celsius N");
    const Score s = score(plant::a123_26650(), read_test(path, *named));
    std::printf("| %s | %.0f °C | %.1f mV | %.1f mV | %.1f mV |\n", path.c_str(), *named, s.even_mv,
                s.odd_mv, s.all_mv);
  }
  return 0;
}

int run(int count, char** arguments) {
  if (count > 1) return score_files(count, arguments);
  print_voltage();
  std::printf(
      "\nAgainst the plain equations in doubles at 10 ms, half an hour up to 1 C, one of "
      "three cells bleeding: largest differences\n\n"
      "| cells | voltage | SOC | temperature |\n|---|---|---|---|\n");
  print_numbers(plant::prismatic_280ah(), 20.0);
  print_numbers(plant::a123_26650(), 25.0);
  print_numbers(plant::a123_26650(), -10.0);
  std::printf(
      "\nBalances over three days of 1 s steps, 16 cells, relative to what went through\n\n"
      "| cells | charge | electrical energy | heat |\n|---|---|---|---|\n");
  print_balances(plant::prismatic_280ah());
  print_balances(plant::a123_26650());
  return 0;
}

}  // namespace
}  // namespace cellwarden::bench

int main(int count, char** arguments) {
  try {
    return cellwarden::bench::run(count, arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_accuracy: %s\n", error.what());
    return 1;
  }
}
