/// A capture: the bytes of a serial line in the order they came, perhaps with the time of each
/// burst. Reads capture files, hex text with comments, and raw binary; docs/wire/capture.md has the
/// format.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/clock.hpp"

namespace cellwarden::gateway {

/// Bytes that came without a pause.
struct Burst {
  std::optional<milliseconds> at;  ///< since the capture began; empty where none is written
  std::vector<std::uint8_t> bytes;
};

/// A place in a text that is no hex, no time and no comment.
struct TextFault {
  std::size_t line = 0;    ///< 1-based
  std::size_t column = 0;  ///< 1-based
  std::string text;        ///< what stands there, shortened, printable
  std::string why;
};

struct Capture {
  bool is_text = false;
  std::vector<Burst> bursts;  ///< none is empty
  std::vector<TextFault> faults;

  [[nodiscard]] std::size_t size() const;
};

/// Reads any content. What cannot be understood is in `faults`; the rest is still read.
Capture read_capture(std::string_view content);

/// The lines a capture file begins with.
std::string capture_header(std::string_view source);

/// One line of a capture file.
std::string capture_line(milliseconds at, const std::vector<std::uint8_t>& bytes);

/// Reads a whole file, "-" for standard input.
/// @throws UsageError  when it cannot be read
std::string read_file(const std::string& path);

}  // namespace cellwarden::gateway
