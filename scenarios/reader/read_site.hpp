/// Reads what a scenario's site is made of: weather, packs, charger, load.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/settings_table.hpp"
#include "sim/scenario.hpp"

#include "scenarios/reader/file_table.hpp"

namespace cellwarden::scenarios {

/// Fills in `scenario.site` and `scenario.pack_names`.
void read_site(FileTable& root, sim::Scenario& scenario);

/// Reads charger, load, generator and combined charger/inverter over what fits the packs.
/// @param needed_s  time of the run's end, since midnight of the first day
void read_sources(FileTable& root, plant::InstallationOptions& plant, double needed_s);

/// A measured record of sun or consumers is shorter than the run.
[[noreturn]] void refuse_short_record(const FileTable& table, double ends_s, double needed_s);

/// Reads one pack.
sim::SitePackOptions read_pack(FileTable& table);

/// What stands at `key` as the number of a setting: "2.9 V", 2900, true.
std::optional<std::int32_t> read_setting(FileTable& table, std::string_view key,
                                         const core::SettingRow& row);

/// Reads offset, gain, noise, direction and presence of a current sensor over what it was.
plant::CurrentSensorOptions read_sensor(FileTable& table, plant::CurrentSensorOptions sensor);

}  // namespace cellwarden::scenarios
