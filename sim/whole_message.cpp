// SPDX-License-Identifier: Apache-2.0
#include "sim/whole_message.hpp"

#include "sim/quick_crc.hpp"
#include "wire/bytes.hpp"

namespace cellwarden::sim {
void WholeMessage::finish(const wire::ChainHead& head) {
  wire::write_unchecked_chain_head(std::span(bytes_).first<wire::chain_head_size>(), head);
  const std::uint16_t head_check = quick_crc_of<wire::chain_at::crc>(bytes_.data());
  put_check(wire::chain_at::crc, head_check);
  std::uint8_t* at = bytes_.data() + wire::chain_head_size;
  for (const std::uint32_t record : std::span(records_).first(count_)) {
    at[0] = static_cast<std::uint8_t>((record >> 16U) & 0xFFU);
    at[1] = static_cast<std::uint8_t>((record >> 8U) & 0xFFU);
    at[2] = static_cast<std::uint8_t>(record & 0xFFU);
    at += wire::chain_record_size;
  }
  end_ = wire::chain_head_size + count_ * wire::chain_record_size;
  put_check(end_, quick_crc(bytes().subspan(wire::chain_head_size), head_check));
  end_ += wire::chain_crc_size;
}

void WholeMessage::put_check(std::size_t at, std::uint16_t check) {
  bytes_[at] = static_cast<std::uint8_t>(check >> 8U);
  bytes_[at + 1] = static_cast<std::uint8_t>(check & 0xFFU);
}

core::WholeHead WholeMessage::head() const {
  const auto bytes = std::span(bytes_).first<wire::chain_head_size>();
  return {bytes, quick_crc_of<wire::chain_at::crc>(bytes.data())};
}

core::WholeRecords WholeMessage::records() const {
  const auto all = bytes();
  const auto head_check = static_cast<std::uint16_t>(
      wire::read_big_endian(all.subspan<wire::chain_at::crc, wire::chain_crc_size>()));
  const auto behind = all.subspan(wire::chain_head_size);
  return {behind, quick_crc(behind.first(behind.size() - wire::chain_crc_size), head_check)};
}

/// The first part of a head leaves at the start, the rest when the reading is due; each board
/// passes a byte on when it has it.
SimTime MessageTimes::byte_at(int board, std::size_t index) const {
  const SimTime hops = (board - 1) * byte_time(1);
  const auto place = static_cast<SimTime>(index);
  constexpr auto first_part = static_cast<SimTime>(wire::chain_at::flags);
  if (place < first_part) return started_ + hops + byte_time(place + 1);
  const SimTime rest = SimTime{core::chain_rest_after.in_milliseconds()} * 1000;
  return started_ + rest + hops + byte_time(place - first_part + 1);
}

}  // namespace cellwarden::sim
