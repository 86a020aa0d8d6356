/// CRC-16/CCITT (polynomial 0x1021, start 0xFFFF, most significant bit first, no final change): the
/// check of the chain message and of stored pages. Detects every error of up to three bits and
/// every burst of up to 16 bits in what we send (P. Koopman, T. Chakravarty, DSN 2004).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace cellwarden::wire {

/// A CRC fed a byte at a time. Two of them over different bytes differ by a value that depends only
/// on where the bytes differ: that is what lets a board change bytes and still pass an error on.
class Crc16 {
 public:
  constexpr Crc16() = default;
  explicit constexpr Crc16(std::uint16_t start) : value_(start) {}

  /// Cost: a few shifts; no table, to spare the smallest chips their flash. Eight steps of the
  /// polynomial at once: what leaves at the top comes back at bits 12, 5 and 0, and what of that
  /// leaves again within the eight steps (the upper four bits) comes back as well.
  constexpr void add(std::uint8_t byte) {
    unsigned leaving = (unsigned{value_} >> 8U) ^ byte;
    leaving ^= leaving >> 4U;
    value_ = static_cast<std::uint16_t>((unsigned{value_} << 8U) ^ (leaving << 12U) ^
                                        (leaving << 5U) ^ leaving);
  }
  [[nodiscard]] constexpr std::uint16_t value() const { return value_; }

 private:
  std::uint16_t value_ = 0xFFFF;
};

constexpr std::uint16_t crc16(std::span<const std::uint8_t> bytes) {
  Crc16 crc;
  for (const std::uint8_t byte : bytes) crc.add(byte);
  return crc.value();
}

}  // namespace cellwarden::wire
