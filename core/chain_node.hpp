/// Cut-through forwarding of the chain message: a byte comes in, the byte that leaves for it comes
/// out at once, with this board's readings merged. Knows bytes and positions only; when a message
/// starts, ends or fails to come is the board's business (core/chain_link).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/fixed_bytes.hpp"
#include "wire/chain.hpp"
#include "wire/crc16.hpp"

namespace cellwarden::core {

/// At most this many bytes leave for one that arrives (the end of a message, where the own record
/// and the check follow), or for a start of a message (its first part).
using ChainBytes =
    FixedBytes<wire::chain_head_size + wire::chain_record_size + wire::chain_crc_size>;

/// One board's place in one passing message. Copyable, no heap; `start` before each message.
class ChainNode {
 public:
  /// What the board adds.
  struct Contribution {
    wire::CellReading reading;
    wire::ChainFlags flags;
  };

  /// Forgets the message before; the next byte is byte 0.
  void start() { *this = ChainNode{}; }

  /// Passes one byte on.
  /// @param mine  looked at once, when the flags byte passes: the freshest reading there can be
  /// @param out   receives the bytes that leave now: one, or up to five at the message's end
  void accept(std::uint8_t byte, const Contribution& mine, ChainBytes& out);

  /// A whole message has passed undisturbed, its bytes being somebody else's business (a
  /// simulator's): what is asked about a message afterwards is as if they had come one by one.
  /// @param number  this board's in it
  void pass_whole(const wire::ChainOrder& order, std::uint8_t number);

  /// Whether `mine` will be looked at with the next byte.
  [[nodiscard]] bool wants_reading() const {
    return phase_ == Phase::head && index_ == wire::chain_at::flags;
  }
  /// Whether a whole head has passed whose check was right (what it orders may be obeyed).
  [[nodiscard]] bool head_is_good() const { return phase_ == Phase::records || done_well_; }
  /// The order of that head; meaningless before.
  [[nodiscard]] const wire::ChainOrder& order() const { return order_; }
  /// Whether that head was started by a board that heard nothing.
  [[nodiscard]] bool head_is_broken() const { return broken_; }
  /// This board's number in that message, 1 = the board that started it.
  [[nodiscard]] std::uint8_t number() const { return number_; }
  /// Whether the message is over (more bytes would be refused).
  [[nodiscard]] bool complete() const { return phase_ == Phase::done; }

 private:
  enum class Phase : std::uint8_t { head, records, blind, done };
  /// Byte-wise choice of the smaller or greater of two three-byte fields (value, value, cell).
  struct Merge {
    enum class Winner : std::uint8_t { open, theirs, mine };
    Winner winner = Winner::open;
    std::uint8_t pass(std::uint8_t theirs, std::uint8_t own, bool own_wins, bool is_cell);
  };

  std::uint8_t head_byte(std::uint8_t byte, const Contribution& mine);
  std::uint8_t merged_extreme(std::uint8_t byte);
  void end_head();
  void record_byte(std::uint8_t byte, ChainBytes& out);
  void append_record(ChainBytes& out);

  wire::ChainHeadBytes heard_{};  ///< the head as it came in
  std::array<std::uint8_t, 2> own_voltage_{}, own_temperature_{};
  wire::CellReading reading_;
  wire::ChainOrder order_;
  wire::Crc16 crc_in_, crc_out_;
  std::uint16_t error_ = 0;  ///< right check minus heard check; 0 while all is well
  std::size_t index_ = 0;
  std::size_t record_bytes_ = 0;  ///< to be forwarded before the records' check
  unsigned carry_ = 0;
  Merge merge_;
  std::uint8_t number_ = 0;
  Phase phase_ = Phase::head;
  bool append_ = false;
  bool broken_ = false;
  bool done_well_ = false;
};

}  // namespace cellwarden::core
