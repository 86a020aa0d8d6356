/// The plant's own random numbers: the same on every compiler, library and CPU. Not for secrets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace cellwarden::plant {

/// Mixes a seed and a number into 64 well-spread bits; without state, for "the value of slot n".
/// @source  splitmix64, S. Vigna, public domain (CC0)
constexpr std::uint64_t mix(std::uint64_t seed, std::uint64_t number) {
  std::uint64_t z = seed + 0x9e3779b97f4a7c15U * (number + 1);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

/// Turns 64 random bits into a number in 0 (included) .. 1 (excluded), a multiple of 2^-53.
constexpr double to_unit(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1.0p-53; }

/// A stream of random numbers; copyable, a copy repeats the original.
/// @source  xoshiro256** 1.0, D. Blackman and S. Vigna, public domain (CC0)
class Random {
 public:
  /// Every seed is good, 0 included; streams of different seeds are unrelated.
  explicit constexpr Random(std::uint64_t seed)
      : state_{mix(seed, 0), mix(seed, 1), mix(seed, 2), mix(seed, 3)} {}

  /// 64 random bits.
  constexpr std::uint64_t next() {
    const std::uint64_t result = rotated_left(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotated_left(state_[3], 45);
    return result;
  }

  /// Even in `low` (included) .. `high`.
  constexpr double uniform(double low, double high) { return low + (high - low) * to_unit(next()); }

  /// Bell-shaped with mean 0 and standard deviation 1: the sum of twelve uniforms less six
  /// (Irwin-Hall), so never beyond -6..6 and within 0.003 of the normal distribution function.
  constexpr double normal() {
    double sum = -6.0;
    for (int draw = 0; draw < 12; ++draw) sum += to_unit(next());
    return sum;
  }

  /// `normal()` times `sigma`, held within -limit..limit.
  constexpr double normal_within(double sigma, double limit) {
    const double value = sigma * normal();
    return value < -limit ? -limit : (value > limit ? limit : value);
  }

 private:
  static constexpr std::uint64_t rotated_left(std::uint64_t x, int by) {
    return (x << by) | (x >> (64 - by));
  }

  std::array<std::uint64_t, 4> state_;
};

}  // namespace cellwarden::plant
