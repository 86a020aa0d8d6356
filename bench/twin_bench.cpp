/// How fast the twin runs, beside plain kernels in the same run. Every figure is the best of many
/// short turns in which all take part one after the other: others on the machine disturb them
/// alike.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "bench/plain_cells.hpp"
#include "bench/twin_boards.hpp"
#include "plant/cells.hpp"

namespace cellwarden::bench {
namespace {

constexpr int turns = 60;
constexpr double goal = 3.0;  ///< of the plain kernel's cell-seconds
constexpr int cell_seconds_a_turn = 400'000;

/// Keeps the compiler from seeing that nobody reads a voltage.
void observe(const void* where) { asm volatile("" : : "r"(where) : "memory"); }

struct Contender {
  std::string name;
  std::function<double(int steps)> run;  ///< seconds for that many steps
  double best_s = std::numeric_limits<double>::infinity();
};

template <class Cell>
Contender plain(const std::string& name, int count) {
  auto pack = std::make_shared<PlainPack<Cell>>(count);
  return {name, [pack](int steps) {
            return seconds_for(steps, [&](double current_a) {
              pack->step(current_a);
              observe(pack->voltages());
            });
          }};
}

Contender full(const std::string& name, int count, const plant::CellParameters& p,
               const plant::CellsKernel& kernel) {
  auto cells = std::make_shared<plant::Cells>(p, count, plant::CellSpread{}, 0.5, 20.0, 1);
  cells->set_kernel(kernel);
  cells->set_board_current_a(1, 0.1);
  const double scale = p.capacity_ah / 280.0;
  return {name, [cells, scale](int steps) {
            cells->set_soc(1, 0.5);  // what bleeds for weeks would be empty
            return seconds_for(steps, [&](double current_a) {
              cells->advance(1.0, scale * current_a, 20.0);
              observe(cells.get());
            });
          }};
}

std::string judged(double ratio) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f, %s", ratio, ratio >= goal ? "reached" : "missed");
  return text.data();
}

/// Prints a row for each way to step `count` cells.
/// @return  how two RC pairs stand to the goal, by the plain kernel with its exponentials
std::string print_cells(int count) {
  std::string stand = "Goal for " + std::to_string(count) +
                      " cells: at least 3 x the plain kernel " + "with its exponentials";
  const plant::CellParameters two_pairs = plant::prismatic_280ah();
  const plant::CellParameters three_pairs = plant::a123_26650();
  std::vector<Contender> contenders;
  contenders.push_back(plain<PlainCell>("plain kernel, exponentials made once", count));
  contenders.push_back(
      plain<PlainCellWithExponentials>("plain kernel, exponentials every step", count));
  for (const plant::CellsKernel* kernel : plant::kernels_here()) {
    if (kernel == nullptr) continue;
    const bool chosen = kernel == &plant::best_kernel(count);
    const std::string name = std::string(kernel->name) + (chosen ? " (chosen here)" : "");
    contenders.push_back(full("full physics, 2 RC, " + name, count, two_pairs, *kernel));
    contenders.push_back(full("full physics, 3 RC, " + name, count, three_pairs, *kernel));
  }
  const int steps = cell_seconds_a_turn / count;
  for (int turn = 0; turn < turns; ++turn) {
    for (Contender& c : contenders) c.best_s = std::min(c.best_s, c.run(steps));
  }
  for (const Contender& c : contenders) {
    std::printf("| %s | %d | %.0f ns | %.2e | %.2f | %.2f |\n", c.name.c_str(), count,
                1e9 * c.best_s / steps, steps * static_cast<double>(count) / c.best_s,
                contenders[0].best_s / c.best_s, contenders[1].best_s / c.best_s);
    if (c.name.starts_with("full physics, 2 RC")) {
      stand += "; " + c.name.substr(20) + " " + judged(contenders[1].best_s / c.best_s);
    }
  }
  return stand;
}

}  // namespace
}  // namespace cellwarden::bench

int main() {
  std::printf(
      "Cells only: SOC, RC pairs, hysteresis, OCV and R of SOC and T, heat with neighbours "
      "and boards, bypass, ageing; a step and every voltage each second\n\n"
      "| what | cells | a step | cell-seconds a second | x plain, exponentials once | x "
      "plain, exponentials every step |\n|---|---|---|---|---|---|\n");
  std::string goals;
  for (const int count : {4, 16, 96}) {
    const std::string stand = cellwarden::bench::print_cells(count);
    if (count != 4) goals += "\n" + stand + ".\n";
  }
  std::printf("%s", goals.c_str());
  cellwarden::bench::print_boards();
  return 0;
}
