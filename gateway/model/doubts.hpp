/// What in a frame cannot be believed although its checksum is right: 58 garbled bytes pass the
/// 8-bit sum once in 256 times, and two flipped bits can cancel out.
/// Pure functions of one frame, or of two frames in a row; what to do with a doubt is the pack's
/// business.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/extended_frame.hpp"
#include "wire/temperature.hpp"

namespace cellwarden::gateway {

/// One flag for each group of values that is believed or doubted together.
struct Doubts {
  bool voltages = false;          ///< pack voltage, lowest and highest cell contradict each other
  bool currents = false;          ///< in - out is not the sum
  bool temperatures = false;      ///< coldest and hottest: no battery has them, or a jump
  bool cell_voltage = false;      ///< the specific cell's
  bool cell_temperature = false;  ///< the specific cell's
  bool soc = false;
  bool stored = false;
  bool collected_today = false;
  bool consumed_today = false;
  bool collected_total = false;
  bool consumed_total = false;
  bool limits = false;    ///< V-min, V-bypass, V-max are not in this order
  bool settings = false;  ///< cell count, capacity or a limit differ from the frame before

  [[nodiscard]] bool any() const { return *this != Doubts{}; }
  friend bool operator==(const Doubts&, const Doubts&) = default;
};

/// Every doubt of either.
Doubts operator|(const Doubts& a, const Doubts& b);

/// What contradicts itself within one frame.
Doubts doubts_within(const wire::ExtendedFrame& frame, wire::TemperatureLine line);

/// What no pack does from one frame to the next. A change that stays is believed in the next frame.
/// @param before  a frame at most a few seconds older than `frame`
Doubts doubts_between(const wire::ExtendedFrame& before, const wire::ExtendedFrame& frame,
                      wire::TemperatureLine line);

}  // namespace cellwarden::gateway
