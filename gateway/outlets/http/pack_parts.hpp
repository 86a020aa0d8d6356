/// What belongs to one pack beside its document: settings, login, events, the twin's wires.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "gateway/outlets/http/message.hpp"
#include "gateway/packs.hpp"

namespace cellwarden::gateway::http {

/// @param part  the path behind "/api/v1/packs/{id}/"
/// @return      nothing when there is no such part
std::optional<Response> answer_pack_part(const PackFeed& feed, std::string_view part,
                                         const Request& request, Time now);

}  // namespace cellwarden::gateway::http
