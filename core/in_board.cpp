// SPDX-License-Identifier: Apache-2.0
#include "core/in_board.hpp"

#include "core/assert.hpp"
#include "wire/temperature.hpp"

namespace cellwarden::core {
namespace {

const SensorType& sensor_of(const InBoard& board) {
  return sensor_types[board.memory.factory.sensor_code];
}

/// What cannot have been stored is not believed: a sensor that does not exist makes the number of
/// cells unknown too, so that the OUT board closes nothing; a zero that no calibration takes is
/// none.
InBoardMemory plausible(InBoardMemory memory) {
  if (memory.factory.sensor_code >= sensor_types.size()) {
    memory.factory = {.sensor_code = sensor_code_default, .programmed_cells = 0};
  }
  const SensorType& type = sensor_types[memory.factory.sensor_code];
  if (!plausible_zero(memory.zero_in, type)) memory.zero_in = {};
  if (!plausible_zero(memory.zero_out, type)) memory.zero_out = {};
  return memory;
}

/// Switch 8 back from ON stores what the others say; while it is ON they mean nothing else.
void program(InBoard& board, const OptionSwitches& switches, std::optional<InBoardMemory>& store) {
  if (board.switch_8_was_on && !switches.is_on(8)) {
    board.memory.factory = factory_settings(switches);
    store = board.stored = board.memory;
  }
  board.switch_8_was_on = switches.is_on(8);
}

/// One sensor's mean, its zero learned while switch 4 is on, as reported.
void measure(InBoard& board, CurrentMean& mean, Current& zero, const OptionSwitches& switches,
             std::optional<Current>& reading) {
  reading.reset();
  const auto sample = mean.mean();
  if (!sample) return;
  const SensorType& type = sensor_of(board);
  const bool learning = auto_zero_on(switches) && !sample->out_of_range;
  if (learning && plausible_zero(sample->current, type)) zero = sample->current;
  const Current shown = reported(sample->current, zero, type, blind_spot_on(switches));
  const bool beyond = shown > type.range || shown < -type.range;
  board.current_out_of_range = board.current_out_of_range || sample->out_of_range || beyond;
  reading = shown;
}

/// A zero that moves by less than a step of its sensor is stored when switch 4 goes back only: a
/// switch forgotten at ON must not wear the memory out with a write a second.
bool worth_storing(const InBoard& board, const OptionSwitches& switches) {
  if (!auto_zero_on(switches)) return board.memory != board.stored;
  const Current step = sensor_of(board).resolution;
  const auto moved = [step](Current a, Current b) { return a - b >= step || b - a >= step; };
  return moved(board.memory.zero_in, board.stored.zero_in) ||
         moved(board.memory.zero_out, board.stored.zero_out);
}

/// What this cycle's message says, by the switches that are in force.
void make_order(InBoard& board, const OptionSwitches& switches) {
  board.current_out_of_range = false;
  measure(board, board.in, board.memory.zero_in, switches, board.order.in);
  measure(board, board.out, board.memory.zero_out, switches, board.order.out);
  board.order.period = message_period(switches);
  board.order.critical_mode = critical_mode_on(switches);
  board.order.v_bypass = v_bypass(switches);
}

/// @return the flags this board's message starts with
wire::ChainFlags start_cycle(InBoard& board, Instant now, const InBoardInputs& in,
                             std::optional<InBoardMemory>& store) {
  // Keeps its beat when called a little late, starts a new one when called far too late.
  board.cycle_at = board.cycle_at + board.order.period;
  if (now - board.cycle_at >= board.order.period) board.cycle_at = now;
  // While the factory settings are being made, the switches give no orders: the last ones stand.
  // Without any (started with 8 ON) nobody knows V-bypass, and the OUT board closes nothing.
  if (!in.switches.is_on(8)) board.switches = in.switches;
  if (board.switches) {
    make_order(board, *board.switches);
    if (worth_storing(board, *board.switches)) store = board.stored = board.memory;
  }
  board.order.sequence = ++board.sequence;
  board.order.programmed_cells = board.memory.factory.programmed_cells;
  wire::ChainFlags flags;
  flags.current_out_of_range = board.current_out_of_range;
  board.message_at = now;
  board.measuring = board.flashing = true;
  return flags;
}

/// Looks at everything that is looked at in every step.
void look(InBoard& board, Instant now, const InBoardInputs& in,
          std::optional<InBoardMemory>& store) {
  program(board, in.switches, store);
  board.in.take(in.j1, now);
  board.out.take(in.j2, now);
}

/// The message has left; the reading it carries decides about the bypass.
void end_message(InBoard& board, const CellSample& cell) {
  board.restarted = false;
  board.bypass.decide(cell.voltage, cell.temperature, board.order.v_bypass);
}

}  // namespace

/// Currents are known here, cells are not: the frame carries this board's own cell as the only one,
/// and says by its E bit that the pack is not in it (docs/decisions/0005-in-board-output.md).
wire::FrameBytes extended_frame_of(const InBoard& board, const CellSample& cell) {
  const auto mine = contribution_of(cell, board.bypass, false).reading;
  const auto raw = wire::raw_from_temperature(mine.temperature, wire::TemperatureLine::sensor);
  wire::ExtendedFrame frame;
  if (board.order.in) frame.in = wire::FrameCurrent::from(*board.order.in);
  if (board.order.out) frame.out = wire::FrameCurrent::from(*board.order.out);
  if (board.order.in || board.order.out) {
    frame.sum = wire::FrameCurrent::from(board.order.in.value_or(Current{}) -
                                         board.order.out.value_or(Current{}));
  }
  frame.pack_voltage = mine.voltage;
  frame.lowest = frame.highest = {mine.voltage, 1};
  frame.coldest = frame.hottest = {raw, 1};
  frame.cell = {1, mine.voltage, raw};
  frame.cell_count = 1;
  frame.status.communication_error = true;
  frame.status.soc_not_calibrated = true;
  frame.v_bypass = board.order.v_bypass.value_or(Voltage{});
  return wire::encode_frame(frame);
}

InBoard start_in_board(Instant now, const InBoardMemory& memory) {
  InBoard board;
  board.memory = board.stored = plausible(memory);
  board.order.period = chain_period_slow;
  // The first message leaves one period after the start, when the currents have been measured.
  board.cycle_at = now;
  board.message_at = now;
  return board;
}

InBoardOutputs step(InBoard& board, Instant now, const InBoardInputs& in) {
  InBoardOutputs out;
  look(board, now, in, out.store);
  if (now - board.cycle_at >= board.order.period) {
    const wire::ChainFlags flags = start_cycle(board, now, in, out.store);
    board.source.start(board.order, flags, now);
  }
  if (board.source.active()) {
    const auto mine = contribution_of(in.cell, board.bypass, board.restarted);
    out.message_starts = board.source.step(now, mine, out.tx);
    if (!board.source.active()) {
      end_message(board, in.cell);
      out.extended = extended_frame_of(board, in.cell);
    }
  }
  board.measuring = board.measuring && now - board.message_at < chain_quiet;
  board.flashing = board.flashing && now - board.message_at < led_flash;
  out.bypass = board.measuring ? Ratio{} : board.bypass.level;
  out.led = board.bypass.engaged || board.flashing;
  out.wake_at = board.cycle_at + board.order.period;
  if (board.source.active()) out.wake_at = earlier(now, out.wake_at, board.source.due());
  if (board.measuring) out.wake_at = earlier(now, out.wake_at, board.message_at + chain_quiet);
  if (board.flashing) out.wake_at = earlier(now, out.wake_at, board.message_at + led_flash);
  return out;
}

StartedMessage start_whole_message(InBoard& board, Instant now, const InBoardInputs& in) {
  CELLWARDEN_ASSERT(!board.source.active() && now - board.cycle_at >= board.order.period);
  std::optional<InBoardMemory> store;
  look(board, now, in, store);
  const wire::ChainFlags flags = start_cycle(board, now, in, store);
  const auto mine = contribution_of(in.cell, board.bypass, board.restarted);
  StartedMessage message{.head = wire::neutral_chain_head(board.order, flags),
                         .reading = mine.reading,
                         .store = store};
  wire::merge_into(message.head, mine.reading, mine.flags);
  end_message(board, in.cell);
  return message;
}

}  // namespace cellwarden::core
