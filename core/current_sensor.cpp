// SPDX-License-Identifier: Apache-2.0
#include "core/current_sensor.hpp"

namespace cellwarden::core {

void CurrentMean::take(const std::optional<CurrentSample>& sample, Instant now) {
  if (last_ && sample) {
    const Duration dt = now - last_at_;
    charge_ += last_->current * dt;
    time_ += dt;
  }
  last_ = sample;
  last_at_ = now;
  if (sample) out_of_range_ = out_of_range_ || sample->out_of_range;
}

std::optional<CurrentSample> CurrentMean::mean() {
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

Current rounded_to(Current current, Current step) {
  const std::int32_t size = step.in_milliamperes();
  const std::int32_t ma = current.in_milliamperes();
  const std::int32_t half = ma < 0 ? -size / 2 : size / 2;
  return Current::milliamperes((ma + half) / size * size);
}

Current reported(Current mean, Current zero, const SensorType& type, bool blind_spot) {
  const Current shown = rounded_to(mean - zero, type.resolution);
  const bool small = -type.blind_spot <= shown && shown <= type.blind_spot;
  return blind_spot && small ? Current{} : shown;
}

}  // namespace cellwarden::core
