// SPDX-License-Identifier: Apache-2.0
#include "core/chain_node.hpp"

#include "wire/bytes.hpp"

namespace cellwarden::core {
namespace {

namespace at = wire::chain_at;
using wire::ChainFlags;

/// Which head fields are merged as extremes: 16..27, three bytes each.
constexpr bool is_extreme(std::size_t index) { return index >= at::lowest && index < at::sum; }

constexpr std::uint8_t high(std::uint16_t value) { return static_cast<std::uint8_t>(value >> 8U); }
constexpr std::uint8_t low(std::uint16_t value) { return static_cast<std::uint8_t>(value & 0xFFU); }

std::uint8_t with_flags(std::uint8_t theirs, const ChainFlags& mine, bool too_many) {
  ChainFlags flags = mine;
  flags.too_many_cells = too_many;
  return static_cast<std::uint8_t>(theirs | flags.to_byte());
}

}  // namespace

/// A tie goes to the board that came first; a neutral field (cell 0) never wins.
std::uint8_t ChainNode::Merge::pass(std::uint8_t theirs, std::uint8_t own, bool own_wins,
                                    bool is_cell) {
  if (winner == Winner::open) {
    if (is_cell) {
      winner = theirs == 0 ? Winner::mine : Winner::theirs;
    } else if (theirs != own) {
      winner = own_wins ? Winner::mine : Winner::theirs;
    }
  }
  return winner == Winner::mine ? own : theirs;
}

std::uint8_t ChainNode::merged_extreme(std::uint8_t byte) {
  const std::size_t offset = index_ - at::lowest;
  const std::size_t field = offset / 3;  // lowest, highest, coldest, hottest
  const std::size_t place = offset % 3;
  if (place == 0) merge_ = {};
  const bool is_cell = place == 2;
  const auto& value = field < 2 ? own_voltage_ : own_temperature_;
  const std::uint8_t own = is_cell ? number_ : value[place];
  const bool smaller_wins = field % 2 == 0;
  return merge_.pass(byte, own, smaller_wins ? own < byte : own > byte, is_cell);
}

std::uint8_t ChainNode::head_byte(std::uint8_t byte, const Contribution& mine) {
  if (index_ == at::position) {
    number_ = byte == wire::chain_cells_max ? byte : static_cast<std::uint8_t>(byte + 1);
    return number_;
  }
  if (index_ == at::flags) {
    reading_ = mine.reading;
    const auto mv = static_cast<std::uint32_t>(reading_.voltage.in_millivolts());
    wire::write_big_endian(own_voltage_, mv);
    wire::write_big_endian(own_temperature_, wire::chain_count(reading_.temperature));
    return with_flags(byte, mine.flags, heard_[at::position] == wire::chain_cells_max);
  }
  if (is_extreme(index_)) return merged_extreme(byte);
  if (index_ >= at::sum) {
    // Little-endian: the carry travels with the bytes. The third byte of one cell is always 0.
    const std::size_t place = index_ - at::sum;
    const unsigned own = place == 2 ? 0U : own_voltage_[1 - place];
    const unsigned sum = byte + own + carry_;
    carry_ = sum >> 8U;
    return static_cast<std::uint8_t>(sum & 0xFFU);
  }
  return byte;
}

/// A right check lets the board obey and append; a wrong one makes it pass the rest on unchanged,
/// with a check that stays wrong by the same bits.
void ChainNode::end_head() {
  if (error_ != 0) {
    phase_ = Phase::blind;
    return;
  }
  order_ = wire::decode_chain_order(heard_);
  broken_ = ChainFlags::from_byte(heard_[at::flags]).broken;
  append_ = heard_[at::position] < wire::chain_cells_max && wire::cell_reports(order_, number_);
  record_bytes_ = wire::chain_record_size *
                  static_cast<std::size_t>(wire::records_of(order_, heard_[at::position]));
  // The records' checks simply go on from the heads', so that records cannot change heads.
  phase_ = Phase::records;
  index_ = 0;
}

void ChainNode::append_record(ChainBytes& out) {
  const auto record = wire::encode_chain_record(reading_);
  out.push(record[2]);
  const auto crc = static_cast<std::uint16_t>(crc_out_.value() ^ error_);
  out.push(high(crc));
  out.push(low(crc));
}

/// The records before ours pass unchanged. Then come the two bytes of their check: ours leave in
/// their place when we append, and the check follows ours.
void ChainNode::record_byte(std::uint8_t byte, ChainBytes& out) {
  const std::size_t place = index_++;
  if (place < record_bytes_) {
    crc_in_.add(byte);
    crc_out_.add(byte);
    out.push(byte);
    return;
  }
  const bool first = place == record_bytes_;
  const std::uint16_t right = crc_in_.value();
  const auto wrong = static_cast<std::uint8_t>((first ? high(right) : low(right)) ^ byte);
  error_ = static_cast<std::uint16_t>(error_ | unsigned{wrong} << (first ? 8U : 0U));
  if (!append_) {
    const std::uint16_t crc = crc_out_.value();
    out.push(static_cast<std::uint8_t>((first ? high(crc) : low(crc)) ^
                                       (first ? high(error_) : low(error_))));
  } else {
    const auto record = wire::encode_chain_record(reading_);
    if (first) {
      for (const std::uint8_t own : record) crc_out_.add(own);
    }
    out.push(record[first ? 0 : 1]);
    if (!first) append_record(out);
  }
  if (!first) {
    phase_ = Phase::done;
    done_well_ = true;
  }
}

void ChainNode::pass_whole(const wire::ChainOrder& order, std::uint8_t number) {
  start();
  order_ = order;
  number_ = number;
  phase_ = Phase::done;
  done_well_ = true;
}

void ChainNode::accept(std::uint8_t byte, const Contribution& mine, ChainBytes& out) {
  if (phase_ == Phase::done) return;
  if (phase_ == Phase::blind) {
    out.push(byte);
    return;
  }
  if (phase_ == Phase::records) {
    record_byte(byte, out);
    return;
  }
  const bool foreign = (index_ == at::start && byte != wire::chain_start_byte) ||
                       (index_ == at::version && byte != wire::chain_version);
  if (foreign) {
    phase_ = Phase::blind;
    out.push(byte);
    return;
  }
  heard_[index_] = byte;
  const bool is_crc = index_ >= at::crc;
  std::uint8_t leaving = byte;
  if (is_crc) {
    const bool first = index_ == at::crc;
    const std::uint16_t right = crc_in_.value();
    const std::uint16_t ours = crc_out_.value();
    const auto error = static_cast<std::uint8_t>((first ? high(right) : low(right)) ^ byte);
    error_ = static_cast<std::uint16_t>(error_ | unsigned{error} << (first ? 8U : 0U));
    leaving = static_cast<std::uint8_t>((first ? high(ours) : low(ours)) ^ error);
  } else {
    leaving = head_byte(byte, mine);
    crc_in_.add(byte);
    crc_out_.add(leaving);
  }
  out.push(leaving);
  ++index_;
  if (index_ == wire::chain_head_size) end_head();
}

}  // namespace cellwarden::core
