// SPDX-License-Identifier: Apache-2.0
#include "sim/whole_message.hpp"

#include "sim/quick_crc.hpp"
#include "wire/bytes.hpp"

namespace cellwarden::sim {
namespace {

using CheckBytes = std::span<std::uint8_t, wire::chain_crc_size>;

}  // namespace

void WholeMessage::finish(const wire::ChainHead& head) {
  const wire::ChainHeadBytes unchecked = wire::encode_unchecked_chain_head(head);
  for (std::size_t i = 0; i < wire::chain_at::crc; ++i) bytes_[i] = unchecked[i];
  const std::span all(bytes_);
  const std::uint16_t head_check = quick_crc(all.first<wire::chain_at::crc>());
  wire::write_big_endian(CheckBytes(all.subspan<wire::chain_at::crc, wire::chain_crc_size>()),
                         head_check);
  const std::uint16_t check =
      quick_crc(all.first(end_).subspan<wire::chain_head_size>(), head_check);
  wire::write_big_endian(all.subspan(end_, wire::chain_crc_size), check);
  end_ += wire::chain_crc_size;
}

core::WholeHead WholeMessage::head() const {
  const auto bytes = std::span(bytes_).first<wire::chain_head_size>();
  return {bytes, quick_crc(bytes.first<wire::chain_at::crc>())};
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
