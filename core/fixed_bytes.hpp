/// A short run of bytes with a fixed capacity, for what a board sends in one step. No heap.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "core/fixed_list.hpp"

namespace cellwarden::core {

template <std::size_t Capacity>
class FixedBytes : public FixedList<std::uint8_t, Capacity> {
 public:
  using FixedList<std::uint8_t, Capacity>::push;
  constexpr void push(std::span<const std::uint8_t> bytes) {
    for (const std::uint8_t byte : bytes) push(byte);
  }
};

}  // namespace cellwarden::core
