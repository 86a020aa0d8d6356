/// What the OUT board remembers of its doings: every relay change, alarm, restart and change of
/// settings, with time, cause, cell and value (OUT-9). Keeps the last 96; storing them is
/// core/out_memory's business.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace cellwarden::core {

/// What happened. The numbers are stored and sent: never reused.
enum class EventKind : std::uint8_t {
  none = 0,
  charge_opened = 1,
  charge_closed = 2,
  load_opened = 3,
  load_closed = 4,
  alarm_on = 5,
  alarm_off = 6,
  restart = 7,          ///< cause: power_on or watchdog
  setting_changed = 8,  ///< cell: id of the setting, value: the new one
  pin_changed = 9,
  pin_reset = 10,  ///< by the button
  energy_cleared = 11,
  memory_damaged = 12,  ///< value: JournalState
};

/// Why. The numbers are stored and sent: never reused.
enum class EventCause : std::uint8_t {
  none = 0,
  v_max = 1,            ///< value in mV
  full = 2,             ///< all cells at V-bypass; value: the lowest in mV
  v_min = 3,            ///< value in mV
  t_max = 4,            ///< value in 0.1 °C
  t_charge_min = 5,     ///< value in 0.1 °C
  t_discharge_min = 6,  ///< value in 0.1 °C
  communication = 7,    ///< value: LinkFault; cell: the first board heard after a break
  forced_off = 8,
  allowed = 9,  ///< every condition for closing holds; value: state of charge in %
  owner = 10,   ///< through the App
  button = 11,
  power_on = 12,
  watchdog = 13,
};

struct Event {
  std::uint32_t at_s = 0;  ///< on the device's own clock (EventLog's owner keeps it)
  EventKind kind = EventKind::none;
  EventCause cause = EventCause::none;
  std::uint8_t cell = 0;  ///< 1-based; 0: none
  std::int32_t value = 0;
  friend constexpr bool operator==(const Event&, const Event&) = default;
};

inline constexpr std::size_t event_slots = 96;

/// A ring. Copyable, no heap. Each event has a number that only grows; slot = number % 96.
class EventLog {
 public:
  struct Entry {
    std::uint32_t number = 0;  ///< from 1; 0: the slot is empty
    Event event;
  };

  /// @return the slot it went to, 0..95
  std::size_t add(const Event& event) {
    ++newest_;
    const std::size_t slot = newest_ % event_slots;
    entries_[slot] = {newest_, event};
    return slot;
  }
  /// Puts a stored entry back where it was.
  void restore(std::size_t slot, const Entry& entry) {
    if (entry.number % event_slots != slot || entry.number == 0) return;
    entries_[slot] = entry;
    if (entry.number > newest_) newest_ = entry.number;
  }
  [[nodiscard]] const Entry& slot(std::size_t index) const { return entries_[index]; }
  /// Events that were never stored and are gone with a power-off are not counted.
  /// @param age  0 = newest
  [[nodiscard]] std::optional<Event> recent(std::size_t age) const {
    const std::uint32_t held = newest_ < event_slots ? newest_ : event_slots;
    for (std::uint32_t back = 0; back < held; ++back) {
      const Entry& entry = entries_[(newest_ - back) % event_slots];
      if (entry.number != newest_ - back) continue;
      if (age == 0) return entry.event;
      --age;
    }
    return std::nullopt;
  }
  /// How many events there have been since the first start.
  [[nodiscard]] std::uint32_t newest() const { return newest_; }

 private:
  std::array<Entry, event_slots> entries_{};
  std::uint32_t newest_ = 0;
};

}  // namespace cellwarden::core
