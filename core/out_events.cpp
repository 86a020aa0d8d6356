// SPDX-License-Identifier: Apache-2.0
#include "core/out_events.hpp"

namespace cellwarden::core {
namespace {

/// After so long the place of a break is what is heard from behind it, or stays unknown.
constexpr std::uint32_t place_settles_within_s = 2;

struct Cause {
  EventCause cause = EventCause::none;
  std::uint8_t cell = 0;
  std::int32_t value = 0;
};

Cause of_voltage(EventCause cause, const wire::ChainVoltage& cell) {
  return {cause, cell.cell, cell.voltage.in_millivolts()};
}
Cause of_temperature(EventCause cause, const wire::ChainTemperature& cell) {
  return {cause, cell.cell, cell.temperature.in_decicelsius()};
}

/// The board's number of a break, 0 when it is not known or not a break.
std::uint8_t break_cell(const OutBoard& board) {
  const int place = board.link.break_before().value_or(0);
  return static_cast<std::uint8_t>(place > 0 ? place : 0);
}
Cause of_communication(const OutBoard& board, LinkFault fault) {
  return {EventCause::communication, break_cell(board), static_cast<std::int32_t>(fault)};
}

Cause why_charge_opened(const OutBoard& board, LinkFault fault, const Settings& s) {
  const wire::ChainHead& head = board.judged;
  if (fault != LinkFault::none) return of_communication(board, fault);
  if (s.charge_forced_off) return {EventCause::forced_off, 0, 0};
  if (head.highest.voltage >= s.v_max) return of_voltage(EventCause::v_max, head.highest);
  if (head.hottest.temperature > s.t_max) return of_temperature(EventCause::t_max, head.hottest);
  if (head.coldest.temperature < s.t_min) {
    return of_temperature(EventCause::t_charge_min, head.coldest);
  }
  return of_voltage(EventCause::full, head.lowest);
}

Cause why_load_opened(const OutBoard& board, LinkFault fault, const Settings& s) {
  const wire::ChainHead& head = board.judged;
  if (fault != LinkFault::none) return of_communication(board, fault);
  if (s.load_forced_off) return {EventCause::forced_off, 0, 0};
  if (head.hottest.temperature > s.t_max) return of_temperature(EventCause::t_max, head.hottest);
  if (head.coldest.temperature < s.t_min_discharge.value_or(s.t_min)) {
    return of_temperature(EventCause::t_discharge_min, head.coldest);
  }
  return of_voltage(EventCause::v_min, head.lowest);
}

void add(NewEvents& events, EventKind kind, const Cause& cause) {
  events.push({0, kind, cause.cause, cause.cell, cause.value});
}

void add_alarm(NewEvents& events, bool before, bool now, const Cause& cause) {
  if (before == now) return;
  add(events, now ? EventKind::alarm_on : EventKind::alarm_off, cause);
}

}  // namespace

NewEvents OutEvents::watch(const OutBoard& board, Relays relays, LinkFault fault,
                           const Settings& settings, std::uint32_t at_s) {
  NewEvents found;
  watch_relays(board, relays, fault, settings, found);
  watch_alarms(board, fault, settings, at_s, found);
  NewEvents events;
  for (Event event : found) {
    event.at_s = at_s;
    events.push(event);
  }
  return events;
}

void OutEvents::watch_relays(const OutBoard& board, Relays relays, LinkFault fault,
                             const Settings& settings, NewEvents& events) {
  const Cause allowed{EventCause::allowed, 0, board.soc.share().in_ppm() / 10'000};
  if (relays.charge != relays_.charge) {
    add(events, relays.charge ? EventKind::charge_closed : EventKind::charge_opened,
        relays.charge ? allowed : why_charge_opened(board, fault, settings));
  }
  if (relays.load != relays_.load) {
    add(events, relays.load ? EventKind::load_closed : EventKind::load_opened,
        relays.load ? allowed : why_load_opened(board, fault, settings));
  }
  relays_ = relays;
}

void OutEvents::watch_alarms(const OutBoard& board, LinkFault fault, const Settings& settings,
                             std::uint32_t at_s, NewEvents& events) {
  const wire::ChainHead& head = board.judged;
  const Alarms& now = board.alarms;
  add_alarm(events, alarms_.v_high, now.v_high, of_voltage(EventCause::v_max, head.highest));
  add_alarm(events, alarms_.v_low, now.v_low, of_voltage(EventCause::v_min, head.lowest));
  add_alarm(events, alarms_.t_high, now.t_high, of_temperature(EventCause::t_max, head.hottest));
  if (now.t_low && !alarms_.t_low) {
    const bool charge_side = head.coldest.temperature < settings.t_min;
    cold_ = charge_side ? EventCause::t_charge_min : EventCause::t_discharge_min;
  }
  add_alarm(events, alarms_.t_low, now.t_low, of_temperature(cold_, head.coldest));
  watch_communication(board, fault, at_s, events);
  alarms_ = now;
}

/// A start is not a loss: the alarm that is on from the beginning is not an event. A silence that
/// is over before its place is known is one all the same.
void OutEvents::watch_communication(const OutBoard& board, LinkFault fault, std::uint32_t at_s,
                                    NewEvents& events) {
  const bool before = alarms_.communication;
  const bool now = board.alarms.communication;
  if (now && !before) {
    lost_unsaid_ = true;
    lost_at_s_ = at_s;
  }
  if (!now && before) {
    if (lost_unsaid_) add(events, EventKind::alarm_on, of_communication(board, LinkFault::silent));
    if (lost_unsaid_ || said_) {
      add(events, EventKind::alarm_off, {EventCause::communication, 0, 0});
    }
    lost_unsaid_ = said_ = false;
  }
  // At first every board behind a break speaks for itself, the nearest one is heard first: only
  // when the farthest has silenced the others is its place the right one.
  const bool has_place = fault == LinkFault::silent || fault == LinkFault::broken;
  const bool waited = at_s - lost_at_s_ >= place_settles_within_s;
  if (lost_unsaid_ && (!has_place || waited)) {
    add(events, EventKind::alarm_on, of_communication(board, fault));
    lost_unsaid_ = false;
    said_ = true;
  }
}

}  // namespace cellwarden::core
