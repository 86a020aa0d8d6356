/// Writes and reads the fields of a stored value one after the other, big-endian, without a heap.
/// Reading past the end gives zeros and is remembered: ask `good()` once at the end.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/assert.hpp"

namespace cellwarden::core {

/// Appends fields to at most `Capacity` bytes; more is a bug.
template <std::size_t Capacity>
class FieldWriter {
 public:
  /// @tparam Width  1..8 bytes; higher bits of `value` are dropped
  template <unsigned Width>
  void put(std::uint64_t value) {
    CELLWARDEN_ASSERT(size_ + Width <= Capacity);
    for (unsigned i = Width; i > 0; --i) {
      bytes_[size_++] = static_cast<std::uint8_t>((value >> (8 * (i - 1))) & 0xFFU);
    }
  }
  [[nodiscard]] std::span<const std::uint8_t> bytes() const {
    return std::span(bytes_).first(size_);
  }

 private:
  std::array<std::uint8_t, Capacity> bytes_{};
  std::size_t size_ = 0;
};

class FieldReader {
 public:
  explicit FieldReader(std::span<const std::uint8_t> bytes) : left_(bytes) {}

  template <unsigned Width>
  std::uint64_t take() {
    if (left_.size() < Width) {
      good_ = false;
      left_ = {};
      return 0;
    }
    std::uint64_t value = 0;
    for (unsigned i = 0; i < Width; ++i) value = (value << 8U) | left_[i];
    left_ = left_.subspan(Width);
    return value;
  }
  /// The same as a signed number of 32 bits.
  std::int32_t take_signed() { return static_cast<std::int32_t>(take<4>()); }
  [[nodiscard]] bool at_end() const { return left_.empty(); }
  /// Whether every field asked for was there.
  [[nodiscard]] bool good() const { return good_; }

 private:
  std::span<const std::uint8_t> left_;
  bool good_ = true;
};

}  // namespace cellwarden::core
