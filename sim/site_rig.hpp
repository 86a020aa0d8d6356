/// A site under test, and every event its boards told.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sim/site.hpp"

namespace cellwarden::sim {

inline constexpr SimTime second = 1'000'000;
inline constexpr SimTime hour = 3600 * second;
inline constexpr core::Relays both{true, true};

struct SiteRig {
  explicit SiteRig(const SiteOptions& options) : site(options, hooks()) {}

  SiteHooks hooks() {
    SiteHooks hooks;
    hooks.event = [this](SimTime, int, const core::Event& event) { events.push_back(event); };
    return hooks;
  }

  [[nodiscard]] SitePack& pack() { return site.pack(0); }
  [[nodiscard]] core::Relays contacts() { return pack().contacts(); }
  void run_for(SimTime time) { site.run_until(site.now() + time); }

  /// Runs until the contacts are no more `as`, looking every ten seconds.
  /// @return  whether that happened within `most`
  bool run_while(core::Relays as, SimTime most) {
    const SimTime end = site.now() + most;
    while (contacts() == as && site.now() < end) run_for(10 * second);
    return contacts() != as;
  }

  /// The last event of a kind; `none` when there was none.
  [[nodiscard]] core::Event newest(core::EventKind kind) const {
    core::Event found;
    for (const core::Event& event : events) {
      if (event.kind == kind) found = event;
    }
    return found;
  }

  /// Incoming current as the OUT board knows it.
  [[nodiscard]] double in_a() {
    return pack().chain().out_board().currents.in.value_or(core::Current{}).in_milliamperes() / 1e3;
  }

  std::vector<core::Event> events;
  Site site;
};

}  // namespace cellwarden::sim
