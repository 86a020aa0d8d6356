/// Guards the PIN against guessing: after three wrong ones each further wrong one makes everybody
/// wait twice as long, up to an hour.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/units.hpp"

namespace cellwarden::core {

/// One for the whole board, whoever asks. Copyable.
class PinGuard {
 public:
  static constexpr int free_tries = 3;
  static constexpr Duration first_wait = Duration::milliseconds(10'000);
  static constexpr Duration longest_wait = Duration::milliseconds(3'600'000);

  /// While waiting nothing is compared, also not the right PIN.
  bool accepts(std::uint16_t given, std::uint16_t pin, Instant now);

  /// To be asked at least once in 24 days, so that a wait ends before the clock wraps.
  bool is_waiting(Instant now);

 private:
  Instant since_;
  Duration wait_;
  int wrong_ = 0;
  bool waiting_ = false;
};

}  // namespace cellwarden::core
