/// What a board keeps over power-off: values of 1..248 bytes under keys 0..254, appended to one of
/// two flash pages and moved to the other when it is full. A power cut at any instant leaves the
/// old or the new value. The journal does not know what the bytes mean, and it never erases what it
/// cannot read. Format and argument: docs/storage.md.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/flash.hpp"
#include "core/result.hpp"

namespace cellwarden::core {

/// What `Journal::open` found.
enum class JournalState : std::uint8_t {
  /// Nothing has ever been stored. Writable.
  blank,
  /// Every value is the last one written. Writable.
  ready,
  /// The last write was cut short and never happened; otherwise as `ready`. Writable.
  recovered_tail,
  /// Not the work of a power cut: a stored value, or the newer page, no longer reads. What reads
  /// may be older than the last value written, or missing. Refuses writes until `repair` or
  /// `format`.
  damaged,
  /// Lost: something is stored and none of it is ours or whole. Refuses writes until `format`.
  unreadable,
  /// Lost: written by an older format that this one does not read. As `unreadable`.
  older_version,
  /// Lost: written by newer firmware; go back to that, or `format`. As `unreadable`.
  newer_version,
};

/// True when nothing can be read although something is stored.
constexpr bool is_lost(JournalState state) {
  return state == JournalState::unreadable || state == JournalState::older_version ||
         state == JournalState::newer_version;
}

/// Why a write, repair or format was refused. The values stored before stand in every case.
enum class JournalFault : std::uint8_t {
  /// 255 is no key.
  bad_key,
  /// A value has 1..248 bytes.
  bad_length,
  /// The value does not fit a fresh page together with the latest of every other key.
  no_room,
  /// The state is `damaged` or lost: `repair` or `format` first.
  not_writable,
  /// The flash does not hold what was programmed, did not erase, or a value stored before has
  /// gone bad since `open`. Worn out or broken; open again to see what is left.
  flash_failed,
  /// The page sequence is used up (after 2^32 - 1 compactions).
  worn_out,
};

/// What a successful write did.
enum class Written : std::uint8_t {
  /// The value is in the flash.
  stored,
  /// The value was there already; nothing was programmed.
  unchanged,
};

/// Where everything is, found once by `open`. Trivially copyable, 532 bytes. The flash is passed to
/// each call, always the same one, and nobody else writes it.
class Journal {
 public:
  static constexpr std::size_t value_bytes_max = 248;
  static constexpr std::size_t keys = 255;

  /// Scans the pages; changes nothing. Cost: reads each word of the page in use about once, plus
  /// two page headers; both pages when no header is whole.
  static Journal open(const Flash& flash);

  [[nodiscard]] JournalState state() const { return state_; }

  /// Copies the latest value of `key` to the front of `out`. Cost: one read a word, no search.
  /// @return  the length of the stored value, 1..248, also when `out` is shorter and holds only
  ///          its first bytes; nothing when the key was never written (or the state is lost)
  [[nodiscard]] std::optional<std::size_t> read(const Flash& flash, std::uint8_t key,
                                                std::span<std::uint8_t> out) const;

  /// Stores `value` under `key`. On return the value is safe; cut short, the one before is.
  /// Cost: length / 4 + 2 words programmed; when the page is full an erase and a copy of the latest
  /// value of every key. 600 bytes of stack.
  /// @param value  1..248 bytes
  Result<Written, JournalFault> write(Flash& flash, std::uint8_t key,
                                      std::span<const std::uint8_t> value);

  /// Moves everything that can be read to the other page and goes on from there; what is damaged is
  /// gone then. Refused in a lost state, where there is nothing to keep.
  Result<Written, JournalFault> repair(Flash& flash);

  /// Starts again with no keys, from any state; the only call that erases what cannot be read. From
  /// a readable state a power cut leaves all old values or none; the bytes of the old ones remain
  /// on the other page until it is used next.
  Result<Written, JournalFault> format(Flash& flash);

  /// Calls `visit(std::uint8_t key)` for each key that has a value, lowest first.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t key = 0; key < keys; ++key) {
      if (latest_[key] != 0) visit(static_cast<std::uint8_t>(key));
    }
  }

  /// Erases of a page (0 or 1) since its count was begun. Erases that a power cut stopped before
  /// the page was in use again are not in it; `format` of a lost state begins at 1.
  [[nodiscard]] std::uint32_t erase_count(int page) const {
    return erases_[static_cast<std::size_t>(page)];
  }

 private:
  struct Value {
    std::uint8_t key = 0;
    std::span<const std::uint8_t> bytes;
  };

  void scan(const Flash& flash);
  [[nodiscard]] std::size_t length_of(const Flash& flash, std::uint8_t key) const;
  [[nodiscard]] bool holds(const Flash& flash, const Value& value) const;
  [[nodiscard]] std::size_t compacted_words(const Flash& flash, const Value& value) const;
  bool begin(Flash& flash);
  bool append(Flash& flash, const Value& value);
  bool copy(Flash& flash, const Journal& from, std::uint8_t key);
  bool fill(Flash& flash, const Journal& from, const Value& value);
  Result<Written, JournalFault> compact(Flash& flash, const Journal& from, const Value& value);

  std::array<std::uint16_t, keys> latest_{};  // word of the record; 0: never written
  std::array<std::uint32_t, Flash::pages> erases_{};
  std::uint32_t sequence_ = 0;  // of the page in use; each page in use adds one
  std::uint16_t end_ = 0;       // first word not used
  std::uint8_t page_ = 0;
  bool full_ = false;      // nothing more may be appended to this page
  bool mark_due_ = false;  // the other page does not yet say it is old
  JournalState state_ = JournalState::blank;
};

}  // namespace cellwarden::core
