/// Cuts the app link's bytes into lines and polls. Both ends use it; it knows no command.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "wire/app_link.hpp"

namespace cellwarden::wire {

/// What one byte completed.
enum class AppInput : std::uint8_t {
  nothing,
  line,      ///< `line()` is a whole line, at least one printable character
  poll,      ///< a `$` where a line would start
  bad_line,  ///< a line ended that holds a NUL, a control character, a byte above 0x7E or a `$`
  too_long,  ///< a line ended that is longer than `app_line_max`
};

/// What a reader has seen since it was made; the counts wrap.
struct AppLineCounts {
  std::uint32_t lines = 0;
  std::uint32_t polls = 0;
  std::uint32_t bad_lines = 0;
  std::uint32_t too_long = 0;
  friend bool operator==(const AppLineCounts&, const AppLineCounts&) = default;
};

/// A line ends at CR, at LF or at a space (the product ends some records with a space); empty lines
/// are skipped, so CR LF is one end. ENQ (0x05), which clients send to wake a board, is skipped
/// too. A line that is too long is swallowed to its end and reported once.
class AppLineReader {
 public:
  AppInput push(std::uint8_t byte);
  /// The line that `push` has just reported; valid until the next `push`.
  [[nodiscard]] std::string_view line() const { return line_.text(); }
  /// Forgets what has begun, for a link that was lost.
  void reset();
  [[nodiscard]] const AppLineCounts& counts() const { return counts_; }

 private:
  AppInput end();

  AppLine line_;
  AppInput state_ = AppInput::nothing;  ///< what the line that has begun will be; nothing: none
  AppLineCounts counts_;
};

}  // namespace cellwarden::wire
