/// The OUT board across the wrap of its clock and through long silence.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/test_rigs.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

// proves OUT-8, REL-10
RC_GTEST_PROP(OutBoard, BehavesTheSameWhereverItsClockStands, ()) {
  const auto run = [](Instant start) {
    OutRig rig({.at = start});
    std::vector<Relays> seen;
    for (int i = 0; i < 12; ++i) {
      i == 4 || (i >= 7 && i <= 9) ? rig.lose() : rig.cycle();
      seen.push_back(rig.relays());
    }
    return std::pair(seen, rig.frames.size());
  };
  const auto before_wrap = *rc::gen::inRange<std::uint32_t>(0, 13'000);
  RC_ASSERT(run(Instant::milliseconds(0U - before_wrap)) == run(Instant::milliseconds(50'000)));
}

// proves OUT-8
RC_GTEST_PROP(OutBoard, StaysOpenThroughAnyLengthOfSilence, ()) {
  const auto before_wrap = *rc::gen::inRange<std::uint32_t>(0, 600'000);
  OutRig rig({.at = Instant::milliseconds(0U - before_wrap)});
  rig.cycles(3);
  RC_ASSERT(rig.relays() == both_closed);
  rig.run_for(2500_ms);
  const Instant end = rig.now + 600'000_ms;
  int steps = 0;
  while (end - rig.now > Duration{}) {
    RC_ASSERT(rig.last.wake_at - rig.now > Duration{});
    RC_ASSERT(rig.last.wake_at - rig.now <= 2500_ms);
    rig.now = rig.last.wake_at;
    rig.take(std::nullopt);
    RC_ASSERT(rig.relays() == both_open);
    RC_ASSERT(rig.board.alarms.communication);
    ++steps;
  }
  RC_ASSERT(steps <= 600 * 3);  // it may rest
}

}  // namespace
}  // namespace cellwarden::core
