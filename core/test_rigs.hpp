/// Boards on a virtual clock and the messages that upstream boards would send them: for the tests
/// of core/. Steps a board exactly as its home does: for every byte, and when it asked to be woken.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/cell_board.hpp"
#include "core/option_switches.hpp"
#include "core/out_board.hpp"

namespace cellwarden::core {

using Bytes = std::vector<std::uint8_t>;

inline constexpr CellSample usual_cell{Voltage::millivolts(3300), Temperature::decicelsius(200)};
/// Nearly ten bits at 9600 baud.
inline constexpr Duration byte_time = Duration::milliseconds(1);

inline std::vector<CellSample> usual_cells(int count) {
  return std::vector<CellSample>(static_cast<std::size_t>(count), usual_cell);
}

/// What an IN board orders whose switches are all OFF but 7.
inline wire::ChainOrder usual_order(int programmed_cells = 4) {
  wire::ChainOrder order;
  order.period = chain_period_slow;
  order.programmed_cells = static_cast<std::uint8_t>(programmed_cells);
  order.v_bypass = Voltage::millivolts(3500);
  order.in = Current{};
  order.out = Current{};
  return order;
}

/// A message as it leaves the last of these boards; the first one has started it.
inline Bytes message(const wire::ChainOrder& order, const std::vector<CellSample>& cells,
                     const wire::ChainFlags& flags = {}) {
  const auto says = [](const CellSample& c) { return contribution_of(c, Bypass{}, false); };
  ChainSource source;
  source.start(order, flags, Instant{});
  ChainBytes head;
  source.step(Instant{}, says(cells[0]), head);
  source.step(Instant{} + chain_rest_after, says(cells[0]), head);
  Bytes bytes(head.begin(), head.end());
  for (std::size_t i = 1; i < cells.size(); ++i) {
    ChainNode node;
    node.start();
    Bytes passed;
    for (const std::uint8_t byte : bytes) {
      ChainBytes out;
      node.accept(byte, says(cells[i]), out);
      passed.insert(passed.end(), out.begin(), out.end());
    }
    bytes = passed;
  }
  return bytes;
}

/// One cell board alone, with a wire on either side.
struct CellRig {
  explicit CellRig(Instant start = Instant::milliseconds(1'000'000))
      : now(start), board(start_cell_board(start)) {
    take(std::nullopt);
  }

  void take(std::optional<std::uint8_t> rx) {
    last = step(board, now, CellBoardInputs{rx, cell});
    starts += last.message_starts ? 1 : 0;
    for (const std::uint8_t byte : last.tx) sent.emplace_back(now, byte);
  }
  /// Sleeps as long as the board allows, again and again.
  void run_until(Instant until) {
    while (last.wake_at - now > Duration{} && last.wake_at - until < Duration{}) {
      now = last.wake_at;
      take(std::nullopt);
    }
    now = until;
    take(std::nullopt);
  }
  void run_for(Duration time) { run_until(now + time); }
  void hear(const Bytes& bytes) {
    for (const std::uint8_t byte : bytes) {
      run_for(byte_time);
      take(byte);
    }
  }
  /// What has left the board since the last call.
  Bytes taken() {
    Bytes bytes;
    for (const auto& [at, byte] : sent) bytes.push_back(byte);
    sent.clear();
    return bytes;
  }

  Instant now;
  CellBoard board;
  CellSample cell = usual_cell;
  CellBoardOutputs last;
  std::vector<std::pair<Instant, std::uint8_t>> sent;
  int starts = 0;  ///< messages that began to leave
};

/// An OUT board at the end of a pack whose other cells exist as bytes only.
struct OutRig {
  struct Start {
    Instant at = Instant::milliseconds(1'000'000);
    int cells = 4;
    ExtendedOptions options{};
    StateOfCharge soc = StateOfCharge::at(Ratio::percent(50), true);
  };
  explicit OutRig(const Start& start)
      : now(start.at),
        next_at(start.at + chain_period_slow),
        cells(usual_cells(start.cells)),
        board(start_out_board(start.at, start.soc, PackTotals{}, start.options)) {
    for (const std::uint8_t listed : cell_counts) {
      order.programmed_cells = listed;
      if (listed >= start.cells) break;
    }
    take(std::nullopt);
  }
  OutRig() : OutRig(Start{}) {}

  void take(std::optional<std::uint8_t> rx) {
    const bool was_closed = last.relays.charge || last.relays.load;
    last = step(board, now, OutBoardInputs{rx, cells.back(), clock}, settings);
    if (!was_closed && (last.relays.charge || last.relays.load)) closed_at = now;
    if (last.extended) frames.emplace_back(now, *last.extended);
  }
  void run_until(Instant until) {
    while (last.wake_at - now > Duration{} && last.wake_at - until < Duration{}) {
      now = last.wake_at;
      take(std::nullopt);
    }
    now = until;
    take(std::nullopt);
  }
  void run_for(Duration time) { run_until(now + time); }
  void hear(const Bytes& bytes) {
    for (const std::uint8_t byte : bytes) {
      run_for(byte_time);
      take(byte);
    }
  }
  /// What arrives at the OUT board this cycle when all is well: every cell but its own.
  [[nodiscard]] Bytes upstream(const wire::ChainFlags& flags = {}) const {
    return message(order, {cells.begin(), cells.end() - 1}, flags);
  }
  /// Waits for the next beat and gives `bytes` to the board.
  void cycle_with(const Bytes& bytes) {
    run_until(next_at);
    next_at = next_at + order.period;
    hear(bytes);
  }
  void cycle(const wire::ChainFlags& flags = {}) {
    ++order.sequence;
    cycle_with(upstream(flags));
  }
  void cycles(int count) {
    for (int i = 0; i < count; ++i) cycle();
  }
  /// A cycle in which nothing arrives.
  void lose() {
    ++order.sequence;
    run_until(next_at);
    next_at = next_at + order.period;
  }
  [[nodiscard]] LinkFault fault() { return board.link.fault(now); }
  [[nodiscard]] Relays relays() const { return last.relays; }

  Instant now, next_at;
  Settings settings;
  wire::ChainOrder order = usual_order();
  std::vector<CellSample> cells;
  std::optional<WallClock> clock;
  OutBoard board;
  OutBoardOutputs last;
  std::optional<Instant> closed_at;  ///< when the first relay closed last
  std::vector<std::pair<Instant, wire::FrameBytes>> frames;
};

inline constexpr Relays both_open{};
inline constexpr Relays both_closed{true, true};

}  // namespace cellwarden::core
