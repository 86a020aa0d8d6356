/// The IN board's eight option switches: what the owner sets with 1 to 7, and what the factory
/// programs by toggling 8. Tables of the manual, section "IN-Board 'option switch' functions".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "core/units.hpp"

namespace cellwarden::core {

/// The switches as a board reads them: `on[0]` is switch 1.
struct OptionSwitches {
  std::array<bool, 8> on{};
  [[nodiscard]] constexpr bool is_on(int number) const {
    return on[static_cast<std::size_t>(number - 1)];
  }
  friend constexpr bool operator==(const OptionSwitches&, const OptionSwitches&) = default;
};

/// Switch 1: how often the boards send.
constexpr Duration message_period(const OptionSwitches& s) {
  return Duration::milliseconds(s.is_on(1) ? 500 : 1000);
}
/// Switch 3: small currents read as none.
constexpr bool blind_spot_on(const OptionSwitches& s) { return s.is_on(3); }
/// Switch 4: the current that flows now is none.
constexpr bool auto_zero_on(const OptionSwitches& s) { return s.is_on(4); }
/// Switch 5: relays act on critical conditions only.
constexpr bool critical_mode_on(const OptionSwitches& s) { return s.is_on(5); }
/// Switches 2, 6 and 7: 3.4 3.5 3.6 3.7 V, with switch 2 on 4.0 4.1 4.2 4.3 V.
constexpr Voltage v_bypass(const OptionSwitches& s) {
  const int base_mv = s.is_on(2) ? 4000 : 3400;
  return Voltage::millivolts(base_mv + (s.is_on(6) ? 200 : 0) + (s.is_on(7) ? 100 : 0));
}

/// A current sensor type: its range, its step and its dead band around zero.
struct SensorType {
  Current range;
  Current resolution;
  Current blind_spot;
};

/// By the code of switches 1 to 3 (1 is the highest bit). The manual gives no step and no blind
/// spot for 400 A: range/200 and range/100 are ours (docs/decisions/0004-sensor-400.md).
inline constexpr std::array<SensorType, 8> sensor_types{{
    {Current::milliamperes(25'000), Current::milliamperes(125), Current::milliamperes(250)},
    {Current::milliamperes(50'000), Current::milliamperes(250), Current::milliamperes(500)},
    {Current::milliamperes(100'000), Current::milliamperes(500), Current::milliamperes(1'250)},
    {Current::milliamperes(250'000), Current::milliamperes(1'250), Current::milliamperes(2'500)},
    {Current::milliamperes(400'000), Current::milliamperes(2'000), Current::milliamperes(4'000)},
    {Current::milliamperes(500'000), Current::milliamperes(2'500), Current::milliamperes(5'000)},
    {Current::milliamperes(1'000'000), Current::milliamperes(5'000), Current::milliamperes(10'000)},
    {Current::milliamperes(2'000'000), Current::milliamperes(10'000),
     Current::milliamperes(20'000)},
}};
inline constexpr std::uint8_t sensor_code_default = 2;  ///< 100 A

/// By the code of switches 4 to 7 (4 is the highest bit).
inline constexpr std::array<std::uint8_t, 16> cell_counts{4,  8,  12, 16, 20,  24,  28,  32,
                                                          48, 64, 80, 96, 128, 156, 204, 255};

/// What toggling switch 8 stores.
struct FactorySettings {
  std::uint8_t sensor_code = sensor_code_default;  ///< 0..7
  std::uint8_t programmed_cells = 4;               ///< one of cell_counts
  friend constexpr bool operator==(const FactorySettings&, const FactorySettings&) = default;
};

/// Reads switches 1 to 7 as factory settings.
constexpr FactorySettings factory_settings(const OptionSwitches& s) {
  const auto code = [&s](int first, int last) {
    unsigned value = 0;
    for (int n = first; n <= last; ++n) value = value * 2 + (s.is_on(n) ? 1 : 0);
    return value;
  };
  return {static_cast<std::uint8_t>(code(1, 3)), cell_counts[code(4, 7)]};
}

/// Whether a pack of `count` boards fits the programmed number: that number, or fewer as long as it
/// is "the next higher value in the list".
constexpr bool count_fits(int count, int programmed) {
  int below = 1;
  for (const int listed : cell_counts) {
    if (listed == programmed) return count > below && count <= programmed;
    below = listed;
  }
  return false;
}

}  // namespace cellwarden::core
