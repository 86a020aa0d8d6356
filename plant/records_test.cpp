// SPDX-License-Identifier: Apache-2.0
#include "plant/records.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "plant/load.hpp"
#include "plant/weather.hpp"

namespace cellwarden::plant {
namespace {

constexpr double day_s = 86400.0;
constexpr double hour_s = 3600.0;

/// Sun on a square metre from one day to another.
double kwh_per_m2(Weather& weather, int from_day, int to_day) {
  double sum = 0.0;
  for (double t = from_day * day_s; t < to_day * day_s; t += 600.0) {
    sum += weather.at(t).irradiance_w_per_m2 * 600.0;
  }
  return sum / 3.6e6;
}

TEST(Records, AYearAtAachenHasTheSunOfTheInstrument) {
  Weather weather({.day_of_year = 1, .record = SkyRecord::aachen_2023}, 1);
  EXPECT_NEAR(kwh_per_m2(weather, 0, 365), 1144.9, 0.5);
  EXPECT_LT(kwh_per_m2(weather, 0, 31), 0.2 * kwh_per_m2(weather, 151, 181));
  EXPECT_NEAR(weather.at(0.0).ambient_c, 14.8, 1e-9);
  EXPECT_EQ(weather.ends_s(), never_s);
  EXPECT_EQ(weather.at(365 * day_s + 12 * hour_s).irradiance_w_per_m2,
            weather.at(12 * hour_s).irradiance_w_per_m2);
}

TEST(Records, ARecordOfAYearStartsAtTheDayAskedForAndEndsWhenItMustNotRepeat) {
  WeatherOptions options{.day_of_year = 360, .record = SkyRecord::aachen_2023};
  options.record_repeats = false;
  Weather weather(options, 1);
  EXPECT_EQ(weather.ends_s(), 6 * day_s);
  EXPECT_EQ(weather.at(7 * day_s).ambient_c, weather.at(8 * day_s).ambient_c);
  Weather whole({.day_of_year = 1, .record = SkyRecord::aachen_2023}, 1);
  EXPECT_EQ(weather.at(12 * hour_s).irradiance_w_per_m2,
            whole.at(359 * day_s + 12 * hour_s).irradiance_w_per_m2);
}

TEST(Records, ThePackMayStandIndoorsUnderAMeasuredSun) {
  WeatherOptions options{.mean_temperature_c = 21.0, .record = SkyRecord::alamosa_20160101};
  Weather outdoors(options, 1);
  options.air_of_record = false;
  Weather indoors(options, 1);
  EXPECT_LT(outdoors.at(6 * hour_s).ambient_c, -20.0);
  EXPECT_GT(indoors.at(6 * hour_s).ambient_c, 10.0);
  EXPECT_EQ(indoors.at(12 * hour_s).irradiance_w_per_m2,
            outdoors.at(12 * hour_s).irradiance_w_per_m2);
}

TEST(Records, DaysAreBrightAtNoonAndDarkAtMidnight) {
  for (const SkyRecord record : {SkyRecord::boulder_20181014, SkyRecord::alamosa_20160101}) {
    Weather weather({.record = record}, 1);
    EXPECT_EQ(weather.at(0.0).irradiance_w_per_m2, 0.0);
    EXPECT_GT(weather.at(12 * hour_s).irradiance_w_per_m2, 300.0);
    EXPECT_EQ(weather.at(22 * hour_s).irradiance_w_per_m2, 0.0);
  }
}

TEST(Records, AHouseholdIsScaledHeldToTheInverterAndRepeats) {
  LoadOptions options{.inverter_max_w = 1e6, .record = ConsumerRecord::sceaux_2006};
  HouseholdLoad measured(options, 1);
  options.record_mean_w = 100.0;
  HouseholdLoad scaled(options, 1);
  options.inverter_max_w = 200.0;
  HouseholdLoad held(options, 1);
  double measured_w = 0.0;
  double scaled_w = 0.0;
  constexpr int minutes = 14 * 1440;
  for (int minute = 0; minute < minutes; ++minute) {
    measured_w += measured.consumers_w(minute * 60.0) / minutes;
    scaled_w += scaled.consumers_w(minute * 60.0) / minutes;
    ASSERT_LE(held.consumers_w(minute * 60.0), 200.0);
  }
  EXPECT_NEAR(measured_w, 1841.4, 0.1);
  EXPECT_NEAR(scaled_w, 100.0, 1e-6);
  EXPECT_EQ(scaled.consumers_w(14 * day_s + 61.0), scaled.consumers_w(119.0));
  EXPECT_EQ(scaled.ends_s(), never_s);
  options.record_repeats = false;
  HouseholdLoad ending(options, 1);
  EXPECT_EQ(ending.ends_s(), 14 * day_s);
  EXPECT_EQ(ending.consumers_w(15 * day_s), ending.consumers_w(14 * day_s - 1.0));
  options.record_mean_w = -1.0;
  EXPECT_THROW(HouseholdLoad(options, 1), std::invalid_argument);
}

}  // namespace
}  // namespace cellwarden::plant
