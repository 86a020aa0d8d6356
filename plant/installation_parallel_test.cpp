// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "plant/installation.hpp"

namespace cellwarden::plant {
namespace {

constexpr Enable both{.charge = true, .load = true};
constexpr int day_s = 86'400;

void run(Installation& site, int seconds, const Enable& enable) {
  for (int i = 0; i < seconds; ++i) site.step(1.0, enable);
}

TEST(ParallelPacks, ShareOneVoltageAndTheirCurrentsAddUp) {
  Installation site(household(4, prismatic_280ah(), 3), 1);
  for (int i = 0; i < 3600; ++i) {
    site.step(1.0, both);
    double sum_a = 0.0;
    for (int pack = 0; pack < 3; ++pack) {
      ASSERT_NEAR(site.pack(pack).voltage_v(), site.voltage_v(), 2e-3) << "within a step";
      sum_a += site.pack(pack).current_a();
    }
    ASSERT_NEAR(sum_a, site.current_in_a() - site.current_out_a(), 1e-8);
  }
}

TEST(ParallelPacks, AFullPackChargesAnEmptyOneWithoutAnyRelay) {
  InstallationOptions options = household(4, prismatic_280ah(), 2);
  options.packs[0].start_soc = 0.99;
  options.packs[1].start_soc = 0.20;
  Installation site(options, 1);
  EXPECT_LT(site.pack(0).current_a(), -5.0);
  EXPECT_GT(site.pack(1).current_a(), 5.0);
  run(site, 12 * 3600, {});
  EXPECT_GT(site.pack(1).cells().soc()[0], 0.25);
}

TEST(ParallelPacks, APackOfTwiceTheResistanceTakesHalfOfAStepInCurrent) {
  InstallationOptions options = household(4, prismatic_280ah(), 2);
  for (PackOptions& pack : options.packs) pack.spread = {0.0, 0.0, 0.0};
  options.load.standby_w = options.load.inverter_max_w;
  Installation site(options, 1);
  for (int cell = 0; cell < 4; ++cell) site.pack(1).cells().set_resistance_factor(cell, 2.0);
  site.step(0.0, {.load = true});
  EXPECT_NEAR(site.pack(0).current_a() / site.pack(1).current_a(), 2.0, 0.25);
}

TEST(ParallelPacks, BalancesHoldOverThreeDays) {
  InstallationOptions options = household(4, prismatic_280ah(), 3);
  options.packs[1].start_soc = 0.4;
  Installation site(options, 5);
  run(site, 3 * day_s, both);
  const BusLedger& bus = site.ledger();
  double terminal_j = 0.0;
  double charge_c = 0.0;
  for (int pack = 0; pack < 3; ++pack) {
    const PackLedger& ledger = site.pack(pack).ledger();
    EXPECT_LE(std::fabs(ledger.electrical_gap_j()), 1e-11 * bus.energy_in_j.value());
    EXPECT_LE(std::fabs(ledger.heat_gap_j()), 1e-11 * bus.energy_in_j.value());
    terminal_j += ledger.terminal_j.value();
    charge_c += ledger.charge_c.value();
  }
  const double in_j = bus.energy_in_j.value();
  const double gap_j = in_j - bus.energy_out_j.value() - terminal_j - bus.node_j.value();
  EXPECT_LE(std::fabs(gap_j), 1e-11 * in_j);
  EXPECT_LE(std::fabs(bus.node_j.value()), 1e-6 * in_j) << "what a step leaves is small";
  const double net_c = bus.charge_in_c.value() - bus.charge_out_c.value();
  EXPECT_LE(std::fabs(net_c - charge_c), 1e-9 * bus.charge_in_c.value());
}

}  // namespace
}  // namespace cellwarden::plant
