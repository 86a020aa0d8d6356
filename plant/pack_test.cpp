// SPDX-License-Identifier: Apache-2.0
#include "plant/pack.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace cellwarden::plant {
namespace {

TEST(Pack, TerminalVoltageIsTheCellsAndTheLinks) {
  Pack pack({.cell_count = 4, .link_ohm = 0.001}, 20.0, 1);
  pack.look(-50.0);
  double cells_v = 0.0;
  for (const double volts : pack.cells().voltage_v()) cells_v += volts;
  EXPECT_NEAR(pack.voltage_v(), cells_v - 50.0 * 0.005, 1e-6);
  EXPECT_EQ(pack.current_a(), -50.0);
}

TEST(Pack, BalancesHoldWithAnyCurrent) {
  Pack pack({.cell_count = 16}, 20.0, 1);
  for (int second = 0; second < 7200; ++second) {
    pack.advance(1.0, second % 900 < 500 ? 80.0 : -90.0, 15.0);
  }
  const PackLedger& ledger = pack.ledger();
  EXPECT_GT(ledger.cell_heat_j.value(), 1000.0);
  EXPECT_LE(std::fabs(ledger.electrical_gap_j()), 1e-6);
  EXPECT_LE(std::fabs(ledger.heat_gap_j()), 1e-6);
}

TEST(Pack, BoardsAtRestReadWhatTheyWouldWithoutAnyBypass) {
  Pack bleeding({.cell_count = 5}, 20.0, 3);
  for (const int cell : {0, 2, 3}) bleeding.set_bypass_duty(cell, 0.9);
  bleeding.look(12.0);
  Pack resting = bleeding;
  for (const int cell : {0, 2, 3}) resting.set_bypass_duty(cell, 0.0);
  resting.look(12.0);
  std::vector<double> voltage_v(5), temperature_c(5);
  bleeding.read_boards_at_rest(voltage_v, temperature_c);
  for (int cell = 0; cell < 5; ++cell) {
    const auto i = static_cast<std::size_t>(cell);
    EXPECT_NEAR(voltage_v[i], resting.board_voltage_v(cell, false), 1e-6) << cell;
    EXPECT_EQ(temperature_c[i], bleeding.board_temperature_c(cell)) << cell;
    EXPECT_NE(bleeding.board_voltage_v(cell, false), voltage_v[i]) << cell;
  }
}

TEST(Pack, RefusesADutyThatIsNone) {
  Pack pack({}, 20.0, 1);
  for (const double duty : {-0.01, 1.01, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THROW(pack.set_bypass_duty(0, duty), std::invalid_argument) << duty;
  }
}

}  // namespace
}  // namespace cellwarden::plant
