// SPDX-License-Identifier: Apache-2.0
#include "plant/cells.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cellwarden::plant {
namespace {

constexpr CellSpread no_spread{.capacity = 0.0, .resistance = 0.0, .soc = 0.0};

// What a float of a few volts can say.
constexpr double float_v = 5e-7;

/// Side reactions and ageing off, and a heat capacity that keeps the temperature where it is.
CellParameters isothermal(CellParameters p) {
  p.heat_capacity_j_per_k = 1e12;
  p.self_discharge_per_month = 0.0;
  p.coulombic_efficiency = 1.0;
  p.ageing.speed = 0.0;
  return p;
}

void advance_many(Cells& cells, int steps, double dt_s, double current_a, double ambient_c = 25.0) {
  for (int i = 0; i < steps; ++i) cells.advance(dt_s, current_a, ambient_c);
}

TEST(Cells, RestedCellShowsItsOpenCircuitVoltage) {
  const Cells cells(prismatic_280ah(), 2, no_spread, 0.5, 25.0, 1);
  const double expected_v = CellTables(prismatic_280ah()).ocv(0.5, 25.0).voltage_v;
  EXPECT_NEAR(cells.voltage_v()[0], expected_v, float_v);
  EXPECT_NEAR(cells.voltage_v()[1], expected_v, float_v);
}

TEST(Cells, LongRestRelaxesToOpenCircuitVoltagePlusHysteresis) {
  Cells cells(isothermal(a123_26650()), 2, no_spread, 0.7, 25.0, 1);
  advance_many(cells, 3600, 1.0, -0.5);
  const double loaded_off_v = cells.voltage_v()[0] - cells.ocv_v()[0];
  EXPECT_LT(loaded_off_v, -0.03);
  advance_many(cells, 10 * 3600, 1.0, 0.0);
  const double rested_off_v = cells.voltage_v()[0] - cells.ocv_v()[0];
  const double gap_v = CellTables(a123_26650()).at(cells.soc()[0], 25.0).hysteresis_v;
  EXPECT_NEAR(rested_off_v, gap_v * cells.hysteresis()[0], 1e-6);
  EXPECT_LT(rested_off_v, -0.004);
}

TEST(Cells, HysteresisLiesAboveAfterChargingAndBelowAfterDischarging) {
  for (const double current_a : {-28.0, 28.0}) {
    Cells cells(isothermal(prismatic_280ah()), 4, no_spread, 0.5, 25.0, 1);
    advance_many(cells, 3600, 1.0, current_a);
    advance_many(cells, 36'000, 1.0, 0.0);
    const double off_v = cells.voltage_v()[2] - cells.ocv_v()[2];
    EXPECT_GT(off_v * current_a, 0.0);
    EXPECT_NEAR(std::fabs(off_v), 0.0234, 0.0005) << "half the 47 mV gap, all but e^-5 of it";
  }
}

RC_GTEST_PROP(Cells, OneLongStepEqualsManyShortOnes, ()) {
  const double current_a = *rc::gen::inRange(-200, 201);
  const double length_s = *rc::gen::inRange(1, 601);
  Cells once(isothermal(prismatic_280ah()), 3, CellSpread{}, 0.5, 10.0, 7);
  advance_many(once, 1, 100.0, 50.0, 10.0);  // not from rest
  Cells often = once;
  once.advance(length_s, current_a, 10.0);
  advance_many(often, 1000, length_s / 1000.0, current_a, 10.0);
  for (std::size_t i = 0; i < 3; ++i) {
    RC_ASSERT(std::abs(once.soc()[i] - often.soc()[i]) <= 1e-12);
    RC_ASSERT(std::abs(once.hysteresis()[i] - often.hysteresis()[i]) <= 1e-6);
    RC_ASSERT(std::abs(once.voltage_v()[i] - often.voltage_v()[i]) <= 2e-6);
  }
}

TEST(Cells, TemperatureFollowsItsExponential) {
  CellParameters p = prismatic_280ah();
  p.self_discharge_per_month = 0.0;
  Cells cells(p, 3, no_spread, 0.5, 45.0, 1);
  advance_many(cells, 600, 1.0, 0.0, 5.0);
  const double expected_c = 5.0 + 40.0 * std::exp(-600.0 / (5400.0 * 0.27));
  // The boards keep a little: 7.5 J/K each beside 5400.
  EXPECT_NEAR(cells.temperature_c()[1], expected_c, 0.35);
  Cells once = Cells(p, 3, no_spread, 0.5, 45.0, 1);
  advance_many(once, 10, 60.0, 0.0, 5.0);
  EXPECT_NEAR(once.temperature_c()[1], cells.temperature_c()[1], 0.05);
}

TEST(Cells, ChargeCountsExactly) {
  Cells cells(isothermal(prismatic_280ah()), 2, no_spread, 0.2, 25.0, 1);
  advance_many(cells, 3600, 1.0, 28.0);
  EXPECT_NEAR(cells.soc()[0], 0.3, 1e-12);
}

// proves CELL-3
TEST(Cells, AnHourOfBypassTakesOneAmpereHour) {
  Cells cells(isothermal(prismatic_280ah()), 4, no_spread, 0.99, 25.0, 1);
  cells.set_board_current_a(1, 1.0);
  advance_many(cells, 3600, 1.0, 0.0);
  EXPECT_NEAR(cells.soc()[1], 0.99 - 1.0 / 280.0, 1e-12);
  EXPECT_EQ(cells.soc()[0], 0.99);
  EXPECT_EQ(cells.soc()[2], 0.99);
}

TEST(Cells, BypassHeatsTheBoardFarAboveTheCell) {
  Cells cells(prismatic_280ah(), 4, no_spread, 0.99, 20.0, 1);
  cells.set_board_current_a(1, 1.0);
  advance_many(cells, 60, 1.0, 0.0, 20.0);
  const double after_tau_k = cells.board_temperature_c()[1] - 20.0;
  EXPECT_NEAR(after_tau_k, 27.4 * (1.0 - std::exp(-1.0)), 1.0);
  advance_many(cells, 600, 1.0, 0.0, 20.0);
  EXPECT_NEAR(cells.board_temperature_c()[1] - cells.temperature_c()[1], 27.0, 1.5);
  EXPECT_LT(cells.temperature_c()[1], 21.0);
  EXPECT_NEAR(cells.board_temperature_c()[3], 20.0, 0.1);
}

TEST(Cells, HeatReachesTheNeighbourFirst) {
  Cells cells(prismatic_280ah(), 5, no_spread, 0.5, 20.0, 1);
  cells.set_temperature_c(0, 60.0);
  advance_many(cells, 300, 1.0, 0.0, 20.0);
  EXPECT_LT(cells.temperature_c()[0], 60.0);
  EXPECT_GT(cells.temperature_c()[1], cells.temperature_c()[2] + 1.0);
  EXPECT_GT(cells.temperature_c()[2], cells.temperature_c()[3]);
}

TEST(Cells, OverchargeAndOverdischargeCrossTheLimitsQuickly) {
  Cells cells(prismatic_280ah(), 2, no_spread, 0.999, 25.0, 1);
  advance_many(cells, 600, 1.0, 35.0);
  EXPECT_GT(cells.voltage_v()[0], 4.0);
  Cells empty(prismatic_280ah(), 2, no_spread, 0.01, 25.0, 1);
  advance_many(empty, 600, 1.0, -35.0);
  EXPECT_LT(empty.voltage_v()[0], 2.3);
}

// The cells keep pieces of the tables; the tables themselves are the reference.
TEST(Cells, EveryCornerOfTheGridIsWhatTheTablesSay) {
  const CellTables tables(a123_26650());
  Cells cells(a123_26650(), 3, no_spread, 0.5, 25.0, 1);
  for (const double temperature_c :
       {-80.0, -45.0, -41.0, -30.0, -25.0, -3.3, 0.0, 45.0, 79.0, 81.0, 95.0, 120.0}) {
    for (const double soc : {-0.3, -0.1, -0.05, 0.0, 0.0049, 0.5, 0.731, 1.0, 1.05, 1.1, 1.4}) {
      cells.set_temperature_c(2, temperature_c);
      cells.set_soc(2, soc);
      EXPECT_NEAR(cells.ocv_v()[2], tables.ocv(soc, temperature_c).voltage_v, 4e-6)
          << soc << " at " << temperature_c;
      EXPECT_NEAR(cells.r0_ohm()[2], tables.at(soc, temperature_c).r_ohm[0], 1e-6) << temperature_c;
    }
  }
}

TEST(Cells, SelfDischargeAndInefficiencyAreTakenFromTheCharge) {
  CellParameters p = isothermal(prismatic_280ah());
  p.self_discharge_per_month = 0.03;
  p.coulombic_efficiency = 0.99;
  Cells cells(p, 2, no_spread, 0.5, 25.0, 1);
  advance_many(cells, 24 * 60, 60.0, 0.0);
  EXPECT_NEAR(cells.soc()[0], 0.5 - 0.001, 1e-9);
  Cells charged(p, 2, no_spread, 0.5, 25.0, 1);
  charged.set_self_discharge_a(0, 0.0);
  advance_many(charged, 3600, 1.0, 28.0);
  EXPECT_NEAR(charged.soc()[0], 0.5 + 0.099, 1e-9);
}

TEST(Cells, SpreadIsSeededAndBounded) {
  const CellSpread spread{.capacity = 0.02, .resistance = 0.1, .soc = 0.01};
  const Cells a(prismatic_280ah(), 255, spread, 0.5, 25.0, 3);
  const Cells b(prismatic_280ah(), 255, spread, 0.5, 25.0, 3);
  const Cells c(prismatic_280ah(), 255, spread, 0.5, 25.0, 4);
  EXPECT_EQ(a.state_hash(), b.state_hash());
  EXPECT_NE(a.state_hash(), c.state_hash());
  double squares = 0.0;
  for (const double ah : a.capacity_ah()) {
    EXPECT_NEAR(ah, 280.0, 280.0 * 0.06 + 1e-9);
    squares += (ah / 280.0 - 1.0) * (ah / 280.0 - 1.0);
  }
  EXPECT_NEAR(std::sqrt(squares / 255.0), 0.02, 0.003);
}

TEST(Cells, SeriesModelGivesTheSumOfTheCellsAndForeseesTheMiddleOfAStep) {
  Cells cells(prismatic_280ah(), 7, CellSpread{}, 0.6, 15.0, 5);
  advance_many(cells, 50, 1.0, 60.0, 15.0);
  const SeriesModel now = cells.series();
  double sum_v = 0.0;
  for (std::size_t i = 0; i < 7; ++i) sum_v += cells.voltage_v()[i];
  EXPECT_NEAR(now.emf_v + now.ohm * 60.0, sum_v, 5e-6);
  const SeriesModel ahead = cells.series_ahead(10.0);
  cells.advance(10.0, -80.0, 15.0);
  const double mean_v = cells.last_energy().volt_seconds / 10.0;
  EXPECT_NEAR(ahead.emf_v - 80.0 * ahead.ohm, mean_v, 0.007);
}

TEST(Cells, TheSeriesModelIsThatOfThisMoment) {
  Cells cells(prismatic_280ah(), 3, no_spread, 0.6, 25.0, 5);
  const SeriesModel rested = cells.series();
  cells.set_board_current_a(1, 2.0);
  EXPECT_NEAR(cells.series().emf_v, rested.emf_v - 2.0 * cells.r0_ohm()[1], 1e-9);
  cells.set_board_current_a(1, 0.0);
  cells.set_resistance_factor(0, 2.0);
  EXPECT_NEAR(cells.series().ohm, 4.0 / 3.0 * rested.ohm, 1e-9);
  cells.set_soc(2, 0.1);
  EXPECT_LT(cells.series().emf_v, rested.emf_v - 0.05);
  cells.advance(60.0, -100.0, 25.0);
  EXPECT_NE(cells.series().emf_v, rested.emf_v);
}

TEST(Cells, RefusesBadOptions) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const CellParameters p = prismatic_280ah();
  for (const int count : {-1, 0, 1, 256, 100'000}) {
    EXPECT_THROW(Cells(p, count, no_spread, 0.5, 25.0, 1), std::invalid_argument) << count;
  }
  EXPECT_THROW(Cells(p, 4, {.capacity = 0.31}, 0.5, 25.0, 1), std::invalid_argument);
  EXPECT_THROW(Cells(p, 4, {.resistance = -0.1}, 0.5, 25.0, 1), std::invalid_argument);
  EXPECT_THROW(Cells(p, 4, {.soc = nan}, 0.5, 25.0, 1), std::invalid_argument);
  EXPECT_THROW(Cells(p, 4, no_spread, 1.2, 25.0, 1), std::invalid_argument);
  EXPECT_THROW(Cells(p, 4, no_spread, nan, 25.0, 1), std::invalid_argument);
  EXPECT_THROW(Cells(p, 4, no_spread, 0.5, nan, 1), std::invalid_argument);
}

}  // namespace
}  // namespace cellwarden::plant
