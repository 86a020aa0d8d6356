/// Four numbers side by side, as vector units since SSE2, NEON and WebAssembly SIMD have them: four
/// floats in one register, four doubles in two. Each lane does exactly what a number alone does, so
/// results do not depend on the unit or the compiler; a compiler's own vectoriser is not relied on
/// (g++ 12 gives up on these loops).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace cellwarden::plant {

inline constexpr std::size_t lane_count = 4;

using Floats = float __attribute__((vector_size(16)));
using FloatMask = std::int32_t __attribute__((vector_size(16)));
using Pair = double __attribute__((vector_size(16)));
using PairMask = std::int64_t __attribute__((vector_size(16)));

/// Four doubles.
struct Doubles {
  Pair low, high;
};

inline Floats all(float value) { return Floats{value, value, value, value}; }
inline Doubles all(double value) { return {Pair{value, value}, Pair{value, value}}; }

/// @param from  16-byte aligned, as every array of `Cells` is
inline Floats load(const float* from) {
  Floats lanes;
  std::memcpy(&lanes, __builtin_assume_aligned(from, 16), sizeof lanes);
  return lanes;
}
inline void store(float* to, Floats lanes) {
  std::memcpy(__builtin_assume_aligned(to, 16), &lanes, sizeof lanes);
}
inline Doubles load(const double* from) {
  Doubles lanes;
  std::memcpy(&lanes.low, __builtin_assume_aligned(from, 16), sizeof lanes.low);
  std::memcpy(&lanes.high, __builtin_assume_aligned(from + 2, 16), sizeof lanes.high);
  return lanes;
}
inline Pair load_pair(const double* from) {
  Pair pair;
  std::memcpy(&pair, __builtin_assume_aligned(from, 16), sizeof pair);
  return pair;
}
inline void store(double* to, Doubles lanes) {
  std::memcpy(__builtin_assume_aligned(to, 16), &lanes.low, sizeof lanes.low);
  std::memcpy(__builtin_assume_aligned(to + 2, 16), &lanes.high, sizeof lanes.high);
}

inline Doubles operator+(Doubles a, Doubles b) { return {a.low + b.low, a.high + b.high}; }
inline Doubles operator-(Doubles a, Doubles b) { return {a.low - b.low, a.high - b.high}; }
inline Doubles operator*(Doubles a, Doubles b) { return {a.low * b.low, a.high * b.high}; }
inline Doubles operator*(double a, Doubles b) { return all(a) * b; }

/// The second of one and the first of the next.
inline Pair across(Pair one, Pair next) { return __builtin_shufflevector(one, next, 1, 2); }

/// Rounds to the nearest float.
inline Floats narrow(Doubles a) {
#if defined(__SSE2__)
  return _mm_movelh_ps(_mm_cvtpd_ps(a.low), _mm_cvtpd_ps(a.high));
#else
  using Half = float __attribute__((vector_size(8)));
  const Half low = __builtin_convertvector(a.low, Half);
  const Half high = __builtin_convertvector(a.high, Half);
  return __builtin_shufflevector(low, high, 0, 1, 2, 3);
#endif
}

/// Exact.
inline Doubles widen(Floats a) {
#if defined(__SSE2__)
  return {_mm_cvtps_pd(a), _mm_cvtps_pd(_mm_movehl_ps(a, a))};
#else
  using Half = float __attribute__((vector_size(8)));
  const Half low = __builtin_shufflevector(a, a, 0, 1);
  const Half high = __builtin_shufflevector(a, a, 2, 3);
  return {__builtin_convertvector(low, Pair), __builtin_convertvector(high, Pair)};
#endif
}

inline Floats magnitude(Floats a) {
  return std::bit_cast<Floats>(std::bit_cast<FloatMask>(a) & 0x7fffffff);
}

/// @param value  >= 0
inline Floats with_sign_of(float value, Floats sign) {
  const auto sign_bits = std::bit_cast<FloatMask>(sign) & std::int32_t{-0x7fffffff - 1};
  return std::bit_cast<Floats>(sign_bits | std::bit_cast<FloatMask>(all(value)));
}

/// Where positive the number, else 0.
inline Doubles positive(Doubles a) {
  const Pair zero{0.0, 0.0};
  const PairMask low = a.low > zero;
  const PairMask high = a.high > zero;
  return {std::bit_cast<Pair>(low & std::bit_cast<PairMask>(a.low)),
          std::bit_cast<Pair>(high & std::bit_cast<PairMask>(a.high))};
}

inline bool any(FloatMask mask) {
  const auto halves = std::bit_cast<PairMask>(mask);
  return (halves[0] | halves[1]) != 0;
}

}  // namespace cellwarden::plant
