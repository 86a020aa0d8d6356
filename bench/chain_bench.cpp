/// Measures the chain in virtual time, byte by byte: bytes of a message, byte times a board costs,
/// time from the start of a cycle to the relay decision and to the last cell's record.
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "sim/board_chain.hpp"
#include "sim/chain_options.hpp"
#include "sim/test_senses.hpp"

namespace {

using namespace cellwarden;
using namespace cellwarden::sim;

struct Measured {
  double decision_ms = 0.0;
  double records_ms = 0.0;
  int late_cells = 0;
};

/// One message of a chain that has been running for a while, followed in steps of 20 us.
Measured measure(int cells, bool fast) {
  TableSenses senses(cells);
  BoardChain chain(chain_of(cells, fast), senses);
  const SimTime period = fast ? second / 2 : second;
  chain.run_until(8 * second);
  const SimTime start = chain.now() + period;
  chain.run_until(start - 1);
  for (auto& cell : senses.cells) cell.voltage = core::Voltage::millivolts(3456);
  const std::uint8_t before = chain.out_board().link.head().order.sequence;
  Measured result;
  const SimTime limit = start + 3 * period;
  while (chain.now() < limit) {
    chain.run_until(chain.now() + 20);
    const double ms = static_cast<double>(chain.now() - start) / 1000.0;
    const auto& link = chain.out_board().link;
    const auto passed = static_cast<std::uint8_t>(link.head().order.sequence - before);
    if (result.decision_ms == 0.0 && link.head().lowest.voltage.in_millivolts() == 3456) {
      result.decision_ms = ms;
    }
    int fresh = 0;
    for (int n = 1; n <= cells; ++n) {
      fresh += link.cell(n).reading.voltage.in_millivolts() == 3456 ? 1 : 0;
    }
    result.late_cells = cells - fresh;
    result.records_ms = ms;
    if (fresh == cells || passed > 3) break;
  }
  return result;
}

}  // namespace

int main() {
  std::printf("| boards | cycle | message bytes | byte times a board | decision | all cells |\n");
  std::printf("|---|---|---|---|---|---|\n");
  const double byte_ms = 10'000.0 / 9600.0;
  for (const bool fast : {false, true}) {
    const double base_ms = measure(4, fast).decision_ms;
    for (const int cells : {4, 16, 64, 100, 128, 255}) {
      const Measured m = measure(cells, fast);
      const bool all = wire::every_cell_reports(core::Duration::milliseconds(fast ? 500 : 1000),
                                                chain_of(cells).in_memory.factory.programmed_cells);
      const int records = all ? cells : (cells + 1) / 2;
      const double per_board = cells == 4 ? 0.0 : (m.decision_ms - base_ms) / (cells - 4) / byte_ms;
      std::printf("| %d | %s s | %d | ", cells, fast ? "0.5" : "1.0", 33 + 3 * records + 2);
      if (cells == 4) {
        std::printf("– | ");
      } else {
        std::printf("%.3f | ", per_board);
      }
      std::printf("%.1f ms | %.1f ms%s |\n", m.decision_ms, m.records_ms,
                  all ? "" : " (two cycles)");
      if (m.late_cells != 0) {
        std::fprintf(stderr, "%d cells did not arrive\n", m.late_cells);
        return 1;
      }
    }
  }
  return 0;
}
