/// What came out of a scenario: verdicts, figures, records for plots. Values only; who writes them
/// down is elsewhere.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/event_log.hpp"
#include "core/settings.hpp"
#include "sim/must.hpp"
#include "sim/recorder.hpp"

namespace cellwarden::sim {

/// One thing that happened, for the margin of the plots.
struct Mark {
  SimTime at = 0;
  int pack = -1;                     ///< index; -1: the site
  std::string words;                 ///< of the scenario's own events
  std::optional<core::Event> event;  ///< as the OUT board logged it, instead of words
};

/// One pack at the end.
struct PackResult {
  std::string name;
  int cells = 0;
  core::Settings settings;  ///< at the start
  core::Voltage v_bypass;
  PackValues last;                                             ///< at the last look
  double energy_in_wh = 0.0, energy_out_wh = 0.0;              ///< true
  double energy_in_shown_wh = 0.0, energy_out_shown_wh = 0.0;  ///< by the boards' counters
};

struct JudgedMust {
  Must must;
  Verdict verdict;
};

struct ScenarioResult {
  std::string title, words;
  std::uint64_t seed = 0;
  SimTime start_of_day = 0;  ///< time of day at which the run started
  SimTime planned = 0, ran = 0;
  bool interrupted = false;
  std::vector<PackResult> packs;
  std::vector<JudgedMust> musts;
  std::vector<Mark> marks;
  bool marks_cut = false;  ///< there were more than are kept
  std::uint64_t trace_hash = 0;

  /// Whether nothing is broken.
  [[nodiscard]] bool held() const {
    for (const JudgedMust& must : musts) {
      if (must.verdict.state == VerdictState::broken) return false;
    }
    return true;
  }
};

}  // namespace cellwarden::sim
