/// A short list with a fixed capacity and no heap.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "core/assert.hpp"

namespace cellwarden::core {

/// @tparam Item  default-constructible
template <class Item, std::size_t Capacity>
class FixedList {
 public:
  /// Asserts when full: the capacity is a bound the caller has proven.
  constexpr void push(const Item& item) {
    CELLWARDEN_ASSERT(size_ < Capacity);
    items_[size_++] = item;
  }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  [[nodiscard]] constexpr const Item* begin() const { return items_.data(); }
  [[nodiscard]] constexpr const Item* end() const { return items_.data() + size_; }
  [[nodiscard]] constexpr const Item& operator[](std::size_t i) const { return items_[i]; }

 private:
  std::array<Item, Capacity> items_{};
  std::size_t size_ = 0;
};

}  // namespace cellwarden::core
