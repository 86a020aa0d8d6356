/// Changing settings through a client: one, or several of which all are taken or none.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gateway/app_link/client.hpp"
#include "gateway/app_link/setting_text.hpp"

namespace cellwarden::gateway {

struct SettingChange {
  std::size_t place = 0;  ///< in the settings table
  std::int32_t value = 0;
};

/// Why changes were not made, one sentence each; empty: they were, and are read back.
using Refusals = std::vector<std::string>;
using ChangeDone = std::function<void(const Refusals&)>;

/// The settings as a client has read them; the preset where it has not.
class ClientLook final : public SettingLook {
 public:
  explicit ClientLook(const AppLinkClient& client) : client_(client) {}
  [[nodiscard]] std::int32_t at(std::size_t place) const override {
    const auto& setting = client_.setting(place);
    return setting ? setting->value : core::settings_table[place].preset;
  }

 private:
  const AppLinkClient& client_;
};

/// What is wrong with changes, all of it, without asking the board.
Refusals check_changes(const std::vector<SettingChange>& changes, const SettingLook& now,
                       std::optional<core::Voltage> v_bypass);

/// Makes changes, in whatever order breaks no rule in between. When the board refuses one, those
/// before it are taken back.
/// @param client  outlives the call of `done`
/// @param done    called once
void make_changes(AppLinkClient& client, std::vector<SettingChange> changes, ChangeDone done);

}  // namespace cellwarden::gateway
