/// Big-endian integers of one to four bytes, the one way the product's formats store a number.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace cellwarden::wire {

/// Reads all of `bytes` (1 to 4), most significant first.
constexpr std::uint32_t read_big_endian(std::span<const std::uint8_t> bytes) {
  std::uint32_t value = 0;
  for (const std::uint8_t byte : bytes) value = (value << 8U) | byte;
  return value;
}

/// Fills all of `bytes` (1 to 4), most significant first; higher bits of `value` are dropped.
constexpr void write_big_endian(std::span<std::uint8_t> bytes, std::uint32_t value) {
  for (std::size_t i = bytes.size(); i > 0; --i) {
    bytes[i - 1] = static_cast<std::uint8_t>(value & 0xFFU);
    value >>= 8U;
  }
}

}  // namespace cellwarden::wire
