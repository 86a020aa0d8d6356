// SPDX-License-Identifier: Apache-2.0
#include "core/out_firmware.hpp"

#include "core/relay_functions.hpp"

namespace cellwarden::core {
namespace {

constexpr Duration one_second = Duration::milliseconds(1000);
constexpr Duration one_day = Duration::milliseconds(86'400'000);
constexpr std::uint32_t seconds_per_hour = 3600;
constexpr int minutes_per_day = 1440;

/// Adds an event to the log, and to the flash while the allowance lasts.
void remember(OutFirmware& firmware, Flash& flash, const Event& event) {
  const std::size_t slot = firmware.memory.log.add(event);
  if (firmware.event_allowance <= 0) return;
  --firmware.event_allowance;
  // A flash that fails is said by the log itself; the event stays in RAM.
  (void)store_event(firmware.journal, flash, firmware.memory.log, slot);
}

Event event_of(const OutFirmware& firmware, EventKind kind, EventCause cause, std::uint8_t cell,
               std::int32_t value) {
  return {firmware.memory.device_s, kind, cause, cell, value};
}

/// The settings the boards act on; none close a relay while the memory is lost.
void take_settings(OutFirmware& firmware) {
  firmware.settings = settings_from(firmware.memory.settings);
  if (firmware.held_open) {
    firmware.settings.charge_forced_off = firmware.settings.load_forced_off = true;
  }
}

/// What a power cut cannot have done is mended as far as it goes; what is lost waits for the owner.
void open_journal(OutFirmware& firmware, Flash& flash) {
  firmware.journal = Journal::open(flash);
  firmware.memory = load_out_memory(firmware.journal, flash, firmware.report);
  if (firmware.report.journal == JournalState::damaged) (void)firmware.journal.repair(flash);
  // A new board stores its presets first: from then on settings that are not there were lost.
  if (firmware.report.journal == JournalState::blank) {
    (void)store_settings(firmware.journal, flash, firmware.memory.settings);
  }
  firmware.held_open = is_lost(firmware.report.journal) || firmware.report.settings_lost;
  take_settings(firmware);
}

bool store_now(OutFirmware& firmware, Instant now, Flash& flash) {
  firmware.memory.soc = firmware.board.soc;
  firmware.memory.totals = firmware.board.totals;
  firmware.memory.lifetime = firmware.board.lifetime;
  const int cells = firmware.board.link.cell_count();
  if (cells != 0) firmware.memory.cell_count = static_cast<std::uint8_t>(cells);
  firmware.stored_at = now;
  return store_state(firmware.journal, flash, firmware.memory).good();
}

void count_seconds(OutFirmware& firmware, Instant now, Flash& flash) {
  while (now - firmware.second_at >= one_second) {
    firmware.second_at = firmware.second_at + one_second;
    ++firmware.memory.device_s;
  }
  if (firmware.clock && now - firmware.clock_at >= one_day) {
    ++firmware.clock->day;
    firmware.clock_at = firmware.clock_at + one_day;
  }
  if (now - firmware.allowance_at >= event_allowance_every) {
    firmware.allowance_at = now;
    if (firmware.event_allowance < events_stored_at_once) ++firmware.event_allowance;
  }
  if (firmware.memory.device_s - firmware.hour_s >= seconds_per_hour) {
    firmware.hour_s = firmware.memory.device_s;
    const std::int32_t percent = firmware.board.soc.share().in_ppm() / 10'000;
    firmware.memory.history.add(static_cast<std::uint8_t>(percent));
    (void)store_history(firmware.journal, flash, firmware.memory.history);
  }
}

/// The first full charge, and every later one after a doubt, is worth storing at once.
void store_when_due(OutFirmware& firmware, Instant now, Flash& flash) {
  const bool newly_sure = firmware.board.soc.calibrated() && !firmware.memory.soc.calibrated();
  const bool first_whole = firmware.memory.cell_count != firmware.board.link.cell_count() &&
                           firmware.board.link.cell_count() != 0;
  if (newly_sure || first_whole || now - firmware.stored_at >= store_state_every) {
    (void)store_now(firmware, now, flash);
  }
}

void watch_button(OutFirmware& firmware, Instant now, bool pressed, Flash& flash) {
  if (pressed && !firmware.button) {
    firmware.button_at = now;
    firmware.button_done = false;
  }
  firmware.button = pressed;
  if (firmware.radio_reset && now - firmware.started_at >= radio_reset_time) {
    firmware.radio_reset = false;
  }
  if (!pressed || firmware.button_done || now - firmware.button_at < pin_reset_hold) return;
  firmware.button_done = true;
  (void)change_pin(firmware, flash, default_pin, EventKind::pin_reset);
}

void watch_events(OutFirmware& firmware, Relays relays, Flash& flash) {
  const NewEvents events = firmware.events.watch(firmware.board, relays, firmware.fault,
                                                 firmware.settings, firmware.memory.device_s);
  for (const Event& event : events) remember(firmware, flash, event);
}

RelaySetup setup_of(const SettingValues& values, std::size_t function, std::size_t invert,
                    std::size_t force) {
  return {static_cast<RelayFunction>(values.at(function)), values.at(invert) != 0,
          values.at(force) != 0};
}

Relays contacts_of(const OutFirmware& firmware, Relays allowed) {
  const SettingValues& v = firmware.memory.settings;
  const bool warning = firmware.board.early_warning;
  const RelaySetup first =
      setup_of(v, setting("relay1_function"), setting("relay1_invert"), setting("relay1_force"));
  const RelaySetup second =
      setup_of(v, setting("relay2_function"), setting("relay2_invert"), setting("relay2_force"));
  return {contact_position(first, allowed, warning), contact_position(second, allowed, warning)};
}

}  // namespace

OutFirmware start_out_firmware(Instant now, Flash& flash, const ExtendedOptions& options,
                               EventCause cause, bool button) {
  OutFirmware firmware;
  open_journal(firmware, flash);
  firmware.board = start_out_board(now, firmware.memory.soc, firmware.memory.totals, options);
  firmware.board.lifetime = firmware.memory.lifetime;
  firmware.board.link = PackLink{now, firmware.memory.cell_count};
  firmware.hour_s = firmware.memory.device_s / seconds_per_hour * seconds_per_hour;
  for (Instant* at : {&firmware.clock_at, &firmware.second_at, &firmware.stored_at,
                      &firmware.allowance_at, &firmware.button_at, &firmware.started_at}) {
    *at = now;
  }
  firmware.button = firmware.button_done = firmware.radio_reset = button;
  const OutMemoryReport& report = firmware.report;
  if (report.journal == JournalState::damaged || report.settings_lost || report.state_lost) {
    const auto state = static_cast<std::int32_t>(report.journal);
    remember(firmware, flash, event_of(firmware, EventKind::memory_damaged, cause, 0, state));
  }
  remember(firmware, flash, event_of(firmware, EventKind::restart, cause, 0, 0));
  return firmware;
}

namespace {

/// @param run_board  the board's own step
template <class RunBoard>
OutFirmwareOutputs step_around(OutFirmware& firmware, Instant now, const OutFirmwareInputs& in,
                               Flash& flash, RunBoard run_board) {
  count_seconds(firmware, now, flash);
  watch_button(firmware, now, in.button, flash);
  (void)firmware.pin_guard.is_waiting(now);  // a wait ends before the clock wraps
  const OutBoardInputs board_in{in.rx, in.cell, in.clock ? in.clock : clock_now(firmware, now)};
  OutFirmwareOutputs out{run_board(board_in), {}, firmware.radio_reset};
  out.contacts = contacts_of(firmware, out.board.relays);
  firmware.fault = firmware.board.link.fault(now);
  firmware.minute_of_day.reset();
  if (board_in.clock) firmware.minute_of_day = board_in.clock->minute_of_day;
  if (!firmware.events.is_quiet(firmware.board, out.board.relays)) {
    watch_events(firmware, out.board.relays, flash);
  }
  store_when_due(firmware, now, flash);
  return out;
}

}  // namespace

OutFirmwareOutputs step(OutFirmware& firmware, Instant now, const OutFirmwareInputs& in,
                        Flash& flash) {
  return step_around(firmware, now, in, flash, [&](const OutBoardInputs& board_in) {
    return step(firmware.board, now, board_in, firmware.settings);
  });
}

OutFirmwareOutputs hear_whole_head(OutFirmware& firmware, Instant now, const WholeHead& head,
                                   const OutFirmwareInputs& in, Flash& flash) {
  return step_around(firmware, now, in, flash, [&](const OutBoardInputs& board_in) {
    return hear_whole_head(firmware.board, now, head, board_in, firmware.settings);
  });
}

void hear_whole_records(OutFirmware& firmware, Instant now, const WholeRecords& records) {
  hear_whole_records(firmware.board, now, records);
}

/// Whole seconds are counted when somebody looks: they are no duty.
Instant next_duty(const OutFirmware& firmware) {
  const Instant from = firmware.second_at;
  const auto until_hour = static_cast<std::int32_t>(seconds_per_hour) -
                          static_cast<std::int32_t>(firmware.memory.device_s - firmware.hour_s);
  const Instant hour_at = from + Duration::milliseconds(until_hour * 1000);
  const Instant state_at = firmware.stored_at + store_state_every;
  const Instant allowance_at = firmware.allowance_at + event_allowance_every;
  return earlier(from, earlier(from, hour_at, state_at), allowance_at);
}

ChangeResult change_setting(OutFirmware& firmware, Flash& flash, std::size_t place,
                            std::int32_t value) {
  std::optional<Voltage> v_bypass;
  if (firmware.board.link.cell_count() != 0) v_bypass = firmware.board.link.head().order.v_bypass;
  const auto changed = firmware.memory.settings.with(place, value, v_bypass);
  if (!changed.good()) return {changed.fault(), false};
  if (changed.value() == firmware.memory.settings && !firmware.held_open) return {};
  if (is_lost(firmware.journal.state()) && !firmware.journal.format(flash).good()) {
    return {std::nullopt, true};
  }
  if (!store_settings(firmware.journal, flash, changed.value()).good()) {
    return {std::nullopt, true};
  }
  firmware.memory.settings = changed.value();
  firmware.held_open = false;
  take_settings(firmware);
  remember(firmware, flash,
           event_of(firmware, EventKind::setting_changed, EventCause::owner,
                    settings_table[place].id, value));
  return {};
}

bool change_pin(OutFirmware& firmware, Flash& flash, std::uint16_t pin, EventKind kind) {
  if (!store_pin(firmware.journal, flash, pin).good()) return false;
  firmware.memory.pin = pin;
  firmware.pin_guard = {};
  const EventCause cause = kind == EventKind::pin_reset ? EventCause::button : EventCause::owner;
  remember(firmware, flash, event_of(firmware, kind, cause, 0, 0));
  return true;
}

bool clear_energy(OutFirmware& firmware, Flash& flash) {
  const PackTotals before = firmware.board.totals;
  firmware.board.totals.clear();
  // What went through the battery itself is lifetime data (OUT-9): nobody clears that.
  firmware.board.totals.charged = before.charged;
  firmware.board.totals.discharged = before.discharged;
  if (!store_now(firmware, firmware.stored_at, flash)) {
    firmware.board.totals = firmware.memory.totals = before;
    return false;
  }
  remember(firmware, flash, event_of(firmware, EventKind::energy_cleared, EventCause::owner, 0, 0));
  return true;
}

void set_clock(OutFirmware& firmware, Instant now, const WallClock& clock) {
  firmware.clock = clock;
  firmware.clock_at = now;
}

/// `clock_at` moves on once a day (count_seconds), so that the board's clock may wrap.
std::optional<WallClock> clock_now(const OutFirmware& firmware, Instant now) {
  if (!firmware.clock) return std::nullopt;
  const std::int32_t minutes = (now - firmware.clock_at).in_milliseconds() / 60'000;
  const std::int32_t total = firmware.clock->minute_of_day + minutes;
  return WallClock{static_cast<std::uint16_t>(firmware.clock->day + total / minutes_per_day),
                   static_cast<std::uint16_t>(total % minutes_per_day)};
}

}  // namespace cellwarden::core
