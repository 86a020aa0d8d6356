/// A whole chain message: its bytes as they leave a board, and when each board hears it, as the
/// wires of sim/wire_link would bring it. Layout and checks are wire/chain's.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

#include "core/chain_source.hpp"
#include "core/out_board.hpp"
#include "sim/wire_link.hpp"

namespace cellwarden::sim {

/// The bytes of one message. Records first (`add_record`, cell by cell), the head when it is known.
class WholeMessage {
 public:
  void start() { count_ = 0; }
  /// @param record  see wire::chain_record
  void add_record(std::uint32_t record) { records_[count_++] = record; }
  /// Writes the head and both checks.
  void finish(const wire::ChainHead& head);

  /// Every byte, in the order in which they leave; after `finish`.
  [[nodiscard]] std::span<const std::uint8_t> bytes() const {
    return std::span(bytes_).first(end_);
  }
  /// What the OUT board's ear takes at once; each check is computed anew from the bytes.
  [[nodiscard]] core::WholeHead head() const;
  [[nodiscard]] core::WholeRecords records() const;

 private:
  void put_check(std::size_t at, std::uint16_t check);

  std::array<std::uint32_t, wire::chain_cells_max> records_{};
  std::size_t count_ = 0;
  std::array<std::uint8_t, wire::chain_head_size + wire::chain_cells_max * wire::chain_record_size +
                               wire::chain_crc_size>
      bytes_{};
  std::size_t end_ = wire::chain_head_size;
};

/// When the boards hear a message that starts on a whole millisecond and that nothing delays.
class MessageTimes {
 public:
  MessageTimes() = default;
  /// @param started  by the IN board
  MessageTimes(SimTime started, const wire::ChainOrder& order) { start(started, order); }
  void start(SimTime started, const wire::ChainOrder& order) {
    started_ = started;
    order_.period = order.period;
    order_.sequence = order.sequence;
    order_.programmed_cells = order.programmed_cells;
  }

  [[nodiscard]] SimTime started() const { return started_; }
  /// When the next message starts.
  [[nodiscard]] SimTime next() const {
    return started_ + SimTime{order_.period.in_milliseconds()} * 1000;
  }
  /// When a board has byte `index` of the message.
  /// @param board  1 is the one behind the IN board
  [[nodiscard]] SimTime byte_at(int board, std::size_t index) const;
  /// The last byte of the head.
  [[nodiscard]] SimTime head_at(int board) const {
    return byte_at(board, wire::chain_head_size - 1);
  }
  /// The last byte of the message, which has the records of the boards before.
  [[nodiscard]] SimTime end_at(int board) const {
    const auto records = static_cast<std::size_t>(wire::records_of(order_, board));
    return byte_at(board, wire::chain_head_size + wire::chain_record_size * records + 1);
  }

 private:
  SimTime started_ = 0;
  wire::ChainOrder order_;  ///< who reports, and the period; the rest is not looked at
};

}  // namespace cellwarden::sim
