// SPDX-License-Identifier: Apache-2.0
#include "plant/installation.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cellwarden::plant {
namespace {

constexpr Enable both{.charge = true, .load = true};
constexpr Enable charge_only{.charge = true, .load = false};
constexpr Enable load_only{.charge = false, .load = true};
constexpr int day_s = 86'400;

void run(Installation& pack, int seconds, const Enable& enable) {
  for (int i = 0; i < seconds; ++i) pack.step(1.0, enable);
}

double stored_c(const Installation& pack) {
  double sum = 0.0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(pack.pack(0).cell_count()); ++i) {
    sum += pack.pack(0).cells().soc()[i] * pack.pack(0).cells().capacity_ah()[i] * 3600.0;
  }
  return sum;
}

TEST(Installation, OpenRelaysCarryNoCurrent) {
  Installation pack(household(4), 1);
  run(pack, 3600, {});
  EXPECT_EQ(pack.current_in_a(), 0.0);
  EXPECT_EQ(pack.current_out_a(), 0.0);
  EXPECT_EQ(pack.ledger().charge_in_c.value(), 0.0);
  EXPECT_EQ(pack.ledger().charge_out_c.value(), 0.0);
}

TEST(Installation, EachRelayCutsItsOwnCurrentAtOnce) {
  Installation pack(household(4), 1);
  pack.step(1.0, both);
  EXPECT_GT(pack.current_in_a(), 1.0);
  EXPECT_GT(pack.current_out_a(), 1.0);
  pack.step(0.0, charge_only);
  EXPECT_GT(pack.current_in_a(), 1.0);
  EXPECT_EQ(pack.current_out_a(), 0.0);
  pack.step(0.0, load_only);
  EXPECT_EQ(pack.current_in_a(), 0.0);
  EXPECT_GT(pack.current_out_a(), 1.0);
}

TEST(Installation, LoadGetsItsPowerAtTheTerminals) {
  InstallationOptions options = household(4);
  options.load.standby_w = 500.0;
  options.load.inverter_max_w = 500.0;
  Installation pack(options, 1);
  pack.step(1.0, load_only);
  EXPECT_NEAR(pack.voltage_v() * pack.current_out_a(), 6.0 + 500.0 / 0.92, 1e-9);
  run(pack, 599, load_only);
  EXPECT_NEAR(pack.ledger().energy_out_j.value(), 600.0 * (6.0 + 500.0 / 0.92), 0.05);
}

// A charge balance: what the charger gave, less load, boards and side reactions, is in the cells.
TEST(Installation, ChargeIsConservedOverThreeDays) {
  Installation pack(household(5), 3);
  const double before_c = stored_c(pack);
  run(pack, 3 * day_s, both);
  const PackLedger& ledger = pack.pack(0).ledger();
  const double in_c = pack.ledger().charge_in_c.value();
  const double through_c = in_c - pack.ledger().charge_out_c.value();
  const double gap_c = 5.0 * through_c - ledger.board_charge_c.value() -
                       ledger.side_charge_c.value() - (stored_c(pack) - before_c);
  EXPECT_GT(in_c, 100.0 * 3600.0);
  EXPECT_LE(std::fabs(gap_c), 1e-11 * 5.0 * in_c);
  EXPECT_LE(std::fabs(through_c - ledger.charge_c.value()), 1e-11 * in_c);
}

TEST(Installation, EnergyAndHeatAreConservedOverThreeDays) {
  Installation pack(household(4), 3);
  for (int cell = 0; cell < 4; ++cell) pack.pack(0).set_bypass_duty(cell, 0.5);
  run(pack, 3 * day_s, both);
  const PackLedger& ledger = pack.pack(0).ledger();
  const double in_j = pack.ledger().energy_in_j.value();
  const double net_j = in_j - pack.ledger().energy_out_j.value();
  EXPECT_LE(std::fabs(net_j - ledger.terminal_j.value()), 1e-11 * in_j);
  EXPECT_EQ(pack.ledger().node_j.value(), 0.0);
  EXPECT_LE(std::fabs(ledger.electrical_gap_j()), 1e-11 * in_j);
  EXPECT_LE(std::fabs(ledger.heat_gap_j()), 1e-11 * in_j);
  EXPECT_GT(ledger.cell_heat_j.value(), 0.0);
  EXPECT_GT(ledger.board_heat_j.value(), 3 * day_s * 4 * 0.5 * 3.0);
}

// Against integrals made here, not against the ledger's own sums.
TEST(Installation, LedgerAgreesWithTheStateOfTheCells) {
  InstallationOptions options = household(3);
  options.packs[0].cells.heat_capacity_j_per_k =
      1e12;  // stays at its temperature: stored energy is a state
  options.weather.day_to_day_k = 0.0;
  Installation pack(options, 4);
  const CellTables tables(options.packs[0].cells);
  const auto stored_j = [&](std::size_t cell) {
    const double soc = pack.pack(0).cells().soc()[cell];
    const double temperature_c = pack.pack(0).cells().temperature_c()[cell];
    double sum_v = 0.0;
    constexpr int parts = 200'000;
    for (int i = 0; i < parts; ++i) {
      const OcvPoint open = tables.ocv(soc * (i + 0.5) / parts, temperature_c);
      sum_v += open.voltage_v - (temperature_c + 273.15) * open.v_per_kelvin;
    }
    return sum_v / parts * soc * pack.pack(0).cells().capacity_ah()[cell] * 3600.0;
  };
  const double before_j = stored_j(0) + stored_j(1) + stored_j(2);
  run(pack, day_s / 2, both);
  const double after_j = stored_j(0) + stored_j(1) + stored_j(2);
  EXPECT_NEAR(after_j - before_j, pack.pack(0).ledger().stored_j.value(), 1e-6 * after_j);
}

TEST(Installation, ChargerHoldsAbsorptionVoltageAndNeverPassesIt) {
  InstallationOptions options = household(4);
  options.packs[0].start_soc = 0.97;
  options.weather.cloudiness = 0.0;
  Installation pack(options, 1);
  bool reached = false;
  for (int i = 0; i < 4 * 3600; ++i) {
    pack.step(1.0, charge_only);
    ASSERT_LE(pack.voltage_v(), options.charger.stages.absorption_v + 1e-9);
    reached = reached || pack.voltage_v() > options.charger.stages.absorption_v - 1e-6;
  }
  EXPECT_TRUE(reached);
  EXPECT_EQ(pack.charge_stage(), ChargeStage::floating);
}

// proves CELL-3
TEST(Installation, BypassTakesOneAmpereFromItsOwnCellOnly) {
  InstallationOptions options = household(4);
  options.packs[0].cells.self_discharge_per_month = 0.0;
  options.packs[0].boards.supply_a = 0.0;
  Installation pack(options, 1);
  const std::vector<double> before(pack.pack(0).cells().soc().begin(),
                                   pack.pack(0).cells().soc().end());
  const std::vector<double> duty{0.0, 1.0, 0.25, 0.0};
  for (int cell = 0; cell < 4; ++cell) {
    pack.pack(0).set_bypass_duty(cell, duty[static_cast<std::size_t>(cell)]);
  }
  run(pack, 3600, {});
  for (std::size_t i = 0; i < 4; ++i) {
    const double gone_ah =
        (before[i] - pack.pack(0).cells().soc()[i]) * pack.pack(0).cells().capacity_ah()[i];
    EXPECT_NEAR(gone_ah, duty[i], 1e-9);
  }
}

TEST(Installation, ABleedingBoardReadsLowAndItsNeighboursHigh) {
  InstallationOptions options = household(4);
  options.packs[0].boards.supply_a = 0.0;
  Installation pack(options, 1);
  std::vector<double> quiet;
  quiet.reserve(4);
  for (int i = 0; i < 4; ++i) quiet.push_back(pack.pack(0).board_voltage_v(i, false));
  pack.pack(0).set_bypass_duty(1, 1.0);
  pack.step(0.0, {});
  const double wire_v = options.packs[0].boards.tap_wire_ohm;
  const double own_v = pack.pack(0).cells().r0_ohm()[1];
  EXPECT_NEAR(pack.pack(0).board_voltage_v(1, false), quiet[1] - 2.0 * wire_v - own_v, 1e-6);
  EXPECT_NEAR(pack.pack(0).board_voltage_v(1, true), quiet[1], 1e-6);
  EXPECT_NEAR(pack.pack(0).board_voltage_v(0, true), quiet[0] + wire_v, 1e-6);
  EXPECT_NEAR(pack.pack(0).board_voltage_v(2, false), quiet[2] + wire_v, 1e-6);
  EXPECT_NEAR(pack.pack(0).board_voltage_v(3, false), quiet[3], 1e-6);
}

// proves CELL-1 CELL-2
TEST(Installation, BoardErrorsStayWithinTheManualsLimits) {
  Installation pack(household(255), 9);
  double worst_v = 0.0;
  double worst_k = 0.0;
  for (int cell = 0; cell < 255; ++cell) {
    const auto i = static_cast<std::size_t>(cell);
    worst_v = std::fmax(worst_v, std::fabs(pack.pack(0).board_voltage_v(cell, true) -
                                           pack.pack(0).cells().voltage_v()[i]));
    worst_k = std::fmax(worst_k, std::fabs(pack.pack(0).board_temperature_c(cell) -
                                           pack.pack(0).cells().board_temperature_c()[i]));
  }
  EXPECT_LE(worst_v, 0.0151);  // 15 mV and the supply current in the wires
  EXPECT_GT(worst_v, 0.010);
  EXPECT_LE(worst_k, 5.0);
  EXPECT_GT(worst_k, 3.0);
}

TEST(Installation, AnEmptyPackIsCutOffByTheInverterAndComesBackWithTheSun) {
  InstallationOptions options = household(4);
  options.packs[0].start_soc = 0.02;
  options.start_hour = 20.0;
  options.load.standby_w = 200.0;
  Installation pack(options, 1);
  run(pack, 6 * 3600, both);
  EXPECT_TRUE(pack.inverter_cut_off());
  EXPECT_EQ(pack.current_out_a(), 0.0);
  run(pack, 10 * 3600, both);
  EXPECT_FALSE(pack.inverter_cut_off());
}

TEST(Installation, WithoutRelaysACellReallyPassesItsLimits) {
  InstallationOptions options = household(4);
  options.charger.stages.absorption_v = 20.0;  // a charger set wrongly
  options.packs[0].start_soc = 0.95;
  Installation over(options, 1);
  run(over, 5 * 3600, charge_only);
  EXPECT_GT(over.pack(0).board_voltage_v(0, true), 4.2);
  options.load.cut_off_v = 0.0;
  options.packs[0].start_soc = 0.03;
  options.load.standby_w = 300.0;
  Installation under(options, 1);
  run(under, 2 * 3600, load_only);
  EXPECT_LT(under.pack(0).board_voltage_v(0, true), 2.0);
}

RC_GTEST_PROP(Installation, StepsAddUp, ()) {
  const int cells = *rc::gen::inRange(2, 30);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  Installation one(household(cells), seed);
  Installation many(household(cells), seed);
  one.step(20.0, both);
  for (int i = 0; i < 20; ++i) many.step(1.0, both);
  RC_ASSERT(one.state_hash() == many.state_hash());
}

/// Some time in seconds beside the same in hundredths.
void expect_close_to_fine(const InstallationOptions& options, int seconds, double soc_max) {
  Installation coarse(options, 5);
  Installation fine(options, 5);
  for (int second = 0; second < seconds; ++second) {
    coarse.step(1.0, both);
    for (int i = 0; i < 100; ++i) fine.step(0.01, both);
    for (std::size_t i = 0; i < 4; ++i) {
      ASSERT_NEAR(coarse.pack(0).cells().voltage_v()[i], fine.pack(0).cells().voltage_v()[i], 1e-4)
          << second;
      ASSERT_NEAR(coarse.pack(0).cells().soc()[i], fine.pack(0).cells().soc()[i], soc_max)
          << second;
    }
  }
}

TEST(Installation, SecondsAreAsGoodAsTenMilliseconds) {
  expect_close_to_fine(household(4), 1800, 1e-9);
}

// In the second in which the charger's limit changes a step holds one mean current.
TEST(Installation, SecondsStayCloseToTenMillisecondsWhereTheChargerReachesItsLimit) {
  InstallationOptions options = household(4);
  options.packs[0].start_soc = 0.985;
  options.start_hour = 11.0;
  expect_close_to_fine(options, 400, 1e-6);
}

TEST(Installation, SameSeedSameStateAndAnotherSeedAnother) {
  Installation a(household(16), 11);
  Installation b(household(16), 11);
  Installation c(household(16), 12);
  run(a, 3600, both);
  run(b, 3600, both);
  run(c, 3600, both);
  EXPECT_EQ(a.state_hash(), b.state_hash());
  EXPECT_NE(a.state_hash(), c.state_hash());
  Installation copy = a;
  run(copy, 60, both);
  EXPECT_NE(copy.state_hash(), a.state_hash());
  run(a, 60, both);
  EXPECT_EQ(copy.state_hash(), a.state_hash());
}

// Computed here with g++ 12 on x86-64; every compiler and CPU has to give the same. A change of the
// model changes it: then all compilers have to agree on the new one.
TEST(Installation, ADayHasTheSameBitsEverywhere) {
  Installation pack(household(5), 2026);
  run(pack, day_s, both);
  EXPECT_EQ(pack.state_hash(), 3957294609081892473U);
}

}  // namespace
}  // namespace cellwarden::plant
