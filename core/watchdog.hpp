/// The watchdog of the OUT board, as a model of the one in its chip: a home feeds it after each
/// finished step. When it expires the home opens both relays and starts the board anew
/// (`start_out_board` begins with both open), so that a hung board never leaves one closed (OUT-8).
/// Does not move relays itself.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/units.hpp"

namespace cellwarden::core {

/// Longer than an OUT board ever rests: two and a half slow periods, when the chain falls silent.
inline constexpr Duration watchdog_timeout = Duration::milliseconds(3000);

/// Runs from its start on and cannot be stopped; once expired it stays so, as the chip's resets the
/// chip. Copyable.
class Watchdog {
 public:
  /// @param timeout  above 0
  Watchdog(Duration timeout, Instant now) : fed_at_(now), timeout_(timeout) {}

  /// A step is finished. Comes too late when the time is over.
  /// @param now  not before the last call's, and less than 24 days after it
  void feed(Instant now) {
    if (!expired(now)) fed_at_ = now;
  }

  /// Whether the time is over. Ask at least every 24 days.
  [[nodiscard]] bool expired(Instant now) {
    expired_ = expired_ || now - fed_at_ >= timeout_;
    return expired_;
  }

  /// When it will expire unless fed; meaningless once it has.
  [[nodiscard]] Instant expires_at() const { return fed_at_ + timeout_; }

 private:
  Instant fed_at_;
  Duration timeout_;
  bool expired_ = false;
};

}  // namespace cellwarden::core
