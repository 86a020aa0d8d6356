/// Finds extended data output frames in a stream of bytes that may hold anything: garbage, lost or
/// doubled bytes, frames back to back. No clock: the caller says when the line was silent.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "wire/extended_frame.hpp"

namespace cellwarden::wire {

/// What a reader has seen since it was made. At 9600 baud 64 bits last for 600 million years.
struct FrameReaderCounts {
  std::uint64_t bytes = 0;          ///< bytes pushed
  std::uint64_t frames = 0;         ///< frames delivered
  std::uint64_t dropped_bytes = 0;  ///< bytes that belong to no delivered frame
  /// What began on a frame boundary and was refused, by FrameFault: windows of 58 bytes, and
  /// frames that a silence cut short (FrameFault::size).
  std::array<std::uint64_t, frame_fault_kinds> refused{};
  /// Windows with a right checksum away from any boundary that did not look like one pack.
  std::uint64_t unconfirmed = 0;
  friend bool operator==(const FrameReaderCounts&, const FrameReaderCounts&) = default;
};

/// A window of 58 bytes that slides over the stream. On a boundary (start of the stream, after a
/// silence, right behind a frame) any frame that decodes is delivered. Anywhere else the frame must
/// also agree with itself (sum of currents, mean cell voltage between lowest and highest, specific
/// cell within them), because 58 random bytes pass the 8-bit sum once in 256 times.
class FrameReader {
 public:
  /// @return the frame that `byte` completes, if it does. Cost: constant but for the checksum of 57
  ///         bytes, which is kept running.
  std::optional<ExtendedFrame> push(std::uint8_t byte);

  /// The line was silent for at least 200 ms: what comes next is the start of a frame. Bytes of a
  /// frame that was cut short are dropped and counted.
  void silence();

  [[nodiscard]] const FrameReaderCounts& counts() const { return counts_; }
  /// Bytes held that may yet become a frame, 0..57.
  [[nodiscard]] std::size_t pending() const { return filled_; }

 private:
  void drop_oldest();

  FrameBytes window_{};
  std::size_t filled_ = 0;
  std::uint8_t sum_ = 0;  ///< of the bytes in the window
  bool on_boundary_ = true;
  FrameReaderCounts counts_;
};

}  // namespace cellwarden::wire
