/// A hash over the bits of numbers, to compare two runs. Not for secrets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "plant/random.hpp"

namespace cellwarden::plant {

/// Order matters; 0.0 and -0.0 differ.
class StateHash {
 public:
  constexpr void add(std::uint64_t bits) { hash_ = mix(hash_, bits); }
  constexpr void add(double number) { add(std::bit_cast<std::uint64_t>(number)); }
  constexpr void add(std::span<const double> numbers) {
    for (const double number : numbers) add(number);
  }
  [[nodiscard]] constexpr std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0;
};

}  // namespace cellwarden::plant
