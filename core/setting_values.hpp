/// The owner's settings as they are set, checked and kept: a number for each line of the table. A
/// refused change says why and changes nothing (SET-3).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/result.hpp"
#include "core/settings.hpp"
#include "core/settings_table.hpp"

namespace cellwarden::core {

/// Why a change was refused.
enum class RefusalReason : std::uint8_t {
  below_minimum,
  above_maximum,
  off_step,  ///< between two steps
  order,     ///< would stand wrongly to the setting `Refusal::other`
  v_bypass,  ///< V-min must stay below, V-max at or above the V-bypass of the switches
};

struct Refusal {
  RefusalReason reason = RefusalReason::below_minimum;
  std::uint8_t id = 0;     ///< of the setting that was to be changed, or is against V-bypass
  std::uint8_t other = 0;  ///< of the one it contradicts; 0: none
  friend constexpr bool operator==(const Refusal&, const Refusal&) = default;
};

/// Place of a setting in the table.
/// @return  nothing when there is none
std::optional<std::size_t> setting_with_id(std::uint8_t id);
std::optional<std::size_t> setting_with_name(std::string_view name);
/// The setting whose bytes start at, or include, an address of the app link.
std::optional<std::size_t> setting_at_address(std::uint16_t address);

/// All settings. Trivially copyable; the default is every setting's preset. Always in order: what
/// would break a rule is not taken.
class SettingValues {
 public:
  SettingValues();

  /// @param place  0..settings_table.size() - 1
  [[nodiscard]] std::int32_t at(std::size_t place) const { return values_[place]; }

  /// These settings with one of them changed; this object stays as it is.
  /// @param v_bypass  by the switches; absent: not known yet, not looked at
  [[nodiscard]] Result<SettingValues, Refusal> with(std::size_t place, std::int32_t value,
                                                    std::optional<Voltage> v_bypass) const;

  /// A change of several settings at once: only the result must be in order, whatever the way.
  class Draft {
   public:
    explicit Draft(const SettingValues& from) : values_(from.values_) {}
    /// Checks the range only.
    std::optional<Refusal> set(std::size_t place, std::int32_t value);
    /// Checks everything; V-bypass only when V-min or V-max was set: the switches may have been
    /// moved past them, and that must not lock every other setting.
    [[nodiscard]] Result<SettingValues, Refusal> finish(std::optional<Voltage> v_bypass) const;

   private:
    std::array<std::int32_t, settings_table.size()> values_;
    std::uint8_t last_id_ = 0;
    bool limits_moved_ = false;  ///< V-min or V-max
  };

  friend bool operator==(const SettingValues&, const SettingValues&) = default;

 private:
  std::array<std::int32_t, settings_table.size()> values_{};
};

/// The settings the boards act on, in their units.
Settings settings_from(const SettingValues& values);

}  // namespace cellwarden::core
