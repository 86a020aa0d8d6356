/// What comes over the app link as docs/api.md shapes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <boost/json.hpp>

#include "gateway/app_link/app_link.hpp"

namespace cellwarden::gateway::http {

/// `app_link` of the pack document.
/// @param link  null when the pack has none
boost::json::object app_link_object(const AppLink* link);

/// One setting as the board gave it.
boost::json::object setting_object(const core::SettingRow& row, const wire::AppSetting& setting);

/// `GET .../settings`: every setting the board has, in the order of the table.
boost::json::object settings_object(const AppLinkClient& client);

/// `GET .../events`
boost::json::object events_object(const std::vector<AgedEvent>& events);

}  // namespace cellwarden::gateway::http
