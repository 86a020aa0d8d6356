/// What the OUT board keeps over power-off and how it is laid out in the journal: settings, PIN,
/// state of charge and counters, history, events. Which bytes are safe against a power cut is
/// core/journal's business; when something is stored is core/out_firmware's.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/event_log.hpp"
#include "core/flash.hpp"
#include "core/journal.hpp"
#include "core/lifetime.hpp"
#include "core/pack_totals.hpp"
#include "core/setting_values.hpp"
#include "core/soc_history.hpp"
#include "core/state_of_charge.hpp"

namespace cellwarden::core {

/// The standard PIN of the manual.
inline constexpr std::uint16_t default_pin = 1234;

/// Everything that is kept. Copyable, about 3 kB.
struct OutMemory {
  SettingValues settings;
  std::uint16_t pin = default_pin;  ///< 0..9999
  StateOfCharge soc = StateOfCharge::at(Ratio{}, false);
  PackTotals totals;
  Lifetime lifetime;
  SocHistory history;
  EventLog log;
  std::uint32_t device_s = 0;   ///< seconds the board has run, over all starts
  std::uint8_t cell_count = 0;  ///< of the pack, once it was whole; 0: not yet
};

/// What came back at a start.
struct OutMemoryReport {
  JournalState journal = JournalState::blank;
  /// Something is stored, the settings are not there or do not read: presets are used.
  bool settings_lost = false;
  /// State of charge and counters do not read, or are not there and something is damaged.
  bool state_lost = false;
};

/// Reads all there is; what is not there has its default. Changes nothing.
OutMemory load_out_memory(const Journal& journal, const Flash& flash, OutMemoryReport& report);

using StoreResult = Result<Written, JournalFault>;

StoreResult store_settings(Journal& journal, Flash& flash, const SettingValues& settings);
StoreResult store_pin(Journal& journal, Flash& flash, std::uint16_t pin);
/// State of charge, counters, lifetime data, device time and cell count, in one value.
StoreResult store_state(Journal& journal, Flash& flash, const OutMemory& memory);
StoreResult store_history(Journal& journal, Flash& flash, const SocHistory& history);
StoreResult store_event(Journal& journal, Flash& flash, const EventLog& log, std::size_t slot);

}  // namespace cellwarden::core
