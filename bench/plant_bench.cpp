/// How fast cells and whole packs move on, in simulated cell-seconds per second of one core: every
/// cell's voltage each second. Calibration: `plain_cells`, the same physics written the obvious
/// way, an object a cell with the library's exp.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>

#include "plant/cells.hpp"
#include "plant/installation.hpp"

namespace cellwarden::plant {
namespace {

/// Current of a household: changes every second, both directions.
double current_a(int second) { return 30.0 * sin_turns(second / 977.0) + (second % 7) - 3.0; }

/// The plain kernel: two RC pairs, straight table, no heat, no hysteresis.
class PlainCell {
 public:
  explicit PlainCell(const CellParameters& p) : ocv_v_(p.ocv_v.begin(), p.ocv_v.end()), p_(p) {}
  virtual ~PlainCell() = default;
  virtual double step(double dt_s, double current) {
    soc_ += current * dt_s / (3600.0 * p_.capacity_ah);
    const double keep1 = std::exp(-dt_s / p_.tau1_s);
    const double keep2 = std::exp(-dt_s / p_.tau2_s);
    v1_ = v1_ * keep1 + p_.r1_ohm[10][5] * current * (1.0 - keep1);
    v2_ = v2_ * keep2 + p_.r2_ohm[10][5] * current * (1.0 - keep2);
    const double x = soc_ * 200.0;
    const auto point = static_cast<std::size_t>(x);
    const double* row = ocv_v_.data() + 5 * ocv_points;
    const double ocv =
        row[point] + (x - static_cast<double>(point)) * (row[point + 1] - row[point]);
    return ocv + p_.r0_ohm[10][5] * current + v1_ + v2_;
  }

 private:
  std::vector<double> ocv_v_;
  CellParameters p_;
  double soc_ = 0.5;
  double v1_ = 0.0;
  double v2_ = 0.0;
};

void count(benchmark::State& state) {
  state.counters["cell_seconds"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(state.range(0)),
      benchmark::Counter::kIsRate);
}

void plain_cells(benchmark::State& state) {
  std::vector<std::unique_ptr<PlainCell>> cells;
  cells.reserve(static_cast<std::size_t>(state.range(0)));
  for (int i = 0; i < state.range(0); ++i) {
    cells.push_back(std::make_unique<PlainCell>(prismatic_280ah()));
  }
  int second = 0;
  for (auto _ : state) {
    double sum_v = 0.0;
    const double current = current_a(++second);
    for (const auto& cell : cells) sum_v += cell->step(1.0, current);
    benchmark::DoNotOptimize(sum_v);
  }
  count(state);
}

void full_cells(benchmark::State& state) {
  Cells cells(prismatic_280ah(), static_cast<int>(state.range(0)), CellSpread{}, 0.5, 20.0, 1);
  cells.set_board_current_a(1, 1.0);
  int second = 0;
  for (auto _ : state) {
    cells.advance(1.0, current_a(++second), 20.0);
    if (second % 10'000 == 0) cells.set_soc(1, 0.5);  // what bleeds for days would be empty
    benchmark::DoNotOptimize(cells.voltage_v()[0]);
    benchmark::ClobberMemory();
  }
  count(state);
}

void whole_pack(benchmark::State& state) {
  Installation pack(household(static_cast<int>(state.range(0))), 1);
  for (auto _ : state) {
    pack.step(1.0, {.charge = true, .load = true});
    benchmark::DoNotOptimize(pack.voltage_v());
  }
  count(state);
}

BENCHMARK(plain_cells)->Arg(16)->Arg(96);
BENCHMARK(full_cells)->Arg(4)->Arg(16)->Arg(96)->Arg(255);
BENCHMARK(whole_pack)->Arg(4)->Arg(16)->Arg(96)->Arg(255);

}  // namespace
}  // namespace cellwarden::plant
