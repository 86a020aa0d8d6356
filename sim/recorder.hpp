/// Keeps what a report needs of a run, however long: every quantity thinned to a fixed number of
/// spans with lowest, highest and mean value, each cell's voltage once a span, and the instants at
/// which contacts and lamps changed. Draws nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "plant/float_view.hpp"
#include "sim/quantity.hpp"
#include "sim/wire_link.hpp"

namespace cellwarden::sim {

/// One quantity over the run; what a span without looks holds says nothing.
struct Series {
  std::vector<float> lowest, highest, mean;
};

/// A contact or lamp: it is what `on` says from `at` to the next change.
struct Change {
  SimTime at = 0;
  bool on = false;
};

/// Everything kept of one pack.
struct PackRecord {
  std::array<Series, quantity_count> series;
  std::array<std::vector<Change>, quantity_count> changes;  ///< of contacts and lamps
  std::vector<std::vector<float>> cell_voltage;             ///< [cell][span], at its first look
  std::vector<std::uint32_t> looks;                         ///< in each span
  bool changes_cut = false;  ///< more changes than `changes_max`; the rest is not kept

  [[nodiscard]] const Series& of(Quantity quantity) const {
    return series[static_cast<std::size_t>(quantity)];
  }
};

inline constexpr std::size_t recorded_spans = 1200;
inline constexpr std::size_t changes_max = 20'000;

class Recorder {
 public:
  /// @param duration  of the whole run
  /// @param look      the time between two looks; a span is never shorter
  /// @param cells     of each pack
  Recorder(SimTime duration, SimTime look, std::span<const int> cells);

  /// One look at a pack. Looks come in order of time.
  /// @param cell_voltage_v  as many as the pack has cells
  void look(SimTime at, std::size_t pack, const PackValues& values,
            plant::FloatView cell_voltage_v);

  [[nodiscard]] const std::vector<PackRecord>& packs() const { return packs_; }
  /// Length of one span.
  [[nodiscard]] SimTime span() const { return span_; }
  /// How many spans the run was planned to have; those after its end are empty.
  [[nodiscard]] std::size_t spans() const { return spans_; }

 private:
  SimTime span_ = 0;
  std::size_t spans_ = 0;
  std::vector<PackRecord> packs_;
  std::vector<std::size_t> two_states_;  ///< places of the quantities that are on or off
};

}  // namespace cellwarden::sim
