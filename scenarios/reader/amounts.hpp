/// Times and amounts as people write them. Knows no TOML.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/wire_link.hpp"

namespace cellwarden::scenarios {

inline constexpr sim::SimTime second = 1'000'000;
inline constexpr sim::SimTime day = 86'400 * second;

/// A number and what stands behind it: "3.65 V" is 3.65 and "V"; "open" is nothing.
struct Amount {
  double number = 0.0;
  std::string unit;
};
std::optional<Amount> parse_amount(std::string_view text);

/// The number in `unit`, which may be written with a prefix: "20 mV" is 0.02 in "V", "2.7 kWh" 2700
/// in "Wh"; "C" is "°C".
/// @return  nothing when the unit is another one; a number without unit is taken as it is
std::optional<double> in_unit(const Amount& amount, std::string_view unit);

/// "90 s", "30 min", "2 h", "1 d", "1 d 12 h", "0.5 s".
/// @return  nothing when it is none of these or negative
std::optional<sim::SimTime> parse_duration(std::string_view text);

/// "06:30" on the first day, "2d 06:30" two midnights later.
/// @return  since midnight of the first day; nothing when it is none of these
std::optional<sim::SimTime> parse_clock(std::string_view text);

/// "2d 06:30:00" for people: days since the first midnight and time of day.
std::string clock_text(sim::SimTime since_midnight);

/// "1 d 12 h", "90 s", "0.5 s".
std::string duration_text(sim::SimTime duration);

}  // namespace cellwarden::scenarios
