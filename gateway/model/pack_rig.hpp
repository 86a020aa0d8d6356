/// What tests of the pack share: a pack on a connected port and frames for it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/model/pack.hpp"
#include "tests/support/stream.hpp"

namespace cellwarden::gateway {

/// A pack on a connected port, a frame a second.
class PackRig {
 public:
  PackRig() { pack.port(PortState::connected, "", now); }
  void send(const wire::ExtendedFrame& frame) {
    const wire::FrameBytes bytes = wire::encode_frame(frame);
    (void)pack.bytes(bytes, now);
    pack.silence();
    now += std::chrono::seconds(1);
  }
  void send(const wire::ExtendedFrame& frame, int times) {
    for (int i = 0; i < times; ++i) send(frame);
  }
  [[nodiscard]] PackView view() const { return pack.view(now); }

  Pack pack{wire::TemperatureLine::sensor};
  Time now = Time{} + std::chrono::hours(1200);  // Instant wraps within the tests that run long
};

inline wire::ExtendedFrame cell_frame(int cells, int number, int mv = 3300) {
  wire::ExtendedFrame frame = tests::plausible_frame(cells);
  frame.cell.number = static_cast<std::uint8_t>(number);
  frame.cell.voltage = core::Voltage::millivolts(mv);
  return frame;
}

}  // namespace cellwarden::gateway
