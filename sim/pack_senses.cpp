// SPDX-License-Identifier: Apache-2.0
#include "sim/pack_senses.hpp"

#include <stdexcept>

namespace cellwarden::sim {
namespace {

constexpr SimTime us_per_minute = 60'000'000;
constexpr SimTime minutes_per_day = 1440;

/// Nearest whole number, half away from zero; converters hold far less than 2^31.
std::int32_t rounded(double value) {
  return static_cast<std::int32_t>(value < 0 ? value - 0.5 : value + 0.5);
}

std::optional<core::CurrentSample> to_board(const plant::CurrentSample& sample) {
  if (!sample.present) return std::nullopt;
  return core::CurrentSample{core::Current::milliamperes(sample.current_ma), sample.saturated};
}

core::CellSample to_board(double voltage_v, double temperature_c) {
  return {core::Voltage::millivolts(rounded(voltage_v * 1000.0)),
          core::Temperature::decicelsius(rounded(temperature_c * 10.0))};
}

}  // namespace

PackSenses::PackSenses(TimedBus& bus, int pack, const SensorPair& sensors)
    : bus_(bus),
      pack_(pack),
      voltage_v_(static_cast<std::size_t>(bus.plant().pack(pack).cell_count())),
      temperature_c_(voltage_v_.size()),
      j1_(sensors.j1),
      j2_(sensors.j2),
      wiring_(sensors.wiring),
      start_minute_(static_cast<SimTime>(bus.plant().options().start_hour * 60.0)) {
  if (wiring_ == SensorWiring::two && bus.plant().pack_count() > 1) {
    throw std::invalid_argument(
        "sensors: a pack in parallel with others has one cable: expected one sensor, on J1");
  }
}

core::CellSample PackSenses::cell(int cell, SimTime at) {
  bus_.advance(at);
  return to_board(pack().board_voltage_v(cell, false), pack().board_temperature_c(cell));
}

void PackSenses::read_all(SimTime at, Readings& readings) {
  bus_.advance(at);
  pack().read_boards_at_rest(voltage_v_, temperature_c_);
  for (std::size_t i = 0; i < readings.cells.size(); ++i) {
    readings.cells[i] = to_board(voltage_v_[i], temperature_c_[i]);
  }
  readings.in = PackSenses::current_in(at);
  readings.out = PackSenses::current_out(at);
  readings.clock = PackSenses::wall_clock(at);
}

std::optional<core::CurrentSample> PackSenses::current_in(SimTime at) {
  bus_.advance(at);
  const bool net = wiring_ == SensorWiring::one;
  const double through_a = net ? pack().current_a() : bus_.plant().current_in_a();
  return to_board(j1_.sample(through_a, bus_.plant().time_s()));
}

std::optional<core::CurrentSample> PackSenses::current_out(SimTime at) {
  if (wiring_ == SensorWiring::one) return std::nullopt;
  bus_.advance(at);
  return to_board(j2_.sample(bus_.plant().current_out_a(), bus_.plant().time_s()));
}

std::optional<core::WallClock> PackSenses::wall_clock(SimTime at) {
  const SimTime minute = start_minute_ + at / us_per_minute;
  return core::WallClock{static_cast<std::uint16_t>(minute / minutes_per_day),
                         static_cast<std::uint16_t>(minute % minutes_per_day)};
}

}  // namespace cellwarden::sim
