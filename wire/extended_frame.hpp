/// The extended data output: 58 bytes a frame, no header, last byte a checksum. Bytes to values and
/// back, nothing else: finding frames in a stream is frame_reader, key/value bytes over several
/// frames are key_values, what a value means for the pack is the receiver's business.
/// Source: the maker's papers "V1.2 OUT board data protocol" and "UART data protocol firmware
/// 3.3.11" as restated in docs/wire/extended_frame.md.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/result.hpp"
#include "core/units.hpp"

namespace cellwarden::wire {

inline constexpr std::size_t frame_size = 58;
using FrameBytes = std::array<std::uint8_t, frame_size>;

/// The character before a current.
enum class CurrentSign : std::uint8_t { plus = '+', minus = '-', absent = 'X' };

/// A current as the frame has it: sign and magnitude apart, so that "-0" and the magnitude behind
/// an 'X' survive a round trip.
struct FrameCurrent {
  CurrentSign sign = CurrentSign::absent;
  std::uint16_t magnitude_125ma = 0;

  /// Whether the sensor is there; `current()` of an absent one is 0 A and means nothing.
  [[nodiscard]] constexpr bool present() const { return sign != CurrentSign::absent; }
  [[nodiscard]] core::Current current() const;
  /// Rounds to the nearest 0.125 A, ends at ±8191.875 A.
  static FrameCurrent from(core::Current current);
  friend constexpr bool operator==(const FrameCurrent&, const FrameCurrent&) = default;
};

/// A lowest or highest cell voltage and the cell that has it (1-based; 0 or above the count:
/// unknown).
struct VoltageOfCell {
  core::Voltage voltage;
  std::uint8_t cell = 0;
  friend constexpr bool operator==(const VoltageOfCell&, const VoltageOfCell&) = default;
};

/// A lowest or highest cell temperature as its raw count (see temperature.hpp) and its cell.
struct TemperatureOfCell {
  std::uint16_t raw = 0;
  std::uint8_t cell = 0;
  friend constexpr bool operator==(const TemperatureOfCell&, const TemperatureOfCell&) = default;
};

/// The one cell whose readings this frame carries. The number rotates from frame to frame and may
/// exceed the count of real boards; then it must be ignored.
struct SpecificCell {
  std::uint8_t number = 0;
  core::Voltage voltage;
  std::uint16_t temperature_raw = 0;
  friend constexpr bool operator==(const SpecificCell&, const SpecificCell&) = default;
};

/// Status byte 1, one flag a bit, in the order of the bits from 0x01 to 0x80.
struct Status {
  bool charge_allowed = false;
  bool discharge_allowed = false;
  bool communication_error = false;
  bool below_v_min = false;
  bool above_v_max = false;
  bool below_t_min = false;
  bool above_t_max = false;
  bool soc_not_calibrated = false;

  [[nodiscard]] std::uint8_t to_byte() const;
  static Status from_byte(std::uint8_t byte);
  friend constexpr bool operator==(const Status&, const Status&) = default;
};

/// What bytes 47 and 48 hold: the older product's clock, or (firmware 3.3.6 and newer) one of 19
/// rotating key/value pairs. A receiver tells them apart by the first byte: an hour is below 24, a
/// key is sent with 25 added.
struct Extra {
  enum class Kind : std::uint8_t { clock, key_value };
  Kind kind = Kind::clock;
  std::uint8_t first = 0;   ///< hours 0..23, or the key 0..230 (18 is the highest known)
  std::uint8_t second = 0;  ///< minutes 0..59, or the value
  static constexpr Extra clock(std::uint8_t hours, std::uint8_t minutes) {
    return {Kind::clock, hours, minutes};
  }
  static constexpr Extra key_value(std::uint8_t key, std::uint8_t value) {
    return {Kind::key_value, key, value};
  }
  friend constexpr bool operator==(const Extra&, const Extra&) = default;
};

/// One frame as values. Whatever `decode` returns is encoded back to the same 58 bytes.
struct ExtendedFrame {
  core::Voltage pack_voltage;  ///< step 5 mV, at most 83,886.075 V
  FrameCurrent in;             ///< sensor 1, charge side
  FrameCurrent out;            ///< sensor 2, load side
  FrameCurrent sum;            ///< the battery's current, + = charging
  VoltageOfCell lowest;        ///< step 5 mV
  VoltageOfCell highest;       ///< step 5 mV
  TemperatureOfCell coldest;
  TemperatureOfCell hottest;
  SpecificCell cell;
  std::uint8_t cell_count = 0;
  Status status;
  core::Energy collected_today;  ///< step 1 Wh, at most 16,777,215 Wh
  core::Energy stored;           ///< step 1 Wh
  core::Energy consumed_today;   ///< step 1 Wh
  std::uint8_t soc_percent = 0;  ///< 0..100, cut off, not rounded
  core::Energy collected_total;  ///< step 1 kWh
  core::Energy consumed_total;   ///< step 1 kWh
  Extra extra;
  core::Energy capacity;   ///< step 100 Wh, at most 6,553.5 kWh
  core::Voltage v_min;     ///< step 5 mV
  core::Voltage v_max;     ///< step 5 mV
  core::Voltage v_bypass;  ///< step 5 mV
  friend constexpr bool operator==(const ExtendedFrame&, const ExtendedFrame&) = default;
};

/// Why 58 bytes are not a frame.
enum class FrameFault : std::uint8_t {
  size,      ///< not 58 bytes
  checksum,  ///< byte 57 is not the sum of the bytes before it
  sign,      ///< a current's sign is none of '+', '-', 'X'
  count,     ///< a pack of no cells
  soc,       ///< more than 100 %
  order,     ///< the lowest cell is above the highest, by voltage or by temperature
  extra,     ///< neither a time of day nor a key
};
inline constexpr std::size_t frame_fault_kinds = 7;

/// The last byte of a frame: the low eight bits of the sum of `bytes`.
/// @param bytes  the 57 bytes before the checksum
std::uint8_t frame_checksum(std::span<const std::uint8_t> bytes);

/// Reads one frame. Anything that cannot be true of a pack is a fault: an 8-bit sum alone lets one
/// garbled frame in 256 pass.
core::Result<ExtendedFrame, FrameFault> decode_frame(std::span<const std::uint8_t> bytes);

/// Writes one frame with its checksum. A value beyond its field's range is sent as the field's end,
/// between two steps as the nearer one, never wrapped.
FrameBytes encode_frame(const ExtendedFrame& frame);
/// The same into a place that is there.
void encode_frame(const ExtendedFrame& frame, FrameBytes& bytes);

}  // namespace cellwarden::wire
