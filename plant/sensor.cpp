/// The sensor's table and its converter.
// SPDX-License-Identifier: Apache-2.0
#include "plant/sensor.hpp"

#include <array>
#include <string>

#include "plant/check.hpp"

namespace cellwarden::plant {
namespace {

constexpr std::array<CurrentSensorType, 8> types{{{25, 125},
                                                  {50, 250},
                                                  {100, 500},
                                                  {250, 1250},
                                                  {400, 2000},
                                                  {500, 2500},
                                                  {1000, 5000},
                                                  {2000, 10000}}};

/// To the nearest whole step, halves away from zero.
std::int32_t nearest(double steps) {
  return static_cast<std::int32_t>(steps < 0.0 ? steps - 0.5 : steps + 0.5);
}

}  // namespace

std::span<const CurrentSensorType> current_sensor_types() { return types; }

CurrentSensorType current_sensor_type(int range_a) {
  for (const CurrentSensorType& type : types) {
    if (type.range_a == range_a) return type;
  }
  throw std::invalid_argument("range_a: " + std::to_string(range_a) +
                              " is not 25, 50, 100, 250, 400, 500, 1000 or 2000");
}

CurrentSensor::CurrentSensor(const CurrentSensorOptions& options)
    : options_(options), type_(current_sensor_type(options.range_a)), noise_(options.seed) {
  const double range_a = options.range_a;
  require_within("offset_a", options.offset_a, -range_a, range_a);
  require_within("gain_error", options.gain_error, -0.5, 0.5);
  require_within("noise_a", options.noise_a, 0.0, range_a);
}

CurrentSample CurrentSensor::sample(double current_a) {
  if (!options_.present) return {};
  const double along_a = options_.reversed ? -current_a : current_a;
  double read_a = along_a * (1.0 + options_.gain_error) + options_.offset_a;
  if (options_.noise_a > 0.0) read_a += options_.noise_a * noise_.normal();
  const double range_a = type_.range_a;
  const std::int32_t range_ma = type_.range_a * 1000;
  if (read_a > range_a) return {.current_ma = range_ma, .saturated = true, .present = true};
  if (read_a < -range_a) return {.current_ma = -range_ma, .saturated = true, .present = true};
  const double steps = read_a * 1000.0 / type_.resolution_ma;
  return {.current_ma = nearest(steps) * type_.resolution_ma, .saturated = false, .present = true};
}

}  // namespace cellwarden::plant
