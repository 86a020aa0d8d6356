// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "plant/installation.hpp"

namespace cellwarden::plant {
namespace {

constexpr Enable both{.charge = true, .load = true};
constexpr int hour_s = 3600;

void run(Installation& site, int seconds, const Enable& enable) {
  for (int i = 0; i < seconds; ++i) site.step(1.0, enable);
}

TEST(Devices, TheGeneratorChargesALowBatteryAtNightAndItsEnergyIsCounted) {
  InstallationOptions options = household(4);
  options.generator = household_generator(4);
  options.packs[0].start_soc = 0.3;
  options.start_hour = 22.0;
  Installation site(options, 1);
  run(site, 60, both);
  EXPECT_EQ(site.generator_w(), 0.0) << "nobody says it is low";
  Enable low = both;
  low.shown_soc = 0.1;
  run(site, 60, low);
  EXPECT_TRUE(site.generator()->running());
  EXPECT_GT(site.generator_w(), 300.0);
  EXPECT_EQ(site.solar_w(), 0.0);
  run(site, hour_s, low);
  EXPECT_GT(site.ledger().generator_j.value(), 300.0 * hour_s);
  EXPECT_NEAR(site.ledger().generator_j.value(), site.ledger().energy_in_j.value(), 1.0);
  EXPECT_GT(site.pack(0).cells().soc()[0], 0.35);
  site.step(0.0, {.charge = false, .load = true, .shown_soc = 0.1});
  EXPECT_EQ(site.generator_w(), 0.0) << "the CHARGE relay stops it at once";
}

TEST(Devices, SunAndGeneratorTogetherStayWithinTheirVoltages) {
  InstallationOptions options = household(4);
  options.generator = household_generator(4);
  options.packs[0].start_soc = 0.9;
  options.start_hour = 10.0;
  Installation site(options, 1);
  site.turn_generator(GeneratorSwitch::on);
  for (int i = 0; i < 4 * hour_s; ++i) {
    site.step(1.0, both);
    ASSERT_LE(site.voltage_v(), options.charger.stages.absorption_v + 1e-9);
    ASSERT_GE(site.solar_w(), 0.0);
    ASSERT_GE(site.generator_w(), -1e-9);
  }
  EXPECT_GT(site.ledger().solar_j.value(), 0.0);
  EXPECT_GT(site.ledger().generator_j.value(), 0.0);
}

TEST(Devices, ACombinedDeviceHasOneCurrentPath) {
  InstallationOptions options = household(4);
  options.combined = household_combined(4, 2);
  Installation site(options, 1);
  bool charged = false;
  bool drained = false;
  for (int i = 0; i < 24 * hour_s; ++i) {
    site.step(1.0, both);
    ASSERT_TRUE(site.current_in_a() == 0.0 || site.current_out_a() == 0.0) << i;
    charged = charged || site.current_in_a() > 1.0;
    drained = drained || site.current_out_a() > 1.0;
  }
  EXPECT_TRUE(charged);
  EXPECT_TRUE(drained);
  EXPECT_LE(std::fabs(site.pack(0).ledger().electrical_gap_j()),
            1e-11 * site.ledger().energy_in_j.value());
}

TEST(Devices, AGeneratorBehindACombinedDeviceFeedsConsumersFirst) {
  InstallationOptions options = household(4);
  options.combined = household_combined(4, 1);
  options.generator = household_generator(4);
  options.start_hour = 22.0;
  Installation site(options, 1);
  site.turn_generator(GeneratorSwitch::on);
  run(site, 60, both);
  EXPECT_GT(site.generator_w(), 50.0);
  EXPECT_LT(site.generator_w(), options.generator->power_w);
  EXPECT_EQ(site.current_out_a(), 0.0);
  run(site, 10, {.charge = true, .load = false, .shown_soc = std::nullopt});
  EXPECT_EQ(site.generator_w(), 0.0) << "one signal stops both directions";
}

TEST(Devices, OnlyAGeneratorThatIsThereCanBeTurned) {
  Installation site(household(4), 1);
  EXPECT_THROW(site.turn_generator(GeneratorSwitch::on), std::invalid_argument);
}

}  // namespace
}  // namespace cellwarden::plant
