// SPDX-License-Identifier: Apache-2.0
#include "core/journal_format.hpp"

#include "wire/crc16.hpp"

namespace cellwarden::core {
namespace {

using HeaderWords = std::array<std::uint32_t, page_header_words>;

void add_word(wire::Crc16& crc, std::uint32_t word) {
  for (unsigned shift = 0; shift < 32; shift += 8) {
    crc.add(static_cast<std::uint8_t>((word >> shift) & 0xFFU));
  }
}

std::uint32_t low_half(std::uint32_t value) {
  return balanced(static_cast<std::uint16_t>(value & 0xFFFFU));
}
std::uint32_t high_half(std::uint32_t value) { return low_half(value >> 16U); }
std::uint32_t joined(std::uint32_t low, std::uint32_t high) {
  return (low & 0xFFFFU) | (high << 16U);
}

HeaderWords words_of(const PageHeader& header) {
  HeaderWords words{journal_mark,
                    balanced(journal_version),
                    low_half(header.sequence),
                    high_half(header.sequence),
                    low_half(header.erases[0]),
                    high_half(header.erases[0]),
                    low_half(header.erases[1]),
                    high_half(header.erases[1])};
  wire::Crc16 crc;
  for (std::size_t i = 0; i + 1 < page_header_words; ++i) add_word(crc, words[i]);
  words.back() = balanced(crc.value());
  return words;
}

PageKind kind_of(const HeaderWords& words, const PageHeader& header) {
  if (words == words_of(header)) return PageKind::whole;
  if (words[0] != journal_mark || !is_balanced(words[1])) return PageKind::none;
  const std::uint32_t version = words[1] & 0xFFFFU;
  if (version < journal_version) return PageKind::older_version;
  return version > journal_version ? PageKind::newer_version : PageKind::none;
}

}  // namespace

PageFound read_page_header(const Flash& flash, int page) {
  HeaderWords words{};
  for (std::size_t i = 0; i < page_header_words; ++i) words[i] = flash.read(page, i);
  PageFound found;
  found.header.sequence = joined(words[2], words[3]);
  found.header.erases = {joined(words[4], words[5]), joined(words[6], words[7])};
  found.kind = kind_of(words, found.header);
  found.is_old = flash.read(page, old_mark_word) != Flash::erased;
  return found;
}

void program_page_header(Flash& flash, int page, const PageHeader& header) {
  const HeaderWords words = words_of(header);
  for (std::size_t i = 0; i < page_header_words; ++i) flash.program(page, i, words[i]);
}

bool erased_from(const Flash& flash, int page, std::size_t from) {
  for (std::size_t word = from; word < flash.page_words(); ++word) {
    if (flash.read(page, word) != Flash::erased) return false;
  }
  return true;
}

std::optional<RecordHeader> record_header(std::uint32_t word) {
  const RecordHeader header{static_cast<std::uint8_t>(word & 0xFFU),
                            static_cast<std::uint8_t>((word >> 8U) & 0xFFU)};
  const bool in_range = header.key != 255 && header.length >= 1 && header.length <= 248;
  if (!is_balanced(word) || !in_range) return std::nullopt;
  return header;
}

RecordState check_record(const Flash& flash, RecordPlace place, RecordHeader header) {
  wire::Crc16 crc;
  add_word(crc, place.sequence);
  const std::size_t last = place.word + header.words() - 1;
  for (std::size_t word = place.word; word < last; ++word) {
    add_word(crc, flash.read(place.page, word));
  }
  const std::uint32_t check = flash.read(place.page, last);
  if (!is_balanced(check)) return RecordState::torn;
  return check == balanced(crc.value()) ? RecordState::whole : RecordState::wrong;
}

void program_record(Flash& flash, RecordPlace place, std::uint8_t key,
                    std::span<const std::uint8_t> value) {
  wire::Crc16 crc;
  add_word(crc, place.sequence);
  std::size_t at = place.word;
  const auto next = [&](std::uint32_t word) {
    add_word(crc, word);
    flash.program(place.page, at++, word);
  };
  const auto length = static_cast<unsigned>(value.size());
  next(balanced(static_cast<std::uint16_t>(key | (length << 8U))));
  for (std::size_t i = 0; 4 * i < value.size(); ++i) next(value_word(value, i));
  flash.program(place.page, at, balanced(crc.value()));
}

std::uint32_t value_word(std::span<const std::uint8_t> value, std::size_t index) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t place = 4 * index + i;
    const std::uint32_t byte = place < value.size() ? value[place] : 0xFFU;
    word |= byte << (8U * i);
  }
  return word;
}

}  // namespace cellwarden::core
