/// What all files of the app link share: a line of text, its two dialects, its checksum, and why a
/// line is refused. The app link is lines of ASCII between a phone and the BMS; here are bytes and
/// values only. Who may ask, what is stored and when records flow is the board's business. The
/// protocol: docs/wire/app_link.md.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/assert.hpp"

namespace cellwarden::wire {

/// The two generations of the product: step of the currents, number of fields, firmware number.
enum class AppDialect : std::uint8_t { gen2, gen3 };

/// The longest line, without its end; nothing either side sends is longer.
inline constexpr std::size_t app_line_max = 96;
/// A PIN is four decimal digits.
inline constexpr std::uint16_t app_pin_max = 9999;
/// What ends a line that is sent.
inline constexpr char app_line_end = '\r';
/// A byte of its own, without a line end, that asks for what the board holds back.
inline constexpr char app_poll = '$';

/// Why a line is not what it should be.
enum class AppFault : std::uint8_t {
  unknown,          ///< no command or record of that name
  too_few_fields,   ///< a field is missing
  too_many_fields,  ///< text is left behind the last field
  bad_number,       ///< empty, lower case, no hex digit, a sign only, more than 8 digits
  out_of_range,     ///< a number beyond what its field can mean
  checksum,         ///< the last field is not the sum of the line before it
};
inline constexpr std::size_t app_fault_kinds = 6;

/// One line without its end.
class AppLine {
 public:
  /// Asserts when full: no line that is written here can be longer than `app_line_max`.
  constexpr void push(char letter) {
    CELLWARDEN_ASSERT(size_ < app_line_max);
    letters_[size_++] = letter;
  }
  constexpr void push(std::string_view text) {
    for (const char letter : text) push(letter);
  }
  constexpr void clear() { size_ = 0; }
  [[nodiscard]] constexpr bool full() const { return size_ == app_line_max; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  /// Valid as long as this line lives and does not change.
  [[nodiscard]] constexpr std::string_view text() const { return {letters_.data(), size_}; }

 private:
  std::array<char, app_line_max> letters_{};
  std::size_t size_ = 0;
};

/// `text` from a place on, at most `size` characters; what string_view::substr is without its
/// exception. Asserts on a place behind the end.
constexpr std::string_view slice(std::string_view text, std::size_t from,
                                 std::size_t size = std::string_view::npos) {
  CELLWARDEN_ASSERT(from <= text.size());
  text.remove_prefix(from);
  if (size < text.size()) text.remove_suffix(text.size() - size);
  return text;
}

/// The checksum of a query's reply: the low eight bits of the sum of its characters, underscores
/// left out.
/// @param text  the reply up to, and with or without, the underscore before the checksum
constexpr std::uint8_t app_checksum(std::string_view text) {
  unsigned sum = 0;
  for (const char letter : text) {
    if (letter != '_') sum += static_cast<unsigned char>(letter);
  }
  return static_cast<std::uint8_t>(sum & 0xFFU);
}

}  // namespace cellwarden::wire
