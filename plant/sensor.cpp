/// The sensor's table and its converter.
// SPDX-License-Identifier: Apache-2.0
#include "plant/sensor.hpp"

#include <array>
#include <string>

#include "plant/check.hpp"

namespace cellwarden::plant {
namespace {

constexpr double day_s = 86400.0;

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

namespace {

void require_valid(const CurrentSensorOptions& options) {
  const double range_a = options.range_a;
  require_within("offset_a", options.offset_a, -range_a, range_a);
  require_within("gain_error", options.gain_error, -0.5, 0.5);
  require_within("noise_a", options.noise_a, 0.0, range_a);
  require_within("drift_a_per_day", options.drift_a_per_day, -range_a, range_a);
}

}  // namespace

CurrentSensor::CurrentSensor(const CurrentSensorOptions& options)
    : options_(options), type_(current_sensor_type(options.range_a)), noise_(options.seed) {
  require_valid(options);
}

double CurrentSensor::offset_a(double time_s) const {
  return options_.offset_a + options_.drift_a_per_day * ((time_s - drift_from_s_) / day_s);
}

void CurrentSensor::set_offset_a(double offset_a, double time_s) {
  CurrentSensorOptions changed = options_;
  changed.offset_a = offset_a;
  require_valid(changed);
  options_ = changed;
  drift_from_s_ = time_s;
}

void CurrentSensor::set_drift(double a_per_day, double time_s) {
  CurrentSensorOptions changed = options_;
  changed.drift_a_per_day = a_per_day;
  require_valid(changed);
  changed.offset_a = offset_a(time_s);
  options_ = changed;
  drift_from_s_ = time_s;
}

void CurrentSensor::set_gain_error(double gain_error) {
  CurrentSensorOptions changed = options_;
  changed.gain_error = gain_error;
  require_valid(changed);
  options_ = changed;
}

CurrentSample CurrentSensor::sample(double current_a, double time_s) {
  if (!options_.present) return {};
  if (!stuck_ || !last_.present) last_ = convert(current_a, time_s);
  return last_;
}

CurrentSample CurrentSensor::convert(double current_a, double time_s) {
  const double along_a = options_.reversed ? -current_a : current_a;
  double read_a = along_a * (1.0 + options_.gain_error) + offset_a(time_s);
  if (options_.noise_a > 0.0) read_a += options_.noise_a * noise_.normal();
  const double range_a = type_.range_a;
  const std::int32_t range_ma = type_.range_a * 1000;
  if (read_a > range_a) return {.current_ma = range_ma, .saturated = true, .present = true};
  if (read_a < -range_a) return {.current_ma = -range_ma, .saturated = true, .present = true};
  const double steps = read_a * 1000.0 / type_.resolution_ma;
  return {.current_ma = nearest(steps) * type_.resolution_ma, .saturated = false, .present = true};
}

}  // namespace cellwarden::plant
