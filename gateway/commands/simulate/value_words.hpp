/// Numbers of a scenario in words, for table and report.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/scenario_result.hpp"

namespace cellwarden::gateway {

/// "12.5": rounded to `decimals`; never "-0.0".
std::string decimal(double number, int decimals);

/// "3.652 V", "open", "on", "3".
std::string quantity_text(sim::Quantity quantity, double value);

/// What is to be told of a verdict: "at most 3.652 V", "3.652 V at 12:31:05", "closed at 06:30:02".
std::string verdict_text(const sim::JudgedMust& judged, sim::SimTime start_of_day);

/// A mark's words: the scenario's own, or the board's log entry.
std::string mark_text(const sim::Mark& mark);

/// The time of day, from the second day on with its number: "day 2 10:30:05".
std::string time_text(sim::SimTime at, sim::SimTime start_of_day);

/// 16 digits.
std::string hash_text(std::uint64_t hash);

}  // namespace cellwarden::gateway
