/// One table of a TOML file, read key by key with limits. Every complaint names file and line, what
/// was found and what was expected. Knows nothing of scenarios.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "scenarios/reader/amounts.hpp"

namespace cellwarden::scenarios {

/// What a key may hold.
struct Limits {
  double least, most;
};

/// Reads one table. The table and the file's name outlive it.
class FileTable {
 public:
  /// @param where  "the file", "[weather]": how complaints name the table
  FileTable(const toml::table& table, std::string where, const std::string& file)
      : table_(table), where_(std::move(where)), file_(file) {}

  // Each returns nothing when the key is not there, and throws BadScenario when what stands there
  // is not what was expected.
  std::optional<std::string> text(std::string_view key);
  std::optional<double> number(std::string_view key, Limits limits);
  std::optional<int> whole(std::string_view key, Limits limits);
  std::optional<bool> flag(std::string_view key);
  // What stands there when it is of that kind; nothing when it is of another.
  std::optional<std::string> text_if(std::string_view key);
  std::optional<double> number_if(std::string_view key);
  std::optional<bool> flag_if(std::string_view key);
  /// "90 s" or a number of seconds.
  std::optional<sim::SimTime> duration(std::string_view key);
  /// One of `words`; its index.
  std::optional<std::size_t> word(std::string_view key, const std::vector<std::string_view>& words);
  /// A table [key].
  std::optional<FileTable> table(std::string_view key);
  /// A list of tables [[key]]; empty when there is none.
  std::vector<FileTable> tables(std::string_view key);
  /// The keys of a free table, in the order of the file; all are then known.
  std::vector<std::string> keys();

  /// Throws when there is a key that nobody has asked for.
  void only_known() const;

  /// Throws BadScenario at the line of `key`, or of the table when the key is not there.
  [[noreturn]] void refuse(std::string_view key, const std::string& what) const;
  /// "cells is 256, expected ..."
  [[noreturn]] void refuse_value(std::string_view key, const std::string& expected) const;
  [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }
  [[nodiscard]] std::size_t line(std::string_view key) const;
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  const toml::node* find(std::string_view key);

  const toml::table& table_;
  std::string where_;
  const std::string& file_;
  std::vector<std::string> known_;
};

/// What stands in a file, short: 256, "text", true, a table.
std::string found_text(const toml::node& node);

}  // namespace cellwarden::scenarios
