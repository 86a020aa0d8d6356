/// Refuses options: one clear sentence that names the option, for every constructor of the plant.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace cellwarden::plant {

/// @throws std::invalid_argument  "name: value is not low..high"; NaN is never within
inline void require_within(const char* name, double value, double low, double high) {
  if (value >= low && value <= high) return;
  throw std::invalid_argument(std::string(name) + ": " + std::to_string(value) + " is not " +
                              std::to_string(low) + ".." + std::to_string(high));
}

/// @throws std::invalid_argument  "name: value is not above 0"; NaN and infinity are refused too
inline void require_positive(const char* name, double value) {
  if (value > 0.0 && value <= 1e12) return;
  throw std::invalid_argument(std::string(name) + ": " + std::to_string(value) + " is not above 0");
}

}  // namespace cellwarden::plant
