/// Goes through a capture with the one frame reader there is and says where each frame stands and
/// why the bytes between frames are none.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gateway/captures/capture.hpp"
#include "wire/frame_reader.hpp"

namespace cellwarden::gateway {

struct FoundFrame {
  std::size_t offset = 0;  ///< of its first byte
  wire::ExtendedFrame frame;
};

/// Bytes in a row that belong to no frame.
struct RejectedBytes {
  std::size_t offset = 0;
  std::size_t length = 0;
  wire::FrameFault why{};         ///< why no frame starts at `offset`
  std::uint64_t unconfirmed = 0;  ///< right checksums by chance within these bytes
};

struct StreamScan {
  std::vector<FoundFrame> frames;       ///< by offset
  std::vector<RejectedBytes> rejected;  ///< by offset
  wire::FrameReaderCounts counts;
};

/// A pause of at least 200 ms between two timed bursts starts a frame anew, as on the line.
StreamScan scan(const Capture& capture);

}  // namespace cellwarden::gateway
