// SPDX-License-Identifier: Apache-2.0
#include "plant/cell_faults.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

#include "plant/pack.hpp"

namespace cellwarden::plant {
namespace {

constexpr double ambient_c = 20.0;

Pack four_cells() { return Pack({.cell_count = 4, .spread = {0.0, 0.0, 0.0}}, ambient_c, 1); }

void rest(Pack& pack, int seconds) {
  for (int i = 0; i < seconds; ++i) pack.advance(1.0, 0.0, ambient_c);
}

TEST(CellFaults, HeatFromOutsideWarmsOneCellAndStaysInTheBalance) {
  Pack pack = four_cells();
  pack.faults().set_heat_w(1, 30.0);
  rest(pack, 3600);
  EXPECT_GT(pack.cells().temperature_c()[1], ambient_c + 4.0);
  EXPECT_GT(pack.cells().temperature_c()[0], ambient_c + 1.0) << "neighbours share it";
  EXPECT_GT(pack.cells().temperature_c()[1], pack.cells().temperature_c()[3] + 2.0);
  EXPECT_NEAR(pack.ledger().external_j.value(), 30.0 * 3600.0, 1e-6);
  EXPECT_LE(std::fabs(pack.ledger().heat_gap_j()), 1e-6);
  pack.faults().set_heat_w(1, 0.0);
  EXPECT_FALSE(pack.faults().any());
  rest(pack, 20 * 3600);
  EXPECT_NEAR(pack.cells().temperature_c()[1], ambient_c, 0.1);
}

TEST(CellFaults, ACellInAirOfItsOwnGoesTowardsThatAir) {
  Pack pack = four_cells();
  for (int cell = 0; cell < 4; ++cell) pack.faults().set_air_c(cell, -15.0);
  rest(pack, 20 * 3600);
  for (int cell = 0; cell < 4; ++cell) {
    EXPECT_NEAR(pack.cells().temperature_c()[static_cast<std::size_t>(cell)], -15.0, 0.5);
  }
  for (int cell = 0; cell < 4; ++cell) pack.faults().set_air_c(cell, std::nullopt);
  EXPECT_FALSE(pack.faults().any());
}

TEST(CellFaults, AShortedCellEmptiesAndGetsHotWhileTheOthersStay) {
  Pack pack = four_cells();
  pack.faults().set_short_ohm(2, 0.05);
  const double before = pack.cells().soc()[2];
  rest(pack, 3600);
  const double gone_ah = (before - pack.cells().soc()[2]) * pack.cells().capacity_ah()[2];
  EXPECT_NEAR(gone_ah, 3.3 / 0.05, 2.0);
  EXPECT_GT(pack.cells().temperature_c()[2], ambient_c + 30.0);
  EXPECT_NEAR(pack.cells().soc()[0], before, 1e-3);
  pack.faults().set_short_ohm(2, std::nullopt);
  rest(pack, 1);
  EXPECT_FALSE(pack.faults().any()) << "healthy self-discharge is back";
  const double mended = pack.cells().soc()[2];
  rest(pack, 3600);
  EXPECT_NEAR(pack.cells().soc()[2], mended, 1e-4);
}

// The voltage of an empty cell falls fast: a step must not overshoot.
TEST(CellFaults, ADeadShortEndsNearNoVoltageEvenOfASmallCell) {
  Pack pack({.cell_count = 2, .cells = a123_26650()}, ambient_c, 1);
  pack.faults().set_short_ohm(0, 0.001);
  rest(pack, 7200);
  EXPECT_GT(pack.cells().ocv_v()[0], -0.1);
  EXPECT_LT(pack.cells().ocv_v()[0], 0.5);
}

TEST(CellFaults, ALeakTakesItsCurrent) {
  Pack pack = four_cells();
  const double before = pack.cells().soc()[3];
  pack.faults().set_leak_a(3, 2.0);
  rest(pack, 3600);
  EXPECT_NEAR((before - pack.cells().soc()[3]) * pack.cells().capacity_ah()[3], 2.0, 0.01);
}

TEST(CellFaults, RefusesBadValuesAndCellsThatAreNot) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CellFaults faults(4);
  EXPECT_THROW(faults.set_heat_w(4, 1.0), std::invalid_argument);
  EXPECT_THROW(faults.set_heat_w(-1, 1.0), std::invalid_argument);
  EXPECT_THROW(faults.set_heat_w(0, nan), std::invalid_argument);
  EXPECT_THROW(faults.set_air_c(0, -100.0), std::invalid_argument);
  EXPECT_THROW(faults.set_short_ohm(0, 0.0), std::invalid_argument);
  EXPECT_THROW(faults.set_leak_a(0, -1.0), std::invalid_argument);
  EXPECT_FALSE(faults.any());
}

}  // namespace
}  // namespace cellwarden::plant
