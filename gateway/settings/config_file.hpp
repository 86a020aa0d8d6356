/// The configuration file of `cellwarden run`, in TOML:
///
///     [gateway]
///     listen = "127.0.0.1:8321"
///     app = "/usr/share/cellwarden/app"
///
///     [[pack]]
///     id = "boat"
///     name = "Boat"
///     source = "serial:/dev/ttyUSB0"
///     solar_peak_w = 400
///     inverter_peak_w = 600
///     temperature_line = "sensor"
///     app_link = "tcp:192.0.2.7:4711"
///     app_pin = "1234"
///
/// A twin may also have `flash = "FOLDER"`, where its boards' memory is kept.
///
/// A key nobody knows is an error: a mistyped one must not be ignored in silence.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/settings/pack_setup.hpp"

namespace cellwarden::gateway {

struct ConfigFile {
  std::optional<std::string> listen;
  std::optional<std::string> app;
  std::vector<PackSetup> packs;
};

/// @param path  named in errors
/// @throws UsageError  "path:line:column: what was wrong, what was expected"
ConfigFile parse_config(std::string_view text, const std::string& path);

}  // namespace cellwarden::gateway
