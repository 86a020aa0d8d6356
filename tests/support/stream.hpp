/// A frame reader with what came out of it, and frames that even a reader out of step believes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "wire/frame_reader.hpp"

namespace cellwarden::tests {

/// `cells` (1..255) equal cells at 3.3 V; 12.5 A come in, 5 A go out.
inline wire::ExtendedFrame plausible_frame(int cells) {
  wire::ExtendedFrame frame;
  frame.cell_count = static_cast<std::uint8_t>(cells);
  frame.pack_voltage = core::Voltage::millivolts(3'300) * cells;
  frame.in = {wire::CurrentSign::plus, 100};
  frame.out = {wire::CurrentSign::plus, 40};
  frame.sum = {wire::CurrentSign::plus, 60};
  frame.lowest = frame.highest = {core::Voltage::millivolts(3'300), 1};
  frame.coldest = frame.hottest = {300, 1};
  frame.cell = {1, core::Voltage::millivolts(3'300), 300};
  frame.soc_percent = 75;
  frame.extra = wire::Extra::key_value(0, 98);
  frame.capacity = core::Energy::watt_hours(15'000);
  frame.v_min = core::Voltage::millivolts(2'800);
  frame.v_max = core::Voltage::millivolts(3'600);
  frame.v_bypass = core::Voltage::millivolts(3'500);
  return frame;
}

/// Bytes in, frames out, and each frame's place: how many bytes had been sent when it came.
struct Stream {
  void send(std::uint8_t byte) {
    ++sent;
    if (const auto frame = reader.push(byte)) {
      frames.push_back(*frame);
      ends.push_back(sent);
    }
  }
  void send(std::span<const std::uint8_t> bytes) {
    for (const std::uint8_t byte : bytes) send(byte);
  }

  wire::FrameReader reader;
  std::vector<wire::ExtendedFrame> frames;
  std::vector<std::size_t> ends;
  std::size_t sent = 0;
};

}  // namespace cellwarden::tests
