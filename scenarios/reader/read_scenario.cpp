// SPDX-License-Identifier: Apache-2.0
#include "scenarios/reader/read_scenario.hpp"

#include <cmath>
#include <stdexcept>

#include "core/setting_values.hpp"
#include "sim/site.hpp"

#include "scenarios/reader/bad_scenario.hpp"
#include "scenarios/reader/condition_text.hpp"
#include "scenarios/reader/read_actions.hpp"
#include "scenarios/reader/read_site.hpp"

namespace cellwarden::scenarios {
namespace {

/// A setting in the unit of the quantity it is compared with.
std::optional<double> setting_of(const sim::Scenario& scenario, int pack, std::string_view name) {
  const auto place = core::setting_with_name(name);
  const auto& packs = scenario.site.buses.front().packs;
  const sim::ChainOptions& chain = packs[static_cast<std::size_t>(pack)].chain;
  if (name == "v_bypass") return core::v_bypass(chain.switches).in_millivolts() / 1000.0;
  if (!place) return std::nullopt;
  const double value = chain.out_memory.settings.at(*place);
  const core::SettingUnit unit = core::unit_of(core::settings_table[*place]);
  if (unit == core::SettingUnit::millivolts || unit == core::SettingUnit::milliamperes) {
    return value / 1000.0;
  }
  return unit == core::SettingUnit::decicelsius ? value / 10.0 : value;
}

/// Reads one [[must]].
class MustReader {
 public:
  MustReader(FileTable& table, const sim::Scenario& scenario, const EventTimes& events)
      : table_(table), scenario_(scenario), events_(events) {}

  sim::Must read() {
    must_.words = table_.text("what").value_or("");
    if (must_.words.empty()) table_.refuse_value("what", "a sentence that says what must hold");
    read_form();
    read_window();
    if (const auto grace = table_.duration("longer_than")) {
      if (must_.form != sim::MustForm::always && must_.form != sim::MustForm::never) {
        table_.refuse("longer_than", "longer_than goes with always or never only");
      }
      must_.grace = *grace;
    }
    table_.only_known();
    add_window_words();
    return must_;
  }

 private:
  void read_form() {
    struct Form {
      std::string_view key;
      sim::MustForm form;
    };
    constexpr Form forms[] = {{"always", sim::MustForm::always},
                              {"never", sim::MustForm::never},
                              {"becomes", sim::MustForm::becomes},
                              {"at_end", sim::MustForm::at_end}};
    std::string_view found;
    for (const Form& form : forms) {
      const auto text = table_.text(form.key);
      if (!text) continue;
      if (!found.empty()) {
        table_.refuse(form.key, "both " + std::string(found) + " and " + std::string(form.key) +
                                    ", expected one of them");
      }
      found = form.key;
      must_.form = form.form;
      read_condition(form.key, *text);
    }
    if (found.empty()) {
      table_.refuse("what", "no condition, expected one of always, never, becomes, at_end");
    }
  }

  void read_condition(std::string_view key, const std::string& text) {
    ConditionNames names;
    for (const std::string& pack : scenario_.pack_names) names.packs.emplace_back(pack);
    names.setting = [this](int pack, std::string_view name) {
      return setting_of(scenario_, pack, name);
    };
    try {
      must_.condition = parse_condition(text, names);
    } catch (const std::invalid_argument& wrong) {
      table_.refuse(key, std::string(key) + ": " + wrong.what());
    }
    constexpr const char* words[] = {"always", "never", "becomes", "at the end"};
    must_.text = std::string(words[static_cast<std::size_t>(must_.form)]) + " " + text;
  }

  /// ", from 06:00:05 until 07:00:00, longer than 2 s"
  void add_window_words() {
    const auto start = sim::SimTime{std::llround(scenario_.site.start_hour * 3600e6)};
    if (must_.from > 0) must_.text += ", from " + clock_text(start + must_.from);
    if (must_.form != sim::MustForm::at_end && must_.until < scenario_.duration) {
      must_.text += (must_.from > 0 ? " until " : ", until ") + clock_text(start + must_.until);
    }
    if (must_.grace > 0) must_.text += ", longer than " + duration_text(must_.grace);
  }

  std::optional<EventTime> event(std::string_view key) {
    const auto name = table_.text(key);
    if (!name) return std::nullopt;
    const auto found = events_.find(*name);
    if (found != events_.end()) return found->second;
    std::string list;
    for (const auto& [each, time] : events_) list += (list.empty() ? "" : ", ") + each;
    table_.refuse_value(
        key, list.empty() ? "the name of an event; none has one" : "the name of an event: " + list);
  }

  void read_window() {
    must_.until = scenario_.duration;
    const auto from = read_moment(table_, "from", scenario_);
    const auto until = read_moment(table_, "until", scenario_);
    const auto after = event("after");
    const auto after_end = event("after_end");
    const auto within = table_.duration("within");
    const auto delay = table_.duration("delay");
    if (must_.form == sim::MustForm::at_end) {
      for (const char* key : {"from", "until", "after", "after_end", "within", "delay"}) {
        if (table_.has(key)) table_.refuse(key, std::string(key) + " does not go with at_end");
      }
      return;
    }
    if (after_end && !after_end->until) {
      table_.refuse_value("after_end", "an event with an end (until or for)");
    }
    if (from) must_.from = *from;
    // The look at the event's own moment still shows what was before it.
    if (after) must_.from = after->at + 1;
    if (after_end) must_.from = *after_end->until + 1;
    must_.from += delay.value_or(0);
    if (until) must_.until = *until;
    if (within) must_.until = must_.from + *within;
    if (must_.until < must_.from) {
      table_.refuse_value(until ? "until" : "within", "a moment after the beginning");
    }
    if (must_.from > scenario_.duration || must_.until > scenario_.duration) {
      table_.refuse("what", "this is about a time after the end of the run at " +
                                duration_text(scenario_.duration));
    }
  }

  FileTable& table_;
  const sim::Scenario& scenario_;
  const EventTimes& events_;
  sim::Must must_;
};

sim::Scenario read_root(const toml::table& parsed, const std::string& file) {
  FileTable root(parsed, "the file", file);
  sim::Scenario scenario;
  scenario.title = root.text("title").value_or("");
  if (scenario.title.empty()) root.refuse_value("title", "a short title");
  scenario.words = root.text("words").value_or("");
  const auto duration = root.duration("duration");
  if (!duration || *duration < second) {
    root.refuse_value("duration", R"(at least "1 s", e.g. "1 d")");
  }
  scenario.duration = *duration;
  read_site(root, scenario);
  const EventTimes events = read_actions(root, scenario);
  std::vector<FileTable> musts = root.tables("must");
  if (musts.empty()) root.refuse("must", "there is no [[must]], expected at least one");
  for (FileTable& table : musts) {
    scenario.musts.push_back(MustReader(table, scenario, events).read());
  }
  root.only_known();
  return scenario;
}

}  // namespace

sim::Scenario read_scenario(std::string_view text, const std::string& file) {
  toml::table parsed;
  try {
    parsed = toml::parse(text);
  } catch (const toml::parse_error& wrong) {
    throw BadScenario(file + ":" + std::to_string(wrong.source().begin.line) + ": " +
                      std::string(wrong.description()));
  }
  sim::Scenario scenario = read_root(parsed, file);
  try {
    const sim::Site site(scenario.site);
  } catch (const std::invalid_argument& wrong) {
    // A limit of the plant that no line above knows.
    throw BadScenario(file + ":1: " + wrong.what());
  }
  return scenario;
}

}  // namespace cellwarden::scenarios
