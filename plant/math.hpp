/// The few functions of mathematics the plant needs, made of IEEE additions, multiplications and
/// divisions only, so that every compiler and CPU gives the same bits (libm does not). No tables,
/// no branches in `exp_minus_one` and `exp`: loops over them vectorise.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>

namespace cellwarden::plant {

namespace detail {
/// e^x = 2^k (1 + rest) with |ln(1 + rest)| <= ln(2) / 2.
struct ExpParts {
  double power_of_two;
  double rest;
};

/// @param x  -700..700
/// @source   argument reduction after Cody and Waite (ln 2 in two pieces), Taylor series to r^13,
///           whose next term is below 5e-18
constexpr ExpParts exp_parts(double x) {
  constexpr double rounder = 0x1.8p52;  // adding it rounds to a whole number
  constexpr double ln2_high = 0x1.62e42fefa0000p-1;
  constexpr double ln2_low = 0x1.cf79abc9e3b3ap-40;
  const double shifted = x * 0x1.71547652b82fep+0 + rounder;
  const double k = shifted - rounder;
  const double r = (x - k * ln2_high) - k * ln2_low;
  double p = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  const auto exponent = std::bit_cast<std::uint64_t>(shifted) + 1023U;
  return {std::bit_cast<double>(exponent << 52), r + (r * r) * p};
}

/// The same as `std::min(std::max(...))`, written so that compilers see two machine instructions.
constexpr double clamped(double x, double low, double high) {
  const double above = x < low ? low : x;
  return above > high ? high : above;
}
}  // namespace detail

/// e^x, within 2 units in the last place; arguments beyond -700..700 count as those.
constexpr double exp(double x) {
  const detail::ExpParts parts = detail::exp_parts(detail::clamped(x, -700.0, 700.0));
  return parts.power_of_two + parts.power_of_two * parts.rest;
}

/// e^x - 1 without cancellation near 0; arguments beyond -700..700 count as those.
constexpr double exp_minus_one(double x) {
  const detail::ExpParts parts = detail::exp_parts(detail::clamped(x, -700.0, 700.0));
  return (parts.power_of_two - 1.0) + parts.power_of_two * parts.rest;
}

/// The natural logarithm, within 3 units in the last place.
/// @param x  > 0, normal (not below 2.3e-308)
constexpr double log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  auto exponent = static_cast<std::int64_t>(bits >> 52) - 1023;
  double mantissa = std::bit_cast<double>((bits & 0xfffffffffffffU) | (std::uint64_t{1023} << 52));
  if (mantissa > 0x1.6a09e667f3bcdp+0) {
    mantissa *= 0.5;
    exponent += 1;
  }
  const double s = (mantissa - 1.0) / (mantissa + 1.0);  // ln m = 2 artanh s
  double series = 0.0;
  for (int odd = 23; odd >= 3; odd -= 2) series = (series + 1.0 / odd) * (s * s);
  const auto k = static_cast<double>(exponent);
  return k * 0x1.62e42fefa0000p-1 + (2.0 * s + 2.0 * s * series + k * 0x1.cf79abc9e3b3ap-40);
}

/// The sine of an angle in turns (1 turn = 360 degrees), within 2e-16.
/// @param turns  |turns| < 1e9
constexpr double sin_turns(double turns) {
  constexpr double rounder = 0x1.8p52;
  double r = turns - ((turns + rounder) - rounder);  // -0.5..0.5
  if (r > 0.25) r = 0.5 - r;
  if (r < -0.25) r = -0.5 - r;
  const double angle = r * 0x1.921fb54442d18p+2;  // 2 pi
  const double square = angle * angle;
  double series = 1.0 / 51090942171709440000.0;  // 1 / 21!
  series = series * square - 1.0 / 121645100408832000.0;
  series = series * square + 1.0 / 355687428096000.0;
  series = series * square - 1.0 / 1307674368000.0;
  series = series * square + 1.0 / 6227020800.0;
  series = series * square - 1.0 / 39916800.0;
  series = series * square + 1.0 / 362880.0;
  series = series * square - 1.0 / 5040.0;
  series = series * square + 1.0 / 120.0;
  series = series * square - 1.0 / 6.0;
  return angle + angle * (square * series);
}

/// The cosine of an angle in turns; see `sin_turns`.
constexpr double cos_turns(double turns) { return sin_turns(turns + 0.25); }

}  // namespace cellwarden::plant
