// SPDX-License-Identifier: Apache-2.0
#include "wire/frame_reader.hpp"

#include <algorithm>

namespace cellwarden::wire {
namespace {

using core::Current;
using core::Voltage;

/// Each step of 0.125 A may be rounded on its own: two sensors and their sum.
constexpr Current current_tolerance = Current::milliamperes(3 * 125);
constexpr Voltage step = Voltage::millivolts(5);

bool within(Voltage v, Voltage low, Voltage high, Voltage tolerance) {
  return low - tolerance <= v && v <= high + tolerance;
}

bool currents_agree(const ExtendedFrame& f) {
  if (!f.in.present() || !f.sum.present()) return true;
  const Current difference = f.in.current() - f.out.current() - f.sum.current();
  return -current_tolerance <= difference && difference <= current_tolerance;
}

/// The strict test for a frame that starts where nobody expected one.
bool agrees_with_itself(const ExtendedFrame& f) {
  const bool cell_is_real = f.cell.number >= 1 && f.cell.number <= f.cell_count;
  // Each cell's voltage is rounded on its own, or cut off: with equal cells their sum may be off by
  // up to a step a cell.
  const Voltage sum_tolerance = step * (f.cell_count + 1);
  return currents_agree(f) &&
         within(f.pack_voltage, f.lowest.voltage * f.cell_count, f.highest.voltage * f.cell_count,
                sum_tolerance) &&
         f.lowest.cell >= 1 && f.lowest.cell <= f.cell_count && f.highest.cell >= 1 &&
         f.highest.cell <= f.cell_count &&
         (!cell_is_real || within(f.cell.voltage, f.lowest.voltage, f.highest.voltage, step));
}

}  // namespace

void FrameReader::drop_oldest() {
  sum_ = static_cast<std::uint8_t>(sum_ - window_[0]);
  std::copy(window_.begin() + 1, window_.end(), window_.begin());
  --filled_;
  ++counts_.dropped_bytes;
}

void FrameReader::silence() {
  counts_.dropped_bytes += filled_;
  // Off a boundary they are the rest of a window that was refused and counted before.
  const bool cut_short = on_boundary_ && filled_ > 0;
  if (cut_short) ++counts_.refused[static_cast<std::size_t>(FrameFault::size)];
  filled_ = 0;
  sum_ = 0;
  on_boundary_ = true;
}

std::optional<ExtendedFrame> FrameReader::push(std::uint8_t byte) {
  ++counts_.bytes;
  window_[filled_++] = byte;
  sum_ = static_cast<std::uint8_t>(sum_ + byte);
  if (filled_ < frame_size) return std::nullopt;

  const bool boundary = on_boundary_;
  on_boundary_ = false;
  const bool sum_is_right = static_cast<std::uint8_t>(sum_ - byte) == byte;
  if (!sum_is_right) {
    if (boundary) ++counts_.refused[static_cast<std::size_t>(FrameFault::checksum)];
    drop_oldest();
    return std::nullopt;
  }
  const auto frame = decode_frame(window_);
  if (!frame.good()) {
    if (boundary) ++counts_.refused[static_cast<std::size_t>(frame.fault())];
    drop_oldest();
    return std::nullopt;
  }
  if (!boundary && !agrees_with_itself(frame.value())) {
    ++counts_.unconfirmed;
    drop_oldest();
    return std::nullopt;
  }
  ++counts_.frames;
  filled_ = 0;
  sum_ = 0;
  on_boundary_ = true;
  return frame.value();
}

}  // namespace cellwarden::wire
