// SPDX-License-Identifier: Apache-2.0
#include "plant/bus.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cellwarden::plant {
namespace {

constexpr SourceLimits no_charger{};
constexpr SourceLimits endless{.power_w = 1e9, .current_a = 1e9, .voltage_v = 1e9};

double between(int thousandths, double low, double high) {
  return low + (high - low) * thousandths / 1000.0;
}

BusFlow solve_one(const BusBattery& battery, const SourceLimits& charger, double load_w) {
  return solve_bus(battery, {&charger, 1}, load_w);
}

BusBattery any_battery() {
  return {.emf_v = between(*rc::gen::inRange(0, 1001), 6.0, 900.0),
          .ohm = between(*rc::gen::inRange(0, 1001), 1e-4, 1.0)};
}

RC_GTEST_PROP(Bus, ConstantPowerLoadGetsVoltageTimesCurrent, ()) {
  const BusBattery battery = any_battery();
  const double most_w = battery.emf_v * battery.emf_v / (4.0 * battery.ohm);
  const double load_w = between(*rc::gen::inRange(1, 990), 0.0, most_w);
  const BusFlow flow = solve_one(battery, no_charger, load_w);
  RC_ASSERT(flow.current_out_a > 0.0);
  RC_ASSERT(std::abs(flow.voltage_v * flow.current_out_a - load_w) <= 1e-9 * load_w);
  const double expected_v = battery.emf_v - battery.ohm * flow.current_out_a;
  RC_ASSERT(std::abs(flow.voltage_v - expected_v) <= 1e-9 * battery.emf_v);
}

RC_GTEST_PROP(Bus, TheChargerNeverPassesAnyOfItsLimits, ()) {
  const BusBattery battery = any_battery();
  const SourceLimits charger{
      .power_w = between(*rc::gen::inRange(0, 1001), 0.0, 5000.0),
      .current_a = between(*rc::gen::inRange(0, 1001), 0.0, 200.0),
      .voltage_v = battery.emf_v * between(*rc::gen::inRange(0, 1001), 0.8, 1.3)};
  const double load_w = between(*rc::gen::inRange(0, 1001), 0.0, 500.0);
  const BusFlow flow = solve_one(battery, charger, load_w);
  RC_ASSERT(flow.current_in_a >= 0.0);
  RC_ASSERT(flow.current_out_a >= 0.0);
  RC_ASSERT(flow.current_in_a <= charger.current_a * (1.0 + 1e-9));
  RC_ASSERT(flow.current_in_a * flow.voltage_v <= charger.power_w * (1.0 + 1e-9) + 1e-6);
  if (flow.current_in_a > 0.0) RC_ASSERT(flow.voltage_v <= charger.voltage_v * (1.0 + 1e-12));
  const double expected_v = battery.emf_v + battery.ohm * flow.battery_a();
  RC_ASSERT(std::abs(flow.voltage_v - expected_v) <= 1e-9 * battery.emf_v);
}

RC_GTEST_PROP(Bus, OneLimitOfTheChargerIsAlwaysReached, ()) {
  const BusBattery battery = any_battery();
  const SourceLimits charger{
      .power_w = 300.0, .current_a = 20.0, .voltage_v = battery.emf_v * 1.05};
  const BusFlow flow = solve_one(battery, charger, 50.0);
  if (flow.current_out_a == 0.0) return;  // the battery cannot carry the load
  const bool power = flow.current_in_a * flow.voltage_v >= charger.power_w * (1.0 - 1e-9);
  const bool current = flow.current_in_a >= charger.current_a * (1.0 - 1e-9);
  const bool voltage = flow.voltage_v >= charger.voltage_v * (1.0 - 1e-12);
  RC_ASSERT(power || current || voltage);
}

TEST(Bus, NothingConnectedMeansNoCurrent) {
  const BusFlow flow = solve_one({.emf_v = 13.2, .ohm = 0.01}, no_charger, 0.0);
  EXPECT_EQ(flow.current_in_a, 0.0);
  EXPECT_EQ(flow.current_out_a, 0.0);
  EXPECT_EQ(flow.voltage_v, 13.2);
}

TEST(Bus, ALoadBeyondTheBatterysPowerGetsNothing) {
  const BusFlow flow = solve_one({.emf_v = 12.0, .ohm = 0.1}, no_charger, 361.0);  // 360 W at most
  EXPECT_EQ(flow.current_out_a, 0.0);
  EXPECT_EQ(flow.voltage_v, 12.0);
}

TEST(Bus, AChargerBelowTheBatterysVoltageGivesNothing) {
  SourceLimits charger = endless;
  charger.voltage_v = 13.0;
  EXPECT_EQ(solve_one({.emf_v = 13.2, .ohm = 0.01}, charger, 0.0).current_in_a, 0.0);
}

TEST(Bus, ADeadBatteryIsNoCrash) {
  const BusFlow flow = solve_one({.emf_v = -1.0, .ohm = 0.01}, endless, 100.0);
  EXPECT_EQ(flow.current_out_a, 0.0);
  EXPECT_EQ(flow.current_in_a, 0.0);
}

SourceLimits any_charger(const BusBattery& battery) {
  return {.power_w = between(*rc::gen::inRange(0, 1001), 0.0, 5000.0),
          .current_a = between(*rc::gen::inRange(0, 1001), 0.0, 200.0),
          .voltage_v = battery.emf_v * between(*rc::gen::inRange(0, 1001), 0.8, 1.3)};
}

/// How far a charger is from the nearest of its limits, as a share of it; 0: it reaches one.
double spare(const SourceLimits& charger, double current_a, double voltage_v) {
  if (charger.power_w <= 0.0 || charger.current_a <= 0.0) return current_a;
  double least = 1.0 - current_a * voltage_v / charger.power_w;
  least = std::min(least, 1.0 - current_a / charger.current_a);
  return std::min(std::abs(least), std::max(0.0, 1.0 - voltage_v / charger.voltage_v));
}

RC_GTEST_PROP(Bus, TwoChargersEachReachOneLimitAndPassNone, ()) {
  const BusBattery battery = any_battery();
  const SourceLimits chargers[] = {any_charger(battery), any_charger(battery)};
  const double load_w = between(*rc::gen::inRange(0, 1001), 0.0, 500.0);
  const BusFlow flow = solve_bus(battery, chargers, load_w);
  const double expected_v = battery.emf_v + battery.ohm * flow.battery_a();
  RC_ASSERT(std::abs(flow.voltage_v - expected_v) <= 1e-9 * battery.emf_v);
  const double sum_a = flow.source_a[0] + flow.source_a[1];
  RC_ASSERT(std::abs(sum_a - flow.current_in_a) <= 1e-6 * (1.0 + sum_a));
  for (std::size_t i = 0; i < 2; ++i) {
    const SourceLimits& charger = chargers[i];
    const double given_a = flow.source_a[i];
    RC_ASSERT(given_a >= 0.0);
    RC_ASSERT(given_a <= charger.current_a * (1.0 + 1e-6) + 1e-6);
    RC_ASSERT(given_a * flow.voltage_v <= charger.power_w * (1.0 + 1e-6) + 1e-3);
    if (given_a > 1e-6) RC_ASSERT(flow.voltage_v <= charger.voltage_v * (1.0 + 1e-12));
    RC_ASSERT(spare(charger, given_a, flow.voltage_v) <= 1e-5);
  }
}

TEST(Bus, TheChargerWithTheLowerVoltageStepsBackFirst) {
  const SourceLimits chargers[] = {{.power_w = 1e4, .current_a = 20.0, .voltage_v = 13.5},
                                   {.power_w = 1e4, .current_a = 20.0, .voltage_v = 14.0}};
  const BusFlow both = solve_bus({.emf_v = 12.0, .ohm = 0.05}, chargers, 0.0);
  EXPECT_EQ(both.voltage_v, 13.5) << "the first holds its voltage";
  EXPECT_NEAR(both.source_a[0], 10.0, 1e-9);
  EXPECT_EQ(both.source_a[1], 20.0);
  const BusFlow one = solve_bus({.emf_v = 13.0, .ohm = 0.05}, chargers, 0.0);
  EXPECT_EQ(one.voltage_v, 14.0);
  EXPECT_EQ(one.source_a[0], 0.0);
  EXPECT_NEAR(one.source_a[1], 20.0, 1e-9);
}

}  // namespace
}  // namespace cellwarden::plant
