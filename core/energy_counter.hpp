/// Counts energy for fifteen years without rounding: whole watt-hours and the nanojoules left over.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/units.hpp"

namespace cellwarden::core {

/// Never falls, except by `clear`. Copyable.
class EnergyCounter {
 public:
  static EnergyCounter at(Energy total) {
    EnergyCounter counter;
    counter.whole_ = total;
    return counter;
  }
  /// Work below zero is not counted.
  void add(Work work) {
    if (work > Work{}) rest_ += work;
    if (rest_.in_nanojoules() < nanojoules_per_watt_hour) return;
    whole_ += Energy::watt_hours(rest_.in_nanojoules() / nanojoules_per_watt_hour);
    rest_ = Work::nanojoules(rest_.in_nanojoules() % nanojoules_per_watt_hour);
  }
  void clear() { *this = {}; }
  [[nodiscard]] Energy total() const { return whole_; }

 private:
  static constexpr std::int64_t nanojoules_per_watt_hour = 3'600'000'000'000;
  Energy whole_;
  Work rest_;
};

}  // namespace cellwarden::core
