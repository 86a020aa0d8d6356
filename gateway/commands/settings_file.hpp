/// Settings in a TOML file, as `cellwarden settings export` writes it and `import` reads it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/app_link/changes.hpp"

namespace cellwarden::gateway {

/// One setting as it is now.
struct HeldSetting {
  std::size_t place = 0;  ///< in the settings table
  std::int32_t value = 0;
};

/// The text of a file: a comment at the top, then a line for each setting with its unit.
std::string settings_file(const std::vector<HeldSetting>& settings);

/// @param path  named in errors
/// @throws UsageError  "path:line:column: why", also for what contradicts another line of the file
std::vector<SettingChange> parse_settings_file(std::string_view text, const std::string& path);

/// "lfp, nmc, lto"
std::string preset_names();
/// The text of a chemistry's file, each value with its source.
/// @throws UsageError  when there is none of that name
std::string_view preset_file(std::string_view name);

}  // namespace cellwarden::gateway
