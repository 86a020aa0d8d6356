/// W numbers side by side: W floats in one register, W doubles in two. Each lane does exactly what
/// a number alone does, so results depend neither on W nor on the compiler, whose own vectoriser is
/// not relied on (g++ 12 gives up on these loops).
/// Everything is a template of W, so that code for one vector unit is never taken for another's.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace cellwarden::plant {

// g++ takes no size from a template's argument here.
template <std::size_t W>
struct LaneTypes;
template <>
struct LaneTypes<4> {
  using Floats = float __attribute__((vector_size(16)));
  using Bits = std::int32_t __attribute__((vector_size(16)));
  using Half = double __attribute__((vector_size(16)));
  using HalfBits = std::int64_t __attribute__((vector_size(16)));
  using HalfFloats = float __attribute__((vector_size(8)));
};
template <>
struct LaneTypes<8> {
  using Floats = float __attribute__((vector_size(32)));
  using Bits = std::int32_t __attribute__((vector_size(32)));
  using Half = double __attribute__((vector_size(32)));
  using HalfBits = std::int64_t __attribute__((vector_size(32)));
  using HalfFloats = float __attribute__((vector_size(16)));
};
template <>
struct LaneTypes<16> {
  using Floats = float __attribute__((vector_size(64)));
  using Bits = std::int32_t __attribute__((vector_size(64)));
  using Half = double __attribute__((vector_size(64)));
  using HalfBits = std::int64_t __attribute__((vector_size(64)));
  using HalfFloats = float __attribute__((vector_size(32)));
};

template <std::size_t W>
struct Lanes {
  using Floats = typename LaneTypes<W>::Floats;
  using Bits = typename LaneTypes<W>::Bits;
  using Half = typename LaneTypes<W>::Half;
  using HalfBits = typename LaneTypes<W>::HalfBits;
  using HalfFloats = typename LaneTypes<W>::HalfFloats;

  struct Doubles {
    Half low, high;
    friend Doubles operator+(Doubles a, Doubles b) { return {a.low + b.low, a.high + b.high}; }
    friend Doubles operator-(Doubles a, Doubles b) { return {a.low - b.low, a.high - b.high}; }
    friend Doubles operator*(Doubles a, Doubles b) { return {a.low * b.low, a.high * b.high}; }
    friend Doubles operator*(double a, Doubles b) { return {a * b.low, a * b.high}; }
    friend Doubles operator-(Doubles a, double b) { return {a.low - b, a.high - b}; }
    friend Doubles operator-(double a, Doubles b) { return {a - b.low, a - b.high}; }
  };

  /// @param from  aligned to a whole block, as every array of `Cells` is
  static Floats load(const float* from) {
    Floats lanes;
    std::memcpy(&lanes, __builtin_assume_aligned(from, 16), sizeof lanes);
    return lanes;
  }
  static void store(float* to, Floats lanes) {
    std::memcpy(__builtin_assume_aligned(to, 16), &lanes, sizeof lanes);
  }
  static Half load_half(const double* from) {
    Half half;
    std::memcpy(&half, __builtin_assume_aligned(from, 16), sizeof half);
    return half;
  }
  static Doubles load(const double* from) { return {load_half(from), load_half(from + W / 2)}; }
  static void store(double* to, Doubles lanes) {
    std::memcpy(__builtin_assume_aligned(to, 16), &lanes.low, sizeof lanes.low);
    std::memcpy(__builtin_assume_aligned(to + W / 2, 16), &lanes.high, sizeof lanes.high);
  }

  /// Rounds to the nearest float.
  static Floats narrow(Doubles a) {
#if defined(__SSE2__)
    if constexpr (W == 4) return _mm_movelh_ps(_mm_cvtpd_ps(a.low), _mm_cvtpd_ps(a.high));
#endif
    return joined(__builtin_convertvector(a.low, HalfFloats),
                  __builtin_convertvector(a.high, HalfFloats));
  }

  /// Exact.
  static Doubles widen(Floats a) {
#if defined(__SSE2__)
    if constexpr (W == 4) return {_mm_cvtps_pd(a), _mm_cvtps_pd(_mm_movehl_ps(a, a))};
#endif
    HalfFloats halves[2];
    std::memcpy(halves, &a, sizeof a);
    return {__builtin_convertvector(halves[0], Half), __builtin_convertvector(halves[1], Half)};
  }

  static Floats magnitude(Floats a) {
    return __builtin_bit_cast(Floats, __builtin_bit_cast(Bits, a) & 0x7fffffff);
  }
  /// One with the sign of `a`.
  static Floats sign(Floats a) {
    constexpr std::int32_t one = 0x3f800000;
    return __builtin_bit_cast(Floats,
                              (__builtin_bit_cast(Bits, a) & std::int32_t{-0x7fffffff - 1}) | one);
  }
  /// The number where it is positive, else 0.
  static Half positive(Half a) {
    const HalfBits mask = a > Half{};
    return __builtin_bit_cast(Half, mask & __builtin_bit_cast(HalfBits, a));
  }
  static Doubles positive(Doubles a) { return {positive(a.low), positive(a.high)}; }

  static bool any(Bits mask) {
    if constexpr (W == 4) {
      const auto halves = __builtin_bit_cast(HalfBits, mask);
      return (halves[0] | halves[1]) != 0;
    } else {
      using Folded = std::int64_t __attribute__((vector_size(16)));
      Folded parts[W / 4];
      std::memcpy(parts, &mask, sizeof mask);
      Folded all = parts[0];
      for (std::size_t i = 1; i < W / 4; ++i) all |= parts[i];
      return (all[0] | all[1]) != 0;
    }
  }

  /// The last of one and all but the last of the next: everybody's neighbour below.
  static Half below(Half one, Half next) {
    if constexpr (W == 4) return __builtin_shufflevector(one, next, 1, 2);
    if constexpr (W == 8) return __builtin_shufflevector(one, next, 3, 4, 5, 6);
    if constexpr (W == 16) return __builtin_shufflevector(one, next, 7, 8, 9, 10, 11, 12, 13, 14);
  }
  /// All but the first of one and the first of the next: everybody's neighbour above.
  static Half above(Half one, Half next) {
    if constexpr (W == 4) return __builtin_shufflevector(one, next, 1, 2);
    if constexpr (W == 8) return __builtin_shufflevector(one, next, 1, 2, 3, 4);
    if constexpr (W == 16) return __builtin_shufflevector(one, next, 1, 2, 3, 4, 5, 6, 7, 8);
  }

 private:
  static Floats joined(HalfFloats low, HalfFloats high) {
    if constexpr (W == 4) return __builtin_shufflevector(low, high, 0, 1, 2, 3);
    if constexpr (W == 8) return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
    if constexpr (W == 16) {
      return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
                                     15);
    }
  }
};

}  // namespace cellwarden::plant
