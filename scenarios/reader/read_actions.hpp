/// Reads the [[event]] tables: what is done to the site, when, and until when.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "sim/scenario.hpp"

#include "scenarios/reader/file_table.hpp"

namespace cellwarden::scenarios {

/// When a named event begins and ends.
struct EventTime {
  sim::SimTime at = 0;
  std::optional<sim::SimTime> until;
};
using EventTimes = std::map<std::string, EventTime>;

/// Fills in `scenario.actions`; site and duration are known already.
/// @return  the events that have a name
EventTimes read_actions(FileTable& root, sim::Scenario& scenario);

/// A moment of the run: "06:30" by the clock, "2d 06:30" two midnights later, "90 s" or 90 after
/// the start.
/// @param end_too  the end of the run is one as well
std::optional<sim::SimTime> read_moment(FileTable& table, std::string_view key,
                                        const sim::Scenario& scenario);

}  // namespace cellwarden::scenarios
