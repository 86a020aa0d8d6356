// SPDX-License-Identifier: Apache-2.0
#include "sim/pack_senses.hpp"

namespace cellwarden::sim {
namespace {

constexpr double us_per_s = 1e6;
constexpr double minutes_per_hour = 60.0;
constexpr double seconds_per_day = 86'400.0;

/// Nearest whole number, half away from zero; converters hold far less than 2^31.
std::int32_t rounded(double value) {
  return static_cast<std::int32_t>(value < 0 ? value - 0.5 : value + 0.5);
}

std::optional<core::CurrentSample> to_board(const plant::CurrentSample& sample) {
  if (!sample.present) return std::nullopt;
  return core::CurrentSample{core::Current::milliamperes(sample.current_ma), sample.saturated};
}

}  // namespace

PackSenses::PackSenses(const plant::PackOptions& options, const SensorPair& sensors,
                       std::uint64_t seed)
    : pack_(options, seed),
      j1_(sensors.j1),
      j2_(sensors.j2),
      bypass_(static_cast<std::size_t>(options.cell_count)) {}

plant::Controls PackSenses::controls() const {
  return {.bypass_duty = bypass_,
          .charge_relay_closed = relays_.charge,
          .load_relay_closed = relays_.load};
}

void PackSenses::advance(SimTime until) {
  pack_.step(static_cast<double>(until - now_) / us_per_s, controls());
  now_ = until;
}

core::CellSample PackSenses::cell(int cell, SimTime at) {
  advance(at);
  core::CellSample sample;
  sample.voltage = core::Voltage::millivolts(rounded(pack_.board_voltage_v(cell, false) * 1000.0));
  sample.temperature =
      core::Temperature::decicelsius(rounded(pack_.board_temperature_c(cell) * 10.0));
  return sample;
}

std::optional<core::CurrentSample> PackSenses::current_in(SimTime at) {
  advance(at);
  return to_board(j1_.sample(pack_.current_in_a()));
}

std::optional<core::CurrentSample> PackSenses::current_out(SimTime at) {
  advance(at);
  return to_board(j2_.sample(pack_.current_out_a()));
}

std::optional<core::WallClock> PackSenses::wall_clock(SimTime at) {
  advance(at);
  const double day = pack_.time_s() / seconds_per_day;
  return core::WallClock{static_cast<std::uint16_t>(day),
                         static_cast<std::uint16_t>(pack_.hour_of_day() * minutes_per_hour)};
}

void PackSenses::set_relays(SimTime at, core::Relays relays) {
  advance(at);
  relays_ = relays;
  pack_.step(0.0, controls());
}

void PackSenses::set_bypass(SimTime at, int cell, core::Ratio level) {
  advance(at);
  bypass_[static_cast<std::size_t>(cell)] = level.in_ppm() / 1e6;
  pack_.step(0.0, controls());
}

}  // namespace cellwarden::sim
