/// Keeps a client of the gateway from guessing PINs: after three wrong ones each further one makes
/// everybody wait twice as long, up to an hour. The board has its own guard; this one keeps it from
/// being asked.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>

#include "gateway/clock.hpp"

namespace cellwarden::gateway {

/// One for a pack, whoever asks.
class PinDelay {
 public:
  static constexpr int free_tries = 3;
  static constexpr std::chrono::seconds first_wait{10};
  static constexpr std::chrono::seconds longest_wait{3'600};

  /// How long no PIN is looked at, the right one neither; 0 when one is.
  [[nodiscard]] std::chrono::seconds left(Time now) const {
    if (now >= until_) return std::chrono::seconds(0);
    return std::chrono::ceil<std::chrono::seconds>(until_ - now);
  }
  void right() { *this = {}; }
  void wrong(Time now) {
    if (++wrong_ < free_tries) return;
    until_ = now + wait_;
    wait_ = std::min(wait_ * 2, longest_wait);
  }

 private:
  Time until_;
  std::chrono::seconds wait_ = first_wait;
  int wrong_ = 0;
};

}  // namespace cellwarden::gateway
