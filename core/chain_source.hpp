/// Starts chain messages: the IN board's at every cycle, any board's when it hears nothing. It
/// feeds a neutral head to a ChainNode, so that the starting board merges its own reading the same
/// way every other board does.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chain_node.hpp"

namespace cellwarden::core {

/// The head is sent in two parts: what does not depend on the reading first, the rest when those 15
/// bytes have left (15.6 ms at 9600 baud). In between every neighbour has heard the start and has
/// switched its bypass off, so the reading is one at rest.
inline constexpr Duration chain_rest_after = Duration::milliseconds(16);
/// So long after the start of a message its starter keeps its own bypass off: until the next board
/// has taken its reading too.
inline constexpr Duration chain_quiet = Duration::milliseconds(34);

/// One message being started. Copyable; the default is "none".
class ChainSource {
 public:
  /// Begins a message at `at`. One that is under way is given up.
  void start(const wire::ChainOrder& order, const wire::ChainFlags& flags, Instant at);

  /// Sends what is due.
  /// @param mine  the reading, looked at when the rest is due
  /// @return      whether the message began with this call
  bool step(Instant now, const ChainNode::Contribution& mine, ChainBytes& out);

  [[nodiscard]] bool active() const { return active_; }
  /// When `step` has the next thing to do; meaningless unless active.
  [[nodiscard]] Instant due() const { return begun_ ? started_ + chain_rest_after : started_; }

 private:
  wire::ChainHeadBytes head_{};
  ChainNode node_;
  Instant started_;
  bool active_ = false;
  bool begun_ = false;
};

}  // namespace cellwarden::core
