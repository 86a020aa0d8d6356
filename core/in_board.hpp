/// The IN board: on the first (most negative) cell. Starts a chain message every period, measures
/// the two currents, reads the option switches. Its cell half is the one of every board.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/cell_board.hpp"
#include "core/current_sensor.hpp"
#include "core/option_switches.hpp"
#include "wire/extended_frame.hpp"

namespace cellwarden::core {

/// What the IN board keeps over power-off.
struct InBoardMemory {
  FactorySettings factory;
  Current zero_in;   ///< what J1 shows at no current
  Current zero_out;  ///< what J2 shows at no current
  friend constexpr bool operator==(const InBoardMemory&, const InBoardMemory&) = default;
};

/// Everything the IN board knows. Trivially copyable; made by `start_in_board`.
struct InBoard {
  InBoardMemory memory;
  InBoardMemory stored;                    ///< as last handed out to be stored
  std::optional<OptionSwitches> switches;  ///< in force; absent: none read yet with 8 OFF
  ChainSource source;
  Bypass bypass;
  CurrentMean in, out;
  Instant cycle_at;
  Instant message_at;
  wire::ChainOrder order;  ///< of the last message
  std::uint8_t sequence = 0;
  bool measuring = false;
  bool flashing = false;
  bool restarted = true;
  bool switch_8_was_on = false;
  bool current_out_of_range = false;
};

struct InBoardInputs {
  OptionSwitches switches;
  CellSample cell;
  std::optional<CurrentSample> j1;  ///< incoming; absent: nothing is plugged in
  std::optional<CurrentSample> j2;  ///< outgoing
};

struct InBoardOutputs {
  ChainBytes tx;
  bool message_starts = false;
  Ratio bypass;
  bool led = false;
  /// To be stored before the next step; absent: nothing has changed.
  std::optional<InBoardMemory> store;
  /// Extended data output, one a message: what this board alone can know (IN-10).
  std::optional<wire::FrameBytes> extended;
  Instant wake_at;
};

/// @param memory  as stored, or the default on a new board; impossible values are not believed
InBoard start_in_board(Instant now, const InBoardMemory& memory);

/// One step: call it at `wake_at`, and more often for finer current samples.
InBoardOutputs step(InBoard& board, Instant now, const InBoardInputs& in);

/// What a whole message begins with, on the simulator's quick path.
struct StartedMessage {
  wire::ChainHead head;                ///< with this board's readings merged
  wire::CellReading reading;           ///< for its record
  std::optional<InBoardMemory> store;  ///< as in InBoardOutputs
};

/// A simulator's quick path: what `step` does in a cycle from its start to the end of the message
/// that this board sends, in one call. Only when a cycle is due and no message is under way.
StartedMessage start_whole_message(InBoard& board, Instant now, const InBoardInputs& in);

/// The frame of the last message (InBoardOutputs::extended).
wire::FrameBytes extended_frame_of(const InBoard& board, const CellSample& cell);

}  // namespace cellwarden::core
