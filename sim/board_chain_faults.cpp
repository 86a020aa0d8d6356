/// What can break at the boards of a chain: power, program, flash, clock. Wires break by themselves
/// (WireLink).
// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>
#include <string>

#include "sim/board_chain.hpp"

namespace cellwarden::sim {

void BoardChain::hang_board(int index) {
  ++changes_;
  if (passing_whole_) {
    waiting_.push_back({index, &BoardChain::hang_board});
    return;
  }
  hung_[static_cast<std::size_t>(index)] = true;
  if (index == cells() - 1) wake(index, watchdog_.expires_at());
}

void BoardChain::power_off_board(int index) {
  ++changes_;
  if (passing_whole_) {
    waiting_.push_back({index, &BoardChain::power_off_board});
    return;
  }
  off_[static_cast<std::size_t>(index)] = true;
  leds_[static_cast<std::size_t>(index)] = false;
  if (index == cells() - 1) outputs_.board = {};
  set_bypass(index, {});
}

void BoardChain::restart_board(int index) {
  ++changes_;
  if (passing_whole_) {
    waiting_.push_back({index, &BoardChain::restart_board});
    return;
  }
  const core::Instant now = board_clock(index);
  const bool was_hung = hung_[static_cast<std::size_t>(index)];
  hung_[static_cast<std::size_t>(index)] = false;
  off_[static_cast<std::size_t>(index)] = false;
  if (index == 0) in_flash_.power_back();
  if (index == cells() - 1) out_flash_.power_back();
  if (index == 0) {
    in_journal_ = core::Journal::open(in_flash_);
    in_ = core::start_in_board(now, core::load_in_memory(in_journal_, in_flash_));
  } else if (index == cells() - 1) {
    const core::Relays before = outputs_.contacts;
    start_out(was_hung ? core::EventCause::watchdog : core::EventCause::power_on);
    outputs_ = {};
    show_relays(before);
  } else {
    boards_[static_cast<std::size_t>(index - 1)] = core::start_cell_board(now);
  }
  set_bypass(index, {});
  wake(index, now + core::Duration::milliseconds(1));
}

MemoryFlash& BoardChain::flash_of(int index) {
  if (index != 0 && index != cells() - 1) {
    throw std::invalid_argument("board: only the IN and the OUT board have a flash, got board " +
                                std::to_string(index + 1));
  }
  return index == 0 ? in_flash_ : out_flash_;
}

void BoardChain::fail_flash(int index, FlashFault fault, std::uint64_t seed) {
  flash_of(index).fail(fault, seed);
  ++changes_;
}

void BoardChain::cut_power_at_write(int index, int operation, std::uint64_t seed) {
  if (operation < 1) {
    throw std::invalid_argument("operation: expected 1 or more, got " + std::to_string(operation));
  }
  flash_of(index).cut_power_at(operation, seed);
  ++changes_;
}

/// What a board would have done after it lost power, it did not do.
bool BoardChain::lost_power_writing(int board) {
  if (!flash_of(board).power_lost()) return false;
  if (powered(board)) power_off_board(board);
  return true;
}

void BoardChain::set_clock_error(int index, std::int32_t ppm) {
  if (ppm < -100'000 || ppm > 100'000) {
    throw std::invalid_argument("clock_error_ppm: expected -100000 to 100000, got " +
                                std::to_string(ppm));
  }
  Clock& clock = clocks_.at(static_cast<std::size_t>(index));
  clock = {.since = now_, .shown = board_microseconds(index), .error_ppm = ppm};
  ++changes_;
}

}  // namespace cellwarden::sim
