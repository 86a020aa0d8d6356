// SPDX-License-Identifier: Apache-2.0
#include "gateway/settings/pack_setup.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

constexpr std::size_t longest_id = 64;
/// The twin's own panel and inverter: a 12 V pack on a small roof.
constexpr int twin_solar_peak_w = 400;
constexpr int twin_inverter_peak_w = 600;

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

/// What a source is called when nobody named it.
std::string default_name(const SourceText& source) {
  switch (source.kind) {
    case SourceText::Kind::serial:
      return std::filesystem::path(source.argument).filename().string();
    case SourceText::Kind::replay:
      return std::filesystem::path(source.argument).stem().string();
    case SourceText::Kind::twin:
      break;
  }
  return "Twin";
}

std::string id_from(const std::string& name) {
  std::string id;
  for (const char c : name.substr(0, longest_id - 4)) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    id += !is_id_character(c) ? '-' : is_upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return id.empty() ? "pack" : id;
}

std::string made_different(const std::string& id, const std::set<std::string>& taken) {
  std::string candidate = id;
  for (int n = 2; taken.contains(candidate); ++n) candidate = id + "-" + std::to_string(n);
  return candidate;
}

}  // namespace

wire::TemperatureLine parse_temperature_line(const std::string& text) {
  if (text == "sensor") return wire::TemperatureLine::sensor;
  if (text == "paper") return wire::TemperatureLine::paper;
  throw UsageError("temperature line \"" + text + "\" is not known; expected sensor or paper");
}

bool is_pack_id(const std::string& id) {
  return !id.empty() && id.size() <= longest_id &&
         std::all_of(id.begin(), id.end(), is_id_character);
}

std::vector<PackSetup> complete(std::vector<PackSetup> packs) {
  std::set<std::string> taken;
  for (const PackSetup& pack : packs) {
    if (pack.id.empty()) continue;
    if (!taken.insert(pack.id).second) {
      throw UsageError("two packs have the id \"" + pack.id + "\"; each needs its own");
    }
  }
  for (PackSetup& pack : packs) {
    if (pack.name.empty()) pack.name = pack.source.name;
    if (pack.name.empty()) pack.name = pack.id.empty() ? default_name(pack.source) : pack.id;
    if (pack.id.empty()) {
      pack.id = made_different(id_from(pack.name), taken);
      taken.insert(pack.id);
    }
    if (pack.source.kind == SourceText::Kind::twin) {
      if (!pack.solar_peak_w) pack.solar_peak_w = twin_solar_peak_w;
      if (!pack.inverter_peak_w) pack.inverter_peak_w = twin_inverter_peak_w;
    }
  }
  return packs;
}

PackIdentity identity_of(const PackSetup& pack) {
  return {pack.id, pack.name, pack.source.to_string(), pack.solar_peak_w, pack.inverter_peak_w};
}

}  // namespace cellwarden::gateway
