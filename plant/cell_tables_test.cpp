// SPDX-License-Identifier: Apache-2.0
#include "plant/cell_tables.hpp"

#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace cellwarden::plant {
namespace {

struct OcvCase {
  double temperature_c;
  double soc;
  double expected_v;
};

// Typed from the published C/30 test, not from our table.
constexpr OcvCase measured[] = {{25, 0.10, 3.1808},  {25, 0.95, 3.3569},  {25, 1.00, 3.5828},
                                {25, 0.00, 2.2949},  {25, 0.98, 3.4065},  {-25, 0.10, 3.1996},
                                {-25, 1.00, 3.5848}, {-15, 0.95, 3.3329}, {-5, 0.10, 3.1898},
                                {5, 0.99, 3.4520},   {15, 0.02, 2.8644},  {35, 0.96, 3.3661},
                                {45, 0.005, 2.6265}, {45, 1.00, 3.5928}};

TEST(CellTables, MeetsTheMeasuredOpenCircuitVoltageOfTheA123Cell) {
  CellParameters as_measured = a123_26650();
  as_measured.ocv_shift_v = {};
  const CellTables tables(as_measured);
  for (const OcvCase& c : measured) {
    EXPECT_NEAR(tables.ocv(c.soc, c.temperature_c).voltage_v, c.expected_v, 1e-9)
        << c.soc << " at " << c.temperature_c;
  }
}

TEST(CellTables, LiesBetweenKnotsAndPointsOnStraightLines) {
  const CellTables tables(a123_26650());
  const double cold = tables.ocv(0.10, 15.0).voltage_v;
  const double warm = tables.ocv(0.10, 25.0).voltage_v;
  EXPECT_NEAR(tables.ocv(0.10, 18.0).voltage_v, 0.7 * cold + 0.3 * warm, 1e-12);
  const double low = tables.ocv(0.985, 25.0).voltage_v;
  const double high = tables.ocv(0.990, 25.0).voltage_v;
  EXPECT_NEAR(tables.ocv(0.986, 25.0).voltage_v, 0.8 * low + 0.2 * high, 1e-12);
  EXPECT_NEAR(tables.ocv(0.986, 25.0).slope_v, (high - low) / 0.005, 1e-9);
}

TEST(CellTables, TheFittedShiftLiesOnTheOpenCircuitVoltage) {
  CellParameters p = prismatic_280ah();
  const double before_v = CellTables(p).ocv(0.425, 25.0).voltage_v;
  p.ocv_shift_v[8][5] = 0.010;  // 40 % at 25 degrees Celsius
  EXPECT_NEAR(CellTables(p).ocv(0.425, 25.0).voltage_v, before_v + 0.005, 1e-12);
  EXPECT_NEAR(CellTables(p).ocv(0.40, 30.0).voltage_v,
              CellTables(prismatic_280ah()).ocv(0.40, 30.0).voltage_v + 0.005, 1e-12);
}

TEST(CellTables, TheEntropicCoefficientIsTheSlopeOverTemperature) {
  const CellTables tables(sony_26650());
  EXPECT_NEAR(tables.ocv(0.5, 20.0).v_per_kelvin, 1.1027e-4, 1e-7);
  EXPECT_NEAR(tables.ocv(0.5, 33.0).voltage_v - tables.ocv(0.5, 32.0).voltage_v, 1.1027e-4, 1e-7);
}

TEST(CellTables, AbuseCrossesTheLimitsWithinAPercent) {
  for (const CellParameters& p :
       {a123_26650(), prismatic_150ah(), prismatic_180ah(), prismatic_280ah(), sony_26650()}) {
    SCOPED_TRACE(p.name);
    const CellTables tables(p);
    EXPECT_GT(tables.ocv(1.01, 25.0).voltage_v, 3.8);
    EXPECT_GT(tables.ocv(1.20, 25.0).voltage_v, 8.0);
    EXPECT_LT(tables.ocv(-0.01, 25.0).voltage_v, 2.3);
    EXPECT_LT(tables.ocv(-0.20, 25.0).voltage_v, 0.0);
  }
}

// But for the noise of two millivolts that a measured and fitted plateau has.
TEST(CellTables, OpenCircuitVoltageRisesWithCharge) {
  for (const std::string_view name : cell_parameter_names()) {
    const CellTables tables(cell_parameters_named(name));
    double before = tables.ocv(-0.05, 25.0).voltage_v;
    for (double soc = -0.04; soc < 1.05; soc += 0.02) {
      const double now = tables.ocv(soc, 25.0).voltage_v;
      EXPECT_GT(now, before - 0.002) << name << " at " << soc;
      before = now;
    }
  }
}

TEST(CellParameters, EverySetIsValidLiesWithinItsLimitsAndHasItsName) {
  for (const std::string_view name : cell_parameter_names()) {
    SCOPED_TRACE(name);
    const CellParameters p = cell_parameters_named(name);
    EXPECT_NO_THROW(require_valid(p));
    EXPECT_FALSE(p.name.empty());
    const CellTables tables(p);
    EXPECT_GT(tables.ocv(0.3, 25.0).voltage_v, p.empty_v);
    EXPECT_LT(tables.ocv(0.9, 25.0).voltage_v, p.full_v);
  }
  EXPECT_EQ(cell_parameters_named("prismatic_280ah").capacity_ah, 280.0);
}

TEST(CellParameters, AnUnknownNameIsToldTheKnownOnes) {
  for (const std::string_view name : {"", "prismatic_281ah", "Prismatic_280ah"}) {
    try {
      static_cast<void>(cell_parameters_named(name));
      ADD_FAILURE() << name << " was found";
    } catch (const std::invalid_argument& error) {
      const std::string what = error.what();
      EXPECT_NE(what.find("\"" + std::string(name) + "\""), std::string::npos) << what;
      for (const std::string_view known : cell_parameter_names()) {
        EXPECT_NE(what.find(known), std::string::npos) << what;
      }
    }
  }
}

TEST(CellTables, ResistanceMeetsItsKnotsAndFollowsArrheniusBetween) {
  const CellTables tables(prismatic_280ah());
  EXPECT_NEAR(tables.at(0.5, 25.0).r_ohm[0], 1.7e-4, 1e-12);
  EXPECT_NEAR(tables.at(0.5, -25.0).r_ohm[0], 2.485e-3, 1e-11);
  // 33 kJ/mol, see the set's source.
  const double arrhenius = 1.7e-4 * std::exp(33000.0 / 8.314 * (1 / 273.15 - 1 / 298.15));
  EXPECT_NEAR(tables.at(0.5, 0.0).r_ohm[0], arrhenius, 0.005 * arrhenius);
  EXPECT_EQ(tables.at(0.5, -60.0).r_ohm[0], tables.at(0.5, -45.0).r_ohm[0]);
  EXPECT_EQ(tables.at(0.5, 150.0).r_ohm[0], tables.at(0.5, 95.0).r_ohm[0]);
  EXPECT_GT(tables.at(0.5, -40.0).r_ohm[0], tables.at(0.5, -25.0).r_ohm[0]);
}

TEST(CellTables, ResistanceLiesStraightBetweenStatesOfCharge) {
  const CellTables tables(a123_26650());
  for (std::size_t k = 0; k < 4; ++k) {
    const double low = tables.at(0.90, 25.0).r_ohm[k];
    const double high = tables.at(0.95, 25.0).r_ohm[k];
    // A plane through a patch misses its corners by a little of what they are bent.
    EXPECT_NEAR(tables.at(0.93, 25.0).r_ohm[k], 0.4 * low + 0.6 * high, 0.001 * high) << k;
  }
  const double empty = tables.at(0.0, 25.0).r_ohm[0];
  const double full = tables.at(1.0, 25.0).r_ohm[0];
  EXPECT_NEAR(tables.at(-0.05, 25.0).r_ohm[0], empty, 0.001 * empty);
  EXPECT_NEAR(tables.at(1.05, 25.0).r_ohm[0], full, 0.001 * full);
}

struct BadCase {
  const char* why;
  std::function<void(CellParameters&)> spoil;
};

TEST(CellTables, RefusesBadParametersAndNamesThem) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const BadCase cases[] = {
      {"capacity_ah", [](CellParameters& p) { p.capacity_ah = -3.0; }},
      {"capacity_ah", [](CellParameters& p) { p.capacity_ah = 0.0; }},
      {"capacity_ah", [=](CellParameters& p) { p.capacity_ah = nan; }},
      {"ocv_v", [](CellParameters& p) { p.ocv_v = p.ocv_v.first(200); }},
      {"r0_ohm", [](CellParameters& p) { p.r0_ohm[20][7] = 0.0; }},
      {"r1_ohm", [=](CellParameters& p) { p.r1_ohm[0][0] = nan; }},
      {"r2_ohm", [](CellParameters& p) { p.r2_ohm[9][3] = -1e-3; }},
      {"tau1_s", [](CellParameters& p) { p.tau1_s = 0.0; }},
      {"tau2_s", [=](CellParameters& p) { p.tau2_s = nan; }},
      {"hysteresis_v", [](CellParameters& p) { p.hysteresis_v[2][1] = -0.01; }},
      {"tau3_s", [](CellParameters& p) { p.tau3_s = -1.0; }},
      {"r3_ohm", [](CellParameters& p) { p.tau3_s = 2000.0; }},
      {"ocv_shift_v", [](CellParameters& p) { p.ocv_shift_v[5][5] = 0.3; }},
      {"ageing.speed", [=](CellParameters& p) { p.ageing.speed = nan; }},
      {"full_v", [](CellParameters& p) { p.full_v = p.empty_v - 0.1; }},
      {"hysteresis_rate", [](CellParameters& p) { p.hysteresis_rate = -1.0; }},
      {"coulombic_efficiency", [](CellParameters& p) { p.coulombic_efficiency = 1.01; }},
      {"self_discharge_per_month", [](CellParameters& p) { p.self_discharge_per_month = -0.1; }},
      {"heat_capacity_j_per_k", [](CellParameters& p) { p.heat_capacity_j_per_k = 0.0; }},
      {"thermal_resistance_k_per_w",
       [=](CellParameters& p) { p.thermal_resistance_k_per_w = nan; }},
      {"neighbour_conductance", [](CellParameters& p) { p.neighbour_conductance_w_per_k = -1.0; }},
      {"overcharge_v_per_soc", [](CellParameters& p) { p.overcharge_v_per_soc = 0.0; }}};
  for (const BadCase& c : cases) {
    CellParameters p = prismatic_280ah();
    c.spoil(p);
    try {
      const CellTables tables(p);
      ADD_FAILURE() << c.why << " was accepted";
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(c.why), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace cellwarden::plant
