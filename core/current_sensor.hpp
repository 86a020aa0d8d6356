/// From a current sensor's samples to the current the board reports: mean over a message period,
/// zero offset, rounding to the sensor's step, blind spot.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/option_switches.hpp"
#include "core/units.hpp"

namespace cellwarden::core {

/// One reading of a sensor's converter; what the sensor is turned to is its sign.
struct CurrentSample {
  Current current;
  bool out_of_range = false;  ///< the converter is at its end: the current may be larger
};

/// Collects the samples of one sensor over one period. Copyable; the default has none.
class CurrentMean {
 public:
  /// @param now  not before the last call's
  void take(const std::optional<CurrentSample>& sample, Instant now);
  /// The mean since the last call of `mean` and starts anew. Absent: the sensor gave nothing. Of
  /// samples taken at one instant only, the last.
  std::optional<CurrentSample> mean();

 private:
  Charge charge_;
  Duration time_;
  Instant last_at_;
  std::optional<CurrentSample> last_;
  bool out_of_range_ = false;
};

inline void CurrentMean::take(const std::optional<CurrentSample>& sample, Instant now) {
  if (last_ && sample) {
    const Duration dt = now - last_at_;
    charge_ += last_->current * dt;
    time_ += dt;
  }
  last_ = sample;
  last_at_ = now;
  if (sample) out_of_range_ = out_of_range_ || sample->out_of_range;
}

inline std::optional<CurrentSample> CurrentMean::mean() {
  if (!last_) {
    *this = {};
    return std::nullopt;
  }
  CurrentSample result{last_->current, out_of_range_};
  if (time_ > Duration{}) {
    const std::int64_t ma = charge_.in_microcoulombs() / time_.in_milliseconds();
    result.current = Current::milliamperes(static_cast<std::int32_t>(ma));
  }
  charge_ = {};
  time_ = {};
  out_of_range_ = last_->out_of_range;
  return result;
}

/// Rounds to the nearest step of the sensor, half away from zero.
constexpr Current rounded_to(Current current, Current step) {
  const std::int32_t size = step.in_milliamperes();
  const std::int32_t ma = current.in_milliamperes();
  const std::int32_t half = ma < 0 ? -size / 2 : size / 2;
  return Current::milliamperes((ma + half) / size * size);
}

/// The current the board reports.
/// @param zero  what the sensor shows when no current flows (IN-5)
constexpr Current reported(Current mean, Current zero, const SensorType& type, bool blind_spot) {
  const Current shown = rounded_to(mean - zero, type.resolution);
  const bool small = -type.blind_spot <= shown && shown <= type.blind_spot;
  return blind_spot && small ? Current{} : shown;
}

/// A zero offset is learned only within this share of the range: a larger "zero" is a real current
/// that somebody forgot to switch off, or a broken sensor.
constexpr bool plausible_zero(Current zero, const SensorType& type) {
  const std::int32_t limit = type.range.in_milliamperes() / 10;
  return zero.in_milliamperes() <= limit && zero.in_milliamperes() >= -limit;
}

}  // namespace cellwarden::core
