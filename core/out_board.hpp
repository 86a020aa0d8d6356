/// The OUT board: on the last (most positive) cell. Hears the chain, decides the relays, counts
/// charge and energy, and says it all in the extended data output. Its cell half is a cell board.
/// What the App asks is answered elsewhere (app link); how bytes are stored is storage's business.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/cell_board.hpp"
#include "core/chain_receiver.hpp"
#include "core/lifetime.hpp"
#include "core/pack_link.hpp"
#include "core/pack_totals.hpp"
#include "core/relays.hpp"
#include "core/settings.hpp"
#include "core/state_of_charge.hpp"
#include "wire/extended_frame.hpp"

namespace cellwarden::core {

/// The five warning lights of the App (REL-8). One that is on stays on while nothing is heard.
struct Alarms {
  bool communication = true;  ///< E: until a whole message has been heard
  bool v_high = false;        ///< Vh
  bool v_low = false;         ///< Vl
  bool t_high = false;        ///< Th
  bool t_low = false;         ///< Tl
  friend constexpr bool operator==(const Alarms&, const Alarms&) = default;
};

/// What the owner of a board chooses about its extended data output.
struct ExtendedOptions {
  bool clock_instead_of_keys = false;  ///< bytes 47 and 48 as the older product has them
  bool frames_while_broken = false;    ///< frames with the E bit; the product falls silent
};

/// Frames are never closer than this: receivers find a frame by the silence before it.
inline constexpr Duration extended_spacing = Duration::milliseconds(450);

/// Everything the OUT board knows. Trivially copyable; made by `start_out_board`.
struct OutBoard {
  CellBoard cell;
  ChainReceiver receiver;
  PackLink link;
  RelayGuard relays;
  Alarms alarms;
  bool early_warning = false;  ///< a cell is below V-low; goes on and off as a light does
  StateOfCharge soc;
  PackTotals totals;
  Lifetime lifetime;
  wire::ChainHead
      judged;  ///< the last good head, also one from behind a break: by it stand the alarms
  PackCurrents currents;  ///< of the last healthy message, turned round as set
  ExtendedOptions options;
  Instant flash_at;            ///< last head that started a LED flash
  Instant extended_at;         ///< last extended frame
  std::uint8_t next_cell = 1;  ///< of the extended output
  std::uint8_t next_key = 0;
  bool flashing = false;  ///< `flash_at` is less than a second ago
  bool extended_due = false;
  bool extended_recent = false;  ///< `extended_at` is less than a second ago
  bool error_to_say = false;     ///< the first frame after a break still carries E
};

struct OutBoardInputs {
  std::optional<std::uint8_t> rx;
  CellSample cell;
  std::optional<WallClock> clock;  ///< absent: nobody has set one
};

/// Light-emitting diodes, on or off at this instant (OUT-3).
struct OutBoardLeds {
  bool info = false;
  bool charge = false;
  bool load = false;
  friend constexpr bool operator==(const OutBoardLeds&, const OutBoardLeds&) = default;
};

struct OutBoardOutputs {
  Relays relays;  ///< closed = allowed; the home drives the coils
  OutBoardLeds leds;
  Ratio bypass;
  std::optional<wire::FrameBytes> extended;  ///< to the extended data output
  Instant wake_at;
};

/// Both relays are open until a full valid cycle of every cell has been heard (OUT-8).
OutBoard start_out_board(Instant now, const StateOfCharge& soc, const PackTotals& totals,
                         const ExtendedOptions& options);

/// One step: call it for every byte from the chain and at `wake_at`.
OutBoardOutputs step(OutBoard& board, Instant now, const OutBoardInputs& in,
                     const Settings& settings);

/// The two parts of a message as they leave the own cell half, each with the right check of its
/// bytes; see ChainReceiver.
struct WholeHead {
  std::span<const std::uint8_t, wire::chain_head_size> bytes;
  std::uint16_t right_check = 0;
};
struct WholeRecords {
  std::span<const std::uint8_t> bytes;
  std::uint16_t right_check = 0;
};

/// A simulator's quick path: what `step` does with the last byte of a head. The own cell half is
/// left alone (`pass_whole_message`), and so is what it tells of its bypass.
OutBoardOutputs hear_whole_head(OutBoard& board, Instant now, const WholeHead& head,
                                const OutBoardInputs& in, const Settings& settings);
/// ... and with the last byte of the message behind it. Where nothing changes by it but what the
/// board knows of the cells: the pack is whole, and every cell was known.
void hear_whole_records(OutBoard& board, Instant now, const WholeRecords& records);

}  // namespace cellwarden::core
