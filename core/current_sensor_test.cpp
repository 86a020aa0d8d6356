// SPDX-License-Identifier: Apache-2.0
#include "core/current_sensor.hpp"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cellwarden::core {
namespace {
using namespace literals;

constexpr Current ma(int milliamperes) { return Current::milliamperes(milliamperes); }
constexpr Instant at(std::uint32_t ms) { return Instant::milliseconds(ms); }
std::optional<CurrentSample> sample(int milliamperes) { return CurrentSample{ma(milliamperes)}; }

struct RoundCase {
  std::string_view why;
  int current, step, expected;
};

// proves IN-3
TEST(CurrentSensor, RoundsToTheNearestStepHalfAwayFromZero) {
  const RoundCase cases[] = {
      {.why = "none", .current = 0, .step = 500, .expected = 0},
      {.why = "just below half a step", .current = 249, .step = 500, .expected = 0},
      {.why = "half a step", .current = 250, .step = 500, .expected = 500},
      {.why = "half a step, discharging", .current = -250, .step = 500, .expected = -500},
      {.why = "just below it", .current = -249, .step = 500, .expected = 0},
      {.why = "an odd step, below half", .current = 62, .step = 125, .expected = 0},
      {.why = "an odd step, above half", .current = 63, .step = 125, .expected = 125},
      {.why = "an odd step, discharging", .current = -63, .step = 125, .expected = -125},
      {.why = "on a step", .current = -7'500, .step = 2'500, .expected = -7'500},
      {.why = "a large one", .current = 1'994'999, .step = 10'000, .expected = 1'990'000},
  };
  for (const RoundCase& c : cases) {
    EXPECT_EQ(rounded_to(ma(c.current), ma(c.step)), ma(c.expected)) << c.why;
  }
}

// proves IN-3, IN-4
TEST(CurrentSensor, ShowsStepsOfItsTypeAndNothingInsideItsBlindSpot) {
  for (const SensorType& type : sensor_types) {
    const int step = type.resolution.in_milliamperes();
    const int blind = type.blind_spot.in_milliamperes();
    for (const int sign : {1, -1}) {
      EXPECT_EQ(reported(ma(sign * step), {}, type, false), ma(sign * step));
      EXPECT_EQ(reported(ma(sign * step), {}, type, true), Current{});
      EXPECT_EQ(reported(ma(sign * (blind - step / 2 - 1)), {}, type, true), Current{});
      const Current beyond = ma(sign * (blind / step + 1) * step);
      EXPECT_EQ(reported(beyond, {}, type, true), beyond);
      EXPECT_EQ(reported(ma(sign) + type.range, {}, type, false), type.range);
    }
  }
}

// proves IN-5
TEST(CurrentSensor, TakesTheLearnedZeroOffBeforeItRounds) {
  const SensorType& type = sensor_types[sensor_code_default];
  EXPECT_EQ(reported(ma(1'900), ma(1'900), type, false), Current{});
  EXPECT_EQ(reported(ma(11'900), ma(1'900), type, true), ma(10'000));
  EXPECT_EQ(reported(ma(-8'100), ma(1'900), type, true), ma(-10'000));
}

// proves IN-5
TEST(CurrentSensor, LearnsAZeroWithinATenthOfItsRangeOnly) {
  const SensorType& type = sensor_types[sensor_code_default];
  EXPECT_TRUE(plausible_zero(ma(10'000), type));
  EXPECT_TRUE(plausible_zero(ma(-10'000), type));
  EXPECT_FALSE(plausible_zero(ma(10'001), type));
  EXPECT_FALSE(plausible_zero(ma(-10'001), type));
}

// proves IN-2
RC_GTEST_PROP(CurrentSensor, ASensorTurnedRoundShowsTheSameWithTheOtherSign, ()) {
  const SensorType& type = *rc::gen::elementOf(sensor_types);
  const int most = type.range.in_milliamperes();
  const int current = *rc::gen::inRange(-most, most + 1);
  const bool blind = *rc::gen::arbitrary<bool>();
  RC_ASSERT(reported(ma(current), {}, type, blind) == -reported(ma(-current), {}, type, blind));
}

TEST(CurrentMean, HasNoneBeforeTheFirstSample) {
  CurrentMean mean;
  EXPECT_EQ(mean.mean(), std::nullopt);
  mean.take(std::nullopt, at(0));
  EXPECT_EQ(mean.mean(), std::nullopt);
}

TEST(CurrentMean, OfOneInstantIsTheLastSample) {
  CurrentMean mean;
  mean.take(sample(1'000), at(5));
  mean.take(sample(3'000), at(5));
  EXPECT_EQ(mean.mean()->current, ma(3'000));
}

// proves IN-3, SOC-1
RC_GTEST_PROP(CurrentMean, IsTheChargeThatFlowedOverTheTimeItTook, ()) {
  CurrentMean mean;
  std::uint32_t now = *rc::gen::arbitrary<std::uint32_t>();
  std::int64_t charge = 0;
  std::int64_t time = 0;
  int last = *rc::gen::inRange(-2'000'000, 2'000'000);
  mean.take(sample(last), at(now));
  const int count = *rc::gen::inRange(1, 30);
  for (int i = 0; i < count; ++i) {
    const auto wait = *rc::gen::inRange(1, 200);
    charge += std::int64_t{last} * wait;
    time += wait;
    now += static_cast<std::uint32_t>(wait);
    last = *rc::gen::inRange(-2'000'000, 2'000'000);
    mean.take(sample(last), at(now));
  }
  RC_ASSERT(mean.mean()->current == ma(static_cast<int>(charge / time)));
  mean.take(sample(0), at(now + 100));
  RC_ASSERT(mean.mean()->current == ma(last));  // it starts anew with the last sample
}

// proves IN-2
TEST(CurrentMean, ASensorPulledOutGivesNothingAndOnePluggedInStartsAnew) {
  CurrentMean mean;
  mean.take(sample(4'000), at(0));
  mean.take(sample(4'000), at(100));
  mean.take(std::nullopt, at(200));
  EXPECT_EQ(mean.mean(), std::nullopt);
  mean.take(sample(1'000), at(300));
  mean.take(sample(1'000), at(400));
  EXPECT_EQ(mean.mean()->current, ma(1'000)) << "nothing is left of what was before";
}

TEST(CurrentMean, OneSampleAtItsEndMarksThePeriod) {
  CurrentMean mean;
  mean.take(sample(0), at(0));
  mean.take(CurrentSample{ma(100'000), true}, at(100));
  mean.take(sample(0), at(200));
  EXPECT_TRUE(mean.mean()->out_of_range);
  mean.take(sample(0), at(300));
  EXPECT_FALSE(mean.mean()->out_of_range);
  mean.take(CurrentSample{ma(100'000), true}, at(400));
  EXPECT_TRUE(mean.mean()->out_of_range);
  mean.take(sample(0), at(500));
  EXPECT_TRUE(mean.mean()->out_of_range) << "it was at its end when this period began";
}

}  // namespace
}  // namespace cellwarden::core
