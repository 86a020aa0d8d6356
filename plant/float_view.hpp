/// Floats shown as doubles: the product's code knows no float, the inner loops of the cells do.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace cellwarden::plant {

/// One float a cell, read as doubles.
class FloatView {
 public:
  constexpr explicit FloatView(std::span<const float> values) : values_(values) {}
  [[nodiscard]] constexpr double operator[](std::size_t cell) const {
    return static_cast<double>(values_[cell]);
  }
  [[nodiscard]] constexpr std::size_t size() const { return values_.size(); }

  class Iterator {
   public:
    constexpr explicit Iterator(const float* at) : at_(at) {}
    [[nodiscard]] constexpr double operator*() const { return static_cast<double>(*at_); }
    constexpr Iterator& operator++() {
      ++at_;
      return *this;
    }
    constexpr bool operator==(const Iterator&) const = default;

   private:
    const float* at_;
  };
  [[nodiscard]] constexpr Iterator begin() const { return Iterator(values_.data()); }
  [[nodiscard]] constexpr Iterator end() const { return Iterator(values_.data() + values_.size()); }

 private:
  std::span<const float> values_;
};

}  // namespace cellwarden::plant
