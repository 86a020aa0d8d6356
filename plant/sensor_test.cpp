// SPDX-License-Identifier: Apache-2.0
#include "plant/sensor.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cellwarden::plant {
namespace {

struct ManualRow {
  int range_a;
  double resolution_a;
};
// The manual's table, typed a second time; 400 A by the rule of IN-3.
constexpr ManualRow manual[] = {{25, 0.125}, {50, 0.25}, {100, 0.5},  {250, 1.25},
                                {400, 2.0},  {500, 2.5}, {1000, 5.0}, {2000, 10.0}};

// proves IN-3
TEST(Sensor, EveryTypeHasTheManualsRangeAndResolution) {
  ASSERT_EQ(current_sensor_types().size(), std::size(manual));
  for (const ManualRow& row : manual) {
    SCOPED_TRACE(row.range_a);
    CurrentSensor sensor({.range_a = row.range_a});
    const auto step_ma = static_cast<std::int32_t>(std::lround(row.resolution_a * 1000.0));
    EXPECT_EQ(sensor.sample(0.49 * row.resolution_a).current_ma, 0);
    EXPECT_EQ(sensor.sample(0.51 * row.resolution_a).current_ma, step_ma);
    EXPECT_EQ(sensor.sample(-0.51 * row.resolution_a).current_ma, -step_ma);
    EXPECT_EQ(sensor.sample(7.0 * row.resolution_a).current_ma, 7 * step_ma);
    EXPECT_FALSE(sensor.sample(row.range_a).saturated);
    EXPECT_EQ(sensor.sample(row.range_a).current_ma, row.range_a * 1000);
    EXPECT_EQ(
        sensor.sample(1.5 * row.range_a),
        (CurrentSample{.current_ma = row.range_a * 1000, .saturated = true, .present = true}));
    EXPECT_EQ(sensor.sample(-1.5 * row.range_a).current_ma, -row.range_a * 1000);
  }
}

RC_GTEST_PROP(Sensor, ReadsWithinHalfAStepAndInWholeSteps, ()) {
  const ManualRow row = manual[*rc::gen::inRange(0, 8)];
  const double current_a = row.range_a * (*rc::gen::inRange(-1000, 1001)) / 1000.0;
  CurrentSensor sensor({.range_a = row.range_a});
  const CurrentSample sample = sensor.sample(current_a);
  RC_ASSERT(std::abs(sample.current_ma / 1000.0 - current_a) <= row.resolution_a / 2 + 1e-9);
  RC_ASSERT(std::fmod(sample.current_ma / 1000.0, row.resolution_a) == 0.0);
}

TEST(Sensor, ReversedReadsTheOtherSign) {
  CurrentSensor sensor({.reversed = true});
  EXPECT_EQ(sensor.sample(10.0).current_ma, -10'000);
}

TEST(Sensor, OffsetAndGainAreReadBeforeRounding) {
  CurrentSensor sensor({.offset_a = 0.2, .gain_error = 0.01});
  EXPECT_EQ(sensor.sample(0.0).current_ma, 0);
  EXPECT_EQ(sensor.sample(0.06).current_ma, 500);
  EXPECT_EQ(sensor.sample(80.0).current_ma, 81'000);
}

TEST(Sensor, NotPluggedInSaysSo) {
  CurrentSensor sensor({.present = false});
  EXPECT_EQ(sensor.sample(50.0), CurrentSample{});
}

TEST(Sensor, NoiseLetsTheMeanSeeBelowOneStep) {
  CurrentSensor sensor({.noise_a = 0.5, .seed = 3});
  double sum_ma = 0.0;
  constexpr int samples = 20'000;
  for (int i = 0; i < samples; ++i) sum_ma += sensor.sample(0.2).current_ma;
  EXPECT_NEAR(sum_ma / samples, 200.0, 20.0);
}

TEST(Sensor, RefusesWhatIsNotASensor) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(CurrentSensor({.range_a = 0}), std::invalid_argument);
  EXPECT_THROW(CurrentSensor({.range_a = 101}), std::invalid_argument);
  EXPECT_THROW(CurrentSensor({.offset_a = 101.0}), std::invalid_argument);
  EXPECT_THROW(CurrentSensor({.offset_a = nan}), std::invalid_argument);
  EXPECT_THROW(CurrentSensor({.gain_error = -0.6}), std::invalid_argument);
  EXPECT_THROW(CurrentSensor({.noise_a = -1.0}), std::invalid_argument);
}

TEST(Sensor, DriftsFromTheMomentItIsSetAndKeepsItsOffsetWhenMended) {
  constexpr double day_s = 86400.0;
  CurrentSensor sensor({.range_a = 50, .offset_a = 1.0});
  sensor.set_drift(0.5, 2 * day_s);
  EXPECT_DOUBLE_EQ(sensor.offset_a(2 * day_s), 1.0);
  EXPECT_DOUBLE_EQ(sensor.offset_a(6 * day_s), 3.0);
  EXPECT_EQ(sensor.sample(10.0, 6 * day_s).current_ma, 13'000);
  sensor.set_drift(0.0, 6 * day_s);
  EXPECT_DOUBLE_EQ(sensor.offset_a(9 * day_s), 3.0);
  sensor.set_offset_a(0.0, 9 * day_s);
  EXPECT_EQ(sensor.sample(10.0, 9 * day_s).current_ma, 10'000);
  EXPECT_THROW(sensor.set_drift(51.0, 0.0), std::invalid_argument);
  EXPECT_THROW(sensor.set_offset_a(-51.0, 0.0), std::invalid_argument);
  EXPECT_THROW(sensor.set_gain_error(0.6), std::invalid_argument);
  EXPECT_EQ(sensor.sample(10.0, 9 * day_s).current_ma, 10'000) << "nothing has changed";
}

TEST(Sensor, SticksTurnsAndComesOffItsPlug) {
  CurrentSensor sensor({});
  EXPECT_EQ(sensor.sample(20.0).current_ma, 20'000);
  sensor.stick(true);
  EXPECT_EQ(sensor.sample(-5.0).current_ma, 20'000);
  sensor.stick(false);
  sensor.turn(true);
  EXPECT_EQ(sensor.sample(-5.0).current_ma, 5'000);
  sensor.plug(false);
  EXPECT_FALSE(sensor.sample(7.0).present);
  sensor.plug(true);
  sensor.set_gain_error(0.1);
  EXPECT_EQ(sensor.sample(-10.0).current_ma, 11'000);
}

}  // namespace
}  // namespace cellwarden::plant
