/// The OUT board's ear: reads the chain message as it leaves the OUT board's own node (which has
/// merged the last cell), a byte at a time. The head is handed over as soon as it is complete; the
/// records, every cell's readings, when their own check is right.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>

#include "wire/chain.hpp"
#include "wire/crc16.hpp"

namespace cellwarden::core {

using HeadResult = Result<wire::ChainHead, wire::ChainFault>;

/// Bytes of one message in; a head, then records out. Copyable, no heap.
class ChainReceiver {
 public:
  /// A new message begins; what was left of the one before is given up.
  void start();

  /// @return the head, or why there is none, when `byte` is its last
  std::optional<HeadResult> accept(std::uint8_t byte);

  /// All bytes of a head at once, as `accept` takes them one by one; behind `start`.
  /// @param right_check  of the bytes before the check
  HeadResult accept_head(std::span<const std::uint8_t, wire::chain_head_size> bytes,
                         std::uint16_t right_check);
  /// All bytes behind a good head at once: the records and their check.
  /// @param right_check  of head and records
  void accept_records(std::span<const std::uint8_t> bytes, std::uint16_t right_check);

  /// Whether the last byte completed the records of this message with a right check.
  [[nodiscard]] bool records_are_complete() const { return complete_; }
  /// Whether they were complete but garbled.
  [[nodiscard]] bool records_are_garbled() const { return garbled_; }
  /// The records have been taken.
  void finish() { complete_ = false; }

  /// The readings of this message, once complete, in the order of the cells that report in it.
  /// @param visit  called with (cell number in the message, reading)
  template <class Visit>
  void for_each_record(Visit visit) const {
    const bool all = wire::every_cell_reports(order_.period, order_.programmed_cells);
    const std::uint8_t* record = records_.data();
    // Where not all do, cells report in turns: 1, 3, 5 ... or 2, 4, 6 ...
    const int first = all || order_.sequence % 2 == 1 ? 1 : 2;
    for (int cell = first; cell <= cell_count_; cell += all ? 1 : 2) {
      visit(cell, wire::decode_chain_record(
                      std::span<const std::uint8_t, wire::chain_record_size>(record, 3)));
      record += wire::chain_record_size;
    }
  }

 private:
  void end_head(const HeadResult& head);
  void accept_record(std::uint8_t byte);
  void end_records();

  wire::ChainHeadBytes head_{};
  std::array<std::uint8_t, wire::chain_cells_max * wire::chain_record_size> records_{};
  wire::ChainOrder order_;
  wire::Crc16 crc_;
  std::size_t index_ = 0;  ///< in the head, then in the records and their check
  std::size_t expected_ = 0;
  std::uint16_t heard_crc_ = 0;
  int cell_count_ = 0;
  bool listening_ = false;
  bool in_records_ = false;
  bool complete_ = false;
  bool garbled_ = false;
};

}  // namespace cellwarden::core
