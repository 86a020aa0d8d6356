// SPDX-License-Identifier: Apache-2.0
#include "gateway/packs.hpp"

#include <utility>

#include <spdlog/spdlog.h>

namespace cellwarden::gateway {

void PackFeed::bytes(std::span<const std::uint8_t> bytes, Time now) {
  if (pack_.bytes(bytes, now) == 0) return;
  watch(now);
  on_change();
}

void PackFeed::silence(Time) { pack_.silence(); }

void PackFeed::port(PortState state, std::string text, Time now) {
  pack_.port(state, std::move(text), now);
  watch(now);
  on_change();
}

void PackFeed::watch(Time now) {
  const LinkState state = pack_.link_state(now);
  if (state == said_) return;
  const bool just_connected = state == LinkState::silent && said_ != LinkState::online;
  said_ = state;
  const std::string text = pack_.view(now).link.text;
  if (just_connected || state == LinkState::online || state == LinkState::ended) {
    spdlog::info("{}: {}", identity_.name, text);
  } else {
    spdlog::warn("{}: {}", identity_.name, text);
  }
}

}  // namespace cellwarden::gateway
