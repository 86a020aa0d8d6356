// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/settings_file.hpp"

#include <map>
#include <utility>

#include <toml++/toml.h>

#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

std::string at(const std::string& path, const toml::source_region& place) {
  return path + ":" + std::to_string(place.begin.line) + ":" + std::to_string(place.begin.column) +
         ": ";
}

std::int32_t value_of(const core::SettingRow& row, const toml::node& node,
                      const std::string& where) {
  std::optional<std::int32_t> value;
  if (const auto* text = node.as_string()) value = parse_value(row, text->get());
  if (const auto* number = node.as_integer()) {
    if (std::in_range<std::int32_t>(number->get())) {
      value = static_cast<std::int32_t>(number->get());
    }
  }
  if (const auto* flag = node.as_boolean()) {
    if (core::unit_of(row) == core::SettingUnit::flag) value = flag->get() ? 1 : 0;
  }
  if (value) return *value;
  throw UsageError(where + std::string(row.name) + " is no value; " + expected_text(row));
}

/// Settings a file leaves alone are taken to be where they stand now, on the board: only the board
/// can judge those. What is checked here is the range.
void check_range(const core::SettingRow& row, std::int32_t value, const std::string& where) {
  core::SettingValues::Draft draft{core::SettingValues{}};
  const std::size_t place = core::setting_with_name(row.name).value_or(0);
  const auto refusal = draft.set(place, value);
  if (!refusal) return;
  struct Nothing final : SettingLook {
    [[nodiscard]] std::int32_t at(std::size_t) const override { return 0; }
  };
  throw UsageError(
      where + refusal_text(row, value, on_the_wire(refusal->reason), 0, Nothing{}, std::nullopt));
}

/// Two lines of the file that contradict each other.
void check_orders(const std::map<std::size_t, std::int32_t>& values,
                  const std::map<std::size_t, std::string>& places) {
  struct Values final : SettingLook {
    explicit Values(const std::map<std::size_t, std::int32_t>& of) : values(of) {}
    [[nodiscard]] std::int32_t at(std::size_t place) const override { return values.at(place); }
    const std::map<std::size_t, std::int32_t>& values;
  };
  for (const core::SettingOrder& order : core::setting_orders) {
    if (!values.contains(order.lower) || !values.contains(order.upper)) continue;
    const auto& low = core::settings_table[order.lower];
    const auto& high = core::settings_table[order.upper];
    const std::int32_t lower = values.at(order.lower);
    const std::int32_t upper = values.at(order.upper);
    const bool inherited =
        (low.inherit != 0 && lower == low.inherit) || (high.inherit != 0 && upper == high.inherit);
    if (inherited || lower + order.gap <= upper) continue;
    throw UsageError(places.at(order.upper) + refusal_text(high, upper, wire::AppRefusal::order,
                                                           low.id, Values(values), std::nullopt));
  }
}

}  // namespace

std::string settings_file(const std::vector<HeldSetting>& settings) {
  std::string text =
      "# Settings of a battery management system, written by cellwarden settings export.\n"
      "# Change what is to change, leave out what is to stay, and give the file to\n"
      "# cellwarden settings import. Either all of it is taken, or nothing.\n\n";
  for (const HeldSetting& held : settings) {
    const core::SettingRow& row = core::settings_table[held.place];
    std::string line = std::string(row.name) + " = \"" + value_text(row, held.value) + "\"";
    constexpr std::size_t comment_at = 40;
    text +=
        padded(line, comment_at) + " # " + std::string(row.title) + ", " + range_text(row) + "\n";
  }
  return text;
}

std::vector<SettingChange> parse_settings_file(std::string_view text, const std::string& path) {
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& wrong) {
    throw UsageError(at(path, wrong.source()) + std::string(wrong.description()));
  }
  std::map<std::size_t, std::int32_t> values;
  std::map<std::size_t, std::string> places;
  for (const auto& [key, node] : root) {
    const std::string where = at(path, key.source());
    const auto place = core::setting_with_name(key.str());
    if (!place) {
      throw UsageError(where + "there is no setting \"" + std::string(key.str()) +
                       "\"; see cellwarden settings get");
    }
    const core::SettingRow& row = core::settings_table[*place];
    const std::int32_t value = value_of(row, node, where);
    check_range(row, value, where);
    values[*place] = value;
    places[*place] = where;
  }
  check_orders(values, places);
  std::vector<SettingChange> changes;
  for (const auto& [place, value] : values) changes.push_back({place, value});
  return changes;
}

}  // namespace cellwarden::gateway
