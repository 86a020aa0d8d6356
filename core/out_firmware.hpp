/// Everything the OUT board's chip runs, in one value: pack control (out_board), what it remembers
/// (out_memory in a journal on flash), its log, PIN and clock. The app link's sessions ask and
/// change it through the functions here. Bytes in, bytes out; the flash is handed in with every
/// call.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/flash.hpp"
#include "core/journal.hpp"
#include "core/out_board.hpp"
#include "core/out_events.hpp"
#include "core/out_memory.hpp"
#include "core/pin_guard.hpp"

namespace cellwarden::core {

/// The state of charge and the counters are stored this often while they move.
inline constexpr Duration store_state_every = Duration::milliseconds(15 * 60 * 1000);
/// The button: held so long gives PIN 1234 back (OUT-4).
inline constexpr Duration pin_reset_hold = Duration::milliseconds(5'000);
/// The button held while power comes: the radio is set up anew for so long (OUT-4).
inline constexpr Duration radio_reset_time = Duration::milliseconds(10'000);
/// 40 events a day are stored on average (one each 36 minutes), 60 at once: a relay that chatters
/// must not wear the flash out. More are kept until power-off.
inline constexpr int events_stored_at_once = 60;
inline constexpr Duration event_allowance_every = Duration::milliseconds(36 * 60 * 1000);

/// Copyable, about 12 kB; made by `start_out_firmware`.
struct OutFirmware {
  OutBoard board;
  OutMemory memory;  ///< soc, totals and lifetime in it are those last stored
  OutMemoryReport report;
  Journal journal = {};
  Settings settings;  ///< of memory.settings
  OutEvents events;
  PinGuard pin_guard;
  std::optional<WallClock> clock;  ///< set through the app link; absent: nobody has
  Instant clock_at;                ///< when `clock` was right
  Instant second_at;               ///< device seconds are counted up to here
  Instant stored_at;
  Instant allowance_at;
  Instant button_at;
  Instant started_at;
  LinkFault fault = LinkFault::starting;       ///< as of the last step
  std::optional<std::uint16_t> minute_of_day;  ///< as of the last step; absent: no clock
  std::uint32_t hour_s = 0;                    ///< device seconds of the last value in the history
  int event_allowance = events_stored_at_once;
  bool button = false;
  bool button_done = false;  ///< this press has had its effect
  bool radio_reset = false;
  /// What was stored cannot be read: both relays stay open until the owner has set a setting, which
  /// starts the memory anew. Settings of another pack, or none, must not run this one (OUT-7).
  bool held_open = false;
};

struct OutFirmwareInputs {
  std::optional<std::uint8_t> rx;
  CellSample cell;
  std::optional<WallClock> clock;  ///< of the home, if it has one; wins over the one that was set
  bool button = false;             ///< pressed now
};

struct OutFirmwareOutputs {
  OutBoardOutputs board;
  Relays contacts;           ///< what the two relays do: function, inversion and forcing applied
  bool radio_reset = false;  ///< the radio is to be set up anew
};

/// Reads what is kept and starts with both relays open.
/// @param cause  why: power_on or watchdog
OutFirmware start_out_firmware(Instant now, Flash& flash, const ExtendedOptions& options,
                               EventCause cause, bool button);

/// One step: call it for every byte from the chain and at `board.wake_at`.
OutFirmwareOutputs step(OutFirmware& firmware, Instant now, const OutFirmwareInputs& in,
                        Flash& flash);

/// A simulator's quick path: `step` with the last byte of a head, and of the message behind it (see
/// core/out_board). Nothing of what the firmware does by the clock may come due between the steps
/// that are left out.
OutFirmwareOutputs hear_whole_head(OutFirmware& firmware, Instant now, const WholeHead& head,
                                   const OutFirmwareInputs& in, Flash& flash);
void hear_whole_records(OutFirmware& firmware, Instant now, const WholeRecords& records);

/// The first instant after which `step` would do something by the clock alone: store, add to the
/// history or the event allowance.
Instant next_duty(const OutFirmware& firmware);

/// Changes one setting, in force and stored when it returns without a refusal.
struct ChangeResult {
  std::optional<Refusal> refusal;
  bool not_stored = false;  ///< the flash did not take it; the old value is in force
};
ChangeResult change_setting(OutFirmware& firmware, Flash& flash, std::size_t place,
                            std::int32_t value);

/// @return whether it was stored
bool change_pin(OutFirmware& firmware, Flash& flash, std::uint16_t pin, EventKind kind);
bool clear_energy(OutFirmware& firmware, Flash& flash);
void set_clock(OutFirmware& firmware, Instant now, const WallClock& clock);

/// The wall clock the board goes by; absent: nobody has set one.
std::optional<WallClock> clock_now(const OutFirmware& firmware, Instant now);

}  // namespace cellwarden::core
