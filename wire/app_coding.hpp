/// How one setting is a number on the app link: between the count that a write or a settings reply
/// carries and the value in our units. Which setting has which address and coding is the settings
/// table's business (core/settings_table), its limits too. The codings: docs/wire/app_link.md.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/assert.hpp"
#include "core/units.hpp"
#include "wire/temperature.hpp"

namespace cellwarden::wire {

/// Step and width of a setting on the wire, and the unit of its value.
enum class AppCoding : std::uint8_t {
  volts_5mv,        ///< 2 bytes, value in mV
  volts_10mv,       ///< 1 byte, value in mV
  watts_10,         ///< 2 bytes, value in W
  watt_hours_100,   ///< 2 bytes, value in Wh
  raw_temperature,  ///< 2 bytes, value in 0.1 °C, the sensor line of wire/temperature.hpp
  percent,          ///< 1 byte, value in %
  seconds_5,        ///< 2 bytes, value in s
  seconds_2,        ///< 1 byte, value in s
  amps_200ma,       ///< 1 byte, value in mA
  choice,           ///< 1 byte, one of an enumeration
  flag,             ///< 1 byte, 0 or 1
};

/// How many addresses, a byte each, a setting of this coding takes: 1, or 2 with the high byte
/// first.
constexpr std::size_t coded_bytes(AppCoding coding) {
  switch (coding) {
    case AppCoding::volts_5mv:
    case AppCoding::watts_10:
    case AppCoding::watt_hours_100:
    case AppCoding::raw_temperature:
    case AppCoding::seconds_5:
      return 2;
    case AppCoding::volts_10mv:
    case AppCoding::percent:
    case AppCoding::seconds_2:
    case AppCoding::amps_200ma:
    case AppCoding::choice:
    case AppCoding::flag:
      break;
  }
  return 1;
}

/// The greatest count that fits: 255 or 65,535.
constexpr std::uint32_t coded_max(AppCoding coding) {
  return coded_bytes(coding) == 2 ? 0xFFFFU : 0xFFU;
}

/// The value of one count, in the coding's unit; a raw temperature's count has none and gives 0.
constexpr std::int32_t coding_step(AppCoding coding) {
  switch (coding) {
    case AppCoding::volts_5mv:
      return 5;
    case AppCoding::volts_10mv:
    case AppCoding::watts_10:
      return 10;
    case AppCoding::watt_hours_100:
      return 100;
    case AppCoding::seconds_5:
      return 5;
    case AppCoding::seconds_2:
      return 2;
    case AppCoding::amps_200ma:
      return 200;
    case AppCoding::raw_temperature:
      return 0;
    case AppCoding::percent:
    case AppCoding::choice:
    case AppCoding::flag:
      break;
  }
  return 1;
}

/// The value behind a count. Exact, but for a raw temperature (nearest 0.1 °C); `to_coded` gives
/// the count back from every value this returns.
/// @param raw  0..coded_max(coding)
constexpr std::int32_t from_coded(AppCoding coding, std::uint32_t raw) {
  CELLWARDEN_ASSERT(raw <= coded_max(coding));
  if (coding == AppCoding::raw_temperature) {
    return temperature_from_raw(static_cast<std::uint16_t>(raw), TemperatureLine::sensor)
        .in_decicelsius();
  }
  return static_cast<std::int32_t>(raw) * coding_step(coding);
}

/// The count nearest to a value (of two equally near ones the upper).
/// @return  nothing when no count of the coding's width is within half a step of the value
constexpr std::optional<std::uint32_t> to_coded(AppCoding coding, std::int32_t value) {
  if (coding == AppCoding::raw_temperature) {
    const std::uint16_t raw =
        raw_from_temperature(core::Temperature::decicelsius(value), TemperatureLine::sensor);
    const std::int64_t off = std::int64_t{value} - from_coded(coding, raw);
    constexpr std::int64_t half_a_count = 4;  // 0.4285 °C, in whole tenths
    if (off < -half_a_count || off > half_a_count) return std::nullopt;
    return raw;
  }
  if (value < 0) return std::nullopt;
  const auto step = static_cast<std::uint32_t>(coding_step(coding));
  const std::uint32_t raw = (static_cast<std::uint32_t>(value) + step / 2) / step;
  if (raw > coded_max(coding)) return std::nullopt;
  return raw;
}

}  // namespace cellwarden::wire
