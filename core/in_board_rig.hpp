/// An IN board on a virtual clock, its switches, sensors and memory: for its tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/chain_receiver.hpp"
#include "core/in_board.hpp"
#include "core/test_rigs.hpp"

namespace cellwarden::core {

struct InRig {
  explicit InRig(Instant start = Instant::milliseconds(1'000'000))
      : now(start), board(start_in_board(start, InBoardMemory{})) {
    take();
  }

  void take() {
    last = step(board, now, InBoardInputs{switches, cell, j1, j2});
    if (last.message_starts) {
      starts.push_back(now);
      sending.clear();
    }
    sending.insert(sending.end(), last.tx.begin(), last.tx.end());
    if (!board.source.active()) sent = sending;
    if (last.store) {
      stored.push_back(*last.store);
      memory = *last.store;
    }
    if (last.extended) frames.push_back(*last.extended);
  }
  /// Sleeps as long as the board allows, again and again.
  void run_until(Instant until) {
    while (last.wake_at - now > Duration{} && last.wake_at - until < Duration{}) {
      now = last.wake_at;
      take();
    }
    now = until;
    take();
  }
  void run_for(Duration time) { run_until(now + time); }
  /// Power off and on again.
  void restart() {
    board = start_in_board(now, memory);
    take();
  }
  void set(int number, bool on) { switches.on[static_cast<std::size_t>(number - 1)] = on; }
  /// @param positions  of switches 1 to 7, '1' = ON
  void set_all(std::string_view positions) {
    for (std::size_t i = 0; i < positions.size(); ++i) switches.on[i] = positions[i] == '1';
  }
  /// The head of the last whole message.
  [[nodiscard]] wire::ChainHead head() const {
    ChainReceiver receiver;
    receiver.start();
    for (const std::uint8_t byte : sent) {
      const auto head = receiver.accept(byte);
      if (head && head->good()) return head->value();
    }
    ADD_FAILURE() << "no head in what was sent last";
    return {};
  }

  Instant now;
  OptionSwitches switches;
  CellSample cell = usual_cell;
  std::optional<CurrentSample> j1, j2;
  InBoardMemory memory;
  InBoard board;
  InBoardOutputs last;
  std::vector<Instant> starts;
  Bytes sending, sent;  ///< the message under way, the last whole one
  std::vector<InBoardMemory> stored;
  std::vector<wire::FrameBytes> frames;
};

}  // namespace cellwarden::core
