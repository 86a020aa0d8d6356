// SPDX-License-Identifier: Apache-2.0
#include "gateway/sources/back_off.hpp"

#include <algorithm>

namespace cellwarden::gateway {

milliseconds BackOff::next() {
  constexpr int steps_to_longest = 7;
  const int doublings = std::clamp(tries_ - 1, 0, steps_to_longest);
  tries_ = std::min(tries_ + 1, steps_to_longest + 1);
  const auto step = std::min(shortest * (1 << doublings), longest);
  // splitmix64: ours, so that the same seed waits the same everywhere.
  state_ += 0x9E37'79B9'7F4A'7C15U;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D0'49BB'1331'11EBU;
  mixed ^= mixed >> 31U;
  const auto percent = 80 + static_cast<int>(mixed % 41U);
  return std::clamp(step * percent / 100, shortest, longest);
}

}  // namespace cellwarden::gateway
