/// The words of the journal in the flash: page headers and records, written, read and checked. Does
/// not decide which page or record counts; that is core/journal.hpp. Layout: docs/storage.md.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/flash.hpp"

namespace cellwarden::core {

/// The format this code writes and the only one it reads. 0 is not used; 0xFFFF is never to be.
inline constexpr std::uint16_t journal_version = 1;
/// "CWJL" in the first word of a page; it and the version word keep their place in every format.
inline constexpr std::uint32_t journal_mark = 0x4C4A'5743U;

inline constexpr std::size_t page_header_words = 9;
/// The word after the header; anything but erased says that a newer page has been finished.
inline constexpr std::size_t old_mark_word = page_header_words;
inline constexpr std::size_t first_record_word = old_mark_word + 1;

/// 16 bits and their complement: as many ones as zeros. Clearing only some of its zeros, or setting
/// some of them in an erase, never gives another balanced word, so a torn one is known for certain.
constexpr std::uint32_t balanced(std::uint16_t value) {
  return std::uint32_t{value} | ((std::uint32_t{value} ^ 0xFFFFU) << 16U);
}
constexpr bool is_balanced(std::uint32_t word) {
  return word == balanced(static_cast<std::uint16_t>(word & 0xFFFFU));
}

struct PageHeader {
  std::uint32_t sequence = 0;
  /// Erases of page 0 and page 1, counted when this page was begun.
  std::array<std::uint32_t, Flash::pages> erases{};
};

enum class PageKind : std::uint8_t { whole, none, older_version, newer_version };

struct PageFound {
  PageKind kind = PageKind::none;
  /// Meant only when `kind` is `whole`.
  PageHeader header;
  /// The page says that a newer one has been finished.
  bool is_old = false;
};

PageFound read_page_header(const Flash& flash, int page);
/// The last word makes the page count.
void program_page_header(Flash& flash, int page, const PageHeader& header);
/// True when every word from `from` to the end of the page is erased.
bool erased_from(const Flash& flash, int page, std::size_t from);

struct RecordHeader {
  std::uint8_t key = 0;
  std::uint8_t length = 0;

  /// Words of the whole record: header, value, check.
  [[nodiscard]] constexpr std::size_t words() const { return 2U + (length + 3U) / 4U; }
};

/// Where a record begins, and the sequence of its page, which its check covers.
struct RecordPlace {
  int page = 0;
  std::size_t word = 0;
  std::uint32_t sequence = 0;
};

enum class RecordState : std::uint8_t {
  whole,
  /// The check word was not finished: what a power cut leaves.
  torn,
  /// The check word was finished and does not fit: no power cut does that.
  wrong,
};

/// Nothing when the word is no record header (or a torn one).
std::optional<RecordHeader> record_header(std::uint32_t word);
/// The record lies inside the page.
RecordState check_record(const Flash& flash, RecordPlace place, RecordHeader header);
/// Header, value, check, in this order. The words are erased and inside the page.
/// @param value  1..248 bytes
void program_record(Flash& flash, RecordPlace place, std::uint8_t key,
                    std::span<const std::uint8_t> value);
/// Four bytes of the value as they are stored: the first in bits 0..7, ones after the end.
std::uint32_t value_word(std::span<const std::uint8_t> value, std::size_t index);

}  // namespace cellwarden::core
