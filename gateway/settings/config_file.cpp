// SPDX-License-Identifier: Apache-2.0
#include "gateway/settings/config_file.hpp"

#include <cstdint>
#include <initializer_list>

#include <toml++/toml.h>

#include "gateway/app_link/app_link.hpp"
#include "gateway/app_link/tcp_channel.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

constexpr std::int64_t most_watts = 10'000'000;

/// Reads one file's tables; every complaint names the place.
class ConfigReader {
 public:
  explicit ConfigReader(std::string path) : path_(std::move(path)) {}

  ConfigFile read(const toml::table& root) const {
    allow_only(root, "the file", {"gateway", "pack"});
    ConfigFile config;
    if (const toml::node* node = root.get("gateway")) read_gateway(*node, config);
    if (const toml::node* node = root.get("pack")) {
      const toml::array* list = node->as_array();
      if (list == nullptr) refuse(*node, "pack must be a list of tables: [[pack]]");
      for (const toml::node& entry : *list) config.packs.push_back(read_pack(entry));
    }
    return config;
  }

 private:
  [[noreturn]] void refuse(const toml::source_region& at, const std::string& why) const {
    throw UsageError(path_ + ":" + std::to_string(at.begin.line) + ":" +
                     std::to_string(at.begin.column) + ": " + why);
  }
  [[noreturn]] void refuse(const toml::node& at, const std::string& why) const {
    refuse(at.source(), why);
  }

  void allow_only(const toml::table& table, const std::string& where,
                  std::initializer_list<std::string_view> known) const {
    for (const auto& [key, node] : table) {
      bool found = false;
      std::string list;
      for (const std::string_view word : known) {
        found = found || key.str() == word;
        list += (list.empty() ? "" : ", ") + std::string(word);
      }
      if (!found) {
        refuse(key.source(),
               "unknown key \"" + std::string(key.str()) + "\" in " + where + "; known: " + list);
      }
    }
  }

  std::optional<std::string> text(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::nullopt;
    const auto* value = node->as_string();
    if (value == nullptr) refuse(*node, std::string(key) + " must be a text in \"quotes\"");
    return value->get();
  }

  std::optional<int> watts(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::nullopt;
    const auto* value = node->as_integer();
    if (value == nullptr || value->get() < 1 || value->get() > most_watts) {
      refuse(*node, std::string(key) + " must be a whole number of watts, 1 to 10000000");
    }
    return static_cast<int>(value->get());
  }

  void read_gateway(const toml::node& node, ConfigFile& config) const {
    const toml::table* table = node.as_table();
    if (table == nullptr) refuse(node, "gateway must be a table: [gateway]");
    allow_only(*table, "[gateway]", {"listen", "app"});
    config.listen = text(*table, "listen");
    config.app = text(*table, "app");
  }

  PackSetup read_pack(const toml::node& node) const {
    const toml::table* table = node.as_table();
    if (table == nullptr) refuse(node, "pack must be a list of tables: [[pack]]");
    allow_only(*table, "[[pack]]",
               {"id", "name", "source", "solar_peak_w", "inverter_peak_w", "temperature_line",
                "app_link", "app_pin", "flash"});
    PackSetup pack;
    pack.id = text(*table, "id").value_or("");
    if (table->contains("id") && !is_pack_id(pack.id)) {
      refuse(*table->get("id"), "id must be 1 to 64 letters, digits, \"-\" or \"_\"");
    }
    pack.name = text(*table, "name").value_or("");
    pack.solar_peak_w = watts(*table, "solar_peak_w");
    pack.inverter_peak_w = watts(*table, "inverter_peak_w");
    const auto source = text(*table, "source");
    if (!source) refuse(node, "this pack has no source; expected e.g. source = \"twin\"");
    try {
      pack.source = parse_source(*source);
    } catch (const UsageError& wrong) {
      refuse(*table->get("source"), wrong.what());
    }
    const auto line = text(*table, "temperature_line");
    try {
      if (line) pack.temperature_line = parse_temperature_line(*line);
    } catch (const UsageError& wrong) {
      refuse(*table->get("temperature_line"), wrong.what());
    }
    read_link(*table, pack);
    return pack;
  }

  void read_link(const toml::table& table, PackSetup& pack) const {
    pack.flash = text(table, "flash");
    if (pack.flash && pack.source.kind != SourceText::Kind::twin) {
      refuse(*table.get("flash"), "only a twin has a flash");
    }
    pack.app_link = text(table, "app_link");
    try {
      if (pack.app_link) (void)parse_app_link(*pack.app_link);
    } catch (const UsageError& wrong) {
      refuse(*table.get("app_link"), wrong.what());
    }
    const auto pin = text(table, "app_pin");
    if (!pin) return;
    pack.app_pin = parse_pin(*pin);
    if (!pack.app_pin) refuse(*table.get("app_pin"), "app_pin must be four digits in \"quotes\"");
  }

  std::string path_;
};

}  // namespace

ConfigFile parse_config(std::string_view text, const std::string& path) {
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& wrong) {
    const auto& at = wrong.source().begin;
    throw UsageError(path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " +
                     std::string(wrong.description()));
  }
  return ConfigReader(path).read(root);
}

}  // namespace cellwarden::gateway
