// SPDX-License-Identifier: Apache-2.0
#include "sim/board_chain.hpp"

#include <stdexcept>
#include <string>

namespace cellwarden::sim {
namespace {

constexpr SimTime us_per_ms = 1000;
/// The IN board looks at its current sensors this often.
constexpr core::Duration current_sampling = core::Duration::milliseconds(100);

/// Of the isolated link between banks: a slow optocoupler, a guess.
constexpr SimTime optocoupler_delay = 20;

MemoryFlash flash_in(const std::filesystem::path& file) {
  return file.empty() ? MemoryFlash{} : MemoryFlash{file};
}

}  // namespace

BoardChain::BoardChain(const ChainOptions& options, Senses& senses, Hooks hooks)
    : switches(options.switches),
      pace(options.pace),
      senses_(senses),
      hooks_(std::move(hooks)),
      options_(options),
      in_flash_(flash_in(options.in_flash_file)),
      out_flash_(flash_in(options.out_flash_file)) {
  if (options.cells < 2 || options.cells > wire::chain_cells_max) {
    throw std::invalid_argument("cells: expected 2 to 255, got " + std::to_string(options.cells));
  }
  const auto count = static_cast<std::size_t>(options.cells);
  wires_.resize(count - 1);
  for (WireLink& link : wires_) link.report_changes(changes_);
  for (const int board : options.isolated_behind) {
    if (board < 0 || board >= options.cells - 1) {
      throw std::invalid_argument("isolated_behind: no link behind board " + std::to_string(board));
    }
    wire(board).set_delay(optocoupler_delay);
  }
  readings_.cells.resize(count);
  bypass_.resize(count);
  leds_.resize(count);
  told_bypass_.resize(count);
  hung_.resize(count);
  off_.resize(count);
  wake_at_.assign(count, 0);
  clocks_.resize(count);
  for (std::size_t i = 0; i < count && i < options.clock_error_ppm.size(); ++i) {
    clocks_[i].error_ppm = options.clock_error_ppm[i];
  }
  commission();
  const core::Instant start = options.clock_start;
  in_journal_ = core::Journal::open(in_flash_);
  in_ = core::start_in_board(start, core::load_in_memory(in_journal_, in_flash_));
  boards_.assign(count - 2, core::start_cell_board(start));
  start_out(core::EventCause::power_on);
  for (int board = 0; board < options.cells; ++board) {
    sample(board, true);
    events_.push({0, board, false});
  }
}

/// New chips get what the factory and the installer would have stored.
void BoardChain::commission() {
  if (in_flash_.blank()) {
    core::Journal journal = core::Journal::open(in_flash_);
    (void)core::store_in_memory(journal, in_flash_, options_.in_memory);
  }
  if (out_flash_.blank()) {
    core::Journal journal = core::Journal::open(out_flash_);
    (void)core::store_settings(journal, out_flash_, options_.out_memory.settings);
    (void)core::store_pin(journal, out_flash_, options_.out_memory.pin);
    (void)core::store_state(journal, out_flash_, options_.out_memory);
  }
}

void BoardChain::start_out(core::EventCause cause) {
  const core::Instant now = board_clock(cells() - 1);
  out_ = core::start_out_firmware(now, out_flash_, options_.extended, cause, out_button);
  shown_event_ = out_.memory.log.newest() > 0 ? out_.memory.log.newest() - 1 : 0;
  watchdog_ = core::Watchdog{core::watchdog_timeout, now};
}

/// What the board's own clock has counted since virtual time 0.
SimTime BoardChain::board_microseconds(int board) const {
  const Clock& clock = clocks_[static_cast<std::size_t>(board)];
  const SimTime passed = now_ - clock.since;
  return clock.shown + passed + passed / 1'000'000 * clock.error_ppm +
         passed % 1'000'000 * clock.error_ppm / 1'000'000;
}

core::Instant BoardChain::board_clock(int board) const {
  const auto ms = static_cast<std::uint32_t>(board_microseconds(board) / us_per_ms);
  return core::Instant::milliseconds(options_.clock_start.in_milliseconds() + ms);
}

std::optional<SimTime> BoardChain::whole_until() const {
  if (pace != Pace::messages || events_.empty()) return std::nullopt;
  const Event& next = events_.top();
  const bool starts = next.board == 0 && wake_at_[0] == next.at &&
                      clock_at(next.at) - in_.cycle_at == in_.order.period;
  if (!starts) return std::nullopt;
  return next.at + SimTime{in_.order.period.in_milliseconds()} * us_per_ms - 1;
}

void BoardChain::run_until(SimTime until) {
  while (!events_.empty() && events_.top().at <= until) {
    const Event event = events_.top();
    now_ = event.at;
    if (pace == Pace::messages && event.board == 0 && run_whole(until)) continue;
    events_.pop();
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
  if (!powered(event.board)) return;
  if (hung_[static_cast<std::size_t>(event.board)]) {
    // Nothing executes; at the OUT board the watchdog goes on counting.
    if (event.board == last && watchdog_.expired(board_clock(last))) restart_board(last);
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
  core::CellSample& held = readings_.cells[static_cast<std::size_t>(board)];
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
  if (out.store) (void)core::store_in_memory(in_journal_, in_flash_, *out.store);
  if (lost_power_writing(0)) return;
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
  const core::CellBoard& half = out_.board.cell;
  const bool fresh = half.passing.wants_reading() || half.own.active();
  step_out({rx, sample(board, fresh), senses_.wall_clock(now_), out_button});
}

void BoardChain::step_out(const core::OutFirmwareInputs& in) {
  const int board = cells() - 1;
  const core::Relays before = outputs_.contacts;
  const core::Instant now = board_clock(board);
  const core::OutFirmwareOutputs outputs = core::step(out_, now, in, out_flash_);
  if (lost_power_writing(board)) return;
  outputs_ = outputs;
  watchdog_.feed(now);
  set_bypass(board, outputs_.board.bypass);
  show_relays(before);
  show_events();
  if (outputs_.board.extended && hooks_.extended) hooks_.extended(now_, *outputs_.board.extended);
  wake(board, outputs_.board.wake_at);
}

void BoardChain::show_relays(core::Relays before) {
  if (outputs_.contacts != before && hooks_.relays) hooks_.relays(now_, outputs_.contacts);
}

void BoardChain::show_events() {
  const core::EventLog& log = out_.memory.log;
  while (shown_event_ != log.newest()) {
    ++shown_event_;
    const core::EventLog::Entry& entry = log.slot(shown_event_ % core::event_slots);
    if (hooks_.event && entry.number == shown_event_) hooks_.event(now_, entry.event);
  }
}

void BoardChain::app_receive(core::AppSession& session, std::uint8_t byte) {
  if (!powered(cells() - 1)) return;
  ++changes_;
  session.receive(byte, out_, out_flash_, board_clock(cells() - 1));
  (void)lost_power_writing(cells() - 1);
}

std::optional<std::uint8_t> BoardChain::app_next(core::AppSession& session) {
  if (!powered(cells() - 1)) return std::nullopt;
  const core::Instant now = board_clock(cells() - 1);
  session.step(out_, now);
  return session.next(now);
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
  bypass_[static_cast<std::size_t>(board)] = level;
  tell_bypass(board, level);
}

void BoardChain::tell_bypass(int board, core::Ratio level) {
  core::Ratio& told = told_bypass_[static_cast<std::size_t>(board)];
  if (told == level) return;
  told = level;
  if (hooks_.bypass) hooks_.bypass(now_, board, level);
}

void BoardChain::wake(int board, core::Instant at) {
  const SimTime ms = (at - board_clock(board)).in_milliseconds();
  const SimTime own_us = (ms < 1 ? 1 : ms) * us_per_ms - board_microseconds(board) % us_per_ms;
  const SimTime rate = 1'000'000 + clocks_[static_cast<std::size_t>(board)].error_ppm;
  wake_at(board, now_ + (own_us * 1'000'000 + rate - 1) / rate);
}

void BoardChain::wake_at(int board, SimTime time) {
  wake_at_[static_cast<std::size_t>(board)] = time;
  events_.push({time, board, false});
}

}  // namespace cellwarden::sim
