/// Measures, in virtual time, how long it takes from the instant something goes wrong until a relay
/// opens: the worst of twenty phases of the message cycle.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

#include "sim/board_chain.hpp"
#include "sim/chain_options.hpp"
#include "sim/test_senses.hpp"

namespace {

using namespace cellwarden;
using namespace cellwarden::sim;
using core::Temperature;
using core::Voltage;

constexpr int phases = 20;

struct Trouble {
  const char* name;
  std::function<void(BoardChain&, TableSenses&)> begin;
  std::function<void(BoardChain&, TableSenses&)> end;
};

Trouble reading(const char* name, core::CellSample sample) {
  const auto middle = [](TableSenses& s) -> core::CellSample& {
    return s.cells[s.cells.size() / 2];
  };
  return {name, [=](BoardChain&, TableSenses& s) { middle(s) = sample; },
          [=](BoardChain&, TableSenses& s) {
            middle(s) = {Voltage::millivolts(3300), Temperature::decicelsius(200)};
          }};
}

const std::vector<Trouble>& troubles() {
  const auto volts = [](int mv) {
    return core::CellSample{Voltage::millivolts(mv), Temperature::decicelsius(200)};
  };
  static const std::vector<Trouble> all{
      reading("a cell at V-max", volts(3650)),
      reading("a cell at V-min", volts(2800)),
      reading("a cell above T-max", {Voltage::millivolts(3300), Temperature::decicelsius(610)}),
      reading("a cell below T-min", {Voltage::millivolts(3300), Temperature::decicelsius(-10)}),
      reading("a voltage that is missing", {std::nullopt, Temperature::decicelsius(200)}),
      {"a cut wire in the middle",
       [](BoardChain& c, TableSenses&) { c.wire(c.cells() / 2 - 1).cut(); },
       [](BoardChain& c, TableSenses&) { c.wire(c.cells() / 2 - 1).mend(); }},
      {"an OUT board that hangs", [](BoardChain& c, TableSenses&) { c.hang_board(c.cells() - 1); },
       [](BoardChain&, TableSenses&) {}},
  };
  return all;
}

bool both_closed(const BoardChain& chain) { return chain.relays() == core::Relays{true, true}; }

/// Milliseconds until the first relay opens, the worst phase.
double worst_ms(const Trouble& trouble, int cells, bool fast) {
  TableSenses senses(cells);
  BoardChain chain(chain_of(cells, fast), senses);
  const SimTime period = fast ? second / 2 : second;
  SimTime worst = 0;
  for (int phase = 0; phase < phases; ++phase) {
    for (int i = 0; i < 300 && !both_closed(chain); ++i) chain.run_until(chain.now() + period / 4);
    const SimTime start = (chain.now() / period + 3) * period + phase * period / phases;
    chain.run_until(start);
    trouble.begin(chain, senses);
    while (both_closed(chain) && chain.now() - start < 20 * second) {
      chain.run_until(chain.now() + millisecond / 2);
    }
    worst = std::max(worst, chain.now() - start);
    trouble.end(chain, senses);
    chain.run_until(chain.now() + 2 * period);
  }
  return static_cast<double>(worst) / 1000.0;
}

}  // namespace

int main() {
  std::printf(
      "| what goes wrong | 4 boards, 1 s | 16, 1 s | 16, 0.5 s | 255, 1 s | 255, 0.5 s |\n");
  std::printf("|---|---|---|---|---|---|\n");
  for (const Trouble& trouble : troubles()) {
    std::printf("| %s |", trouble.name);
    for (const auto& [cells, fast] :
         {std::pair{4, false}, {16, false}, {16, true}, {255, false}, {255, true}}) {
      std::printf(" %.0f ms |", worst_ms(trouble, cells, fast));
    }
    std::printf("\n");
  }
  return 0;
}
