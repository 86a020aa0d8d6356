// SPDX-License-Identifier: Apache-2.0
#include "scenarios/reader/read_actions.hpp"

#include <algorithm>
#include <cmath>

#include "sim/scenario_run.hpp"

#include "scenarios/reader/action_reader.hpp"

namespace cellwarden::scenarios {
namespace {

using sim::ActionKind;
using sim::TimedAction;

/// Reads when one [[event]] happens and to which pack.
class EventReader {
 public:
  EventReader(FileTable& table, const sim::Scenario& scenario)
      : table_(table), scenario_(scenario) {}

  TimedAction read() {
    read_times();
    read_pack();
    const auto& packs = scenario_.site.buses.front().packs;
    ActionReader(table_, packs[static_cast<std::size_t>(timed_.pack)], timed_).read();
    if (const auto words = table_.text("words")) {
      timed_.words = *words;
      timed_.until_words = *words + ": over";
    }
    if (timed_.until && !sim::can_end(timed_.action.kind)) {
      table_.refuse(
          table_.has("until") ? "until" : "for",
          "\"" + table_.text("do").value_or("") + "\" has no end, expected neither until nor for");
    }
    return timed_;
  }

 private:
  void read_times() {
    const auto at = read_moment(table_, "at", scenario_);
    if (!at) table_.refuse("at", "at is missing, expected when the event happens");
    timed_.at = *at;
    timed_.until = read_moment(table_, "until", scenario_);
    if (const auto length = table_.duration("for")) {
      if (timed_.until) table_.refuse("for", "both until and for, expected one of them");
      timed_.until = timed_.at + *length;
    }
    if (timed_.until && *timed_.until <= timed_.at) {
      table_.refuse_value(table_.has("until") ? "until" : "for", "a moment after at");
    }
  }

  void read_pack() {
    const auto name = table_.text("pack");
    const auto& names = scenario_.pack_names;
    if (!name) {
      if (names.size() > 1) table_.refuse("pack", "pack is missing, expected which of the packs");
      return;
    }
    const auto found = std::find(names.begin(), names.end(), *name);
    if (found == names.end()) {
      std::string list;
      for (const std::string& each : names) list += (list.empty() ? "" : ", ") + each;
      table_.refuse_value("pack", "a pack: " + list);
    }
    timed_.pack = static_cast<int>(found - names.begin());
  }

  FileTable& table_;
  const sim::Scenario& scenario_;
  TimedAction timed_;
};

/// Actions on one target must not overlap: what would hold then?
bool same_target(const TimedAction& a, const TimedAction& b) {
  const auto on = [](ActionKind kind) {
    return kind == ActionKind::noisy_wire ? ActionKind::cut_wire : kind;
  };
  return a.pack == b.pack && on(a.action.kind) == on(b.action.kind) &&
         a.action.number == b.action.number;
}

/// Until when an action keeps its target; a moment only when it has no end of its own.
sim::SimTime end_of(const TimedAction& timed, sim::SimTime duration) {
  if (timed.until) return *timed.until;
  const ActionKind kind = timed.action.kind;
  const bool moment =
      !sim::can_end(kind) || kind == ActionKind::set_switch || kind == ActionKind::sensor;
  return moment ? timed.at : duration;
}

void refuse_overlap(const FileTable& table, const TimedAction& timed, const FileTable& other_table,
                    const TimedAction& other, sim::SimTime duration) {
  if (!same_target(timed, other)) return;
  const bool apart = timed.at > other.at
                         ? timed.at >= end_of(other, duration)
                         : other.at > timed.at && other.at >= end_of(timed, duration);
  if (apart) return;
  table.refuse("at", "this event (" + timed.words + ") overlaps the one of line " +
                         std::to_string(other_table.line("at")) +
                         ", expected one after the other on one target");
}

}  // namespace

std::optional<sim::SimTime> read_moment(FileTable& table, std::string_view key,
                                        const sim::Scenario& scenario) {
  constexpr const char* expected =
      R"(a moment like "06:30", "2d 06:30", "90 s" after the start, or a number of seconds)";
  const auto text = table.text_if(key);
  const auto clock = text ? parse_clock(*text) : std::nullopt;
  if (!clock) {
    if (text && !parse_duration(*text)) table.refuse_value(key, expected);
    const auto since_start = table.duration(key);
    if (since_start && *since_start > scenario.duration) {
      table.refuse_value(
          key, "a moment of the run, which ends after " + duration_text(scenario.duration));
    }
    return since_start;
  }
  const auto start = sim::SimTime{std::llround(scenario.site.start_hour * 3600e6)};
  if (*clock < start) {
    table.refuse_value(key, "a moment after the start at " + clock_text(start));
  }
  if (*clock - start > scenario.duration) {
    table.refuse_value(
        key, "a moment of the run, which ends at " + clock_text(start + scenario.duration));
  }
  return *clock - start;
}

EventTimes read_actions(FileTable& root, sim::Scenario& scenario) {
  EventTimes times;
  std::vector<FileTable> tables = root.tables("event");
  for (std::size_t i = 0; i < tables.size(); ++i) {
    FileTable& table = tables[i];
    const TimedAction timed = EventReader(table, scenario).read();
    if (const auto name = table.text("name")) {
      if (!times.emplace(*name, EventTime{timed.at, timed.until}).second) {
        table.refuse_value("name", "a name that no other event has");
      }
    }
    table.only_known();
    for (std::size_t other = 0; other < i; ++other) {
      refuse_overlap(table, timed, tables[other], scenario.actions[other], scenario.duration);
    }
    scenario.actions.push_back(timed);
  }
  return times;
}

}  // namespace cellwarden::scenarios
