/// What the owner says about each pack, from the command line or the configuration file, completed
/// with ids and defaults.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/packs.hpp"
#include "gateway/sources/source_text.hpp"
#include "wire/temperature.hpp"

namespace cellwarden::gateway {

/// Empty fields are filled in by `complete`.
struct PackSetup {
  std::string id;    ///< letters, digits, '-' and '_', at most 64
  std::string name;  ///< as shown
  SourceText source;
  std::optional<int> solar_peak_w;     ///< 1..10,000,000
  std::optional<int> inverter_peak_w;  ///< 1..10,000,000
  std::optional<wire::TemperatureLine> temperature_line;
  std::optional<std::string> app_link;   ///< "tcp:HOST:PORT"; the twin has its own
  std::optional<std::uint16_t> app_pin;  ///< 0..9999
  std::optional<std::string> flash;      ///< folder for the flash of the twin's boards
};

/// What a board leaves the factory with.
inline constexpr std::uint16_t default_app_pin = 1234;

/// @throws UsageError  when `text` is neither "sensor" nor "paper"
wire::TemperatureLine parse_temperature_line(const std::string& text);

/// Whether `id` may stand in an address: 1 to 64 letters, digits, '-' and '_'.
bool is_pack_id(const std::string& id);

/// Gives every pack an id, a name, and to the twin the peak powers of its own solar panel and
/// inverter. An id that is not given is made from the name or the source, and made different from
/// the others with "-2", "-3".
/// @throws UsageError  when two packs are given the same id
std::vector<PackSetup> complete(std::vector<PackSetup> packs);

/// The part that outlets show.
PackIdentity identity_of(const PackSetup& pack);

}  // namespace cellwarden::gateway
