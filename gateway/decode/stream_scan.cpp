// SPDX-License-Identifier: Apache-2.0
#include "gateway/decode/stream_scan.hpp"

#include <optional>

#include "gateway/sources/silence.hpp"

namespace cellwarden::gateway {
namespace {

using wire::FrameFault;
using wire::FrameReaderCounts;

/// Watches the reader's counters: what they count is exactly what was rejected.
class Scanner {
 public:
  void push(std::uint8_t byte) {
    const FrameReaderCounts before = reader_.counts();
    const auto frame = reader_.push(byte);
    ++read_;
    note(before);
    if (!frame) return;
    close_range();
    scan_.frames.push_back({read_ - wire::frame_size, *frame});
    done_ = read_;
  }

  void silence() {
    const FrameReaderCounts before = reader_.counts();
    reader_.silence();
    note(before);
    close_range();
  }

  StreamScan finish() {
    silence();
    scan_.counts = reader_.counts();
    return std::move(scan_);
  }

 private:
  void note(const FrameReaderCounts& before) {
    const FrameReaderCounts& now = reader_.counts();
    const auto dropped = static_cast<std::size_t>(now.dropped_bytes - before.dropped_bytes);
    if (dropped == 0) return;
    if (!range_) range_ = RejectedBytes{done_, 0, first_fault(before), 0};
    range_->length += dropped;
    range_->unconfirmed += now.unconfirmed - before.unconfirmed;
    done_ += dropped;
  }

  /// Bytes are first dropped where a frame was expected, and there the reader counts why.
  [[nodiscard]] FrameFault first_fault(const FrameReaderCounts& before) const {
    for (std::size_t kind = 0; kind < wire::frame_fault_kinds; ++kind) {
      if (reader_.counts().refused[kind] > before.refused[kind]) {
        return static_cast<FrameFault>(kind);
      }
    }
    return FrameFault::checksum;
  }

  void close_range() {
    if (range_) scan_.rejected.push_back(*range_);
    range_.reset();
  }

  wire::FrameReader reader_;
  StreamScan scan_;
  std::optional<RejectedBytes> range_;
  std::size_t read_ = 0;  ///< bytes pushed
  std::size_t done_ = 0;  ///< bytes that are part of a frame or dropped
};

}  // namespace

StreamScan scan(const Capture& capture) {
  Scanner scanner;
  std::optional<milliseconds> before;
  for (const Burst& burst : capture.bursts) {
    if (burst.at && before && *burst.at - *before >= silence_after) scanner.silence();
    if (burst.at) before = burst.at;
    for (const std::uint8_t byte : burst.bytes) scanner.push(byte);
  }
  return scanner.finish();
}

}  // namespace cellwarden::gateway
