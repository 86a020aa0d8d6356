/// Between a temperature and the raw count that the extended data output and the app link carry.
/// The maker published two lines for the same count; see docs/decisions/0003-temperature-line.md.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/units.hpp"

namespace cellwarden::wire {

/// Which of the maker's two lines turns a raw count into degrees Celsius.
enum class TemperatureLine : std::uint8_t {
  sensor,  ///< C = raw * 0.857 - 232.1: the maker's app and clients; the default
  paper,   ///< C = raw - 276: the maker's printed protocol papers
};

/// Rounds to the nearest 0.1 °C; exact enough that `raw_from_temperature` gives `raw` back.
constexpr core::Temperature temperature_from_raw(std::uint16_t raw, TemperatureLine line) {
  if (line == TemperatureLine::paper) {
    return core::Temperature::decicelsius((raw - 276) * 10);
  }
  const std::int32_t hundredths_of_decicelsius = raw * 857 - 232'100;
  const std::int32_t half = hundredths_of_decicelsius < 0 ? -50 : 50;
  return core::Temperature::decicelsius((hundredths_of_decicelsius + half) / 100);
}

/// Rounds to the nearest count. A temperature outside the line's 16-bit range gives its end.
constexpr std::uint16_t raw_from_temperature(core::Temperature at, TemperatureLine line) {
  const std::int64_t dc = at.in_decicelsius();
  const std::int64_t raw =
      line == TemperatureLine::paper ? (dc + 2760 + 5) / 10 : (dc * 100 + 232'100 + 428) / 857;
  return static_cast<std::uint16_t>(raw < 0 ? 0 : raw > 0xFFFF ? 0xFFFF : raw);
}

}  // namespace cellwarden::wire
