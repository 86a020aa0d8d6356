// SPDX-License-Identifier: Apache-2.0
#include "gateway/outlets/http/app_link_json.hpp"

#include "gateway/app_link/event_text.hpp"
#include "gateway/app_link/setting_text.hpp"

namespace cellwarden::gateway::http {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

std::string_view word(AppLinkState state) {
  switch (state) {
    case AppLinkState::connecting:
      return "connecting";
    case AppLinkState::locked:
      return "locked";
    case AppLinkState::ready:
      return "ready";
  }
  return "connecting";
}

object chain_object(const wire::AppChain& chain) {
  const auto place = break_before(chain);
  return {{"fault", chain_fault_word(chain.fault)},
          {"break_before", place ? value(*place) : value(nullptr)},
          {"cell_count", chain.cell_count},
          {"text", chain_text(chain)}};
}

value choices_of(const core::SettingRow& row) {
  const auto words = choice_words(row);
  return words.empty() ? value(nullptr) : value(array(words.begin(), words.end()));
}

}  // namespace

object app_link_object(const AppLink* link) {
  if (link == nullptr) return {{"state", "none"}};
  const AppLinkClient& client = link->client();
  object result{{"state", word(client.state())}, {"text", client.text()}};
  if (link->is_ready() && client.chain()) result["chain"] = chain_object(*client.chain());
  return result;
}

object setting_object(const core::SettingRow& row, const wire::AppSetting& setting) {
  return {{"id", row.id},
          {"name", row.name},
          {"title", row.title},
          {"unit", unit_word(core::unit_of(row))},
          {"value", setting.value},
          {"minimum", setting.minimum},
          {"maximum", setting.maximum},
          {"preset", setting.preset},
          {"step", setting.step},
          {"inherit", row.inherit != 0 ? value(row.inherit) : value(nullptr)},
          {"choices", choices_of(row)}};
}

object settings_object(const AppLinkClient& client) {
  array list;
  for (std::size_t i = 0; i < core::settings_table.size(); ++i) {
    if (const auto& setting = client.setting(i)) {
      list.push_back(setting_object(core::settings_table[i], *setting));
    }
  }
  const auto v_bypass = client.v_bypass();
  return {{"settings", list},
          {"v_bypass_mv", v_bypass ? value(v_bypass->in_millivolts()) : value(nullptr)}};
}

object events_object(const std::vector<AgedEvent>& events) {
  array list;
  for (const AgedEvent& entry : events) {
    const wire::AppEvent& event = entry.event;
    list.push_back(object{{"age_s", entry.age_s},
                          {"kind", event_kind_word(event)},
                          {"cause", event_cause_word(event)},
                          {"cell", event.cell != 0 ? value(event.cell) : value(nullptr)},
                          {"value", event.value},
                          {"text", event_text(event)}});
  }
  return {{"events", list}};
}

}  // namespace cellwarden::gateway::http
