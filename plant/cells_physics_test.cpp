/// Cells against the plain equations, their balances, reversible heat and ageing.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "plant/cells.hpp"
#include "plant/math.hpp"
#include "plant/reference_cell.hpp"

namespace cellwarden::plant {
namespace {

constexpr CellSpread no_spread{.capacity = 0.0, .resistance = 0.0, .soc = 0.0};
constexpr int day_s = 86'400;

double household_a(int second, double capacity_ah) {
  return capacity_ah * (0.5 * sin_turns(second / 977.0) + 0.05 * (second % 7 - 3));
}

struct Case {
  const char* name;
  double ambient_c;
  double soc;
};

TEST(CellsPhysics, SecondsMeetThePlainEquationsInStepsOfTenMilliseconds) {
  for (const Case& c : {Case{"prismatic_280ah", 20.0, 0.6}, Case{"a123_26650", 25.0, 0.3},
                        Case{"a123_26650", -10.0, 0.75}, Case{"sony_26650", 35.0, 0.5}}) {
    SCOPED_TRACE(c.name);
    const CellParameters p = cell_parameters_named(c.name);
    Cells cells(p, 3, no_spread, c.soc, c.ambient_c, 1);
    ReferenceCells reference(p, 3, c.soc, c.ambient_c);
    cells.set_board_current_a(1, 0.1);
    reference.set_board_current_a(1, 0.1);
    for (int second = 0; second < 300; ++second) {
      const double a = household_a(second, p.capacity_ah);
      cells.advance(1.0, a, c.ambient_c);
      for (int i = 0; i < 100; ++i) reference.advance(0.01, a, c.ambient_c);
      for (std::size_t i = 0; i < 3; ++i) {
        ASSERT_NEAR(cells.voltage_v()[i], reference.voltage_v(i, a), 1e-4) << second;
        ASSERT_NEAR(cells.soc()[i], reference.state(i).soc, 1e-9) << second;
        ASSERT_NEAR(cells.temperature_c()[i], reference.state(i).cell_c, 0.01) << second;
      }
    }
  }
}

// Of 4, 8 and 16 lanes; chains that fill no block, some cells beyond their tables.
TEST(CellsPhysics, EveryWidthOfVectorUnitGivesTheSameBits) {
  for (const CellsKernel* kernel : kernels_here()) {
    if (kernel == nullptr) continue;
    SCOPED_TRACE(kernel->name);
    for (const int count : {2, 4, 5, 13, 16, 33, 255}) {
      for (const char* name : {"a123_26650", "prismatic_280ah"}) {
        const CellParameters p = cell_parameters_named(name);
        Cells cells(p, count, CellSpread{.soc = 0.2}, 0.6, -21.0, 5);
        Cells narrow = cells;
        cells.set_kernel(*kernel);
        narrow.set_kernel(portable_kernel());
        for (Cells* each : {&cells, &narrow}) {
          each->set_board_current_a(count - 1, 0.02 * p.capacity_ah);
          each->set_temperature_c(0, 97.0);
          for (int second = 0; second < 2000; ++second) {
            const double dt_s = second % 50 == 0 ? 30.0 : 1.0;
            each->advance(dt_s, 2.0 * household_a(second, p.capacity_ah), -20.0);
          }
          each->look(0.3 * p.capacity_ah);
        }
        ASSERT_EQ(cells.state_hash(), narrow.state_hash()) << count << " of " << name;
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
          ASSERT_EQ(cells.voltage_v()[i], narrow.voltage_v()[i]);
        }
        ASSERT_EQ(cells.last_energy().to_ambient_j, narrow.last_energy().to_ambient_j);
      }
    }
  }
}

// Floats alone would stand still: a step of a millisecond is below their last place.
TEST(CellsPhysics, StepsOfAMillisecondAddUp) {
  const CellParameters p = a123_26650();
  Cells coarse(p, 2, no_spread, 0.5, 25.0, 1);
  Cells fine = coarse;
  for (int i = 0; i < 120; ++i) coarse.advance(1.0, -1.0, 25.0);
  for (int i = 0; i < 120'000; ++i) fine.advance(0.001, -1.0, 25.0);
  EXPECT_NEAR(fine.voltage_v()[0], coarse.voltage_v()[0], 2e-5);
  EXPECT_NEAR(fine.hysteresis()[0], coarse.hysteresis()[0], 1e-5);
  EXPECT_NEAR(fine.soc()[0], coarse.soc()[0], 1e-11);
  EXPECT_NEAR(fine.temperature_c()[0], coarse.temperature_c()[0], 1e-3);
}

TEST(CellsPhysics, AMilliampereForAMillisecondTurnsTheHysteresis) {
  Cells cells(a123_26650(), 2, no_spread, 0.5, 25.0, 1);
  cells.set_hysteresis(0, 1.0);
  for (int i = 0; i < 120'000; ++i) cells.advance(0.001, -0.02, 25.0);
  const double turned = 10.0 * 0.02 * 120.0 / (3600.0 * 2.0726);
  EXPECT_NEAR(cells.hysteresis()[0], 2.0 * std::exp(-turned) - 1.0, 2e-6);
}

// Against the cells' own charge and temperatures, not against other sums.
TEST(CellsPhysics, ChargeAndHeatThatWentInAreInTheCells) {
  for (const char* name : {"prismatic_280ah", "a123_26650"}) {
    SCOPED_TRACE(name);
    const CellParameters p = cell_parameters_named(name);
    Cells cells(p, 7, CellSpread{}, 0.5, 20.0, 1);
    cells.set_board_current_a(2, 0.05 * p.capacity_ah);
    const Cells start = cells;
    double passed_c = 0.0, gap_c = 0.0, passed_j = 0.0, gap_j = 0.0, heat_j = 0.0;
    for (int second = 0; second < 3 * day_s; second += 2) {
      const double a = 0.3 * household_a(second, p.capacity_ah);
      cells.advance(second % 60 == 0 ? 1.0 : 2.0, a, 15.0);
      const double dt_s = second % 60 == 0 ? 1.0 : 2.0;
      const CellsEnergy e = cells.last_energy();
      passed_c += 7.0 * std::fabs(a) * dt_s;
      gap_c += 7.0 * a * dt_s - e.board_c - e.side_c;
      passed_j += std::fabs(a * e.volt_seconds);
      gap_j += a * e.volt_seconds - e.stored_j - e.cell_heat_j - e.board_heat_j;
      heat_j += e.cell_heat_j + e.board_heat_j - e.to_ambient_j;
    }
    for (std::size_t i = 0; i < 7; ++i) {
      gap_c -= 3600.0 *
               (cells.soc()[i] * cells.capacity_ah()[i] - start.soc()[i] * start.capacity_ah()[i]);
      heat_j -= p.heat_capacity_j_per_k * (cells.temperature_c()[i] - start.temperature_c()[i]) +
                7.5 * (cells.board_temperature_c()[i] - start.board_temperature_c()[i]);
    }
    EXPECT_LE(std::fabs(gap_c), 1e-12 * passed_c);
    EXPECT_LE(std::fabs(gap_j), 1e-12 * passed_j);
    EXPECT_LE(std::fabs(heat_j), 1e-12 * passed_j);
  }
}

// Above 35 % the voltage rises with temperature: charging then warms beyond the resistance's heat,
// discharging cools against it.
TEST(CellsPhysics, ReversibleHeatChangesSignWithTheCurrent) {
  CellParameters p = sony_26650();
  p.hysteresis_v = {};
  p.coulombic_efficiency = 1.0;
  p.self_discharge_per_month = 0.0;
  double heat_j[2] = {0.0, 0.0};
  for (const int side : {0, 1}) {
    Cells cells(p, 2, no_spread, 0.7, 25.0, 1);
    for (int i = 0; i < 60; ++i) {
      cells.advance(1.0, side == 0 ? -1.0 : 1.0, 25.0);
      heat_j[side] += cells.last_energy().cell_heat_j / 2.0;
    }
  }
  const double reversible_j = 60.0 * 298.15 * 1.4535e-4;  // 1 A for a minute, the source's entropy
  EXPECT_NEAR(0.5 * (heat_j[1] - heat_j[0]), reversible_j, 0.03 * reversible_j);
  EXPECT_GT(heat_j[1], heat_j[0]);
}

/// Ten years at rest, in steps of ten minutes.
CellAge rested(double celsius, double soc, double years) {
  CellParameters p = sony_26650();
  p.self_discharge_per_month = 0.0;
  Cells cells(p, 2, no_spread, soc, celsius, 1);
  for (int i = 0; i < static_cast<int>(years * 365.25 * 144.0); ++i) {
    cells.advance(600.0, 0.0, celsius);
  }
  return cells.age(0);
}

// The published coefficients' own results at 60 % and 25 and 35 degrees Celsius; the state of
// charge rises a little as the cell shrinks.
TEST(CellsPhysics, RestingCellsFadeAsPublished) {
  EXPECT_NEAR(rested(25.0, 0.6, 1.0).calendar_fade, 0.043, 0.001);
  EXPECT_NEAR(rested(35.0, 0.6, 1.0).calendar_fade, 0.054, 0.001);
  EXPECT_NEAR(rested(25.0, 0.6, 10.0).calendar_fade, 0.135, 0.005);
  EXPECT_GT(rested(35.0, 0.6, 1.0).resistance_growth, rested(25.0, 0.6, 1.0).resistance_growth);
  EXPECT_EQ(rested(25.0, 0.6, 1.0).cycle_fade, 0.0);
}

// 0.2 C, about 70 % deep, a full equivalent cycle in 14.6 hours: 1.9 % for each 250 of them.
TEST(CellsPhysics, CyclesFadeAndTheFadedCellIsSmallerAndHarder) {
  CellParameters p = sony_26650();
  p.self_discharge_per_month = 0.0;
  p.coulombic_efficiency = 1.0;
  Cells cells(p, 2, no_spread, 0.15, 25.0, 1);
  const double fresh_ohm = CellTables(p).at(0.15, 25.0).r_ohm[0];
  double throughput_ah = 0.0;
  for (int i = 0; i < 365 * 24 * 12; ++i) {
    const double a = i % 84 < 42 ? 0.6 : -0.6;
    cells.advance(300.0, a, 25.0);
    throughput_ah += std::fabs(a) / 12.0;
  }
  const CellAge& age = cells.age(0);
  EXPECT_NEAR(age.cycle_fade, 0.019 * std::sqrt(throughput_ah / 6.0 / 250.0), 0.006);
  EXPECT_NEAR(cells.capacity_ah()[0], 3.0 * (1.0 - age.calendar_fade - age.cycle_fade), 1e-9);
  EXPECT_GT(age.resistance_growth, 0.005);
  cells.set_soc(0, 0.15);
  cells.set_temperature_c(0, 25.0);
  EXPECT_NEAR(cells.r0_ohm()[0], fresh_ohm * (1.0 + age.resistance_growth), 1e-6);
}

}  // namespace
}  // namespace cellwarden::plant
