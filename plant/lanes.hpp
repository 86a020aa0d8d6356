/// Two doubles side by side, as every vector unit since SSE2, NEON and WebAssembly SIMD has them.
/// Each lane does exactly what a double does, so results do not depend on the unit or the compiler;
/// a compiler's own vectoriser is not relied on (g++ 12 gives up on these loops).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace cellwarden::plant {

using Lanes = double __attribute__((vector_size(16)));
/// All bits set in a lane where a comparison held.
using LaneMask = std::int64_t __attribute__((vector_size(16)));
inline constexpr std::size_t lane_count = 2;

inline Lanes load(const double* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

inline void store(double* to, Lanes lanes) { std::memcpy(to, &lanes, sizeof lanes); }

/// Bit by bit: compilers turn the ternary of vectors into a second comparison.
inline Lanes select(LaneMask where, Lanes yes, Lanes no) {
  const auto yes_bits = std::bit_cast<LaneMask>(yes);
  const auto no_bits = std::bit_cast<LaneMask>(no);
  return std::bit_cast<Lanes>((where & yes_bits) | (~where & no_bits));
}

inline bool any(LaneMask mask) { return (mask[0] | mask[1]) != 0; }

}  // namespace cellwarden::plant
