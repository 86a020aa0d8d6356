/// Brings every board to where the bytes of a whole message would have left it: the steps between
/// the message and the next one, in which nothing is decided. Knows no message's content.
// SPDX-License-Identifier: Apache-2.0
#include "sim/board_chain.hpp"

namespace cellwarden::sim {
namespace {

using core::Duration;
using core::Instant;

constexpr SimTime us_per_ms = 1000;
/// The IN board looks at its current sensors this often (board_chain.cpp).
constexpr Duration current_sampling = Duration::milliseconds(100);

}  // namespace

/// The steps of the IN board behind its message, up to the next one.
void BoardChain::settle_in() {
  const Instant end = clock_at(times_.next());
  const core::InBoardInputs in{*in_.switches, readings_.cells[0], readings_.in, readings_.out};
  Instant now = clock_at(times_.started()) + core::chain_rest_after;
  while (end - now > Duration{}) {
    const core::InBoardOutputs out = core::step(in_, now, in);
    leds_[0] = out.led;
    bypass_[0] = out.bypass;
    now = core::earlier(now, out.wake_at, now + current_sampling);
  }
  wake_at(0, times_.next());
}

/// When a board steps next by itself: not twice in a millisecond.
Instant BoardChain::next_step(Instant now, Instant wake) {
  const Instant soonest = now + Duration::milliseconds(1);
  return wake - soonest < Duration{} ? soonest : wake;
}

/// The steps of every cell board behind the message, up to the next one.
void BoardChain::settle_cells() {
  const Instant end = clock_at(times_.next());
  for (int board = 1; board < cells() - 1; ++board) {
    const auto index = static_cast<std::size_t>(board);
    core::CellBoard& state = boards_[index - 1];
    const core::CellSample& cell = readings_.cells[index];
    Instant now = clock_at(times_.end_at(board));
    core::pass_whole_message(state, passed_message(board), cell);
    while (end - now > Duration{}) {
      const core::CellBoardOutputs out = core::step(state, now, {std::nullopt, cell});
      leds_[index] = out.led;
      bypass_[index] = out.bypass;
      now = next_step(now, out.wake_at);
    }
    wake_at(board, times_.next() + (now - end).in_milliseconds() * us_per_ms);
  }
}

core::PassedMessage BoardChain::passed_message(int board) const {
  return {in_.order, static_cast<std::uint8_t>(board + 1), clock_at(times_.head_at(board)),
          clock_at(times_.end_at(board))};
}

/// The steps of the OUT board behind the message, up to the next one.
void BoardChain::settle_out() {
  const int last = cells() - 1;
  const auto index = static_cast<std::size_t>(last);
  if (!out_settled_) {
    const Instant end = clock_at(times_.next());
    const core::CellSample& cell = readings_.cells.back();
    Instant now = clock_at(times_.end_at(last));
    core::pass_whole_message(out_.board.cell, passed_message(last), cell);
    while (end - now > Duration{}) {
      outputs_ = core::step(out_, now, {std::nullopt, cell, readings_.clock, false}, out_flash_);
      watchdog_.feed(now);
      now = next_step(now, outputs_.board.wake_at);
    }
    bypass_[index] = outputs_.board.bypass;
    wake_at_[index] = times_.next() + (now - end).in_milliseconds() * us_per_ms;
  }
  out_settled_ = true;
  wake_at(last, wake_at_[index]);
}

}  // namespace cellwarden::sim
