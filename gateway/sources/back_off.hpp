/// How long to wait before trying a port again: 0.5 s twice, then doubling to 30 s, each a little
/// different so that many gateways do not try in step.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "gateway/clock.hpp"

namespace cellwarden::gateway {

class BackOff {
 public:
  static constexpr milliseconds shortest{500};
  static constexpr milliseconds longest{30'000};

  explicit BackOff(std::uint64_t seed) : state_(seed) {}

  /// The wait before the next try: within 20 % of its step, never outside shortest..longest.
  milliseconds next();

  /// The port works: the next wait is the shortest again.
  void reset() { tries_ = 0; }

 private:
  std::uint64_t state_;
  int tries_ = 0;
};

}  // namespace cellwarden::gateway
