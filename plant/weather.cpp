/// Geometry of the sun, a clear-sky formula and invented clouds.
// SPDX-License-Identifier: Apache-2.0
#include "plant/weather.hpp"

#include <cmath>

#include "plant/check.hpp"
#include "plant/math.hpp"
#include "plant/random.hpp"

namespace cellwarden::plant {
namespace {

constexpr double day_s = 86400.0;
constexpr double minute_s = 60.0;
constexpr double cloud_slot_s = 900.0;
constexpr double degrees_per_turn = 360.0;
constexpr double sin_obliquity = 0.39779;  // of the ecliptic, 23.44 degrees

// Streams of the seed.
constexpr std::uint64_t day_cover = 1;
constexpr std::uint64_t slot_cover = 2;
constexpr std::uint64_t day_warmth = 3;

/// 0..1, changing smoothly between random values at whole numbers.
double smooth_noise(std::uint64_t seed, double position) {
  const auto slot = static_cast<std::uint64_t>(position);
  const double share = position - static_cast<double>(slot);
  const double eased = share * share * (3.0 - 2.0 * share);
  const double from = to_unit(mix(seed, slot));
  return from + eased * (to_unit(mix(seed, slot + 1)) - from);
}

/// Straight between the values; behind the last one it holds, or goes back to the first.
template <class Number>
double straight(const Series<Number>& series, double time_s, bool repeats) {
  const std::size_t last = series.values.size() - 1;
  const double position = time_s / series.step_s;
  auto from = static_cast<std::size_t>(position);
  if (from > last) from = last;
  const std::size_t to = from < last ? from + 1 : (repeats ? 0 : last);
  const double share = position - static_cast<double>(from);
  const double low = series.values[from];
  return low + (share < 1.0 ? share : 1.0) * (series.values[to] - low);
}

}  // namespace

Weather::Weather(const WeatherOptions& options, std::uint64_t seed)
    : options_(options), seed_(seed) {
  require_within("weather.latitude_deg", options.latitude_deg, -66.0, 66.0);
  require_within("weather.day_of_year", options.day_of_year, 1, 365);
  require_within("weather.cloudiness", options.cloudiness, 0.0, 1.0);
  require_within("weather.mean_temperature_c", options.mean_temperature_c, -40.0, 60.0);
  require_within("weather.daily_swing_k", options.daily_swing_k, 0.0, 30.0);
  require_within("weather.day_to_day_k", options.day_to_day_k, 0.0, 20.0);
  if (options.record != SkyRecord::none) record_ = series_of(options.record);
  if (options.record == SkyRecord::aachen_2023) {
    record_from_s_ = (options.day_of_year - 1) * day_s;
  }
  sin_latitude_ = sin_turns(options.latitude_deg / degrees_per_turn);
  cos_latitude_ = cos_turns(options.latitude_deg / degrees_per_turn);
}

void Weather::take_minute(std::int64_t minute) {
  now_ = minute == minute_ + 1 && minute_ >= 0 ? next_ : at_minute(minute);
  next_ = at_minute(minute + 1);
  minute_ = minute;
}

Sky Weather::at_minute(std::int64_t minute) const {
  const double time_s = static_cast<double>(minute) * minute_s;
  return {.irradiance_w_per_m2 = irradiance_w_per_m2(time_s), .ambient_c = ambient_c(time_s)};
}

double Weather::ends_s() const {
  if (options_.record == SkyRecord::none || options_.record_repeats) return never_s;
  return record_.irradiance_w_per_m2.length_s() - record_from_s_;
}

/// Where in the record a moment is.
double Weather::record_s(double time_s) const {
  const double length_s = record_.irradiance_w_per_m2.length_s();
  const double in_s = record_from_s_ + time_s;
  if (options_.record_repeats) {
    const auto rounds = static_cast<std::int64_t>(in_s / length_s);
    return in_s - static_cast<double>(rounds) * length_s;
  }
  return in_s < length_s ? in_s : length_s;
}

double Weather::irradiance_w_per_m2(double time_s) const {
  if (options_.record != SkyRecord::none) {
    return straight(record_.irradiance_w_per_m2, record_s(time_s), options_.record_repeats);
  }
  const double days = time_s / day_s;
  const double year = (options_.day_of_year + days + 10.0) / 365.0;
  const double sin_declination = -sin_obliquity * cos_turns(year);
  const double cos_declination = std::sqrt(1.0 - sin_declination * sin_declination);
  const double height =
      sin_latitude_ * sin_declination - cos_latitude_ * cos_declination * cos_turns(days);
  if (height < 0.001) return 0.0;
  // Haurwitz (1945), as in Reno et al., Sandia report SAND2012-2389.
  return 1098.0 * height * exp(-0.057 / height) * cloud_factor(time_s);
}

double Weather::cloud_factor(double time_s) const {
  const double cover_of_day = smooth_noise(mix(seed_, day_cover), time_s / day_s);
  const double cover_now = smooth_noise(mix(seed_, slot_cover), time_s / cloud_slot_s);
  const double cover = 2.0 * options_.cloudiness * cover_of_day * (0.4 + 0.6 * cover_now);
  return 1.0 - 0.85 * (cover < 1.0 ? cover : 1.0);  // an overcast sky still passes 15 %
}

double Weather::ambient_c(double time_s) const {
  if (options_.record != SkyRecord::none && options_.air_of_record) {
    return straight(record_.air_decicelsius, record_s(time_s), options_.record_repeats) / 10.0;
  }
  // Uniform noise has a standard deviation of 1 / sqrt(12); interpolation lowers it, unnoticed.
  const double warm = (smooth_noise(mix(seed_, day_warmth), time_s / day_s) - 0.5) * 3.4641016;
  return options_.mean_temperature_c + options_.day_to_day_k * warm +
         options_.daily_swing_k * cos_turns((time_s - 15.0 * 3600.0) / day_s);
}

}  // namespace cellwarden::plant
