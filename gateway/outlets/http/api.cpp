// SPDX-License-Identifier: Apache-2.0
#include "gateway/outlets/http/api.hpp"

#include <string>

#include "gateway/outlets/http/pack_json.hpp"
#include "gateway/outlets/http/pack_parts.hpp"

namespace cellwarden::gateway::http {
namespace {

constexpr std::string_view api_root = "/api/";
constexpr std::string_view packs_path = "/api/v1/packs";
constexpr std::string_view version_path = "/api/v1/version";
constexpr std::string_view live_path = "/api/v1/live";

/// What of a client's text may go into an error message: short, and nothing that acts on a
/// terminal.
std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 64;
  std::string out = "\"";
  for (const char c : text.substr(0, longest)) out += c >= ' ' && c <= '~' ? c : '?';
  return out + (text.size() > longest ? "...\"" : "\"");
}

std::string known_ids(const Packs& packs) {
  std::string ids;
  for (const PackFeed& feed : packs.all()) ids += (ids.empty() ? "" : ", ") + feed.identity().id;
  return ids.empty() ? "none" : ids;
}

/// Whether a path leads to something of one pack: "/api/v1/packs/{id}/...".
bool is_part(std::string_view path) {
  return path.starts_with(packs_path) && path.size() > packs_path.size() + 1 &&
         path[packs_path.size()] == '/' &&
         path.find('/', packs_path.size() + 1) != std::string_view::npos;
}

Response json(std::string body) {
  Response response;
  response.body = std::move(body);
  return response;
}

}  // namespace

Response error(int status, std::string_view code, std::string_view message) {
  Response response = json(error_json(code, message));
  response.status = status;
  return response;
}

Response Api::answer(const Request& request, Time now) const {
  const std::string_view target = request.target;
  if (target.empty() || target.front() != '/') {
    return error(400, "bad_request", "the path must start with \"/\"");
  }
  const std::string_view path = target.substr(0, target.find_first_of("?#"));
  if (is_part(path)) return answer_part(request, path.substr(packs_path.size() + 1), now);
  if (request.method != "GET" && request.method != "HEAD") {
    return error(405, "method_not_allowed",
                 "only GET is allowed here, not " + in_quotes(request.method));
  }
  return path.starts_with(api_root) || path == "/api" ? answer_api(path, now) : files_.answer(path);
}

Response Api::answer_api(std::string_view path, Time now) const {
  if (path == packs_path) return json(packs_json(packs_, now));
  if (path == version_path) return json(version_json());
  if (path == live_path) {
    return error(400, "websocket_only", "this path speaks WebSocket: ask for an upgrade");
  }
  if (path.starts_with(packs_path) && path.size() > packs_path.size() + 1 &&
      path[packs_path.size()] == '/') {
    return answer_pack(path.substr(packs_path.size() + 1), now);
  }
  return error(404, "not_found", "no " + in_quotes(path) + " in this API; see docs/api.md");
}

Response Api::answer_pack(std::string_view id, Time now) const {
  const PackFeed* feed = packs_.find(id);
  if (feed != nullptr) return json(pack_json(*feed, now));
  return error(404, "not_found", "no pack " + in_quotes(id) + "; known: " + known_ids(packs_));
}

Response Api::answer_part(const Request& request, std::string_view path, Time now) const {
  const std::size_t slash = path.find('/');
  const PackFeed* feed = packs_.find(path.substr(0, slash));
  if (feed == nullptr) return answer_pack(path.substr(0, slash), now);
  const auto answer = answer_pack_part(*feed, path.substr(slash + 1), request, now);
  if (answer) return *answer;
  return error(404, "not_found", "no " + in_quotes(path) + " in this API; see docs/api.md");
}

}  // namespace cellwarden::gateway::http
