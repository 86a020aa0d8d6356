// SPDX-License-Identifier: Apache-2.0
#include "plant/weather.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

namespace cellwarden::plant {
namespace {

constexpr double hour_s = 3600.0;
constexpr WeatherOptions clear{.cloudiness = 0.0};

TEST(Weather, ClearMidsummerNoonIsWhatTheFormulaSays) {
  Weather weather(clear, 1);
  // Height of the sun 90 - 52 + 23.44 degrees.
  const double sine = std::sin((90.0 - 52.0 + 23.44) * std::acos(-1.0) / 180.0);
  EXPECT_NEAR(weather.at(12 * hour_s).irradiance_w_per_m2, 1098.0 * sine * std::exp(-0.057 / sine),
              1.0);
  const Weather asked_before = weather;
  EXPECT_EQ(Weather(clear, 1).at(hour_s).ambient_c, weather.at(hour_s).ambient_c);
  EXPECT_EQ(Weather(asked_before).at(37.0).ambient_c, Weather(clear, 1).at(37.0).ambient_c);
}

TEST(Weather, NightIsDarkAndTheDayIsSymmetricWhenClear) {
  Weather weather(clear, 1);
  EXPECT_EQ(weather.at(0.0).irradiance_w_per_m2, 0.0);
  EXPECT_EQ(weather.at(3 * hour_s).irradiance_w_per_m2, 0.0);
  EXPECT_NEAR(weather.at(9 * hour_s).irradiance_w_per_m2,
              weather.at(15 * hour_s).irradiance_w_per_m2, 1.0);
  EXPECT_GT(weather.at(9 * hour_s).irradiance_w_per_m2, 300.0);
}

TEST(Weather, WinterGivesAFractionOfSummer) {
  Weather winter({.day_of_year = 355, .cloudiness = 0.0}, 1);
  Weather summer(clear, 1);
  EXPECT_LT(winter.at(12 * hour_s).irradiance_w_per_m2,
            0.35 * summer.at(12 * hour_s).irradiance_w_per_m2);
}

TEST(Weather, CloudsDependOnTheSeedAndOnlyTakeAway) {
  Weather sunny(clear, 1);
  Weather a({.cloudiness = 0.8}, 1);
  Weather same({.cloudiness = 0.8}, 1);
  Weather b({.cloudiness = 0.8}, 2);
  int differ = 0;
  for (double time_s = 0.0; time_s < 5 * 86400.0; time_s += 617.0) {
    const double w = a.at(time_s).irradiance_w_per_m2;
    EXPECT_GE(w, 0.0);
    EXPECT_LE(w, sunny.at(time_s).irradiance_w_per_m2);
    EXPECT_EQ(w, same.at(time_s).irradiance_w_per_m2);
    differ += w != b.at(time_s).irradiance_w_per_m2 ? 1 : 0;
  }
  EXPECT_GT(differ, 100);
}

TEST(Weather, AfternoonIsWarmestAndNothingJumps) {
  Weather weather({.day_to_day_k = 0.0}, 1);
  EXPECT_NEAR(weather.at(15 * hour_s).ambient_c, 23.0, 1e-9);
  EXPECT_NEAR(weather.at(3 * hour_s).ambient_c, 13.0, 1e-9);
  Weather changing({.day_to_day_k = 5.0}, 1);
  for (double time_s = 0.0; time_s < 10 * 86400.0; time_s += 60.0) {
    EXPECT_NEAR(changing.at(time_s).ambient_c, changing.at(time_s + 60.0).ambient_c, 0.1);
  }
}

TEST(Weather, RefusesBadOptions) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(Weather({.latitude_deg = 80.0}, 1), std::invalid_argument);
  EXPECT_THROW(Weather({.latitude_deg = nan}, 1), std::invalid_argument);
  EXPECT_THROW(Weather({.day_of_year = 0}, 1), std::invalid_argument);
  EXPECT_THROW(Weather({.day_of_year = 366}, 1), std::invalid_argument);
  EXPECT_THROW(Weather({.cloudiness = 1.1}, 1), std::invalid_argument);
  EXPECT_THROW(Weather({.mean_temperature_c = nan}, 1), std::invalid_argument);
  EXPECT_THROW(Weather({.daily_swing_k = -1.0}, 1), std::invalid_argument);
}

}  // namespace
}  // namespace cellwarden::plant
