// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/setting_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace cellwarden::gateway {
namespace {

using core::SettingRow;
using core::SettingUnit;

/// How a unit is shown to people: `value` / 10^decimals and its sign.
struct UnitShape {
  std::string_view word, sign;
  int decimals = 0;
};

UnitShape shape_of(SettingUnit unit) {
  switch (unit) {
    case SettingUnit::millivolts:
      return {"millivolts", " V", 3};
    case SettingUnit::decicelsius:
      return {"decicelsius", " °C", 1};
    case SettingUnit::watts:
      return {"watts", " W", 0};
    case SettingUnit::watt_hours:
      return {"watt_hours", " Wh", 0};
    case SettingUnit::milliamperes:
      return {"milliamperes", " A", 3};
    case SettingUnit::seconds:
      return {"seconds", " s", 0};
    case SettingUnit::percent:
      return {"percent", " %", 0};
    case SettingUnit::choice:
      return {"choice", "", 0};
    case SettingUnit::flag:
      break;
  }
  return {"flag", "", 0};
}

/// A unit that may stand behind a number: one of it is 10^decimals of the setting's unit.
struct Suffix {
  std::string_view text;
  SettingUnit unit;
  int decimals;
};
constexpr std::array suffixes{
    Suffix{"V", SettingUnit::millivolts, 3},    Suffix{"mV", SettingUnit::millivolts, 0},
    Suffix{"C", SettingUnit::decicelsius, 1},   Suffix{"°C", SettingUnit::decicelsius, 1},
    Suffix{"W", SettingUnit::watts, 0},         Suffix{"kW", SettingUnit::watts, 3},
    Suffix{"Wh", SettingUnit::watt_hours, 0},   Suffix{"kWh", SettingUnit::watt_hours, 3},
    Suffix{"A", SettingUnit::milliamperes, 3},  Suffix{"mA", SettingUnit::milliamperes, 0},
    Suffix{"s", SettingUnit::seconds, 0},       Suffix{"%", SettingUnit::percent, 0},
    Suffix{"percent", SettingUnit::percent, 0},
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// A decimal number times 10^decimals; nothing when that is no whole number or does not fit.
std::optional<std::int32_t> scaled(std::string_view number, int decimals) {
  const bool negative = number.starts_with('-');
  if (negative) number.remove_prefix(1);
  std::string digits;
  bool behind_point = false;
  int left = decimals;
  for (const char c : number) {
    if (c == '.' && !behind_point && !digits.empty()) {
      behind_point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    if (behind_point && left-- <= 0) {
      if (c != '0') return std::nullopt;
      continue;
    }
    digits += c;
  }
  if (digits.empty() || number.ends_with('.')) return std::nullopt;
  for (; left > 0; --left) digits += '0';
  std::int32_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, failed] = std::from_chars(digits.data(), end, value);
  if (failed != std::errc{} || stop != end) return std::nullopt;
  return negative ? -value : value;
}

std::optional<std::size_t> place_of(std::uint8_t id) { return core::setting_with_id(id); }

std::string order_text(const SettingRow& row, std::uint8_t other, const SettingLook& now) {
  const auto here = place_of(row.id);
  const auto there = place_of(other);
  if (!here || !there) return "it contradicts another setting";
  const SettingRow& row2 = core::settings_table[*there];
  const std::string is =
      std::string(" while ") + std::string(row2.title) + " is " + value_text(row2, now.at(*there));
  for (const core::SettingOrder& order : core::setting_orders) {
    if (order.lower == *here && order.upper == *there) {
      return "at most " + value_text(row, now.at(*there) - order.gap) + is;
    }
    if (order.upper == *here && order.lower == *there) {
      return "at least " + value_text(row, now.at(*there) + order.gap) + is;
    }
  }
  return "it contradicts " + std::string(row2.title) + ", " + value_text(row2, now.at(*there));
}

std::string bypass_text(const SettingRow& row, std::optional<core::Voltage> v_bypass) {
  const bool is_lower = row.id == core::settings_table[core::setting("v_min")].id;
  std::string text = is_lower ? "it must be below V bypass" : "it must be at least V bypass";
  if (v_bypass) {
    text += ", which the switches set to " +
            value_text(SettingUnit::millivolts, v_bypass->in_millivolts());
  }
  return text;
}

}  // namespace

std::vector<std::string_view> choice_words(const SettingRow& row) {
  std::vector<std::string_view> words;
  std::string_view left = row.choices;
  while (!left.empty()) {
    const std::size_t end = std::min(left.find('|'), left.size());
    words.push_back(left.substr(0, end));
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return words;
}

std::string_view unit_word(SettingUnit unit) { return shape_of(unit).word; }

std::string value_text(SettingUnit unit, std::int32_t value) {
  if (unit == SettingUnit::flag) return value == 0 ? "no" : value == 1 ? "yes" : "?";
  const UnitShape shape = shape_of(unit);
  std::string digits = std::to_string(value < 0 ? -std::int64_t{value} : std::int64_t{value});
  const auto decimals = static_cast<std::size_t>(shape.decimals);
  while (digits.size() <= decimals) digits.insert(0, "0");
  if (decimals > 0) digits.insert(digits.size() - decimals, ".");
  return (value < 0 ? "-" : "") + digits + std::string(shape.sign);
}

std::string value_text(const SettingRow& row, std::int32_t value) {
  if (row.inherit != 0 && value == row.inherit) return "as the other";
  const bool has_word = !row.choices.empty() && value >= row.minimum && value <= row.maximum;
  if (has_word)
    return std::string(choice_words(row)[static_cast<std::size_t>(value - row.minimum)]);
  return value_text(core::unit_of(row), value);
}

std::string range_text(const SettingRow& row) {
  if (core::unit_of(row) == SettingUnit::flag) return "yes or no";
  std::string list;
  for (const std::string_view word : choice_words(row)) {
    list += (list.empty() ? "" : ", ") + std::string(word);
  }
  if (!list.empty()) return list;
  return value_text(row, row.minimum) + " to " + value_text(row, row.maximum);
}

std::string expected_text(const SettingRow& row) {
  const SettingUnit unit = core::unit_of(row);
  if (unit == SettingUnit::flag || unit == SettingUnit::choice) {
    return "expected " + range_text(row);
  }
  const std::string inherited = row.inherit == 0 ? "" : " or \"as the other\"";
  const std::int32_t sample = row.inherit == 0 ? row.preset : 0;
  return "expected e.g. \"" + value_text(row, sample) + "\"" + inherited;
}

std::string padded(const std::string& text, std::size_t width) {
  std::size_t letters = 0;
  for (const char c : text) letters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
  return letters < width ? text + std::string(width - letters, ' ') : text;
}

std::optional<std::int32_t> parse_value(const SettingRow& row, std::string_view text) {
  text = trimmed(text);
  if (text == "default") return row.preset;
  if (text == "as the other" && row.inherit != 0) return row.inherit;
  const SettingUnit unit = core::unit_of(row);
  if (unit == SettingUnit::flag && (text == "yes" || text == "true")) return 1;
  if (unit == SettingUnit::flag && (text == "no" || text == "false")) return 0;
  const auto words = choice_words(row);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (text == words[i]) return row.minimum + static_cast<std::int32_t>(i);
  }
  std::size_t end = 0;
  while (end < text.size() && (text[end] == '-' || text[end] == '+' || text[end] == '.' ||
                               (text[end] >= '0' && text[end] <= '9'))) {
    ++end;
  }
  const std::string_view behind = trimmed(text.substr(end));
  if (behind.empty()) return scaled(text.substr(0, end), 0);
  for (const Suffix& suffix : suffixes) {
    if (suffix.unit == unit && suffix.text == behind) {
      return scaled(text.substr(0, end), suffix.decimals);
    }
  }
  return std::nullopt;
}

std::string refusal_text(const SettingRow& row, std::int32_t value, wire::AppRefusal reason,
                         std::uint8_t other, const SettingLook& now,
                         std::optional<core::Voltage> v_bypass) {
  std::string why = "the board says no";
  switch (reason) {
    case wire::AppRefusal::unknown_index:
      why = "this board does not have it";
      break;
    case wire::AppRefusal::below_minimum:
      why = "at least " + value_text(row, row.minimum);
      break;
    case wire::AppRefusal::above_maximum:
      why = "at most " + value_text(row, row.maximum);
      break;
    case wire::AppRefusal::off_step:
      why = "only in steps of " + value_text(row, row.step);
      break;
    case wire::AppRefusal::order:
      why = other == 0 ? bypass_text(row, v_bypass) : order_text(row, other, now);
      break;
    case wire::AppRefusal::not_stored:
      why = "the board's memory did not take it";
      break;
    case wire::AppRefusal::unsaid:
      break;
  }
  return std::string(row.title) + " " + value_text(row, value) + " refused: " + why;
}

wire::AppRefusal on_the_wire(core::RefusalReason reason) {
  switch (reason) {
    case core::RefusalReason::below_minimum:
      return wire::AppRefusal::below_minimum;
    case core::RefusalReason::above_maximum:
      return wire::AppRefusal::above_maximum;
    case core::RefusalReason::off_step:
      return wire::AppRefusal::off_step;
    case core::RefusalReason::order:
    case core::RefusalReason::v_bypass:
      break;
  }
  return wire::AppRefusal::order;
}

}  // namespace cellwarden::gateway
