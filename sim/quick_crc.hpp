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

/// The check of at most 16 bytes behind `start`: it is linear, so each byte is looked up for
/// itself.
/// @param bytes  2 to 16
inline std::uint16_t quick_crc_step(std::uint16_t start, const std::uint8_t* bytes,
                                    std::size_t count) {
  const auto table = [count](std::size_t i) -> const auto& { return crc_tables[count - 1 - i]; };
  unsigned crc = table(0)[(unsigned{start} >> 8U) ^ bytes[0]];
  crc ^= table(1)[(start & 0xFFU) ^ bytes[1]];
  for (std::size_t i = 2; i < count; ++i) crc ^= table(i)[bytes[i]];
  return static_cast<std::uint16_t>(crc);
}

/// wire::crc16, going on from `start`.
inline std::uint16_t quick_crc(std::span<const std::uint8_t> bytes, std::uint16_t start = 0xFFFF) {
  constexpr std::size_t stride = 16;
  std::uint16_t crc = start;
  while (bytes.size() >= stride) {
    crc = quick_crc_step(crc, bytes.data(), stride);
    bytes = bytes.subspan(stride);
  }
  if (bytes.size() >= 2) return quick_crc_step(crc, bytes.data(), bytes.size());
  wire::Crc16 last{crc};
  for (const std::uint8_t byte : bytes) last.add(byte);
  return last.value();
}

}  // namespace cellwarden::sim
