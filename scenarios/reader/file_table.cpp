// SPDX-License-Identifier: Apache-2.0
#include "scenarios/reader/file_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "scenarios/reader/bad_scenario.hpp"

namespace cellwarden::scenarios {
namespace {

std::string number_text(double number) {
  std::array<char, 32> text{};
  const int written = std::snprintf(text.data(), text.size(), "%.10g", number);
  return {text.data(), static_cast<std::size_t>(written)};
}

std::string range_text(Limits limits) {
  return number_text(limits.least) + " to " + number_text(limits.most);
}

}  // namespace

std::string found_text(const toml::node& node) {
  if (const auto* text = node.as_string()) return '"' + text->get() + '"';
  if (const auto* whole = node.as_integer()) return std::to_string(whole->get());
  if (const auto* real = node.as_floating_point()) return number_text(real->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  if (node.is_table()) return "a table";
  if (node.is_array()) return "a list";
  return "a date or time without quotes";
}

std::size_t FileTable::line(std::string_view key) const {
  const toml::node* node = table_.get(key);
  return (node != nullptr ? node->source() : table_.source()).begin.line;
}

void FileTable::refuse(std::string_view key, const std::string& what) const {
  throw BadScenario(file_ + ":" + std::to_string(line(key)) + ": " + what);
}

void FileTable::refuse_value(std::string_view key, const std::string& expected) const {
  const toml::node* node = table_.get(key);
  refuse(key, std::string(key) + " is " + (node != nullptr ? found_text(*node) : "missing") +
                  ", expected " + expected);
}

const toml::node* FileTable::find(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  return table_.get(key);
}

std::optional<std::string> FileTable::text(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = node->as_string();
  if (value == nullptr) refuse_value(key, "a text in \"quotes\"");
  return value->get();
}

std::optional<double> FileTable::number(std::string_view key, Limits limits) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto value = node->is_number() ? node->value<double>() : std::nullopt;
  if (!value || !(*value >= limits.least && *value <= limits.most)) {
    refuse_value(key, "a number from " + range_text(limits));
  }
  return value;
}

std::optional<int> FileTable::whole(std::string_view key, Limits limits) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = node->as_integer();
  if (value == nullptr || static_cast<double>(value->get()) < limits.least ||
      static_cast<double>(value->get()) > limits.most) {
    refuse_value(key, "a whole number from " + range_text(limits));
  }
  return static_cast<int>(value->get());
}

std::optional<bool> FileTable::flag(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* value = node->as_boolean();
  if (value == nullptr) refuse_value(key, "true or false");
  return value->get();
}

std::optional<std::string> FileTable::text_if(std::string_view key) {
  const toml::node* node = find(key);
  return node != nullptr ? node->value_exact<std::string>() : std::nullopt;
}

std::optional<double> FileTable::number_if(std::string_view key) {
  const toml::node* node = find(key);
  return node != nullptr && node->is_number() ? node->value<double>() : std::nullopt;
}

std::optional<bool> FileTable::flag_if(std::string_view key) {
  const toml::node* node = find(key);
  return node != nullptr ? node->value_exact<bool>() : std::nullopt;
}

std::optional<sim::SimTime> FileTable::duration(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  std::optional<sim::SimTime> value;
  if (const auto* words = node->as_string()) value = parse_duration(words->get());
  if (node->is_number()) {
    const double s = node->value<double>().value_or(-1.0);
    if (s >= 0.0 && s <= 3e8) value = static_cast<sim::SimTime>(std::llround(s * 1e6));
  }
  if (!value) refuse_value(key, R"(a time like "90 s", "2 h", "1 d 12 h" or a number of seconds)");
  return value;
}

std::optional<std::size_t> FileTable::word(std::string_view key,
                                           const std::vector<std::string_view>& words) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const auto* value = node->as_string(); value != nullptr && value->get() == words[i]) {
      return i;
    }
    list += (i == 0 ? "\"" : i + 1 == words.size() ? " or \"" : ", \"") + std::string(words[i]);
    list += '"';
  }
  refuse_value(key, list);
}

std::optional<FileTable> FileTable::table(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const toml::table* inner = node->as_table();
  if (inner == nullptr) refuse_value(key, "a table: [" + std::string(key) + "]");
  return FileTable(*inner, "[" + std::string(key) + "]", file_);
}

std::vector<FileTable> FileTable::tables(std::string_view key) {
  std::vector<FileTable> list;
  const toml::node* node = find(key);
  if (node == nullptr) return list;
  const std::string name = "[[" + std::string(key) + "]]";
  const toml::array* entries = node->as_array();
  if (entries == nullptr) refuse_value(key, "a list of tables: " + name);
  for (const toml::node& entry : *entries) {
    if (!entry.is_table()) refuse_value(key, "a list of tables: " + name);
    list.emplace_back(*entry.as_table(), name, file_);
  }
  return list;
}

std::vector<std::string> FileTable::keys() {
  std::vector<std::string> names;
  for (const auto& [key, node] : table_) names.emplace_back(key.str());
  std::sort(names.begin(), names.end(), [this](const std::string& a, const std::string& b) {
    return std::pair(line(a), a) < std::pair(line(b), b);
  });
  known_.insert(known_.end(), names.begin(), names.end());
  return names;
}

void FileTable::only_known() const {
  const toml::key* first = nullptr;
  for (const auto& [key, node] : table_) {
    if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
    if (first == nullptr || key.source().begin.line < first->source().begin.line) first = &key;
  }
  if (first == nullptr) return;
  std::string list;
  for (const std::string& name : known_) list += (list.empty() ? "" : ", ") + name;
  throw BadScenario(file_ + ":" + std::to_string(first->source().begin.line) + ": unknown key \"" +
                    std::string(first->str()) + "\" in " + where_ + ", expected one of: " + list);
}

}  // namespace cellwarden::scenarios
