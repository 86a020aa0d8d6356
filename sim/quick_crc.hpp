/// The check of wire/crc16 over many bytes at once, for a computer that has room for tables of 8 kB
/// and simulates years. A test holds it equal to the boards' own.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "wire/crc16.hpp"

namespace cellwarden::sim {

/// `[k][byte]`: what `byte` leaves in the check when k more bytes have followed it.
using CrcTables = std::array<std::array<std::uint16_t, 256>, 16>;

constexpr CrcTables make_crc_tables() {
  CrcTables tables{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    wire::Crc16 crc{0};
    crc.add(static_cast<std::uint8_t>(byte));
    for (auto& table : tables) {
      table[byte] = crc.value();
      crc.add(0);
    }
  }
  return tables;
}

inline constexpr CrcTables crc_tables = make_crc_tables();

inline constexpr std::size_t crc_stride = crc_tables.size();

/// The check behind `start` of `Count` bytes: it is linear, so each byte is looked up for itself.
template <std::size_t Count>
  requires(Count >= 2 && Count <= crc_stride)
std::uint16_t quick_crc_step(const std::uint8_t* bytes, std::uint16_t start) {
  unsigned crc = crc_tables[Count - 1][(unsigned{start} >> 8U) ^ bytes[0]];
  crc ^= crc_tables[Count - 2][(start & 0xFFU) ^ bytes[1]];
  for (std::size_t i = 2; i < Count; ++i) crc ^= crc_tables[Count - 1 - i][bytes[i]];
  return static_cast<std::uint16_t>(crc);
}

/// wire::crc16 of `Size` bytes, 17 to 32.
template <std::size_t Size>
std::uint16_t quick_crc_of(const std::uint8_t* bytes) {
  return quick_crc_step<crc_stride>(bytes + (Size - crc_stride),
                                    quick_crc_step<Size - crc_stride>(bytes, 0xFFFF));
}

/// wire::crc16, going on from `start`.
inline std::uint16_t quick_crc(std::span<const std::uint8_t> bytes, std::uint16_t start = 0xFFFF) {
  std::uint16_t crc = start;
  const std::uint8_t* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= crc_stride; left -= crc_stride, at += crc_stride) {
    crc = quick_crc_step<crc_stride>(at, crc);
  }
  for (; left >= 3; left -= 3, at += 3) crc = quick_crc_step<3>(at, crc);
  wire::Crc16 last{crc};
  for (; left > 0; --left) last.add(*at++);
  return last.value();
}

}  // namespace cellwarden::sim
