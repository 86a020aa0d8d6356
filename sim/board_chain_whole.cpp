/// Whole messages: while nothing disturbs the chain, a cycle is one step that calls the same
/// functions of the boards as the bytes do, in the same order. Whatever is not calm is left to the
/// bytes: this file knows no fault. docs/decisions/0010-whole-messages.md says why it is the same.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sim/board_chain.hpp"

namespace cellwarden::sim {
namespace {

using core::Duration;
using core::Instant;

constexpr SimTime us_per_ms = 1000;
/// A message must be over so long before the next one starts: the gap that ends it, and the rest of
/// a millisecond.
constexpr SimTime rest_before_next = (core::chain_gap.in_milliseconds() + 2) * us_per_ms;

/// Faults with which the steps between two messages change nothing.
bool is_steady(core::LinkFault fault) {
  return fault == core::LinkFault::none || fault == core::LinkFault::bad_reading;
}

}  // namespace

void Senses::read_all(SimTime at, Readings& readings) {
  for (std::size_t i = 0; i < readings.cells.size(); ++i) {
    readings.cells[i] = cell(static_cast<int>(i), at);
  }
  readings.in = current_in(at);
  readings.out = current_out(at);
  readings.clock = wall_clock(at);
}

bool BoardChain::cell_board_is_calm(const core::CellBoard& board, int number) const {
  return !board.in_message && !board.own.active() && !board.silent && !board.measuring &&
         !board.flashing && board.number == number && board.period == in_.order.period &&
         clock_at(now_) - board.heard_at <= in_.order.period;
}

bool BoardChain::out_is_calm() const {
  const core::OutBoard& board = out_.board;
  core::PinGuard guard = out_.pin_guard;
  const Instant head = clock_at(MessageTimes(now_, in_.order).head_at(cells() - 1));
  const bool may_speak =
      !board.extended_recent || head - board.extended_at >= core::extended_spacing;
  return cell_board_is_calm(board.cell, cells()) && is_steady(out_.fault) &&
         board.link.cell_count() == cells() && board.link.cell(board.next_cell).known &&
         !board.extended_due && may_speak && !out_.button && !out_.radio_reset &&
         !guard.is_waiting(clock_at(now_));
}

/// Whether a message is over before the next one starts, whichever cells report.
bool BoardChain::ends_in_time() const {
  wire::ChainOrder order = in_.order;
  for (int turn = 0; turn < 2; ++turn) {
    ++order.sequence;
    const MessageTimes times(now_, order);
    if (times.end_at(cells() - 1) + rest_before_next >= times.next()) return false;
  }
  return true;
}

/// Looks at everything, because the bytes may have left anything behind.
bool BoardChain::is_calm() const {
  const bool in_is_calm = !in_.source.active() && !in_.measuring && !in_.flashing &&
                          clock_at(now_) - in_.cycle_at == in_.order.period;
  if (!in_is_calm || !ends_in_time() || !out_is_calm()) return false;
  for (int board = 1; board < cells() - 1; ++board) {
    if (!cell_board_is_calm(cell_board(board), board + 1)) return false;
  }
  return std::ranges::all_of(wires_, &WireLink::calm) &&
         std::ranges::none_of(hung_, [](bool hung) { return hung; }) &&
         std::ranges::none_of(off_, [](bool off) { return off; }) &&
         std::ranges::all_of(clocks_, &Clock::right) && in_flash_.healthy() && out_flash_.healthy();
}

/// What may change from one whole message to the next.
bool BoardChain::next_is_whole(SimTime until) const {
  if (pace != Pace::messages || out_button || in_.switches != switches) return false;
  const SimTime period = SimTime{in_.order.period.in_milliseconds()} * us_per_ms;
  return now_ + period - 1 <= until && is_steady(out_.fault) && !out_.board.extended_due;
}

/// @return false: nothing was done, the bytes must do it
bool BoardChain::run_whole(SimTime until) {
  if (wake_at_[0] != now_ || !next_is_whole(until) || !is_calm()) return false;
  const std::uint32_t changes = changes_;
  passing_whole_ = true;
  do {
    pass_message();
    now_ = times_.next();
  } while (changes == changes_ && next_is_whole(until));
  events_ = {};
  settle_in();
  settle_cells();
  settle_out();
  now_ = times_.next() - 1;
  passing_whole_ = false;
  do_what_waits();
  return true;
}

void BoardChain::run_whole_until(SimTime until) {
  if (pace != Pace::messages || events_.empty()) return;
  const Event next = events_.top();
  if (next.board != 0 || next.at > until) return;
  const SimTime before = now_;
  now_ = next.at;
  if (!run_whole(until)) now_ = before;
}

void BoardChain::do_what_waits() {
  const auto waiting = std::move(waiting_);
  waiting_.clear();
  for (const Waiting& one : waiting) (this->*one.act)(one.board);
}

void BoardChain::pass_message() {
  const Duration period = in_.order.period;
  const Instant now = clock_at(now_);
  // What the OUT board does by the clock is done by one of its steps, and which one matters.
  const bool out_needs_bytes = core::next_duty(out_) - (now + period) <= Duration{};
  if (out_needs_bytes) settle_out();
  senses_.read_all(now_, readings_);
  if (hooks_.before_whole) hooks_.before_whole(now_);
  const core::InBoardInputs in{switches, readings_.cells[0], readings_.in, readings_.out};
  const core::Ratio in_bypass = in_.bypass.level;
  core::StartedMessage message = core::start_whole_message(in_, now, in);
  if (message.store) (void)core::store_in_memory(in_journal_, in_flash_, *message.store);
  times_.start(now_, in_.order);
  tell_mean_bypass(0, in_bypass, in_.bypass.level);
  bytes_.start();
  if (wire::cell_reports(in_.order, 1)) bytes_.add_record(wire::chain_record(message.reading));
  pass_cells(message.head, out_needs_bytes ? cells() - 2 : cells() - 1);
  if (hooks_.in_extended) {
    now_ += SimTime{core::chain_rest_after.in_milliseconds()} * us_per_ms;
    hooks_.in_extended(now_, core::extended_frame_of(in_, in.cell));
  }
  bytes_.finish(message.head);
  if (out_needs_bytes) {
    hear_bytes();
  } else {
    hear_message();
  }
  ++whole_messages_;
}

/// Every board behind the IN board adds its part.
/// @param count  how many: the OUT board is the last one
void BoardChain::pass_cells(wire::ChainHead& head, int count) {
  const wire::ChainOrder& order = in_.order;
  // A cell below it leaves a bypass off that is off; without an order every board decides.
  const core::Voltage bypasses_from = order.v_bypass.value_or(core::Voltage{});
  const bool all = wire::every_cell_reports(order.period, order.programmed_cells);
  const core::CellSample* const cells = readings_.cells.data();
  const core::Ratio* const told = told_bypass_.data();
  const auto inner = static_cast<int>(boards_.size());
  const core::CellBoard* at = boards_.data();
  for (int board = 1; board <= count; ++board) {
    const core::CellSample& cell = cells[board];
    const core::Bypass& bypass = board <= inner ? at++->bypass : out_.board.cell.bypass;
    const bool quiet = !bypass.engaged && told[board] == core::Ratio{} && cell.voltage &&
                       *cell.voltage < bypasses_from && core::voltage_in_range(*cell.voltage) &&
                       cell.temperature && core::temperature_in_range(*cell.temperature);
    if (!quiet) {
      pass_cell(board, head);
      continue;
    }
    // Nothing to flag, and in range: the chain's steps change the temperature only.
    const std::uint16_t steps = wire::chain_count(*cell.temperature);
    wire::merge_into(head, {*cell.voltage, wire::chain_temperature(steps), false});
    if (all || wire::cell_reports(order, board + 1)) {
      bytes_.add_record(wire::chain_record(*cell.voltage, steps, false));
    }
  }
}

/// One board's part in the message that passes, whatever it has to say.
void BoardChain::pass_cell(int board, wire::ChainHead& head) {
  const core::CellSample& cell = readings_.cells[static_cast<std::size_t>(board)];
  core::Bypass& bypass = bypass_of(board);
  const auto mine = core::contribution_of(cell, bypass, false);
  wire::merge_into(head, mine.reading, mine.flags);
  if (wire::cell_reports(in_.order, board + 1)) bytes_.add_record(wire::chain_record(mine.reading));
  const core::Ratio before = bypass.level;
  bypass.decide(cell.voltage, cell.temperature, in_.order.v_bypass);
  tell_mean_bypass(board, before, bypass.level);
}

/// What a board bypasses between two whole messages, before anything was settled.
core::Ratio BoardChain::passing_bypass(int board) const {
  if (board == 0) return in_.bypass.level;
  if (board == cells() - 1) return out_.board.cell.bypass.level;
  return boards_[static_cast<std::size_t>(board - 1)].bypass.level;
}

/// A board bypasses as before until it hears the message, and as decided from its reading on.
void BoardChain::tell_mean_bypass(int board, core::Ratio before, core::Ratio after) {
  const core::Ratio none;
  const auto index = static_cast<std::size_t>(board);
  if (before == none && after == none && told_bypass_[index] == none) return;
  const SimTime period = times_.next() - times_.started();
  const SimTime until = board == 0 ? 0 : times_.byte_at(board, 0) - times_.started();
  const SimTime from = board == 0 ? SimTime{core::chain_quiet.in_milliseconds()} * us_per_ms
                                  : times_.head_at(board) - times_.started();
  const SimTime ppm = (before.in_ppm() * until + after.in_ppm() * (period - from)) / period;
  tell_bypass(board, core::Ratio::ppm(static_cast<std::int32_t>(ppm)));
}

void BoardChain::hear_message() {
  const int last = cells() - 1;
  const core::OutFirmwareInputs in{std::nullopt, readings_.cells.back(), readings_.clock, false};
  const core::Relays before = outputs_.contacts;
  now_ = times_.head_at(last);
  const Instant head_at = clock_at(now_);
  outputs_ = core::hear_whole_head(out_, head_at, bytes_.head(), in, out_flash_);
  watchdog_.feed(head_at);
  show_relays(before);
  show_events();
  if (outputs_.board.extended && hooks_.extended) hooks_.extended(now_, *outputs_.board.extended);
  now_ = times_.end_at(last);
  core::hear_whole_records(out_, clock_at(now_), bytes_.records());
  out_settled_ = false;
}

/// The OUT board takes the whole message byte by byte, and wakes when it asked to.
void BoardChain::hear_bytes() {
  const int last = cells() - 1;
  const auto bytes = bytes_.bytes();
  std::size_t taken = 0;
  while (true) {
    const bool more = taken < bytes.size();
    const SimTime byte_at = more ? times_.byte_at(last, taken) : times_.next();
    now_ = std::min(byte_at, wake_at_[static_cast<std::size_t>(last)]);
    if (now_ >= times_.next()) break;
    std::optional<std::uint8_t> rx;
    if (now_ == byte_at) rx = bytes[taken++];
    step_out({rx, readings_.cells.back(), readings_.clock, out_button});
  }
  events_ = {};  // its wakes; they are in wake_at_
}

}  // namespace cellwarden::sim
