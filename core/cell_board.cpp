// SPDX-License-Identifier: Apache-2.0
#include "core/cell_board.hpp"

namespace cellwarden::core {
namespace {

/// Boards further down wait a little longer, so that the one right behind a break speaks first.
Duration silence_limit(const CellBoard& board) {
  return chain_timeout(board.period) + Duration::milliseconds(board.number);
}

void begin_upstream_message(CellBoard& board, CellBoardOutputs& out) {
  board.passing.start();
  board.in_message = true;
  board.obeyed = false;
  board.muted = board.own.active();
  board.measuring = true;
  out.message_starts = !board.muted;
}

/// A head whose check is right is an order: its V-bypass and period hold from now on, and silence
/// starts anew.
void obey(CellBoard& board, Instant now, const CellSample& cell) {
  const wire::ChainOrder& order = board.passing.order();
  const std::int32_t period = order.period.in_milliseconds();
  board.obeyed = true;
  board.heard_at = now;
  board.silent = false;
  // The LEDs stop behind a break: that is where the manual has the owner look for it.
  if (!board.passing.head_is_broken()) {
    board.flash_at = now;
    board.flashing = true;
  }
  board.number = board.passing.number();
  if (!board.muted) board.restarted = false;
  board.measuring = board.own.active();
  if (period == 500 || period == 1000) board.period = order.period;
  board.bypass.decide(cell.voltage, cell.temperature, order.v_bypass);
}

void hear(CellBoard& board, Instant now, const CellBoardInputs& in, CellBoardOutputs& out) {
  if (!board.in_message) begin_upstream_message(board, out);
  board.last_byte_at = now;
  const auto mine = contribution_of(in.cell, board.bypass, board.restarted);
  ChainBytes passed;
  board.passing.accept(*in.rx, mine, passed);
  if (!board.muted) out.tx.push(std::span(passed.begin(), passed.end()));
  if (board.passing.head_is_good() && !board.obeyed) obey(board, now, in.cell);
}

/// Nothing from upstream: no bypass, and a message of our own every period, so that the OUT board
/// can count the boards behind the break (CELL-8).
void speak_up(CellBoard& board, Instant now) {
  board.bypass.stop();
  // Keeps pace with the clock, so that silence stays silence across its wrap.
  board.heard_at = now + -silence_limit(board);
  if (board.silent && now - board.own_at < board.period) return;
  board.silent = true;
  board.own_at = now;
  board.muted = board.in_message;
  wire::ChainOrder order;
  order.sequence = static_cast<std::uint8_t>(now.in_milliseconds() >> 9U);
  order.period = board.period;
  // Nobody knows how many boards follow: the records must fit the period even if all of them do.
  order.programmed_cells = wire::chain_cells_max;
  wire::ChainFlags flags;
  flags.broken = true;
  // What is being passed on ends here; a gap tells the next board so.
  const Duration wait = board.in_message ? chain_gap + Duration::milliseconds(1) : Duration{};
  board.own.start(order, flags, now + wait);
  board.measuring = true;
}

Instant next_wake(const CellBoard& board, Instant now) {
  Instant at = board.silent ? board.own_at + board.period : board.heard_at + silence_limit(board);
  if (board.in_message) at = earlier(now, at, board.last_byte_at + chain_gap);
  if (board.own.active()) at = earlier(now, at, board.own.due());
  if (board.flashing) at = earlier(now, at, board.flash_at + led_flash);
  return at;
}

}  // namespace

CellBoard start_cell_board(Instant now) {
  CellBoard board;
  board.heard_at = now;
  board.last_byte_at = now;
  board.own_at = now;
  board.flash_at = now;
  return board;
}

CellBoardOutputs step(CellBoard& board, Instant now, const CellBoardInputs& in) {
  CellBoardOutputs out;
  if (board.in_message && now - board.last_byte_at >= chain_gap) {
    board.in_message = false;
    board.measuring = board.own.active();
  }
  if (in.rx) hear(board, now, in, out);
  if (!board.own.active() && now - board.heard_at >= silence_limit(board)) speak_up(board, now);
  if (board.own.active()) {
    const auto mine = contribution_of(in.cell, board.bypass, board.restarted);
    if (board.own.step(now, mine, out.tx)) out.message_starts = true;
    if (!board.own.active()) board.measuring = board.restarted = false;
  }
  board.flashing = board.flashing && now - board.flash_at < led_flash;
  out.bypass = board.measuring ? Ratio{} : board.bypass.level;
  out.led = board.bypass.engaged || board.flashing;
  out.wake_at = next_wake(board, now);
  return out;
}

void pass_whole_message(CellBoard& board, const PassedMessage& message, const CellSample& cell) {
  CellBoardOutputs said_by_caller;
  begin_upstream_message(board, said_by_caller);
  board.passing.pass_whole(message.order, message.number);
  obey(board, message.head_at, cell);
  board.last_byte_at = message.end_at;
}

}  // namespace cellwarden::core
