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
  const Weather weather(clear, 1);
  // Height of the sun 90 - 52 + 23.44 degrees.
  const double sine = std::sin((90.0 - 52.0 + 23.44) * std::acos(-1.0) / 180.0);
  EXPECT_NEAR(weather.irradiance_w_per_m2(12 * hour_s), 1098.0 * sine * std::exp(-0.057 / sine),
              1.0);
}

TEST(Weather, NightIsDarkAndTheDayIsSymmetricWhenClear) {
  const Weather weather(clear, 1);
  EXPECT_EQ(weather.irradiance_w_per_m2(0.0), 0.0);
  EXPECT_EQ(weather.irradiance_w_per_m2(3 * hour_s), 0.0);
  EXPECT_NEAR(weather.irradiance_w_per_m2(9 * hour_s), weather.irradiance_w_per_m2(15 * hour_s),
              1.0);
  EXPECT_GT(weather.irradiance_w_per_m2(9 * hour_s), 300.0);
}

TEST(Weather, WinterGivesAFractionOfSummer) {
  const Weather winter({.day_of_year = 355, .cloudiness = 0.0}, 1);
  const Weather summer(clear, 1);
  EXPECT_LT(winter.irradiance_w_per_m2(12 * hour_s),
            0.35 * summer.irradiance_w_per_m2(12 * hour_s));
}

TEST(Weather, CloudsDependOnTheSeedAndOnlyTakeAway) {
  const Weather sunny(clear, 1);
  const Weather a({.cloudiness = 0.8}, 1);
  const Weather same({.cloudiness = 0.8}, 1);
  const Weather b({.cloudiness = 0.8}, 2);
  int differ = 0;
  for (double time_s = 0.0; time_s < 5 * 86400.0; time_s += 617.0) {
    const double w = a.irradiance_w_per_m2(time_s);
    EXPECT_GE(w, 0.0);
    EXPECT_LE(w, sunny.irradiance_w_per_m2(time_s));
    EXPECT_EQ(w, same.irradiance_w_per_m2(time_s));
    differ += w != b.irradiance_w_per_m2(time_s) ? 1 : 0;
  }
  EXPECT_GT(differ, 100);
}

TEST(Weather, AfternoonIsWarmestAndNothingJumps) {
  const Weather weather({.day_to_day_k = 0.0}, 1);
  EXPECT_NEAR(weather.ambient_c(15 * hour_s), 23.0, 1e-9);
  EXPECT_NEAR(weather.ambient_c(3 * hour_s), 13.0, 1e-9);
  const Weather changing({.day_to_day_k = 5.0}, 1);
  for (double time_s = 0.0; time_s < 10 * 86400.0; time_s += 60.0) {
    EXPECT_NEAR(changing.ambient_c(time_s), changing.ambient_c(time_s + 60.0), 0.1);
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
