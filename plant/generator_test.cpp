// SPDX-License-Identifier: Apache-2.0
#include "plant/generator.hpp"

#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

namespace cellwarden::plant {
namespace {

constexpr GeneratorView calm{.hour_of_day = 12.0,
                             .voltage_v = 13.2,
                             .current_a = 50.0,
                             .shown_soc = 0.5,
                             .charge_enabled = true};

void follow_for(Generator& generator, int seconds, const GeneratorView& view) {
  for (int i = 0; i < seconds; ++i) generator.follow(1.0, view);
}

TEST(Generator, StartsOnLowChargeRunsItsTimeAndStopsWhenEnough) {
  Generator generator({.run_min_s = 600.0});
  follow_for(generator, 3600, calm);
  EXPECT_FALSE(generator.running());
  EXPECT_EQ(generator.limits(true).power_w, 0.0);
  GeneratorView view = calm;
  view.shown_soc = 0.2;
  follow_for(generator, 1, view);
  EXPECT_TRUE(generator.running());
  EXPECT_NEAR(generator.limits(true).power_w, 2000.0 * 0.88, 1e-9);
  EXPECT_EQ(generator.limits(false).power_w, 0.0) << "its charger is forbidden";
  view.shown_soc = 0.95;
  follow_for(generator, 599, view);
  EXPECT_TRUE(generator.running()) << "it runs at least for a while";
  follow_for(generator, 2, view);
  EXPECT_FALSE(generator.running());
  EXPECT_EQ(generator.starts(), 1);
  EXPECT_NEAR(generator.run_s(), 600.0, 1.0);
}

TEST(Generator, StartsOnLowVoltageThatLastsWhenTheBmsSaysNothing) {
  Generator generator({.start_v = 12.5, .run_min_s = 0.0});
  GeneratorView view = calm;
  view.shown_soc = std::nullopt;
  view.voltage_v = 12.4;
  follow_for(generator, 59, view);
  EXPECT_FALSE(generator.running()) << "a dip";
  view.voltage_v = 12.6;
  follow_for(generator, 1, view);
  view.voltage_v = 12.4;
  follow_for(generator, 61, view);
  EXPECT_TRUE(generator.running());
  // Nobody knows the state of charge: it stops when its charger has gone to float.
  view.voltage_v = 14.2;
  follow_for(generator, 3000, view);
  EXPECT_TRUE(generator.running());
  view.current_a = 1.0;
  follow_for(generator, 62, view);
  EXPECT_FALSE(generator.running());
}

TEST(Generator, RunsByTheClockAlsoOverMidnight) {
  Generator generator({.run_min_s = 0.0, .daily_from_hour = 23.0, .daily_to_hour = 1.0});
  GeneratorView view = calm;
  view.shown_soc = 0.95;
  for (const double hour : {22.9, 1.0, 12.0}) {
    view.hour_of_day = hour;
    follow_for(generator, 2, view);
    EXPECT_FALSE(generator.running()) << hour;
  }
  for (const double hour : {23.0, 0.5}) {
    view.hour_of_day = hour;
    follow_for(generator, 2, view);
    EXPECT_TRUE(generator.running()) << hour;
  }
  view.hour_of_day = 1.0;
  follow_for(generator, 2, view);
  EXPECT_FALSE(generator.running());
}

TEST(Generator, ObeysItsSwitchAtOnce) {
  Generator generator({});
  generator.turn(GeneratorSwitch::on);
  follow_for(generator, 1, calm);
  EXPECT_TRUE(generator.running());
  generator.turn(GeneratorSwitch::off);
  follow_for(generator, 1, calm);
  EXPECT_FALSE(generator.running());
  GeneratorView view = calm;
  view.shown_soc = 0.1;
  follow_for(generator, 60, view);
  EXPECT_FALSE(generator.running());
  generator.turn(GeneratorSwitch::automatic);
  follow_for(generator, 1, view);
  EXPECT_TRUE(generator.running());
}

TEST(Generator, DoesNotStartForABatteryThatMayNotBeCharged) {
  Generator generator({});
  GeneratorView view = calm;
  view.shown_soc = 0.1;
  view.charge_enabled = false;
  follow_for(generator, 60, view);
  EXPECT_FALSE(generator.running());
}

TEST(Generator, RefusesBadOptions) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(Generator({.power_w = 0.0}), std::invalid_argument);
  EXPECT_THROW(Generator({.power_w = nan}), std::invalid_argument);
  EXPECT_THROW(Generator({.efficiency = 0.0}), std::invalid_argument);
  EXPECT_THROW(Generator({.start_soc = 0.5, .stop_soc = 0.4}), std::invalid_argument);
  EXPECT_THROW(Generator({.run_min_s = -1.0}), std::invalid_argument);
  EXPECT_THROW(Generator({.daily_from_hour = 25.0}), std::invalid_argument);
  EXPECT_THROW(Generator({.stages = {.float_v = 20.0}}), std::invalid_argument);
}

}  // namespace
}  // namespace cellwarden::plant
