// SPDX-License-Identifier: Apache-2.0
#include "wire/extended_frame.hpp"

#include <algorithm>

#include "wire/bytes.hpp"

namespace cellwarden::wire {
namespace {

using core::Energy;
using core::Result;
using core::Voltage;
using ByteSpan = std::span<const std::uint8_t>;

/// Where each field starts, by the maker's table (docs/wire/extended_frame.md).
namespace at {
constexpr std::size_t pack_voltage = 0, in = 3, out = 6, sum = 9, lowest = 12, highest = 15;
constexpr std::size_t coldest = 18, hottest = 21, cell_number = 24, cell_count = 25;
constexpr std::size_t cell_voltage = 26, cell_temperature = 28, status = 30;
constexpr std::size_t collected_today = 31, stored = 34, consumed_today = 37, soc = 40;
constexpr std::size_t collected_total = 41, consumed_total = 44, extra = 47, capacity = 49;
constexpr std::size_t v_min = 51, v_max = 53, v_bypass = 55, checksum = 57;
}  // namespace at

constexpr std::int32_t mv_per_step = 5;
constexpr std::int64_t wh_per_kwh = 1000;
constexpr std::int64_t wh_per_capacity_step = 100;
constexpr std::uint8_t key_offset = 25;
constexpr std::uint8_t key_most = 255 - key_offset;

/// The field of `width` bytes that is nearest to value / step, ending at 0 and at its largest
/// value.
std::uint32_t steps(std::int64_t value, std::int64_t step, unsigned width) {
  const std::int64_t most = (std::int64_t{1} << (8 * width)) - 1;
  const std::int64_t nearest = value < 0 ? 0 : (value + step / 2) / step;
  return static_cast<std::uint32_t>(nearest > most ? most : nearest);
}

Voltage voltage_at(ByteSpan bytes, std::size_t offset, std::size_t width) {
  const std::uint32_t raw = read_big_endian(bytes.subspan(offset, width));
  return Voltage::millivolts(static_cast<std::int32_t>(raw) * mv_per_step);
}

void put_voltage(FrameBytes& bytes, std::size_t offset, std::size_t width, Voltage voltage) {
  write_big_endian(std::span(bytes).subspan(offset, width),
                   steps(voltage.in_millivolts(), mv_per_step, static_cast<unsigned>(width)));
}

Energy energy_at(ByteSpan bytes, std::size_t offset, std::size_t width, std::int64_t wh_step) {
  return Energy::watt_hours(read_big_endian(bytes.subspan(offset, width)) * wh_step);
}

/// Energies are cut off, not rounded: a counter must not show what was not yet counted.
void put_energy(FrameBytes& bytes, std::size_t offset, std::size_t width, Energy energy,
                std::int64_t wh_step) {
  const std::int64_t whole = energy.in_watt_hours() / wh_step;
  write_big_endian(std::span(bytes).subspan(offset, width),
                   steps(whole, 1, static_cast<unsigned>(width)));
}

bool is_sign(std::uint8_t byte) { return byte == '+' || byte == '-' || byte == 'X'; }

FrameCurrent current_at(ByteSpan bytes, std::size_t offset) {
  const std::uint32_t magnitude = read_big_endian(bytes.subspan(offset + 1, 2));
  return {static_cast<CurrentSign>(bytes[offset]), static_cast<std::uint16_t>(magnitude)};
}

void put_current(FrameBytes& bytes, std::size_t offset, FrameCurrent current) {
  bytes[offset] = static_cast<std::uint8_t>(current.sign);
  write_big_endian(std::span(bytes).subspan(offset + 1, 2), current.magnitude_125ma);
}

std::uint16_t raw_at(ByteSpan bytes, std::size_t offset) {
  return static_cast<std::uint16_t>(read_big_endian(bytes.subspan(offset, 2)));
}

/// A time of day or a key; the values 24 and "minute 60" belong to neither.
bool is_extra(std::uint8_t first, std::uint8_t second) {
  return first >= key_offset || (first < 24 && second < 60);
}

Extra extra_at(ByteSpan bytes) {
  const std::uint8_t first = bytes[at::extra];
  const std::uint8_t second = bytes[at::extra + 1];
  if (first < key_offset) return Extra::clock(first, second);
  return Extra::key_value(static_cast<std::uint8_t>(first - key_offset), second);
}

/// A clock ends at 23:59 and a key at 230: wrapped, a receiver would take the one for the other.
void put_extra(FrameBytes& bytes, const Extra& extra) {
  const bool is_key = extra.kind == Extra::Kind::key_value;
  const int first = is_key ? std::min(extra.first, key_most) + key_offset
                           : std::min(extra.first, std::uint8_t{23});
  bytes[at::extra] = static_cast<std::uint8_t>(first);
  bytes[at::extra + 1] = is_key ? extra.second : std::min(extra.second, std::uint8_t{59});
}

}  // namespace

core::Current FrameCurrent::current() const {
  if (!present()) return {};
  const core::Current size = core::Current::milliamperes(magnitude_125ma * 125);
  return sign == CurrentSign::minus ? -size : size;
}

FrameCurrent FrameCurrent::from(core::Current current) {
  const std::int64_t ma = current.in_milliamperes();  // the negative of the least fits 64 bits only
  return {ma < 0 ? CurrentSign::minus : CurrentSign::plus,
          static_cast<std::uint16_t>(steps(ma < 0 ? -ma : ma, 125, 2))};
}

std::uint8_t Status::to_byte() const {
  return static_cast<std::uint8_t>(unsigned{charge_allowed} | unsigned{discharge_allowed} << 1U |
                                   unsigned{communication_error} << 2U |
                                   unsigned{below_v_min} << 3U | unsigned{above_v_max} << 4U |
                                   unsigned{below_t_min} << 5U | unsigned{above_t_max} << 6U |
                                   unsigned{soc_not_calibrated} << 7U);
}

Status Status::from_byte(std::uint8_t byte) {
  const auto bit = [byte](unsigned n) { return ((byte >> n) & 1U) != 0; };
  return {bit(0), bit(1), bit(2), bit(3), bit(4), bit(5), bit(6), bit(7)};
}

std::uint8_t frame_checksum(ByteSpan bytes) {
  unsigned sum = 0;
  for (const std::uint8_t byte : bytes) sum += byte;
  return static_cast<std::uint8_t>(sum & 0xFFU);
}

Result<ExtendedFrame, FrameFault> decode_frame(ByteSpan bytes) {
  if (bytes.size() != frame_size) return FrameFault::size;
  if (frame_checksum(bytes.first(at::checksum)) != bytes[at::checksum]) return FrameFault::checksum;
  for (const std::size_t sign : {at::in, at::out, at::sum}) {
    if (!is_sign(bytes[sign])) return FrameFault::sign;
  }
  if (bytes[at::cell_count] == 0) return FrameFault::count;
  if (bytes[at::soc] > 100) return FrameFault::soc;
  if (!is_extra(bytes[at::extra], bytes[at::extra + 1])) return FrameFault::extra;

  ExtendedFrame frame;
  frame.pack_voltage = voltage_at(bytes, at::pack_voltage, 3);
  frame.in = current_at(bytes, at::in);
  frame.out = current_at(bytes, at::out);
  frame.sum = current_at(bytes, at::sum);
  frame.lowest = {voltage_at(bytes, at::lowest, 2), bytes[at::lowest + 2]};
  frame.highest = {voltage_at(bytes, at::highest, 2), bytes[at::highest + 2]};
  frame.coldest = {raw_at(bytes, at::coldest), bytes[at::coldest + 2]};
  frame.hottest = {raw_at(bytes, at::hottest), bytes[at::hottest + 2]};
  if (frame.lowest.voltage > frame.highest.voltage) return FrameFault::order;
  if (frame.coldest.raw > frame.hottest.raw) return FrameFault::order;
  frame.cell = {bytes[at::cell_number], voltage_at(bytes, at::cell_voltage, 2),
                raw_at(bytes, at::cell_temperature)};
  frame.cell_count = bytes[at::cell_count];
  frame.status = Status::from_byte(bytes[at::status]);
  frame.collected_today = energy_at(bytes, at::collected_today, 3, 1);
  frame.stored = energy_at(bytes, at::stored, 3, 1);
  frame.consumed_today = energy_at(bytes, at::consumed_today, 3, 1);
  frame.soc_percent = bytes[at::soc];
  frame.collected_total = energy_at(bytes, at::collected_total, 3, wh_per_kwh);
  frame.consumed_total = energy_at(bytes, at::consumed_total, 3, wh_per_kwh);
  frame.extra = extra_at(bytes);
  frame.capacity = energy_at(bytes, at::capacity, 2, wh_per_capacity_step);
  frame.v_min = voltage_at(bytes, at::v_min, 2);
  frame.v_max = voltage_at(bytes, at::v_max, 2);
  frame.v_bypass = voltage_at(bytes, at::v_bypass, 2);
  return frame;
}

FrameBytes encode_frame(const ExtendedFrame& frame) {
  FrameBytes bytes{};
  encode_frame(frame, bytes);
  return bytes;
}

void encode_frame(const ExtendedFrame& frame, FrameBytes& bytes) {
  const auto put_raw = [&bytes](std::size_t offset, std::uint16_t raw) {
    write_big_endian(std::span(bytes).subspan(offset, 2), raw);
  };
  put_voltage(bytes, at::pack_voltage, 3, frame.pack_voltage);
  put_current(bytes, at::in, frame.in);
  put_current(bytes, at::out, frame.out);
  put_current(bytes, at::sum, frame.sum);
  put_voltage(bytes, at::lowest, 2, frame.lowest.voltage);
  bytes[at::lowest + 2] = frame.lowest.cell;
  put_voltage(bytes, at::highest, 2, frame.highest.voltage);
  bytes[at::highest + 2] = frame.highest.cell;
  put_raw(at::coldest, frame.coldest.raw);
  bytes[at::coldest + 2] = frame.coldest.cell;
  put_raw(at::hottest, frame.hottest.raw);
  bytes[at::hottest + 2] = frame.hottest.cell;
  bytes[at::cell_number] = frame.cell.number;
  bytes[at::cell_count] = frame.cell_count;
  put_voltage(bytes, at::cell_voltage, 2, frame.cell.voltage);
  put_raw(at::cell_temperature, frame.cell.temperature_raw);
  bytes[at::status] = frame.status.to_byte();
  put_energy(bytes, at::collected_today, 3, frame.collected_today, 1);
  put_energy(bytes, at::stored, 3, frame.stored, 1);
  put_energy(bytes, at::consumed_today, 3, frame.consumed_today, 1);
  bytes[at::soc] = frame.soc_percent > 100 ? std::uint8_t{100} : frame.soc_percent;
  put_energy(bytes, at::collected_total, 3, frame.collected_total, wh_per_kwh);
  put_energy(bytes, at::consumed_total, 3, frame.consumed_total, wh_per_kwh);
  put_extra(bytes, frame.extra);
  put_energy(bytes, at::capacity, 2, frame.capacity, wh_per_capacity_step);
  put_voltage(bytes, at::v_min, 2, frame.v_min);
  put_voltage(bytes, at::v_max, 2, frame.v_max);
  put_voltage(bytes, at::v_bypass, 2, frame.v_bypass);
  bytes[at::checksum] = frame_checksum(std::span(bytes).first(at::checksum));
}

}  // namespace cellwarden::wire
