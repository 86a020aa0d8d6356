// SPDX-License-Identifier: Apache-2.0
#include "core/chain_source.hpp"

namespace cellwarden::core {

void ChainSource::start(const wire::ChainOrder& order, const wire::ChainFlags& flags, Instant at) {
  head_ = wire::encode_chain_head(wire::neutral_chain_head(order, flags));
  node_.start();
  started_ = at;
  active_ = true;
  begun_ = false;
}

bool ChainSource::step(Instant now, const ChainNode::Contribution& mine, ChainBytes& out) {
  if (!active_ || now - due() < Duration{}) return false;
  if (!begun_) {
    for (std::size_t i = 0; i < wire::chain_at::flags; ++i) node_.accept(head_[i], mine, out);
    begun_ = true;
    return true;
  }
  for (std::size_t i = wire::chain_at::flags; i < head_.size(); ++i) {
    node_.accept(head_[i], mine, out);
  }
  // No records yet: their check is the head's own.
  for (const std::uint8_t crc : std::span(head_).last<wire::chain_crc_size>()) {
    node_.accept(crc, mine, out);
  }
  active_ = false;
  return false;
}

}  // namespace cellwarden::core
