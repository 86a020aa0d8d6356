/// What instruments measured of sun, air and one household, made small: lists of whole numbers with
/// a fixed step. Sources and licences stand in the first line of each file in plant/data.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace cellwarden::plant {

/// Where sun and air come from.
enum class SkyRecord : std::uint8_t {
  none,              ///< invented from place, season and seed
  aachen_2023,       ///< a year, every 10 minutes; UTC
  boulder_20181014,  ///< a cloudy day in October, every minute
  alamosa_20160101,  ///< a clear, cold day in winter, every minute
};

/// Where the consumers' power comes from.
enum class ConsumerRecord : std::uint8_t {
  none,         ///< invented from the seed
  sceaux_2006,  ///< a household in 14 days of December, every minute
};

/// Values at a fixed step from midnight of the first day.
template <class Number>
struct Series {
  std::span<const Number> values;
  double step_s = 1.0;

  [[nodiscard]] double length_s() const { return static_cast<double>(values.size()) * step_s; }
};

/// Both lists are equally long in time.
struct SkySeries {
  Series<std::uint16_t> irradiance_w_per_m2;
  Series<std::int16_t> air_decicelsius;
};

/// @param record  not `none`
SkySeries series_of(SkyRecord record);

/// In 10 W.
/// @param record  not `none`
Series<std::uint16_t> series_of(ConsumerRecord record);

}  // namespace cellwarden::plant
