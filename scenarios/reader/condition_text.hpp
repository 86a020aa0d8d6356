/// Reads what must hold: "house.cell_voltage_max < v_max + 20 mV and charge_relay = open".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/must.hpp"

namespace cellwarden::scenarios {

/// What names in a condition stand for.
struct ConditionNames {
  std::vector<std::string_view> packs;
  /// Value of a pack's setting in V, °C, % or a plain number; nothing when there is none of that
  /// name.
  std::function<std::optional<double>(int pack, std::string_view name)> setting;
};

/// Terms joined by "and", each `[PACK.]QUANTITY COMPARISON VALUE`; a value is a number with its
/// unit, a setting by its name with or without "+ number" or "- number" behind it, or open, closed,
/// on, off.
/// @throws std::invalid_argument  what was found and what was expected
sim::Condition parse_condition(std::string_view text, const ConditionNames& names);

}  // namespace cellwarden::scenarios
