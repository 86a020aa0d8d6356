// SPDX-License-Identifier: Apache-2.0
#include "wire/chain.hpp"

#include "wire/bytes.hpp"
#include "wire/crc16.hpp"

namespace cellwarden::wire {
namespace {

using core::Current;
using core::Duration;
using core::Temperature;
using core::Voltage;

constexpr std::uint32_t current_absent = 0x80'0000;
constexpr std::int32_t current_most_ma = 0x7F'FFFF;
constexpr int ms_per_period_count = 10;

std::int32_t limited(std::int32_t value, std::int32_t low, std::int32_t high) {
  return value < low ? low : value > high ? high : value;
}

std::uint32_t encode_current(const std::optional<Current>& current) {
  if (!current) return current_absent;
  const std::int32_t ma = limited(current->in_milliamperes(), -current_most_ma, current_most_ma);
  return static_cast<std::uint32_t>(ma) & 0xFF'FFFF;
}

std::optional<Current> decode_current(std::uint32_t raw) {
  if (raw == current_absent) return std::nullopt;
  const std::uint32_t sign_bits = (raw & current_absent) != 0 ? 0xFF00'0000 : 0;
  return Current::milliamperes(static_cast<std::int32_t>(raw | sign_bits));
}

std::uint32_t read_sum(std::span<const std::uint8_t, 3> bytes) {
  return bytes[0] | (std::uint32_t{bytes[1]} << 8U) | (std::uint32_t{bytes[2]} << 16U);
}

bool is_cell(std::uint8_t number, std::uint8_t count) { return number >= 1 && number <= count; }

/// Both extremes are in the sum and every other cell lies between them, so a single cell has one
/// voltage. Of 256 boards the last one has no number left; its voltage is in the sum all the same.
bool sum_is_possible(const ChainHead& head) {
  const Voltage least = head.lowest.voltage, most = head.highest.voltage;
  const int others = head.cell_count - 1;
  return head.flags.too_many_cells ||
         (least * others + most <= head.sum && head.sum <= most * others + least);
}

bool is_possible(const ChainHead& head) {
  const std::int32_t period = head.order.period.in_milliseconds();
  const std::uint8_t count = head.cell_count;
  return (period == 500 || period == 1000) && is_cell(head.lowest.cell, count) &&
         is_cell(head.highest.cell, count) && is_cell(head.coldest.cell, count) &&
         is_cell(head.hottest.cell, count) && head.lowest.voltage <= head.highest.voltage &&
         head.coldest.temperature <= head.hottest.temperature &&
         head.highest.voltage <= chain_voltage_most &&
         head.hottest.temperature <= chain_temperature(chain_count_most) && sum_is_possible(head);
}

/// Fills in the result itself: a head is worth not being copied.
core::Result<ChainHead, ChainFault> decode_checked_head(
    std::span<const std::uint8_t, chain_head_size> bytes) {
  core::Result<ChainHead, ChainFault> result(ChainHead{});
  ChainHead& head = result.value();
  const auto extreme = [bytes](std::size_t at) {
    return static_cast<std::uint16_t>(read_big_endian(bytes.subspan(at, 2)));
  };
  head.order = decode_chain_order(bytes);
  head.cell_count = bytes[chain_at::position];
  head.flags = ChainFlags::from_byte(bytes[chain_at::flags]);
  head.lowest = {Voltage::millivolts(extreme(chain_at::lowest)), bytes[chain_at::lowest + 2]};
  head.highest = {Voltage::millivolts(extreme(chain_at::highest)), bytes[chain_at::highest + 2]};
  head.coldest = {chain_temperature(extreme(chain_at::coldest)), bytes[chain_at::coldest + 2]};
  head.hottest = {chain_temperature(extreme(chain_at::hottest)), bytes[chain_at::hottest + 2]};
  head.sum =
      Voltage::millivolts(static_cast<std::int32_t>(read_sum(bytes.subspan<chain_at::sum, 3>())));
  if (!is_possible(head)) result = ChainFault::content;
  return result;
}

}  // namespace

ChainOrder decode_chain_order(std::span<const std::uint8_t, chain_head_size> bytes) {
  const std::uint32_t bypass_mv = read_big_endian(bytes.subspan(chain_at::v_bypass, 2));
  ChainOrder order;
  order.sequence = bytes[chain_at::sequence];
  order.period = Duration::milliseconds(bytes[chain_at::period] * ms_per_period_count);
  order.critical_mode = (bytes[chain_at::mode] & 1U) != 0;
  order.programmed_cells = bytes[chain_at::programmed_cells];
  if (bypass_mv != 0) order.v_bypass = Voltage::millivolts(static_cast<std::int32_t>(bypass_mv));
  order.in = decode_current(read_big_endian(bytes.subspan(chain_at::in, 3)));
  order.out = decode_current(read_big_endian(bytes.subspan(chain_at::out, 3)));
  return order;
}

core::Result<ChainHead, ChainFault> decode_chain_head(
    std::span<const std::uint8_t, chain_head_size> bytes) {
  return decode_chain_head(bytes, crc16(bytes.first<chain_at::crc>()));
}

core::Result<ChainHead, ChainFault> decode_chain_head(
    std::span<const std::uint8_t, chain_head_size> bytes, std::uint16_t right_check) {
  if (bytes[chain_at::start] != chain_start_byte || bytes[chain_at::version] != chain_version) {
    return ChainFault::version;
  }
  if (right_check != read_big_endian(bytes.last<chain_crc_size>())) return ChainFault::crc;
  return decode_checked_head(bytes);
}

ChainHeadBytes encode_chain_head(const ChainHead& head) {
  ChainHeadBytes bytes{};
  write_unchecked_chain_head(bytes, head);
  write_big_endian(std::span(bytes).last<chain_crc_size>(),
                   crc16(std::span(bytes).first<chain_at::crc>()));
  return bytes;
}

void write_unchecked_chain_head(std::span<std::uint8_t, chain_head_size> bytes,
                                const ChainHead& head) {
  const auto put = [bytes](std::size_t at, std::size_t width, std::uint32_t value) {
    write_big_endian(bytes.subspan(at, width), value);
  };
  const auto millivolts = [](Voltage v) { return static_cast<std::uint32_t>(v.in_millivolts()); };
  bytes[chain_at::start] = chain_start_byte;
  bytes[chain_at::version] = chain_version;
  bytes[chain_at::sequence] = head.order.sequence;
  bytes[chain_at::period] =
      static_cast<std::uint8_t>(head.order.period.in_milliseconds() / ms_per_period_count);
  bytes[chain_at::mode] = head.order.critical_mode ? 1 : 0;
  bytes[chain_at::programmed_cells] = head.order.programmed_cells;
  put(chain_at::v_bypass, 2, millivolts(head.order.v_bypass.value_or(Voltage{})));
  put(chain_at::in, 3, encode_current(head.order.in));
  put(chain_at::out, 3, encode_current(head.order.out));
  bytes[chain_at::position] = head.cell_count;
  bytes[chain_at::flags] = head.flags.to_byte();
  put(chain_at::lowest, 2, millivolts(head.lowest.voltage));
  bytes[chain_at::lowest + 2] = head.lowest.cell;
  put(chain_at::highest, 2, millivolts(head.highest.voltage));
  bytes[chain_at::highest + 2] = head.highest.cell;
  put(chain_at::coldest, 2, chain_count(head.coldest.temperature));
  bytes[chain_at::coldest + 2] = head.coldest.cell;
  put(chain_at::hottest, 2, chain_count(head.hottest.temperature));
  bytes[chain_at::hottest + 2] = head.hottest.cell;
  for (unsigned i = 0; i < 3; ++i) {
    bytes[chain_at::sum + i] = static_cast<std::uint8_t>(millivolts(head.sum) >> (8 * i));
  }
}

ChainHead neutral_chain_head(const ChainOrder& order, const ChainFlags& flags) {
  ChainHead head;
  head.order = order;
  head.flags = flags;
  head.lowest.voltage = chain_voltage_most;
  head.coldest.temperature = chain_temperature(chain_count_most);
  head.hottest.temperature = chain_temperature(0);
  return head;
}

void merge_into(ChainHead& head, const CellReading& reading, const ChainFlags& flags) {
  head.flags = ChainFlags::from_byte(head.flags.to_byte() | flags.to_byte());
  merge_into(head, reading);
}

}  // namespace cellwarden::wire
