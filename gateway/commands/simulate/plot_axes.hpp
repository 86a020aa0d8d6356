/// Where the labels of a plot's axes stand: round values, round times of day.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/wire_link.hpp"

namespace cellwarden::gateway {

struct ValueRange {
  double low = 0.0, high = 1.0;
};

/// From `low` to `high` in steps that people count in: 1, 2 or 5 times a power of ten.
struct Axis {
  double low = 0.0, high = 1.0, step = 1.0;
  int decimals = 0;  ///< that a label needs
};

/// An axis of 3 to 7 labels that covers `range`, which may be a single value.
Axis nice_axis(ValueRange range);

struct TimeTick {
  sim::SimTime at = 0;  ///< since the start of the run
  std::string words;    ///< "06:00", "06:00:30", "day 3"
};

/// At most 9 ticks on whole times of the day. Days count from 1.
std::vector<TimeTick> time_ticks(sim::SimTime start_of_day, sim::SimTime run);

}  // namespace cellwarden::gateway
