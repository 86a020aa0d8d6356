/// Watches the OUT board and says what is worth a line in its log: relay changes with their cause,
/// alarms with cell and value. Compares two moments; keeps nothing but the last one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/event_log.hpp"
#include "core/fixed_list.hpp"
#include "core/out_board.hpp"

namespace cellwarden::core {

/// At most: two relays, five alarms, one of which may have come and gone.
using NewEvents = FixedList<Event, 8>;

class OutEvents {
 public:
  /// Whether `watch` would find nothing and remember nothing new.
  [[nodiscard]] bool is_quiet(const OutBoard& board, Relays relays) const {
    return relays == relays_ && board.alarms == alarms_ && !lost_unsaid_;
  }
  /// @param board     after its step
  /// @param at_s      device time, goes into the events
  /// @return          what is new since the last call
  NewEvents watch(const OutBoard& board, Relays relays, LinkFault fault, const Settings& settings,
                  std::uint32_t at_s);

 private:
  void watch_relays(const OutBoard& board, Relays relays, LinkFault fault, const Settings& settings,
                    NewEvents& events);
  void watch_alarms(const OutBoard& board, LinkFault fault, const Settings& settings,
                    std::uint32_t at_s, NewEvents& events);
  void watch_communication(const OutBoard& board, LinkFault fault, std::uint32_t at_s,
                           NewEvents& events);

  Relays relays_;
  Alarms alarms_;
  EventCause cold_ = EventCause::t_charge_min;  ///< which limit the alarm that is on was about
  std::uint32_t lost_at_s_ = 0;
  bool lost_unsaid_ = false;  ///< communication is lost; its place may still become known
  bool said_ = false;         ///< ... and the log has a line of it
};

}  // namespace cellwarden::core
