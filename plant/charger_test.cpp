// SPDX-License-Identifier: Apache-2.0
#include "plant/charger.hpp"

#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

namespace cellwarden::plant {
namespace {

constexpr double full_sun = 1000.0;

void follow_for(SolarCharger& charger, int seconds, double voltage_v, double current_a) {
  for (int i = 0; i < seconds; ++i) {
    charger.follow(1.0, voltage_v, current_a, charger.limits(full_sun, true));
  }
}

TEST(Charger, GivesWhatTheSunGivesTimesItsEfficiency) {
  const SolarCharger charger({});
  const SourceLimits limits = charger.limits(500.0, true);
  EXPECT_NEAR(limits.power_w, 400.0 * 0.5 * 0.93, 1e-9);
  EXPECT_EQ(limits.current_a, 35.0);
  EXPECT_EQ(limits.voltage_v, 14.2);
}

TEST(Charger, DisabledOrDarkGivesNothing) {
  const SolarCharger charger({});
  EXPECT_EQ(charger.limits(full_sun, false).power_w, 0.0);
  EXPECT_EQ(charger.limits(0.0, true).power_w, 0.0);
  EXPECT_EQ(charger.limits(2.0, true).power_w, 0.0);
}

TEST(Charger, GoesFromBulkOverAbsorptionToFloat) {
  SolarCharger charger({.stages = {.absorption_max_s = 100.0}});
  EXPECT_EQ(charger.stage(), ChargeStage::off);
  follow_for(charger, 10, 13.2, 30.0);
  EXPECT_EQ(charger.stage(), ChargeStage::bulk);
  follow_for(charger, 2, 14.2, 20.0);
  EXPECT_EQ(charger.stage(), ChargeStage::absorption);
  follow_for(charger, 97, 14.2, 20.0);
  EXPECT_EQ(charger.stage(), ChargeStage::absorption);
  follow_for(charger, 5, 14.2, 20.0);
  EXPECT_EQ(charger.stage(), ChargeStage::floating);
  EXPECT_EQ(charger.limits(full_sun, true).voltage_v, 13.5);
}

TEST(Charger, TailCurrentEndsAbsorptionOnlyWhileTheVoltageIsHeld) {
  SolarCharger charger({});
  follow_for(charger, 2, 14.2, 20.0);
  ASSERT_EQ(charger.stage(), ChargeStage::absorption);
  follow_for(charger, 200, 13.9, 1.0);  // a cloud, not a full battery
  EXPECT_EQ(charger.stage(), ChargeStage::absorption);
  follow_for(charger, 59, 14.2, 1.0);
  EXPECT_EQ(charger.stage(), ChargeStage::absorption);
  follow_for(charger, 1, 14.2, 1.0);
  EXPECT_EQ(charger.stage(), ChargeStage::floating);
}

TEST(Charger, StartsAgainWhenTheBatteryIsUsedAndEveryMorning) {
  SolarCharger charger({.stages = {.absorption_max_s = 0.0}});
  follow_for(charger, 5, 14.2, 20.0);
  ASSERT_EQ(charger.stage(), ChargeStage::floating);
  follow_for(charger, 50, 12.9, 20.0);
  EXPECT_EQ(charger.stage(), ChargeStage::floating) << "a short dip";
  follow_for(charger, 20, 12.9, 20.0);
  EXPECT_EQ(charger.stage(), ChargeStage::bulk);
  charger.follow(1.0, 13.2, 0.0, charger.limits(0.0, true));
  EXPECT_EQ(charger.stage(), ChargeStage::off);
}

TEST(Charger, RefusesBadOptions) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(SolarCharger({.panel_peak_w = -1.0}), std::invalid_argument);
  EXPECT_THROW(SolarCharger({.efficiency = 1.1}), std::invalid_argument);
  EXPECT_THROW(SolarCharger({.current_max_a = nan}), std::invalid_argument);
  EXPECT_THROW(SolarCharger({.stages = {.absorption_v = 0.0}}), std::invalid_argument);
  EXPECT_THROW(SolarCharger({.stages = {.float_v = 14.3}}), std::invalid_argument);
  EXPECT_THROW(SolarCharger({.stages = {.tail_current_a = -1.0}}), std::invalid_argument);
}

}  // namespace
}  // namespace cellwarden::plant
