// SPDX-License-Identifier: Apache-2.0
#include "core/chain_receiver.hpp"

#include "wire/bytes.hpp"

namespace cellwarden::core {

void ChainReceiver::start() {
  index_ = 0;
  listening_ = true;
  in_records_ = complete_ = garbled_ = false;
}

void ChainReceiver::end_head(const wire::ChainHead& head) {
  order_ = head.order;
  cell_count_ = head.cell_count;
  expected_ =
      wire::chain_record_size * static_cast<std::size_t>(wire::records_of(order_, cell_count_));
  crc_ = wire::Crc16{static_cast<std::uint16_t>(
      wire::read_big_endian(std::span(head_).last<wire::chain_crc_size>()))};
  heard_crc_ = 0;
  index_ = 0;
  in_records_ = true;
}

std::optional<HeadResult> ChainReceiver::accept(std::uint8_t byte) {
  if (!listening_) return std::nullopt;
  if (in_records_) {
    accept_record(byte);
    return std::nullopt;
  }
  head_[index_++] = byte;
  if (index_ < head_.size()) return std::nullopt;
  const HeadResult head = wire::decode_chain_head(head_);
  if (head.good()) {
    end_head(head.value());
  } else {
    listening_ = false;
  }
  return head;
}

void ChainReceiver::accept_record(std::uint8_t byte) {
  if (index_ < expected_) {
    records_[index_] = byte;
    crc_.add(byte);
  } else {
    heard_crc_ = static_cast<std::uint16_t>((heard_crc_ << 8U) | byte);
  }
  if (++index_ < expected_ + wire::chain_crc_size) return;
  complete_ = heard_crc_ == crc_.value();
  garbled_ = !complete_;
  listening_ = false;
}

}  // namespace cellwarden::core
