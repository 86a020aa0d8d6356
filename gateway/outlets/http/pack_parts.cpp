// SPDX-License-Identifier: Apache-2.0
#include "gateway/outlets/http/pack_parts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "gateway/outlets/http/app_link_json.hpp"

namespace cellwarden::gateway::http {
namespace {

using boost::json::object;
using Reply = std::function<void(Response)>;

Response json(const object& body) {
  Response response;
  response.body = boost::json::serialize(body);
  return response;
}

Response later(std::function<void(const Reply&)> work) {
  Response response;
  response.later = [work = std::move(work)](Reply reply) { work(reply); };
  return response;
}

Response only(std::string allow) {
  Response response = error(405, "method_not_allowed", "only " + allow + " is allowed here");
  response.allow = std::move(allow);
  return response;
}

bool reads(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

Response not_ready(const AppLinkClient& client) {
  return error(409, "not_ready", "the app link is not ready: " + client.text());
}

Response wrong_pin(const AppLink& link, Time now) {
  const auto wait = link.wait_left(now).count();
  const std::string too_often =
      "the PIN was wrong too often: no PIN is looked at for " + std::to_string(wait) + " s";
  Response response = json({{"error",
                             {{"code", "wrong_pin"},
                              {"message", wait == 0 ? "the PIN is wrong" : too_often},
                              {"wait_s", wait}}}});
  response.status = 403;
  return response;
}

/// The body's object; nothing when it is none.
std::optional<object> object_of(const std::string& body) {
  boost::system::error_code failed;
  const boost::json::value parsed = boost::json::parse(body, failed);
  if (failed || !parsed.is_object()) return std::nullopt;
  return parsed.get_object();
}

std::string pin_of(const object& body) {
  const boost::json::value* pin = body.if_contains("pin");
  return pin != nullptr && pin->is_string() ? std::string(pin->get_string()) : std::string();
}

/// A whole number that a setting can have.
std::optional<std::int32_t> number_of(const boost::json::value* number) {
  if (number == nullptr || !number->is_int64()) return std::nullopt;
  if (!std::in_range<std::int32_t>(number->get_int64())) return std::nullopt;
  return static_cast<std::int32_t>(number->get_int64());
}

std::string sentence(const Refusals& refusals) {
  std::string text;
  for (const std::string& refusal : refusals) text += (text.empty() ? "" : "; ") + refusal;
  return text;
}

/// Why a change may not be made; nothing when it may.
std::optional<Response> stop(AppLink& link, const object& body, Time now) {
  if (!link.is_ready()) return not_ready(link.client());
  if (link.check_pin(pin_of(body), now) != PinVerdict::right) return wrong_pin(link, now);
  return std::nullopt;
}

Response put_setting(AppLink& link, std::string_view name, const Request& request, Time now) {
  const auto place = core::setting_with_name(name);
  if (!place) return error(404, "not_found", "there is no setting of that name");
  const auto body = object_of(request.body);
  const auto value = body ? number_of(body->if_contains("value")) : std::nullopt;
  if (!value) {
    return error(400, "bad_request", R"(expected {"value": a whole number, "pin": "four digits"})");
  }
  if (const auto stopped = stop(link, *body, now)) return *stopped;
  return later([&link, place = *place, value = *value](const Reply& reply) {
    link.change({{place, value}}, false, [&link, place, reply](const Refusals& refusals) {
      const auto& setting = link.client().setting(place);
      if (!refusals.empty() || !setting) {
        reply(error(422, "refused", sentence(refusals)));
      } else {
        reply(json(setting_object(core::settings_table[place], *setting)));
      }
    });
  });
}

/// The changes of an import, and what is wrong with those that are none.
std::pair<std::vector<SettingChange>, Refusals> changes_of(const object& settings) {
  std::pair<std::vector<SettingChange>, Refusals> result;
  for (const auto& entry : settings) {
    const std::string name(std::string_view(entry.key()).substr(0, 64));
    const auto place = core::setting_with_name(entry.key());
    const auto value = number_of(&entry.value());
    if (!place) {
      result.second.push_back("there is no setting \"" + name + "\"");
    } else if (!value) {
      result.second.push_back(name + ": expected a whole number");
    } else {
      result.first.push_back({*place, *value});
    }
  }
  return result;
}

Response put_settings(AppLink& link, const Request& request, Time now) {
  const auto body = object_of(request.body);
  const boost::json::value* settings = body ? body->if_contains("settings") : nullptr;
  if (settings == nullptr || !settings->is_object()) {
    return error(400, "bad_request",
                 R"(expected {"settings": {"name": a whole number, ...}, "pin": "four digits"})");
  }
  if (const auto stopped = stop(link, *body, now)) return *stopped;
  auto [changes, wrong] = changes_of(settings->get_object());
  const Refusals more = check_changes(changes, ClientLook(link.client()), link.client().v_bypass());
  wrong.insert(wrong.end(), more.begin(), more.end());
  if (!wrong.empty()) return error(422, "refused", sentence(wrong));
  return later([&link, changes = changes](const Reply& reply) {
    link.change(changes, true, [&link, reply](const Refusals& refusals) {
      if (refusals.empty()) {
        reply(json(settings_object(link.client())));
      } else {
        reply(error(422, "refused", sentence(refusals)));
      }
    });
  });
}

Response post_login(AppLink& link, const Request& request, Time now) {
  const auto body = object_of(request.body);
  if (!body || pin_of(*body).empty()) {
    return error(400, "bad_request", R"(expected {"pin": "four digits"})");
  }
  return later([&link, pin = pin_of(*body), now](const Reply& reply) {
    link.login(pin, now, [&link, reply, now](std::optional<PinVerdict> verdict) {
      if (!verdict) {
        reply(not_ready(link.client()));
      } else if (*verdict == PinVerdict::right) {
        reply(json({{"state", "ready"}}));
      } else {
        reply(wrong_pin(link, now));
      }
    });
  });
}

/// The answer to a command that changes something else than a setting.
Response obeyed(const Refusals& refusals) {
  return refusals.empty() ? json({{"done", true}}) : error(422, "refused", sentence(refusals));
}

Response put_pin(AppLink& link, const Request& request, Time now) {
  const auto body = object_of(request.body);
  const boost::json::value* text = body ? body->if_contains("new_pin") : nullptr;
  const auto pin = text != nullptr && text->is_string() ? parse_pin(text->get_string())
                                                        : std::optional<std::uint16_t>();
  if (!pin) {
    return error(400, "bad_request",
                 R"(expected {"pin": "four digits", "new_pin": "four digits"})");
  }
  if (const auto stopped = stop(link, *body, now)) return *stopped;
  return later([&link, pin = *pin](const Reply& reply) {
    link.change_pin(pin, [reply](const Refusals& refusals) { reply(obeyed(refusals)); });
  });
}

Response post_clear_energy(AppLink& link, const Request& request, Time now) {
  const auto body = object_of(request.body);
  if (!body || pin_of(*body).empty()) {
    return error(400, "bad_request", R"(expected {"pin": "four digits"})");
  }
  if (const auto stopped = stop(link, *body, now)) return *stopped;
  return later([&link](const Reply& reply) {
    link.clear_energy([reply](const Refusals& refusals) { reply(obeyed(refusals)); });
  });
}

Response get_events(AppLink& link) {
  if (!link.is_ready()) return not_ready(link.client());
  return later([&link](const Reply& reply) {
    link.read_events([&link, reply](const std::optional<std::vector<AgedEvent>>& events) {
      reply(events ? json(events_object(*events)) : not_ready(link.client()));
    });
  });
}

Response put_wire(const PackFeed& feed, std::string_view number, const Request& request) {
  if (!feed.set_wire) return error(409, "no_twin", "only a twin's wires can be cut");
  int board = 0;
  const char* const end = number.data() + number.size();
  const auto [stop, failed] = std::from_chars(number.data(), end, board);
  const auto body = object_of(request.body);
  const boost::json::value* cut = body ? body->if_contains("cut") : nullptr;
  if (cut == nullptr || !cut->is_bool()) {
    return error(400, "bad_request", R"(expected {"cut": true or false})");
  }
  if (failed != std::errc{} || stop != end || !feed.set_wire(board, cut->get_bool())) {
    return error(404, "not_found", "the twin has no such wire; 1 is the IN board's");
  }
  return json({{"wire", board}, {"cut", cut->get_bool()}});
}

std::optional<Response> answer_link(AppLink& link, std::string_view part, const Request& request,
                                    Time now) {
  constexpr std::string_view one = "settings/";
  if (part == "settings" && reads(request)) {
    return link.is_ready() ? json(settings_object(link.client())) : not_ready(link.client());
  }
  if (part == "settings") {
    return request.method == "PUT" ? put_settings(link, request, now) : only("GET, HEAD, PUT");
  }
  if (part.starts_with(one)) {
    return request.method == "PUT" ? put_setting(link, part.substr(one.size()), request, now)
                                   : only("PUT");
  }
  if (part == "login") {
    return request.method == "POST" ? post_login(link, request, now) : only("POST");
  }
  if (part == "pin") return request.method == "PUT" ? put_pin(link, request, now) : only("PUT");
  if (part == "clear_energy") {
    return request.method == "POST" ? post_clear_energy(link, request, now) : only("POST");
  }
  if (part == "events") return reads(request) ? get_events(link) : only("GET, HEAD");
  return std::nullopt;
}

}  // namespace

std::optional<Response> answer_pack_part(const PackFeed& feed, std::string_view part,
                                         const Request& request, Time now) {
  constexpr std::string_view wires = "twin/wires/";
  if (part.starts_with(wires)) {
    return request.method == "PUT" ? put_wire(feed, part.substr(wires.size()), request)
                                   : only("PUT");
  }
  constexpr std::array link_parts{"settings", "login", "pin", "clear_energy", "events"};
  const bool is_link_part =
      part.starts_with("settings/") ||
      std::find(link_parts.begin(), link_parts.end(), part) != link_parts.end();
  if (!is_link_part) return std::nullopt;
  if (feed.app_link == nullptr) {
    return error(409, "not_ready", "this pack has no app link; see --app-link");
  }
  return answer_link(*feed.app_link, part, request, now);
}

}  // namespace cellwarden::gateway::http
