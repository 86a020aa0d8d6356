// SPDX-License-Identifier: Apache-2.0
#include "core/chain_receiver.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "wire/bytes.hpp"

namespace cellwarden::core {

void ChainReceiver::start() {
  index_ = 0;
  listening_ = true;
  in_records_ = complete_ = garbled_ = false;
}

void ChainReceiver::end_head(const HeadResult& result) {
  listening_ = result.good();
  if (!listening_) return;
  order_ = result.value().order;
  cell_count_ = result.value().cell_count;
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
  end_head(head);
  return head;
}

HeadResult ChainReceiver::accept_head(std::span<const std::uint8_t, wire::chain_head_size> bytes,
                                      std::uint16_t right_check) {
  std::copy_n(bytes.data(), head_.size(), head_.data());
  HeadResult head = wire::decode_chain_head(head_, right_check);
  end_head(head);
  return head;
}

void ChainReceiver::accept_records(std::span<const std::uint8_t> bytes, std::uint16_t right_check) {
  CELLWARDEN_ASSERT(in_records_ && bytes.size() == expected_ + wire::chain_crc_size);
  std::copy_n(bytes.data(), expected_, records_.data());
  crc_ = wire::Crc16{right_check};
  heard_crc_ = static_cast<std::uint16_t>(wire::read_big_endian(bytes.subspan(expected_)));
  end_records();
}

void ChainReceiver::accept_record(std::uint8_t byte) {
  if (index_ < expected_) {
    records_[index_] = byte;
    crc_.add(byte);
  } else {
    heard_crc_ = static_cast<std::uint16_t>((heard_crc_ << 8U) | byte);
  }
  if (++index_ == expected_ + wire::chain_crc_size) end_records();
}

void ChainReceiver::end_records() {
  complete_ = heard_crc_ == crc_.value();
  garbled_ = !complete_;
  listening_ = false;
}

}  // namespace cellwarden::core
