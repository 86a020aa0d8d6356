// SPDX-License-Identifier: Apache-2.0
#include "core/journal.hpp"

#include "core/journal_format.hpp"

namespace cellwarden::core {
namespace {

constexpr std::size_t page_words_min = 64;
constexpr std::size_t page_words_max = 65'535;
constexpr std::uint32_t sequence_max = 0xFFFF'FFFFU;

/// A page says so once; a mark cut short is a mark as soon as one bit of it is cleared.
void mark_old(Flash& flash, int page) {
  if (flash.read(page, old_mark_word) == Flash::erased) flash.program(page, old_mark_word, 0);
}

/// No record can ever have been finished here: creating the first page was cut short, or nothing
/// ever happened.
bool never_begun(const Flash& flash) {
  return erased_from(flash, 0, page_header_words) && erased_from(flash, 1, page_header_words);
}

JournalState state_without_page(const Flash& flash, PageKind a, PageKind b) {
  if (a == PageKind::older_version || b == PageKind::older_version) {
    return JournalState::older_version;
  }
  return never_begun(flash) ? JournalState::blank : JournalState::unreadable;
}

}  // namespace

Journal Journal::open(const Flash& flash) {
  CELLWARDEN_ASSERT(flash.page_words() >= page_words_min && flash.page_words() <= page_words_max);
  const std::array found{read_page_header(flash, 0), read_page_header(flash, 1)};
  const auto is = [&](int page, PageKind kind) {
    return found[static_cast<std::size_t>(page)].kind == kind;
  };
  Journal journal;
  if (is(0, PageKind::newer_version) || is(1, PageKind::newer_version)) {
    journal.state_ = JournalState::newer_version;
    return journal;
  }
  if (!is(0, PageKind::whole) && !is(1, PageKind::whole)) {
    journal.state_ = state_without_page(flash, found[0].kind, found[1].kind);
    return journal;
  }
  const bool both = is(0, PageKind::whole) && is(1, PageKind::whole);
  const bool second =
      both ? found[1].header.sequence > found[0].header.sequence : is(1, PageKind::whole);
  const PageFound& newest = found[second ? 1 : 0];
  journal.page_ = second ? 1 : 0;
  journal.sequence_ = newest.header.sequence;
  journal.erases_ = newest.header.erases;
  journal.mark_due_ = both && !found[second ? 0 : 1].is_old;
  journal.scan(flash);
  // A page that calls itself old had a successor, and that is gone.
  if (newest.is_old) journal.state_ = JournalState::damaged;
  return journal;
}

/// Finds the latest record of every key on the page in use, and where to go on.
void Journal::scan(const Flash& flash) {
  state_ = JournalState::ready;
  std::size_t at = first_record_word;
  while (at < flash.page_words()) {
    const auto header = record_header(flash.read(page_, at));
    if (!header || at + header->words() > flash.page_words()) break;
    const RecordState record = check_record(flash, {page_, at, sequence_}, *header);
    const std::size_t next = at + header->words();
    if (record == RecordState::whole) {
      latest_[header->key] = static_cast<std::uint16_t>(at);
    } else {
      full_ = true;
      // A power cut leaves nothing after it; anything else has lost a value.
      const bool cut = record == RecordState::torn && erased_from(flash, page_, next);
      state_ = cut ? JournalState::recovered_tail : JournalState::damaged;
    }
    at = next;
  }
  end_ = static_cast<std::uint16_t>(at);
  if (erased_from(flash, page_, at)) return;
  full_ = true;
  const bool cut = state_ == JournalState::ready && erased_from(flash, page_, at + 1);
  state_ = cut ? JournalState::recovered_tail : JournalState::damaged;
}

/// 0 when there is none, or when its header has gone bad since `open`.
std::size_t Journal::length_of(const Flash& flash, std::uint8_t key) const {
  const std::size_t at = latest_[key];
  if (at == 0) return 0;
  const auto header = record_header(flash.read(page_, at));
  return header && at + header->words() <= end_ ? header->length : 0;
}

std::optional<std::size_t> Journal::read(const Flash& flash, std::uint8_t key,
                                         std::span<std::uint8_t> out) const {
  const std::size_t length = key < keys ? length_of(flash, key) : 0;
  if (length == 0) return std::nullopt;
  for (std::size_t i = 0; i < length && i < out.size(); ++i) {
    const std::uint32_t word = flash.read(page_, latest_[key] + 1U + i / 4);
    out[i] = static_cast<std::uint8_t>((word >> (8U * (i % 4))) & 0xFFU);
  }
  return length;
}

bool Journal::holds(const Flash& flash, const Value& value) const {
  if (length_of(flash, value.key) != value.bytes.size()) return false;
  for (std::size_t i = 0; 4 * i < value.bytes.size(); ++i) {
    const std::uint32_t word = flash.read(page_, latest_[value.key] + 1U + i);
    if (word != value_word(value.bytes, i)) return false;
  }
  return true;
}

/// Words of a fresh page with the latest of every key, `value` for its own.
std::size_t Journal::compacted_words(const Flash& flash, const Value& value) const {
  const RecordHeader own{value.key, static_cast<std::uint8_t>(value.bytes.size())};
  std::size_t words = first_record_word + own.words();
  for_each([&](std::uint8_t key) {
    if (key == value.key) return;
    words += RecordHeader{key, static_cast<std::uint8_t>(length_of(flash, key))}.words();
  });
  return words;
}

Result<Written, JournalFault> Journal::write(Flash& flash, std::uint8_t key,
                                             std::span<const std::uint8_t> value) {
  if (key >= keys) return JournalFault::bad_key;
  if (value.empty() || value.size() > value_bytes_max) return JournalFault::bad_length;
  if (is_lost(state_) || state_ == JournalState::damaged) return JournalFault::not_writable;
  const Value own{key, value};
  if (holds(flash, own)) return Written::unchanged;
  if (compacted_words(flash, own) > flash.page_words()) return JournalFault::no_room;
  if (state_ == JournalState::blank && !begin(flash)) return JournalFault::flash_failed;
  if (mark_due_) mark_old(flash, 1 - page_);
  mark_due_ = false;
  if (append(flash, own)) return Written::stored;
  return compact(flash, *this, own);
}

/// Makes the first page. Does not erase a page that is erased, so that a cut leaves a blank one.
bool Journal::begin(Flash& flash) {
  if (erased_from(flash, 0, 0)) {
    page_ = 0;
  } else if (erased_from(flash, 1, 0)) {
    page_ = 1;
  } else {
    page_ = 0;
    flash.erase(0);
    ++erases_[0];
  }
  sequence_ = 1;
  end_ = first_record_word;
  program_page_header(flash, page_, {sequence_, erases_});
  if (read_page_header(flash, page_).kind != PageKind::whole) return false;
  state_ = JournalState::ready;
  return true;
}

/// Adds a record to the page in use; false when there is no room or the flash did not take it.
bool Journal::append(Flash& flash, const Value& value) {
  const RecordHeader header{value.key, static_cast<std::uint8_t>(value.bytes.size())};
  if (full_ || end_ + header.words() > flash.page_words()) return false;
  const RecordPlace place{page_, end_, sequence_};
  program_record(flash, place, value.key, value.bytes);
  const auto stored = record_header(flash.read(page_, end_));
  full_ = !stored || check_record(flash, place, header) != RecordState::whole;
  if (full_) return false;
  latest_[value.key] = end_;
  end_ = static_cast<std::uint16_t>(end_ + header.words());
  return true;
}

/// Copies a value of `from`, but never one that went bad since: that would give it a good check.
bool Journal::copy(Flash& flash, const Journal& from, std::uint8_t key) {
  const std::size_t length = from.length_of(flash, key);
  if (length == 0) return false;
  const RecordPlace place{from.page_, from.latest_[key], from.sequence_};
  const RecordHeader header{key, static_cast<std::uint8_t>(length)};
  if (check_record(flash, place, header) != RecordState::whole) return false;
  std::array<std::uint8_t, value_bytes_max> bytes;  // NOLINT: filled by read
  (void)from.read(flash, key, bytes);
  return append(flash, {key, std::span(bytes).first(length)});
}

/// Puts the values of `from` and `value` (unless empty) on the other page and goes on there; the
/// page in use is left as it is, and stays in use when the flash fails.
Result<Written, JournalFault> Journal::compact(Flash& flash, const Journal& from,
                                               const Value& value) {
  if (sequence_ == sequence_max) return JournalFault::worn_out;
  Journal next;
  next.page_ = page_ == 0 ? 1 : 0;
  next.sequence_ = sequence_ + 1;
  next.end_ = first_record_word;
  ++erases_[next.page_];
  next.erases_ = erases_;
  next.state_ = JournalState::ready;
  flash.erase(next.page_);
  if (!next.fill(flash, from, value)) return JournalFault::flash_failed;
  mark_old(flash, page_);
  *this = next;
  return Written::stored;
}

/// The header last: until it is whole, the other page counts.
bool Journal::fill(Flash& flash, const Journal& from, const Value& value) {
  if (!erased_from(flash, page_, 0)) return false;
  bool good = value.bytes.empty() || append(flash, value);
  from.for_each([&](std::uint8_t key) {
    const bool replaced = key == value.key && !value.bytes.empty();
    good = good && (replaced || copy(flash, from, key));
  });
  if (!good) return false;
  program_page_header(flash, page_, {sequence_, erases_});
  return read_page_header(flash, page_).kind == PageKind::whole;
}

Result<Written, JournalFault> Journal::repair(Flash& flash) {
  if (is_lost(state_)) return JournalFault::not_writable;
  if (state_ != JournalState::damaged) return Written::unchanged;
  return compact(flash, *this, {});
}

Result<Written, JournalFault> Journal::format(Flash& flash) {
  if (!is_lost(state_) && state_ != JournalState::blank) return compact(flash, Journal{}, {});
  if (is_lost(state_)) {
    // A page of ours next to one of newer firmware is older than that: it must not come back.
    const int first = read_page_header(flash, 1).kind == PageKind::whole ? 1 : 0;
    flash.erase(first);
    *this = Journal{};
    erases_ = {1, 1};
    if (!begin(flash)) return JournalFault::flash_failed;
    // Last, so that a cut never leaves two blank pages: those are a new board's.
    flash.erase(1 - page_);
    return Written::stored;
  }
  if (!begin(flash)) return JournalFault::flash_failed;
  return Written::stored;
}

}  // namespace cellwarden::core
