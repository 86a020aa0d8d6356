/// Writes a capture file while bytes come in: one line a burst, with the time of its first byte.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/clock.hpp"

namespace cellwarden::gateway {

class CaptureWriter {
 public:
  /// @param out    outlives this object; the caller checks it for errors at the end
  /// @param start  the time that is written as @0
  CaptureWriter(std::ostream& out, std::string_view source, Time start);

  void bytes(std::span<const std::uint8_t> bytes, Time now);

  /// The line was silent: ends the burst.
  void silence(Time now);

  /// Writes a comment, such as "/dev/ttyUSB0 has gone".
  void note(const std::string& text, Time now);

  /// Bytes so far.
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  void end_burst();

  std::ostream& out_;
  Time start_;
  Time burst_at_;
  std::vector<std::uint8_t> burst_;
  std::uint64_t size_ = 0;
};

}  // namespace cellwarden::gateway
