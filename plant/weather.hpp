/// Sun and air over the days at one place: clear-sky irradiance, seeded clouds, air temperature; or
/// a measured record of them.
/// A function of time alone: any moment can be asked for in any order.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>

#include "plant/records.hpp"

namespace cellwarden::plant {

/// Where, when, and how cloudy. The default is midsummer in the Netherlands with some clouds.
struct WeatherOptions {
  double latitude_deg = 52.0;      ///< -66..66, + north
  int day_of_year = 172;           ///< of the first day, 1..365
  double cloudiness = 0.3;         ///< 0 always clear .. 1 always overcast
  double mean_temperature_c = 18;  ///< of the air where the pack stands, -40..60
  double daily_swing_k = 5.0;      ///< half the difference of afternoon and night, 0..30
  double day_to_day_k = 2.0;       ///< standard deviation between days, 0..20
  /// Measured sun instead of the invented one; of a year `day_of_year` is the first day.
  SkyRecord record = SkyRecord::none;
  bool record_repeats = true;  ///< false: it ends, see `Weather::ends_s`
  bool air_of_record = true;   ///< false: the pack stands indoors, the air is the invented one
};

/// When something that never ends does.
inline constexpr double never_s = std::numeric_limits<double>::infinity();

/// Sun and air at one moment.
struct Sky {
  double irradiance_w_per_m2 = 0.0;  ///< on a horizontal square metre, 0..1100
  double ambient_c = 0.0;            ///< of the air around the pack
};

/// Copyable. Known at whole minutes, straight in between: what is asked for does not depend on what
/// was asked for before, but asking in the order of time is the cheap way.
class Weather {
 public:
  /// @throws std::invalid_argument  naming the option that is out of range
  Weather(const WeatherOptions& options, std::uint64_t seed);

  /// @param time_s  since midnight of the first day, >= 0
  /// @source        Haurwitz clear-sky model (1945); clouds are invented
  [[nodiscard]] Sky at(double time_s) {
    const double minutes = time_s * (1.0 / 60.0);
    const auto minute = static_cast<std::int64_t>(minutes);
    if (minute != minute_) take_minute(minute);
    const double share = minutes - static_cast<double>(minute);
    return {.irradiance_w_per_m2 = now_.irradiance_w_per_m2 +
                                   share * (next_.irradiance_w_per_m2 - now_.irradiance_w_per_m2),
            .ambient_c = now_.ambient_c + share * (next_.ambient_c - now_.ambient_c)};
  }

  /// Up to here the record goes, in the time of `at`; `never_s` without one or when it repeats.
  /// Beyond it the last value holds.
  [[nodiscard]] double ends_s() const;

 private:
  void take_minute(std::int64_t minute);
  [[nodiscard]] Sky at_minute(std::int64_t minute) const;
  [[nodiscard]] double irradiance_w_per_m2(double time_s) const;
  [[nodiscard]] double ambient_c(double time_s) const;
  [[nodiscard]] double cloud_factor(double time_s) const;

  [[nodiscard]] double record_s(double time_s) const;

  WeatherOptions options_;
  std::uint64_t seed_;
  SkySeries record_;
  double record_from_s_ = 0.0;  ///< of the record, at midnight of the first day
  double sin_latitude_ = 0.0;
  double cos_latitude_ = 0.0;
  std::int64_t minute_ = -1;  ///< `now_` and `next_` are those of this minute and the one after
  Sky now_, next_;
};

}  // namespace cellwarden::plant
