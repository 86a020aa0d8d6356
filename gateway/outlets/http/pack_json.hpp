/// The pack document of docs/api.md as JSON text. Integers only, rounded as the API's units say.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "gateway/packs.hpp"

namespace cellwarden::gateway::http {

/// `GET /api/v1/packs/{id}`
std::string pack_json(const PackFeed& feed, Time now);

/// `GET /api/v1/packs`
std::string packs_json(const Packs& packs, Time now);

/// The first message on `/api/v1/live`.
std::string snapshot_message(const Packs& packs, Time now);

/// Every later message on `/api/v1/live`.
std::string pack_message(const PackFeed& feed, Time now);

/// `{"error": {"code": ..., "message": ...}}`
std::string error_json(std::string_view code, std::string_view message);

/// `GET /api/v1/version`
std::string version_json();

}  // namespace cellwarden::gateway::http
