/// The state of charge of the last 168 hours, one value an hour, as the app link shows it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace cellwarden::core {

/// A ring of percent values. Copyable.
struct SocHistory {
  static constexpr std::size_t hours = 168;
  static constexpr std::uint8_t empty = 0xFF;

  std::array<std::uint8_t, hours> percent = filled();
  std::uint8_t newest = 0;  ///< place of the newest value, 0..167

  void add(std::uint8_t value) {
    if (percent[newest] != empty) newest = static_cast<std::uint8_t>((newest + 1U) % hours);
    percent[newest] = value;
  }
  friend constexpr bool operator==(const SocHistory&, const SocHistory&) = default;

 private:
  static constexpr std::array<std::uint8_t, hours> filled() {
    std::array<std::uint8_t, hours> all{};
    all.fill(empty);
    return all;
  }
};

}  // namespace cellwarden::core
