/// Reaches a board's settings from a terminal: over its app link, or through a running gateway.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/commands/settings_file.hpp"

namespace cellwarden::gateway {

class SettingsAccess {
 public:
  virtual ~SettingsAccess() = default;
  /// Every setting the board has, in the order of the table.
  /// @throws UsageError  when it cannot be reached
  virtual std::vector<HeldSetting> read() = 0;
  /// All or none.
  /// @throws UsageError  saying why not
  virtual void write(const std::vector<SettingChange>& changes) = 0;
};

/// @param place  "tcp:HOST:PORT"
std::unique_ptr<SettingsAccess> direct_access(const std::string& place, const std::string& pin);

/// @param url   "http://HOST:PORT"
/// @param pack  its id; empty: the only one
std::unique_ptr<SettingsAccess> gateway_access(const std::string& url, std::string pack,
                                               std::string pin);

}  // namespace cellwarden::gateway
