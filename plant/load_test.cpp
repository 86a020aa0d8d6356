// SPDX-License-Identifier: Apache-2.0
#include "plant/load.hpp"

#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

namespace cellwarden::plant {
namespace {

constexpr double hour_s = 3600.0;

double mean_w(HouseholdLoad& load, double from_hour, double to_hour, int days) {
  double sum_w = 0.0;
  int samples = 0;
  for (int day = 0; day < days; ++day) {
    for (double t = from_hour * hour_s; t < to_hour * hour_s; t += 10.0) {
      sum_w += load.consumers_w(day * 24.0 * hour_s + t);
      ++samples;
    }
  }
  return sum_w / samples;
}

TEST(Load, MeanIsAboutAnEighthOfTheInverter) {
  HouseholdLoad load({}, 1);
  EXPECT_NEAR(mean_w(load, 0.0, 24.0, 60), 72.0, 18.0);
}

TEST(Load, EveningsAreBusierThanNightsAndNothingExceedsTheInverter) {
  HouseholdLoad load({}, 1);
  EXPECT_GT(mean_w(load, 17.0, 22.0, 30), 1.7 * mean_w(load, 0.0, 6.0, 30));
  for (double t = 0.0; t < 30 * 24 * hour_s; t += 97.0) {
    EXPECT_GE(load.consumers_w(t), 15.0);
    EXPECT_LE(load.consumers_w(t), 600.0);
  }
}

TEST(Load, InverterAddsItsIdlePowerAndLosses) {
  HouseholdLoad load({}, 1);
  EXPECT_NEAR(load.battery_w(1234.0, true), 6.0 + load.consumers_w(1234.0) / 0.92, 1e-9);
  EXPECT_EQ(load.battery_w(1234.0, false), 0.0);
}

TEST(Load, LowVoltageCutsUntilTheRestartVoltage) {
  HouseholdLoad load({}, 1);
  load.follow(10.79);
  EXPECT_TRUE(load.cut_off());
  EXPECT_EQ(load.battery_w(0.0, true), 0.0);
  load.follow(12.5);
  EXPECT_TRUE(load.cut_off());
  load.follow(12.61);
  EXPECT_FALSE(load.cut_off());
  EXPECT_GT(load.battery_w(0.0, true), 0.0);
}

TEST(Load, AnotherSeedIsAnotherHousehold) {
  HouseholdLoad a({}, 1);
  HouseholdLoad same({}, 1);
  HouseholdLoad b({}, 2);
  int differ = 0;
  for (double t = 0.0; t < 24 * hour_s; t += 60.0) {
    EXPECT_EQ(a.consumers_w(t), same.consumers_w(t));
    differ += a.consumers_w(t) != b.consumers_w(t) ? 1 : 0;
  }
  EXPECT_GT(differ, 100);
}

TEST(Load, RefusesBadOptions) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(HouseholdLoad({.inverter_max_w = -1.0}, 1), std::invalid_argument);
  EXPECT_THROW(HouseholdLoad({.inverter_idle_w = nan}, 1), std::invalid_argument);
  EXPECT_THROW(HouseholdLoad({.inverter_efficiency = 0.0}, 1), std::invalid_argument);
  EXPECT_THROW(HouseholdLoad({.standby_w = -1.0}, 1), std::invalid_argument);
  EXPECT_THROW(HouseholdLoad({.restart_v = 10.0}, 1), std::invalid_argument);
}

}  // namespace
}  // namespace cellwarden::plant
