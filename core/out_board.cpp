// SPDX-License-Identifier: Apache-2.0
#include "core/out_board.hpp"

#include <algorithm>

#include "core/extended_output.hpp"

namespace cellwarden::core {
namespace {

/// The LEDs flash once a second, also when messages come twice as often.
constexpr Duration flash_spacing = Duration::milliseconds(900);
/// After so many lost messages what flowed meanwhile is not known any more.
constexpr int periods_bridged = 3;
constexpr std::uint8_t keys = 19;

RelayLimits limits_of(const Settings& s, Voltage v_bypass) {
  return {.v_min = s.v_min,
          .v_max = s.v_max,
          .v_bypass = v_bypass,
          .t_min_charge = s.t_min,
          .t_min_load = s.t_min_discharge.value_or(s.t_min),
          .t_max = s.t_max,
          .charge_restart = s.charge_restart,
          .discharge_restart = s.discharge_restart,
          .v_min_hysteresis = s.v_min_hysteresis,
          .v_max_hysteresis = s.v_max_hysteresis,
          .charge_forced_off = s.charge_forced_off,
          .load_forced_off = s.load_forced_off};
}

CellExtremes extremes_of(const wire::ChainHead& head) {
  return {head.lowest.voltage, head.highest.voltage, head.coldest.temperature,
          head.hottest.temperature};
}

/// A light goes on with any message that says so; it goes off only with a healthy one (REL-8).
void judge_alarms(OutBoard& board, const wire::ChainHead& head, const Settings& settings,
                  bool healthy) {
  Alarms& alarms = board.alarms;
  const auto light = [healthy](bool& lamp, bool now) { lamp = now || (lamp && !healthy); };
  const Temperature t_min_load = settings.t_min_discharge.value_or(settings.t_min);
  light(alarms.v_high, head.highest.voltage > settings.v_max);
  light(alarms.v_low, head.lowest.voltage < settings.v_min);
  light(alarms.t_high, head.hottest.temperature > settings.t_max);
  light(alarms.t_low, head.coldest.temperature < std::max(settings.t_min, t_min_load));
  light(board.early_warning, head.lowest.voltage < settings.v_low);
}

/// A head from behind a break counts its cells from there: gives them their own numbers, or 0 where
/// these are not known.
void number_from(wire::ChainHead& head, std::optional<int> break_before) {
  if (!break_before) return;
  const auto renumber = [first = *break_before](std::uint8_t& cell) {
    cell = first > 0 ? static_cast<std::uint8_t>(cell + first - 1) : std::uint8_t{0};
  };
  renumber(head.lowest.cell);
  renumber(head.highest.cell);
  renumber(head.coldest.cell);
  renumber(head.hottest.cell);
}

/// SOC-2: every cell at V-bypass, or in critical mode their mean.
bool is_full(const wire::ChainHead& head, Voltage v_bypass) {
  return head.order.critical_mode ? head.sum >= v_bypass * head.cell_count
                                  : head.lowest.voltage >= v_bypass;
}

/// Messages that were lost since the last healthy one carried about the same current. After too
/// many, or when the IN board has begun anew, what flowed is unknown: the count is off.
int bridge(StateOfCharge& soc, std::uint8_t last, std::uint8_t now) {
  const int passed = static_cast<std::uint8_t>(now - last);
  if (passed >= 1 && passed <= periods_bridged) return passed;
  soc.distrust();
  return 1;
}

/// With a tail current set, a pack is full only when no more than that still flows in; without a
/// sensor nobody knows.
bool tail_is_reached(const PackCurrents& currents, const Settings& settings) {
  if (settings.tail_current == Current{}) return true;
  const auto net = currents.net();
  return net && *net <= settings.tail_current;
}

void take_currents(PackCurrents& currents, const wire::ChainOrder& order,
                   const Settings& settings) {
  currents.in = order.in;
  currents.out = order.out;
  if (currents.in && settings.invert_charge_sensor) currents.in = -*currents.in;
  if (currents.out && settings.invert_load_sensor) currents.out = -*currents.out;
}

void count_charge(OutBoard& board, const wire::ChainHead& head, int periods,
                  const Settings& settings) {
  const PackCurrents& currents = board.currents;
  const Duration dt = Duration::milliseconds(head.order.period.in_milliseconds() * periods);
  board.soc.set_full(charge_of(settings.capacity, settings.v_nominal, head.cell_count));
  if (const auto net = currents.net()) {
    board.soc.count(*net, dt);
  } else {
    board.soc.distrust();
  }
  if (head.flags.current_out_of_range) board.soc.distrust();
  if (is_full(head, *head.order.v_bypass) && tail_is_reached(currents, settings)) {
    board.soc.reset_to_full();
  }
  board.totals.count(currents, head.sum, dt);
  board.lifetime.count(currents.net(), head.coldest.temperature, head.hottest.temperature,
                       head.lowest.voltage <= settings.v_min, dt);
}

/// @param repeated  its sequence number is that of the last healthy message: perhaps the same one
///                  again, which confirms nothing
void hear_healthy(OutBoard& board, Instant now, int periods, bool repeated,
                  const Settings& settings) {
  const wire::ChainHead& head = board.link.head();
  take_currents(board.currents, head.order, settings);
  count_charge(board, head, periods, settings);
  if (board.link.fault(now) == LinkFault::none) {
    const RelayInputs in{head.order.critical_mode, true, extremes_of(head), board.soc.share(),
                         !head.flags.current_out_of_range && !repeated};
    board.relays.take(in, limits_of(settings, *head.order.v_bypass), settings.delays, now);
  }
}

void hear_head(OutBoard& board, Instant now, const HeadResult& result, const Settings& settings) {
  const std::uint8_t last_sequence = board.link.head().order.sequence;
  const bool had_one = board.link.cell_count() != 0;
  const bool healthy = board.link.hear(result, now);
  if (!result.good()) return;
  const wire::ChainHead& head = result.value();
  judge_alarms(board, head, settings, healthy);
  board.judged = head;
  number_from(board.judged, board.link.break_before());
  if (healthy) {
    const int periods = had_one ? bridge(board.soc, last_sequence, head.order.sequence) : 1;
    const bool repeated = had_one && head.order.sequence == last_sequence;
    hear_healthy(board, now, periods, repeated, settings);
  }
  // What comes from behind a break is no data of the pack: no frame, and no flash where the owner
  // looks for the place at which the LEDs stop (manual, "No communication").
  board.extended_due = !head.flags.broken;
  if (head.flags.broken) return;
  if (now - board.flash_at >= flash_spacing || !board.flashing) board.flash_at = now;
  board.flashing = true;
}

void take_records(OutBoard& board, Instant now) {
  if (!board.receiver.records_are_complete()) return;
  board.link.hear_records(board.receiver, now);
  board.receiver.finish();
}

/// Feeds what leaves the own cell half into the receiver: the message with every cell in it.
void listen(OutBoard& board, Instant now, const CellBoardOutputs& half, const Settings& settings) {
  if (half.message_starts) board.receiver.start();
  for (const std::uint8_t byte : half.tx) {
    if (const auto head = board.receiver.accept(byte)) hear_head(board, now, *head, settings);
    take_records(board, now);
  }
}

/// On a break the product falls silent; with `frames_while_broken` the last values go on with E. A
/// frame carries one cell's readings: the first one waits for the first records.
bool extended_is_due(const OutBoard& board, Instant now, LinkFault fault) {
  if (!board.link.cell(board.next_cell).known) return false;
  if (board.extended_recent && now - board.extended_at < extended_spacing) return false;
  if (board.extended_due) return true;
  const bool lost = fault == LinkFault::silent || fault == LinkFault::broken;
  return lost && board.options.frames_while_broken && !board.extended_recent;
}

void rotate(OutBoard& board) {
  board.next_key = static_cast<std::uint8_t>((board.next_key + 1) % keys);
  board.next_cell = static_cast<std::uint8_t>(board.next_cell % board.link.cell_count() + 1);
}

void say(OutBoard& board, Instant now, const OutBoardInputs& in, LinkFault fault,
         const Settings& settings, OutBoardOutputs& out) {
  const bool lost = fault == LinkFault::silent || fault == LinkFault::broken;
  board.error_to_say = board.error_to_say || lost;
  board.extended_recent = board.extended_recent && now - board.extended_at < chain_period_slow;
  if (!extended_is_due(board, now, fault)) return;
  const bool error = fault != LinkFault::none || board.error_to_say;
  wire::encode_frame(extended_frame(board, settings, in.clock, error), out.extended.emplace());
  board.error_to_say = lost;
  board.extended_due = false;
  board.extended_recent = true;
  board.extended_at = now;
  rotate(board);
}

OutBoardLeds leds_of(OutBoard& board, Instant now) {
  board.flashing = board.flashing && now - board.flash_at < flash_spacing;
  const bool flash = board.flashing && now - board.flash_at < led_flash;
  const Relays relays = board.relays.closed();
  return {board.cell.bypass.engaged || (flash && !relays.charge && !relays.load),
          flash && relays.charge, flash && relays.load};
}

Instant next_wake(const OutBoard& board, Instant now, Instant cell_half) {
  Instant at = cell_half;
  const Instant silent_from = board.link.silent_from();
  if (silent_from - now > Duration{}) at = earlier(now, at, silent_from);
  if (board.flashing && now - board.flash_at < led_flash) {
    at = earlier(now, at, board.flash_at + led_flash);
  }
  if (board.extended_recent) {
    const Duration spacing = board.extended_due ? extended_spacing : chain_period_slow;
    at = earlier(now, at, board.extended_at + spacing);
  }
  return at;
}

/// What follows from what was heard.
OutBoardOutputs act(OutBoard& board, Instant now, const OutBoardInputs& in,
                    const Settings& settings) {
  OutBoardOutputs out;
  const LinkFault fault = board.link.fault(now);
  board.alarms.communication = fault != LinkFault::none;
  if (fault != LinkFault::none) board.relays.open(now);
  say(board, now, in, fault, settings, out);
  out.relays = board.relays.closed();
  out.leds = leds_of(board, now);
  return out;
}

}  // namespace

OutBoard start_out_board(Instant now, const StateOfCharge& soc, const PackTotals& totals,
                         const ExtendedOptions& options) {
  OutBoard board;
  board.cell = start_cell_board(now);
  board.link = PackLink{now};
  board.soc = soc;
  board.totals = totals;
  board.options = options;
  return board;
}

OutBoardOutputs step(OutBoard& board, Instant now, const OutBoardInputs& in,
                     const Settings& settings) {
  if (in.clock) board.totals.set_day(in.clock->day);
  const CellBoardOutputs half = step(board.cell, now, CellBoardInputs{in.rx, in.cell});
  listen(board, now, half, settings);
  OutBoardOutputs out = act(board, now, in, settings);
  out.bypass = half.bypass;
  out.wake_at = next_wake(board, now, half.wake_at);
  return out;
}

OutBoardOutputs hear_whole_head(OutBoard& board, Instant now, const WholeHead& head,
                                const OutBoardInputs& in, const Settings& settings) {
  if (in.clock) board.totals.set_day(in.clock->day);
  board.receiver.start();
  hear_head(board, now, board.receiver.accept_head(head.bytes, head.right_check), settings);
  return act(board, now, in, settings);
}

void hear_whole_records(OutBoard& board, Instant now, const WholeRecords& records) {
  board.receiver.accept_records(records.bytes, records.right_check);
  take_records(board, now);
}

}  // namespace cellwarden::core
