/// `cellwarden settings`: shows, changes, exports and imports a board's settings.
// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "gateway/captures/capture.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/settings_access.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

std::unique_ptr<SettingsAccess> reach(const SettingsOptions& options) {
  if (options.app_link) return direct_access(*options.app_link, options.pin);
  return gateway_access(options.gateway, options.pack, options.pin);
}

std::size_t place_of(const std::string& name) {
  const auto place = core::setting_with_name(name);
  if (place) return *place;
  throw UsageError("there is no setting \"" + name + "\"; see cellwarden settings get");
}

void print(const std::vector<HeldSetting>& settings) {
  constexpr std::size_t name_width = 25;
  constexpr std::size_t value_width = 19;
  constexpr std::size_t title_width = 28;
  std::cout << padded("name", name_width) << padded("value", value_width)
            << padded("meaning", title_width) << "possible\n";
  for (const HeldSetting& held : settings) {
    const core::SettingRow& row = core::settings_table[held.place];
    std::cout << padded(std::string(row.name), name_width)
              << padded(value_text(row, held.value), value_width)
              << padded(std::string(row.title), title_width) << range_text(row) << '\n';
  }
}

}  // namespace

int settings_get(const SettingsOptions& options) {
  std::vector<HeldSetting> settings;
  const std::optional<std::size_t> only =
      options.name.empty() ? std::nullopt : std::optional(place_of(options.name));
  for (const HeldSetting& held : reach(options)->read()) {
    if (!only || held.place == *only) settings.push_back(held);
  }
  if (settings.empty()) throw UsageError("this board does not have " + options.name);
  print(settings);
  return 0;
}

int settings_set(const SettingsOptions& options) {
  const std::size_t place = place_of(options.name);
  const core::SettingRow& row = core::settings_table[place];
  const auto value = parse_value(row, options.value);
  if (!value) {
    throw UsageError("\"" + options.value + "\" is no value for " + options.name + "; " +
                     expected_text(row));
  }
  const auto access = reach(options);
  access->write({{place, *value}});
  std::cout << row.title << " is " << value_text(row, *value) << '\n';
  return 0;
}

int settings_export(const SettingsOptions& options) {
  const std::string text = settings_file(reach(options)->read());
  std::ofstream file(options.file, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw UsageError(options.file + " cannot be written: " + std::strerror(errno));
  std::cout << "every setting is written to " << options.file << '\n';
  return 0;
}

int settings_import(const SettingsOptions& options) {
  if (options.file.empty() == options.preset.empty()) {
    throw UsageError("settings import: give a FILE, or --preset " + preset_names());
  }
  const bool from_file = options.preset.empty();
  const std::string text =
      from_file ? read_file(options.file) : std::string(preset_file(options.preset));
  const auto changes =
      parse_settings_file(text, from_file ? options.file : "preset " + options.preset);
  if (changes.empty()) throw UsageError(options.file + " names no setting");
  const auto access = reach(options);
  access->write(changes);
  std::cout << changes.size() << " settings are as the "
            << (from_file ? "file" : "preset " + options.preset) << " says\n";
  return 0;
}

}  // namespace cellwarden::gateway
