// SPDX-License-Identifier: Apache-2.0
#include "core/extended_output.hpp"

#include "wire/temperature.hpp"

namespace cellwarden::core {
namespace {

constexpr auto line = wire::TemperatureLine::sensor;
constexpr std::uint8_t unknown = 255;

/// Byte `index` (0 = most significant) of `width` of a number; a larger number is sent as the end.
std::uint8_t byte_of(std::int64_t number, int index, int width) {
  const std::int64_t most = (std::int64_t{1} << (8 * width)) - 1;
  const std::int64_t limited = number > most ? most : number;
  return static_cast<std::uint8_t>((limited >> (8 * (width - 1 - index))) & 0xFF);
}

std::int64_t steps_of_5mv(Voltage v) { return v.in_millivolts() / 5; }
std::int64_t kilowatt_hours(const EnergyCounter& c) { return c.total().in_watt_hours() / 1000; }

std::uint8_t status_byte_2(const OutBoard& board, const Settings& settings) {
  unsigned byte = 0;
  if (board.early_warning) byte |= 0x02U;
  const Temperature coldest = board.link.head().coldest.temperature;
  if (coldest < settings.t_min) byte |= 0x04U;
  if (coldest < settings.t_min_discharge.value_or(settings.t_min)) byte |= 0x08U;
  if (board.relays.closed().charge) byte |= 0x10U;
  if (board.relays.closed().load) byte |= 0x20U;
  return static_cast<std::uint8_t>(byte);
}

/// Cut off to whole watt-hours.
Energy share_of(Energy capacity, Ratio share) {
  return Energy::watt_hours(capacity.in_watt_hours() * share.in_ppm() / 1'000'000);
}

/// A sensor that is not there leaves the frame's "absent".
void put_current(wire::FrameCurrent& in_frame, const std::optional<Current>& current) {
  if (current) in_frame = wire::FrameCurrent::from(*current);
}

wire::TemperatureOfCell frame_temperature(const wire::ChainTemperature& t) {
  return {wire::raw_from_temperature(t.temperature, line), t.cell};
}

wire::Extra extra_of(const OutBoard& board, const Settings& settings,
                     const std::optional<WallClock>& clock) {
  if (!board.options.clock_instead_of_keys) {
    return wire::Extra::key_value(board.next_key, extended_value(board, settings, board.next_key));
  }
  const int minute = clock ? clock->minute_of_day : 0;
  return wire::Extra::clock(static_cast<std::uint8_t>(minute / 60),
                            static_cast<std::uint8_t>(minute % 60));
}

void put_cells(wire::ExtendedFrame& frame, const OutBoard& board) {
  const wire::ChainHead& head = board.link.head();
  frame.pack_voltage = head.sum;
  frame.lowest = {head.lowest.voltage, head.lowest.cell};
  frame.highest = {head.highest.voltage, head.highest.cell};
  frame.coldest = frame_temperature(head.coldest);
  frame.hottest = frame_temperature(head.hottest);
  const wire::CellReading& cell = board.link.cell(board.next_cell).reading;
  frame.cell = {board.next_cell, cell.voltage, wire::raw_from_temperature(cell.temperature, line)};
  frame.cell_count = head.cell_count;
}

}  // namespace

wire::Status frame_status(const OutBoard& board, bool error) {
  wire::Status status;
  status.charge_allowed = board.relays.closed().charge;
  status.discharge_allowed = board.relays.closed().load;
  status.communication_error = error;
  status.below_v_min = board.alarms.v_low;
  status.above_v_max = board.alarms.v_high;
  status.below_t_min = board.alarms.t_low;
  status.above_t_max = board.alarms.t_high;
  status.soc_not_calibrated = !board.soc.calibrated();
  return status;
}

Energy stored_energy(const OutBoard& board, const Settings& settings) {
  return share_of(settings.capacity, board.soc.share());
}

std::uint8_t extended_value(const OutBoard& board, const Settings& settings, std::uint8_t key) {
  const auto v_low = [&] { return steps_of_5mv(settings.v_low); };
  const auto v_nominal = [&] { return steps_of_5mv(settings.v_nominal); };
  const auto v_full = [&] {
    return steps_of_5mv(board.link.head().order.v_bypass.value_or(Voltage{}));
  };
  const auto charged = [&] { return kilowatt_hours(board.totals.charged); };
  const auto discharged = [&] { return kilowatt_hours(board.totals.discharged); };
  const auto cycles = [&] {
    return board.totals.charged.total().in_watt_hours() / settings.capacity.in_watt_hours();
  };
  switch (key) {
    case 0:
      return unknown;  // state of health: not estimated
    case 1:
      return 100;  // charge efficiency: what coulomb counting takes it to be
    case 2:
      return byte_of(v_low(), 0, 2);
    case 3:
      return byte_of(v_low(), 1, 2);
    case 4:
      return byte_of(v_nominal(), 0, 2);
    case 5:
      return byte_of(v_nominal(), 1, 2);
    case 6:
      return static_cast<std::uint8_t>(firmware_major << 4U | firmware_minor);
    case 7:
      return firmware_patch;
    case 8:
      return byte_of(cycles(), 0, 2);
    case 9:
      return byte_of(cycles(), 1, 2);
    case 10:
      return byte_of(charged(), 0, 3);
    case 11:
      return byte_of(charged(), 1, 3);
    case 12:
      return byte_of(charged(), 2, 3);
    case 13:
      return byte_of(discharged(), 0, 3);
    case 14:
      return byte_of(discharged(), 1, 3);
    case 15:
      return byte_of(discharged(), 2, 3);
    case 16:
      return status_byte_2(board, settings);
    case 17:
      return byte_of(v_full(), 0, 2);
    default:
      return byte_of(v_full(), 1, 2);
  }
}

wire::ExtendedFrame extended_frame(const OutBoard& board, const Settings& settings,
                                   const std::optional<WallClock>& clock, bool error) {
  const wire::ChainOrder& order = board.link.head().order;
  const PackCurrents& currents = board.currents;
  wire::ExtendedFrame frame;
  put_cells(frame, board);
  put_current(frame.in, currents.in);
  put_current(frame.out, currents.out);
  put_current(frame.sum, currents.net());
  frame.status = frame_status(board, error);
  const Ratio soc = board.soc.share();
  frame.collected_today = board.totals.collected_today.total();
  frame.stored = share_of(settings.capacity, soc);
  frame.consumed_today = board.totals.consumed_today.total();
  frame.soc_percent = static_cast<std::uint8_t>(soc.in_ppm() / 10'000);
  frame.collected_total = board.totals.collected.total();
  frame.consumed_total = board.totals.consumed.total();
  frame.extra = extra_of(board, settings, clock);
  frame.capacity = settings.capacity;
  frame.v_min = settings.v_min;
  frame.v_max = settings.v_max;
  frame.v_bypass = order.v_bypass.value_or(Voltage{});
  return frame;
}

}  // namespace cellwarden::core
