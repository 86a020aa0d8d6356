// SPDX-License-Identifier: Apache-2.0
#include "sim/board_chain.hpp"

#include <stdexcept>
#include <string>

namespace cellwarden::sim {
namespace {

constexpr SimTime us_per_ms = 1000;
/// The IN board looks at its current sensors this often.
constexpr core::Duration current_sampling = core::Duration::milliseconds(100);

}  // namespace

BoardChain::BoardChain(const ChainOptions& options, Senses& senses, Hooks hooks)
    : switches(options.switches),
      settings(options.settings),
      senses_(senses),
      hooks_(std::move(hooks)),
      options_(options) {
  if (options.cells < 2 || options.cells > wire::chain_cells_max) {
    throw std::invalid_argument("cells: expected 2 to 255, got " + std::to_string(options.cells));
  }
  const auto count = static_cast<std::size_t>(options.cells);
  const core::Instant start = options.clock_start;
  in_ = core::start_in_board(start, options.in_memory);
  boards_.assign(count - 2, core::start_cell_board(start));
  out_ = core::start_out_board(start, options.soc, options.totals, options.extended);
  wires_.resize(count - 1);
  samples_.resize(count);
  bypass_.resize(count);
  leds_.resize(count);
  wake_at_.assign(count, 0);
  for (int board = 0; board < options.cells; ++board) {
    sample(board, true);
    events_.push({0, board, false});
  }
}

SimTime BoardChain::clock_error_ppm(int board) const {
  const auto index = static_cast<std::size_t>(board);
  return index < options_.clock_error_ppm.size() ? options_.clock_error_ppm[index] : 0;
}

/// What the board's own clock has counted since virtual time 0.
SimTime BoardChain::board_microseconds(int board) const {
  const SimTime ppm = clock_error_ppm(board);
  return now_ + now_ / 1'000'000 * ppm + now_ % 1'000'000 * ppm / 1'000'000;
}

core::Instant BoardChain::board_clock(int board) const {
  const auto ms = static_cast<std::uint32_t>(board_microseconds(board) / us_per_ms);
  return core::Instant::milliseconds(options_.clock_start.in_milliseconds() + ms);
}

void BoardChain::run_until(SimTime until) {
  while (!events_.empty() && events_.top().at <= until) {
    const Event event = events_.top();
    events_.pop();
    now_ = event.at;
    handle(event);
  }
  if (until > now_) now_ = until;
}

/// An event whose cause is gone (cut wire, board asked for another time) does nothing.
void BoardChain::handle(const Event& event) {
  const int last = cells() - 1;
  std::optional<std::uint8_t> rx;
  if (event.byte) {
    WireLink& link = wire(event.board - 1);
    const auto arrival = link.next_arrival();
    if (!arrival || *arrival > now_) return;
    rx = link.take();
    if (const auto next = link.next_arrival()) events_.push({*next, event.board, true});
  } else if (wake_at_[static_cast<std::size_t>(event.board)] != event.at) {
    return;
  }
  if (event.board == 0) {
    step_in();
  } else if (event.board == last) {
    step_out(rx);
  } else {
    step_cell(event.board, rx);
  }
}

const core::CellSample& BoardChain::sample(int board, bool fresh) {
  core::CellSample& held = samples_[static_cast<std::size_t>(board)];
  if (fresh) held = senses_.cell(board, now_);
  return held;
}

void BoardChain::step_in() {
  const core::Instant now = board_clock(0);
  core::InBoardInputs in;
  in.switches = switches;
  in.cell = sample(0, in_.source.active());
  in.j1 = senses_.current_in(now_);
  in.j2 = senses_.current_out(now_);
  const core::InBoardOutputs out = core::step(in_, now, in);
  forward(0, out.tx);
  set_bypass(0, out.bypass);
  leds_[0] = out.led;
  if (out.store && hooks_.in_store) hooks_.in_store(now_, *out.store);
  if (out.store) options_.in_memory = *out.store;
  if (out.extended && hooks_.in_extended) hooks_.in_extended(now_, *out.extended);
  wake(0, core::earlier(now, out.wake_at, now + current_sampling));
}

void BoardChain::step_cell(int board, std::optional<std::uint8_t> rx) {
  core::CellBoard& state = boards_[static_cast<std::size_t>(board - 1)];
  const bool fresh = state.passing.wants_reading() || state.own.active();
  const core::CellBoardInputs in{rx, sample(board, fresh)};
  const core::CellBoardOutputs out = core::step(state, board_clock(board), in);
  forward(board, out.tx);
  set_bypass(board, out.bypass);
  leds_[static_cast<std::size_t>(board)] = out.led;
  wake(board, out.wake_at);
}

void BoardChain::step_out(std::optional<std::uint8_t> rx) {
  const int board = cells() - 1;
  const bool fresh = out_.cell.passing.wants_reading() || out_.cell.own.active();
  const core::OutBoardInputs in{rx, sample(board, fresh), senses_.wall_clock(now_)};
  const core::Relays before = outputs_.relays;
  outputs_ = core::step(out_, board_clock(board), in, settings);
  set_bypass(board, outputs_.bypass);
  if (outputs_.relays != before && hooks_.relays) hooks_.relays(now_, outputs_.relays);
  if (outputs_.extended && hooks_.extended) hooks_.extended(now_, *outputs_.extended);
  wake(board, outputs_.wake_at);
}

void BoardChain::forward(int board, const core::ChainBytes& bytes) {
  WireLink& link = wire(board);
  const bool was_empty = !link.next_arrival();
  for (const std::uint8_t byte : bytes) link.send(now_, byte);
  if (const auto first = link.next_arrival(); was_empty && first) {
    events_.push({*first, board + 1, true});
  }
}

void BoardChain::set_bypass(int board, core::Ratio level) {
  core::Ratio& held = bypass_[static_cast<std::size_t>(board)];
  if (held == level) return;
  held = level;
  if (hooks_.bypass) hooks_.bypass(now_, board, level);
}

void BoardChain::wake(int board, core::Instant at) {
  const SimTime ms = (at - board_clock(board)).in_milliseconds();
  const SimTime own_us = (ms < 1 ? 1 : ms) * us_per_ms - board_microseconds(board) % us_per_ms;
  const SimTime rate = 1'000'000 + clock_error_ppm(board);
  const SimTime time = now_ + (own_us * 1'000'000 + rate - 1) / rate;
  wake_at_[static_cast<std::size_t>(board)] = time;
  events_.push({time, board, false});
}

void BoardChain::restart_board(int index) {
  const core::Instant now = board_clock(index);
  if (index == 0) {
    in_ = core::start_in_board(now, options_.in_memory);
  } else if (index == cells() - 1) {
    const core::Relays before = outputs_.relays;
    out_ = core::start_out_board(now, out_.soc, out_.totals, options_.extended);
    outputs_ = {};
    if (before != outputs_.relays && hooks_.relays) hooks_.relays(now_, outputs_.relays);
  } else {
    boards_[static_cast<std::size_t>(index - 1)] = core::start_cell_board(now);
  }
  set_bypass(index, {});
  wake(index, now + core::Duration::milliseconds(1));
}

}  // namespace cellwarden::sim
