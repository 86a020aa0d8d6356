/// Whole messages (docs/decisions/0010-whole-messages.md): a site with plant, boards and every byte
/// that leaves the last board, and its parts by themselves. Every figure is the best of many short
/// turns in which all take part one after the other.
// SPDX-License-Identifier: Apache-2.0
#include "bench/twin_boards.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "bench/plain_cells.hpp"
#include "sim/chain_options.hpp"
#include "sim/site.hpp"
#include "sim/test_senses.hpp"

namespace cellwarden::bench {
namespace {

using sim::SimTime;

constexpr int cells = 16;
constexpr int turns = 60;
constexpr double seconds_a_year = 365.0 * 86'400.0;
constexpr double goal = 0.45;  ///< of the plain kernel's cell-seconds

struct Part {
  std::string name;
  std::function<double()> run;  ///< seconds of one turn
  int steps;                    ///< simulated seconds in a turn
  double best_s = std::numeric_limits<double>::infinity();
  [[nodiscard]] double ns() const { return 1e9 * best_s / steps; }
};

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Readings that change every second and cost next to nothing.
struct QuickSenses : sim::TableSenses {
  using TableSenses::TableSenses;
  void read_all(SimTime at, sim::Readings& readings) override {
    const auto now = static_cast<int>(at / sim::second);
    for (core::CellSample& cell : readings.cells) {
      cell = {core::Voltage::millivolts(3290 + now % 11),
              core::Temperature::decicelsius(200 + now / 7 % 13)};
    }
    readings.cells.front().voltage = core::Voltage::millivolts(3285 + now % 5);
    readings.in = core::CurrentSample{core::Current::milliamperes(3000 + 125 * (now % 17)), false};
    readings.out = core::CurrentSample{core::Current::milliamperes(2000 + 125 * (now % 19)), false};
    readings.clock = core::WallClock{static_cast<std::uint16_t>(now / 86'400),
                                     static_cast<std::uint16_t>(now / 60 % 1440)};
  }
};

template <class Cell>
Part plain(const std::string& name, int steps) {
  auto pack = std::make_shared<PlainPack<Cell>>(cells);
  return {name,
          [pack, steps] {
            return seconds_for(steps, [&](double current_a) { pack->step(current_a); });
          },
          steps};
}

Part plant_alone(int steps) {
  auto plant = std::make_shared<plant::Installation>(plant::household(cells), 1);
  return {"plant alone: cells, charger, load, sun, air",
          [plant, steps] {
            return seconds_of([&] {
              for (int i = 0; i < steps; ++i) plant->step(1.0, {true, true});
            });
          },
          steps};
}

/// Boards on a table. Frames go nowhere, but each is made.
Part boards_alone(const std::string& name, sim::Pace pace, int steps) {
  struct Table {
    explicit Table(const sim::ChainOptions& options) : chain(options, senses) {}
    QuickSenses senses{cells};
    sim::BoardChain chain;
  };
  sim::ChainOptions options = sim::chain_of(cells);
  options.pace = pace;
  auto table = std::make_shared<Table>(options);
  table->chain.run_until(10 * sim::second);
  return {name,
          [table, steps] {
            sim::BoardChain& chain = table->chain;
            return seconds_of([&] { chain.run_until(chain.now() + steps * sim::second); });
          },
          steps};
}

Part whole_twin(int steps) {
  sim::SiteOptions options = sim::household_site(cells);
  options.buses[0].packs[0].chain.pace = sim::Pace::messages;
  auto site = std::make_shared<sim::Site>(options);
  site->run_until(10 * sim::second);
  return {"the twin: plant, sensors, boards, every byte of message and data output",
          [site, steps] {
            return seconds_of([&] { site->run_until(site->now() + steps * sim::second); });
          },
          steps};
}

}  // namespace

void print_boards() {
  constexpr int steps = 20'000;
  std::vector<Part> parts;
  parts.push_back(plain<PlainCell>("plain kernel, exponentials made once", steps));
  parts.push_back(plain<PlainCellWithExponentials>("plain kernel, exponentials every step", steps));
  parts.push_back(plant_alone(steps));
  parts.push_back(boards_alone("boards alone, whole messages", sim::Pace::messages, steps));
  parts.push_back(whole_twin(steps));
  parts.push_back(boards_alone("boards alone, byte by byte", sim::Pace::bytes, steps / 200));
  for (int turn = 0; turn < turns; ++turn) {
    for (Part& part : parts) part.best_s = std::min(part.best_s, part.run());
  }
  std::printf(
      "\nBoards in the loop: 16 cells, 1 s cycle; a year of the twin is the goal's 10 s at 317 ns "
      "a simulated second\n\n"
      "| what | a simulated second | a year | x plain, exponentials once | x plain, exponentials "
      "every step |\n|---|---|---|---|---|\n");
  for (const Part& part : parts) {
    std::printf("| %s | %.0f ns | %.1f s | %.2f | %.2f |\n", part.name.c_str(), part.ns(),
                part.ns() * seconds_a_year / 1e9, parts[0].ns() / part.ns(),
                parts[1].ns() / part.ns());
  }
  const double reached = parts[1].ns() / parts[4].ns();
  std::printf("\nGoal: at least %.2f x the plain kernel with its exponentials: %.2f, %s.\n", goal,
              reached, reached >= goal ? "reached" : "missed");
}

}  // namespace cellwarden::bench
