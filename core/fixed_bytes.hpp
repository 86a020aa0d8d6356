/// A short run of bytes with a fixed capacity, for what a board sends in one step. No heap.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/assert.hpp"

namespace cellwarden::core {

template <std::size_t Capacity>
class FixedBytes {
 public:
  /// Asserts when full: the capacity is a bound the caller has proven.
  constexpr void push(std::uint8_t byte) {
    CELLWARDEN_ASSERT(size_ < Capacity);
    bytes_[size_++] = byte;
  }
  constexpr void push(std::span<const std::uint8_t> bytes) {
    for (const std::uint8_t byte : bytes) push(byte);
  }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  [[nodiscard]] constexpr const std::uint8_t* begin() const { return bytes_.data(); }
  [[nodiscard]] constexpr const std::uint8_t* end() const { return bytes_.data() + size_; }
  constexpr std::uint8_t operator[](std::size_t i) const { return bytes_[i]; }

 private:
  std::array<std::uint8_t, Capacity> bytes_{};
  std::size_t size_ = 0;
};

}  // namespace cellwarden::core
