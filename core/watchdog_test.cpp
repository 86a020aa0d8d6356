// SPDX-License-Identifier: Apache-2.0
#include "core/watchdog.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/test_rigs.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

// proves OUT-8
RC_GTEST_PROP(Watchdog, ExpiresExactlyItsTimeoutAfterItWasFedLast, ()) {
  Instant now = Instant::milliseconds(*rc::gen::arbitrary<std::uint32_t>());
  const Duration timeout = Duration::milliseconds(*rc::gen::inRange(1, 10'000));
  Watchdog dog(timeout, now);
  for (int i = 0; i < 20; ++i) {
    now = now + Duration::milliseconds(*rc::gen::inRange(0, timeout.in_milliseconds()));
    RC_ASSERT(!dog.expired(now));
    dog.feed(now);
    RC_ASSERT(dog.expires_at() == now + timeout);
  }
  RC_ASSERT(!dog.expired(dog.expires_at() + -1_ms));
  RC_ASSERT(dog.expired(dog.expires_at()));
}

// proves OUT-8
TEST(Watchdog, StaysExpiredAcrossTheWrapAndWhateverIsFed) {
  const Instant start = Instant::milliseconds(0U - 1000U);
  Watchdog dog(watchdog_timeout, start);
  Instant now = start + watchdog_timeout;
  dog.feed(now);
  for (int day = 0; day < 60; ++day) {
    EXPECT_TRUE(dog.expired(now)) << day;
    dog.feed(now);
    now = now + 86'400'000_ms;
  }
}

/// Runs an OUT board and its watchdog as a home does.
struct Home {
  void step_to(Instant until) {
    while (rig.last.wake_at - until < Duration{}) {
      rig.now = rig.last.wake_at;
      EXPECT_FALSE(dog.expired(rig.now)) << "a board that rests is not hung";
      rig.take(std::nullopt);
      dog.feed(rig.now);
    }
    rig.now = until;
  }

  OutRig rig;
  Watchdog dog{watchdog_timeout, rig.now};
};

// proves OUT-8
TEST(Watchdog, ABoardThatRestsFeedsItInTimeAndOneThatHangsDoesNot) {
  Home home;
  home.rig.cycles(5);
  home.dog = Watchdog(watchdog_timeout, home.rig.now);
  home.step_to(home.rig.now + 120'000_ms);  // the chain is silent: the longest rests there are
  home.rig.cycles(5);
  ASSERT_EQ(home.rig.relays(), both_closed);
  home.dog = Watchdog(watchdog_timeout, home.rig.now);
  const Instant hung = home.rig.now;
  EXPECT_FALSE(home.dog.expired(hung + watchdog_timeout + -1_ms));
  EXPECT_TRUE(home.dog.expired(hung + watchdog_timeout));
  OutBoard& board = home.rig.board;
  board = start_out_board(home.rig.now, board.soc, board.totals, board.options);
  home.rig.take(std::nullopt);
  EXPECT_EQ(home.rig.relays(), both_open) << "the board starts anew";
}

}  // namespace
}  // namespace cellwarden::core
