/// Settings in words: values with their units, read and written, and why one was refused. Names and
/// limits come from the settings table.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/setting_values.hpp"
#include "wire/app_commands.hpp"

namespace cellwarden::gateway {

/// The words of a choice, that of its minimum first; none for what is no choice.
std::vector<std::string_view> choice_words(const core::SettingRow& row);

/// "millivolts", as docs/api.md names a unit.
std::string_view unit_word(core::SettingUnit unit);

/// "3.650 V", "-5.0 °C", "600 W", "2700 Wh", "0.2 A", "30 s", "95 %", "yes", "3".
std::string value_text(core::SettingUnit unit, std::int32_t value);
/// The same, but a value that is inherited says so, and one of a choice is its word.
std::string value_text(const core::SettingRow& row, std::int32_t value);
/// "2.000 V to 5.000 V", "yes or no", "other, LFP, LTO, NMC, NCA"
std::string range_text(const core::SettingRow& row);

/// "expected e.g. "2.800 V"", or every word there is: what to write instead of something
/// unreadable.
std::string expected_text(const core::SettingRow& row);
/// `text` and spaces up to `width` characters; a degree sign is one of them.
std::string padded(const std::string& text, std::size_t width);

/// Reads what a person writes: a number, in the unit of `value_text` when one stands behind it
/// ("2.9 V", "2.7 kWh", "60 C"), else in the unit of the API ("2900"); "yes" and "no"; the word of
/// a choice; "default".
/// @return  nothing when it is none of these or does not come out whole
std::optional<std::int32_t> parse_value(const core::SettingRow& row, std::string_view text);

/// Gives the value a setting has now.
struct SettingLook {
  virtual ~SettingLook() = default;
  [[nodiscard]] virtual std::int32_t at(std::size_t place) const = 0;
};

/// "V min 3.700 V refused: at most 3.550 V while V max is 3.650 V"
/// @param other     id of the setting it contradicts; 0: V-bypass, or none
/// @param now       the settings in force
/// @param v_bypass  by the switches, when known
std::string refusal_text(const core::SettingRow& row, std::int32_t value, wire::AppRefusal reason,
                         std::uint8_t other, const SettingLook& now,
                         std::optional<core::Voltage> v_bypass);

/// The same reason as the board sends it.
wire::AppRefusal on_the_wire(core::RefusalReason reason);

}  // namespace cellwarden::gateway
