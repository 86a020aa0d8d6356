// SPDX-License-Identifier: Apache-2.0
#include "core/out_memory.hpp"

#include <array>

#include "core/byte_fields.hpp"

namespace cellwarden::core {
namespace {

/// Keys of the journal; for ever.
constexpr std::uint8_t settings_key = 1, pin_key = 2, state_key = 3, history_key = 4;
constexpr std::uint8_t first_event_key = 0x40;
static_assert(first_event_key + event_slots <= Journal::keys);

/// First byte of the state: its layout.
constexpr std::uint8_t state_layout = 1;
constexpr std::size_t setting_bytes = 5;
static_assert(settings_table.size() * setting_bytes <= Journal::value_bytes_max);

using Buffer = std::array<std::uint8_t, Journal::value_bytes_max>;
using Writer = FieldWriter<Journal::value_bytes_max>;

/// The stored bytes of a key; empty: none.
std::span<const std::uint8_t> stored(const Journal& journal, const Flash& flash, std::uint8_t key,
                                     Buffer& buffer) {
  const auto size = journal.read(flash, key, buffer);
  return std::span<const std::uint8_t>(buffer).first(size.value_or(0));
}

std::uint64_t whole(const EnergyCounter& counter) {
  return static_cast<std::uint64_t>(counter.total().in_watt_hours());
}
EnergyCounter take_counter(FieldReader& fields) {
  return EnergyCounter::at(Energy::watt_hours(static_cast<std::int64_t>(fields.take<6>())));
}
std::uint64_t bits(std::int64_t value) { return static_cast<std::uint64_t>(value); }
std::int64_t take_long(FieldReader& fields) { return static_cast<std::int64_t>(fields.take<8>()); }

/// Ids this firmware does not know are skipped; ids it knows and finds not keep their preset. What
/// an older firmware stored may be out of order by newer rules: then nothing of it is used.
bool load_settings(std::span<const std::uint8_t> bytes, SettingValues& settings) {
  FieldReader fields(bytes);
  SettingValues::Draft draft{SettingValues{}};
  bool in_range = true;
  while (!fields.at_end()) {
    const auto id = static_cast<std::uint8_t>(fields.take<1>());
    const std::int32_t value = fields.take_signed();
    const auto place = setting_with_id(id);
    if (place && draft.set(*place, value)) in_range = false;
  }
  const auto result = draft.finish(std::nullopt);
  if (!in_range || !fields.good() || !result.good()) return false;
  settings = result.value();
  return true;
}

bool load_state(std::span<const std::uint8_t> bytes, OutMemory& memory) {
  FieldReader fields(bytes);
  if (fields.take<1>() != state_layout) return false;
  OutMemory read;
  const std::uint64_t ppm = fields.take<4>();
  const bool calibrated = fields.take<1>() != 0;
  read.device_s = static_cast<std::uint32_t>(fields.take<4>());
  read.cell_count = static_cast<std::uint8_t>(fields.take<1>());
  for (EnergyCounter* counter :
       {&read.totals.collected_today, &read.totals.consumed_today, &read.totals.collected,
        &read.totals.consumed, &read.totals.charged, &read.totals.discharged}) {
    *counter = take_counter(fields);
  }
  const bool has_day = fields.take<1>() != 0;
  const auto day = static_cast<std::uint16_t>(fields.take<2>());
  if (has_day) read.totals.day = day;
  read.lifetime.charged = Charge::microcoulombs(take_long(fields));
  read.lifetime.discharged = Charge::microcoulombs(take_long(fields));
  for (std::int64_t* ms : {&read.lifetime.hot_ms, &read.lifetime.cold_ms,
                           &read.lifetime.cold_charge_ms, &read.lifetime.running_ms}) {
    *ms = take_long(fields);
  }
  read.lifetime.deep_discharges = static_cast<std::uint32_t>(fields.take<4>());
  read.lifetime.deep = fields.take<1>() != 0;
  if (!fields.good() || ppm > 1'000'000) return false;
  memory.soc = StateOfCharge::at(Ratio::ppm(static_cast<std::int32_t>(ppm)), calibrated);
  memory.device_s = read.device_s;
  memory.cell_count = read.cell_count;
  memory.totals = read.totals;
  memory.lifetime = read.lifetime;
  return true;
}

void load_history(std::span<const std::uint8_t> bytes, SocHistory& history) {
  if (bytes.size() != SocHistory::hours + 1 || bytes[0] >= SocHistory::hours) return;
  history.newest = bytes[0];
  for (std::size_t i = 0; i < SocHistory::hours; ++i) history.percent[i] = bytes[i + 1];
}

void load_event(std::span<const std::uint8_t> bytes, EventLog& log, std::size_t slot) {
  FieldReader fields(bytes);
  EventLog::Entry entry;
  entry.number = static_cast<std::uint32_t>(fields.take<4>());
  entry.event.at_s = static_cast<std::uint32_t>(fields.take<4>());
  entry.event.kind = static_cast<EventKind>(fields.take<1>());
  entry.event.cause = static_cast<EventCause>(fields.take<1>());
  entry.event.cell = static_cast<std::uint8_t>(fields.take<1>());
  entry.event.value = fields.take_signed();
  if (fields.good()) log.restore(slot, entry);
}

}  // namespace

OutMemory load_out_memory(const Journal& journal, const Flash& flash, OutMemoryReport& report) {
  OutMemory memory;
  Buffer buffer{};
  const JournalState state = journal.state();
  report.journal = state;
  const auto settings = stored(journal, flash, settings_key, buffer);
  report.settings_lost =
      settings.empty() ? state != JournalState::blank : !load_settings(settings, memory.settings);
  const auto pin = stored(journal, flash, pin_key, buffer);
  if (pin.size() == 2) memory.pin = static_cast<std::uint16_t>(FieldReader(pin).take<2>());
  if (memory.pin > 9999) memory.pin = default_pin;
  const auto counted = stored(journal, flash, state_key, buffer);
  report.state_lost = counted.empty() ? is_lost(state) || state == JournalState::damaged
                                      : !load_state(counted, memory);
  load_history(stored(journal, flash, history_key, buffer), memory.history);
  for (std::size_t slot = 0; slot < event_slots; ++slot) {
    const auto key = static_cast<std::uint8_t>(first_event_key + slot);
    load_event(stored(journal, flash, key, buffer), memory.log, slot);
  }
  // Events are stored at once, the clock they show every 15 minutes: it must not run backwards.
  const auto newest = memory.log.recent(0);
  if (newest && newest->at_s > memory.device_s) memory.device_s = newest->at_s;
  return memory;
}

StoreResult store_settings(Journal& journal, Flash& flash, const SettingValues& settings) {
  Writer fields;
  for (std::size_t i = 0; i < settings_table.size(); ++i) {
    fields.put<1>(settings_table[i].id);
    fields.put<4>(static_cast<std::uint32_t>(settings.at(i)));
  }
  return journal.write(flash, settings_key, fields.bytes());
}

StoreResult store_pin(Journal& journal, Flash& flash, std::uint16_t pin) {
  Writer fields;
  fields.put<2>(pin);
  return journal.write(flash, pin_key, fields.bytes());
}

StoreResult store_state(Journal& journal, Flash& flash, const OutMemory& memory) {
  Writer fields;
  fields.put<1>(state_layout);
  fields.put<4>(bits(memory.soc.share().in_ppm()));
  fields.put<1>(memory.soc.calibrated() ? 1 : 0);
  fields.put<4>(memory.device_s);
  fields.put<1>(memory.cell_count);
  const PackTotals& totals = memory.totals;
  for (const EnergyCounter* counter :
       {&totals.collected_today, &totals.consumed_today, &totals.collected, &totals.consumed,
        &totals.charged, &totals.discharged}) {
    fields.put<6>(whole(*counter));
  }
  fields.put<1>(totals.day ? 1 : 0);
  fields.put<2>(totals.day.value_or(0));
  fields.put<8>(bits(memory.lifetime.charged.in_microcoulombs()));
  fields.put<8>(bits(memory.lifetime.discharged.in_microcoulombs()));
  for (const std::int64_t ms : {memory.lifetime.hot_ms, memory.lifetime.cold_ms,
                                memory.lifetime.cold_charge_ms, memory.lifetime.running_ms}) {
    fields.put<8>(bits(ms));
  }
  fields.put<4>(memory.lifetime.deep_discharges);
  fields.put<1>(memory.lifetime.deep ? 1 : 0);
  return journal.write(flash, state_key, fields.bytes());
}

StoreResult store_history(Journal& journal, Flash& flash, const SocHistory& history) {
  Writer fields;
  fields.put<1>(history.newest);
  for (const std::uint8_t percent : history.percent) fields.put<1>(percent);
  return journal.write(flash, history_key, fields.bytes());
}

StoreResult store_event(Journal& journal, Flash& flash, const EventLog& log, std::size_t slot) {
  const EventLog::Entry& entry = log.slot(slot);
  Writer fields;
  fields.put<4>(entry.number);
  fields.put<4>(entry.event.at_s);
  fields.put<1>(static_cast<std::uint8_t>(entry.event.kind));
  fields.put<1>(static_cast<std::uint8_t>(entry.event.cause));
  fields.put<1>(entry.event.cell);
  fields.put<4>(static_cast<std::uint32_t>(entry.event.value));
  return journal.write(flash, static_cast<std::uint8_t>(first_event_key + slot), fields.bytes());
}

}  // namespace cellwarden::core
