// SPDX-License-Identifier: Apache-2.0
#include "core/pin_guard.hpp"

#include <algorithm>

namespace cellwarden::core {

bool PinGuard::accepts(std::uint16_t given, std::uint16_t pin, Instant now) {
  if (is_waiting(now)) return false;
  if (given == pin) {
    *this = {};
    return true;
  }
  ++wrong_;
  if (wrong_ < free_tries) return false;
  wait_ = std::clamp(wait_ + wait_, first_wait, longest_wait);
  since_ = now;
  waiting_ = true;
  return false;
}

bool PinGuard::is_waiting(Instant now) {
  waiting_ = waiting_ && now - since_ < wait_;
  return waiting_;
}

}  // namespace cellwarden::core
