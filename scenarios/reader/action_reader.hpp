/// Reads what one [[event]] does: its kind, its target and its amounts.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/scenario.hpp"

#include "scenarios/reader/file_table.hpp"

namespace cellwarden::scenarios {

/// Fills in action and words of an event of a pack.
class ActionReader {
 public:
  /// @param pack  the one it happens to
  ActionReader(FileTable& table, const sim::SitePackOptions& pack, sim::TimedAction& timed)
      : table_(table), pack_(pack), timed_(timed) {}

  void read();

 private:
  struct Kind;
  static const Kind kinds[];

  void read_wire();
  void read_board();
  void read_power();
  void read_cell();
  void read_sensor_change();
  void read_setting_change();
  void read_weld();
  void read_switch();
  void read_button();
  void read_pin();

  int number(std::string_view key, int most);
  double amount(std::string_view key, Limits limits);
  void say(const std::string& words, const std::string& until_words = {});

  FileTable& table_;
  const sim::SitePackOptions& pack_;
  sim::TimedAction& timed_;
};

}  // namespace cellwarden::scenarios
