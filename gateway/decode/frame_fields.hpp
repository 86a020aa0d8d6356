/// A frame as a list of named fields, for people and for programs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "gateway/model/doubts.hpp"
#include "wire/extended_frame.hpp"
#include "wire/temperature.hpp"

namespace cellwarden::gateway {

struct Field {
  std::string name;
  /// For programs, in `unit`; empty when the sensor is not there.
  std::variant<std::monostate, std::int64_t, bool, std::string> value;
  std::string unit;  ///< "mV", "mA", "dC" (0.1 °C), "Wh", "percent" or empty
  std::string text;  ///< for people, with its own unit: "335.355 V"
};

/// Every field in the order of the wire.
std::vector<Field> fields_of(const wire::ExtendedFrame& frame, wire::TemperatureLine line);

/// One sentence for each group of values that contradicts itself.
std::vector<std::string> sentences(const Doubts& doubts);

/// "-12.500" for -12500 and 3 decimals.
std::string decimal(std::int64_t value, int decimals);

}  // namespace cellwarden::gateway
