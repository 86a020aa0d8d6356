/// A cell board: measures one cell, bypasses it, and passes the chain message on with its readings
/// merged. The same code is the measuring half of the OUT board. Bytes in, bytes out, no clock.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/bypass.hpp"
#include "core/chain_node.hpp"
#include "core/chain_source.hpp"

namespace cellwarden::core {

/// A cell's readings as the board's converter gives them; absent: it gave none.
struct CellSample {
  std::optional<Voltage> voltage;
  std::optional<Temperature> temperature;
};

/// Silence on the wire for this long ends a message: 4.8 byte times.
inline constexpr Duration chain_gap = Duration::milliseconds(5);
/// How long a LED flash lasts.
inline constexpr Duration led_flash = Duration::milliseconds(50);
/// A board that has heard nothing yet expects the slow cycle.
inline constexpr Duration chain_period_slow = Duration::milliseconds(1000);
inline constexpr Duration chain_period_fast = Duration::milliseconds(500);

/// Silence for longer than two and a half messages is a broken chain: one lost message is not.
constexpr Duration chain_timeout(Duration period) {
  return Duration::milliseconds(period.in_milliseconds() * 5 / 2);
}

/// The chain's limits for a reading (CELL-1, CELL-2): outside it is flagged.
constexpr bool voltage_in_range(Voltage v) {
  return v >= Voltage::millivolts(2000) && v <= Voltage::millivolts(5000);
}
constexpr bool temperature_in_range(Temperature t) {
  return t >= Temperature::decicelsius(-400) && t <= Temperature::decicelsius(850);
}

/// What a board says about its cell: readings in chain steps, flags for what is wrong with them. A
/// missing reading is sent as the lowest there is, flagged.
constexpr ChainNode::Contribution contribution_of(const CellSample& cell, const Bypass& bypass,
                                                  bool restarted) {
  const Voltage voltage = cell.voltage.value_or(Voltage{});
  const Temperature temperature = cell.temperature.value_or(Temperature::decicelsius(-10'000));
  ChainNode::Contribution mine;
  mine.reading = wire::to_chain_steps(voltage, temperature, bypass.engaged);
  mine.flags.voltage_out_of_range = !voltage_in_range(voltage);
  mine.flags.temperature_out_of_range = !temperature_in_range(temperature);
  mine.flags.bypass_active = bypass.engaged;
  mine.flags.bypass_derated = bypass.engaged && bypass.level < Ratio::percent(100);
  mine.flags.restarted = restarted;
  return mine;
}

/// Everything a cell board remembers. Trivially copyable; made by `start_cell_board`.
struct CellBoard {
  ChainNode passing;  ///< the message from upstream
  ChainSource own;    ///< a message this board starts itself
  Bypass bypass;
  Instant last_byte_at;  ///< of the upstream wire
  Instant heard_at;      ///< last good head from upstream, or own start
  Instant own_at;        ///< last message started here
  Instant flash_at;      ///< last head of the IN board's, for the LED
  Duration period = chain_period_slow;
  std::uint8_t number = 0;  ///< in the last message; 0: none yet
  bool in_message = false;  ///< bytes of one upstream message are arriving
  bool muted = false;       ///< ... but ours is being sent: it is heard, not passed on
  bool obeyed = false;      ///< ... and its head has been acted on
  bool silent = false;      ///< nothing heard for the timeout
  bool measuring = false;   ///< bypass off: a reading is about to be taken
  bool flashing = false;    ///< `flash_at` is less than a flash ago
  bool restarted = true;    ///< not yet said in a message
};

struct CellBoardInputs {
  std::optional<std::uint8_t> rx;  ///< a byte from the previous board, if one has arrived
  CellSample cell;                 ///< as measured now
};

struct CellBoardOutputs {
  ChainBytes tx;                ///< to the next board, in this order
  bool message_starts = false;  ///< the first byte of `tx` is the first of a message
  Ratio bypass;                 ///< share of time the 1 A bypass flows, from now on
  bool led = false;
  Instant wake_at;  ///< when `step` wants to be called at the latest, if no byte arrives before
};

CellBoard start_cell_board(Instant now);

/// One step: call it for every byte that arrives and at `wake_at`.
/// @param now  never before the last call's
CellBoardOutputs step(CellBoard& board, Instant now, const CellBoardInputs& in);

/// A message of the IN board's that has passed a board whole: when the board heard its parts.
struct PassedMessage {
  wire::ChainOrder order;
  std::uint8_t number = 0;  ///< the board's in it
  Instant head_at;          ///< the last byte of its head
  Instant end_at;           ///< its last byte
};

/// A simulator's quick path: leaves the board as the bytes of an undisturbed message would, right
/// behind the last one. Only for a board to which nothing else happens meanwhile: nothing under
/// way, nothing started here, not silent. What the board merged into the message is the caller's
/// business (`contribution_of`, wire::merge_into).
/// @param cell  as measured for that message
void pass_whole_message(CellBoard& board, const PassedMessage& message, const CellSample& cell);

}  // namespace cellwarden::core
