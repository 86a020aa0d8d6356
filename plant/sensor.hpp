/// A current sensor with its converter: what the IN board gets from the true current of its cable.
/// It does not know the blind spot, auto-zero or averaging: those are the board's.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "plant/random.hpp"

namespace cellwarden::plant {

/// One type of the manual's sensors.
struct CurrentSensorType {
  int range_a;        ///< full scale, either direction
  int resolution_ma;  ///< one step of the converter
};

/// The eight types, smallest range first.
/// @source  manual, "Current measurement specifications"; it has no row for 400 A, for which the
///          rule of the other large types is used: range / 200
std::span<const CurrentSensorType> current_sensor_types();

/// @param range_a  25, 50, 100, 250, 400, 500, 1000 or 2000
/// @throws std::invalid_argument  for any other range
CurrentSensorType current_sensor_type(int range_a);

/// How one sensor is made and mounted. The default is the perfect 100 A type.
struct CurrentSensorOptions {
  int range_a = 100;             ///< one of `current_sensor_types()`
  double offset_a = 0.0;         ///< read when nothing flows, before rounding; |x| <= range
  double gain_error = 0.0;       ///< 0.01 reads 1 % too much; -0.5..0.5
  double noise_a = 0.0;          ///< standard deviation of each sample, before rounding; 0..range
  double drift_a_per_day = 0.0;  ///< by which the offset grows; |x| <= range
  bool reversed = false;         ///< mounted against its arrow
  bool present = true;           ///< false: nothing is plugged in
  std::uint64_t seed = 1;        ///< of the noise
};

/// One conversion.
struct CurrentSample {
  std::int32_t current_ma = 0;  ///< a whole number of steps; + along the arrow; 0 when not present
  bool saturated = false;       ///< the current was beyond the range; `current_ma` is the range
  bool present = false;

  friend bool operator==(const CurrentSample&, const CurrentSample&) = default;
};

/// Copyable; a copy goes on with the same noise.
class CurrentSensor {
 public:
  /// @throws std::invalid_argument  naming the option that is out of range
  explicit CurrentSensor(const CurrentSensorOptions& options);

  /// Converts the current of this moment; draws from the noise when there is any.
  /// @param current_a  true current along the arrow of a sensor that is mounted right
  /// @param time_s     of the plant; for the drift
  CurrentSample sample(double current_a, double time_s = 0.0);

  // For the bench. Each throws std::invalid_argument as the constructor does.
  void plug(bool present) { options_.present = present; }
  void turn(bool reversed) { options_.reversed = reversed; }
  /// Reads what it read last, whatever flows.
  void stick(bool stuck) { stuck_ = stuck; }
  /// Sets the offset of this moment; the drift goes on from it.
  void set_offset_a(double offset_a, double time_s);
  /// The offset of this moment stays and grows by this from now on.
  void set_drift(double a_per_day, double time_s);
  void set_gain_error(double gain_error);

  [[nodiscard]] const CurrentSensorOptions& options() const { return options_; }
  /// What it reads at this moment when nothing flows, before rounding and noise.
  [[nodiscard]] double offset_a(double time_s) const;

 private:
  CurrentSample convert(double current_a, double time_s);

  CurrentSensorOptions options_;
  CurrentSensorType type_;
  Random noise_;
  CurrentSample last_;
  double drift_from_s_ = 0.0;  ///< the offset of the options is that of this moment
  bool stuck_ = false;
};

}  // namespace cellwarden::plant
