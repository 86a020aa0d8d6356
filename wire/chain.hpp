/// The chain message: what the boards of a pack send each other, from the IN board through every
/// cell board to the OUT board. A head of 33 bytes with a check of its own (enough to decide the
/// relays), then one record a cell. This file is the layout and bytes <-> values; merging a board's
/// readings into the passing bytes is core/chain_node. The format and its timing:
/// docs/wire/chain.md.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/result.hpp"
#include "core/units.hpp"
#include "wire/bytes.hpp"

namespace cellwarden::wire {

inline constexpr std::uint8_t chain_start_byte = 0xC5;
inline constexpr std::uint8_t chain_version = 1;
inline constexpr std::size_t chain_head_size = 33;
inline constexpr std::size_t chain_record_size = 3;
inline constexpr std::size_t chain_crc_size = 2;
inline constexpr int chain_cells_max = 255;

/// Offsets in the head. Fields that are compared are big-endian, the one that is added is
/// little-endian: so a board can merge its own value while the bytes stream through.
namespace chain_at {
inline constexpr std::size_t start = 0, version = 1, sequence = 2, period = 3, mode = 4;
inline constexpr std::size_t programmed_cells = 5, v_bypass = 6, in = 8, out = 11;
inline constexpr std::size_t position = 14, flags = 15;
inline constexpr std::size_t lowest = 16, highest = 19, coldest = 22, hottest = 25, sum = 28;
inline constexpr std::size_t crc = 31;
}  // namespace chain_at

/// Conditions any board may raise; merged by OR, so that the OUT board hears all of them.
struct ChainFlags {
  bool broken = false;                    ///< started by a board that heard nothing (CELL-8)
  bool voltage_out_of_range = false;      ///< a reading outside 2.0..5.0 V, or none (CELL-1)
  bool temperature_out_of_range = false;  ///< a reading outside -40..85 °C, or none (CELL-2)
  bool bypass_active = false;
  bool bypass_derated = false;
  bool current_out_of_range = false;  ///< a sensor beyond its type's range
  bool too_many_cells = false;        ///< a 256th board saw the message
  bool restarted = false;             ///< first message of a board since its start

  [[nodiscard]] constexpr std::uint8_t to_byte() const {
    return static_cast<std::uint8_t>(
        unsigned{broken} | unsigned{voltage_out_of_range} << 1U |
        unsigned{temperature_out_of_range} << 2U | unsigned{bypass_active} << 3U |
        unsigned{bypass_derated} << 4U | unsigned{current_out_of_range} << 5U |
        unsigned{too_many_cells} << 6U | unsigned{restarted} << 7U);
  }
  static constexpr ChainFlags from_byte(std::uint8_t byte) {
    const auto bit = [byte](unsigned n) { return ((byte >> n) & 1U) != 0; };
    return {bit(0), bit(1), bit(2), bit(3), bit(4), bit(5), bit(6), bit(7)};
  }
  friend constexpr bool operator==(const ChainFlags&, const ChainFlags&) = default;
};

/// What one board measured, in the steps the chain carries.
struct CellReading {
  core::Voltage voltage;          ///< 0..8191 mV
  core::Temperature temperature;  ///< -60.0..144.6 °C in steps of 0.2 °C
  bool bypassing = false;
  friend constexpr bool operator==(const CellReading&, const CellReading&) = default;
};

/// The ends of what the chain carries.
inline constexpr core::Voltage chain_voltage_most = core::Voltage::millivolts(8191);
inline constexpr std::uint16_t chain_count_most = 1023;

/// Temperature as the head carries it: 0.2 °C a count, 0 = -60.0 °C.
constexpr std::uint16_t chain_count(core::Temperature temperature) {
  const std::int32_t dc = temperature.in_decicelsius();
  const std::int32_t limited = dc < -600 ? -600 : dc > 1446 ? 1446 : dc;
  return static_cast<std::uint16_t>((limited + 600 + 1) / 2);
}
constexpr core::Temperature chain_temperature(std::uint16_t count) {
  return core::Temperature::decicelsius(-600 + count * 2);
}

/// Brings a measured value to the nearest step the chain carries; ends at its ends, never wraps.
constexpr CellReading to_chain_steps(core::Voltage voltage, core::Temperature temperature,
                                     bool bypassing) {
  const core::Voltage limited = voltage < core::Voltage{}      ? core::Voltage{}
                                : voltage > chain_voltage_most ? chain_voltage_most
                                                               : voltage;
  return {limited, chain_temperature(chain_count(temperature)), bypassing};
}

/// A cell's record: 13 bits of millivolts, 10 bits of temperature, 1 bit "bypass on".
constexpr std::uint32_t chain_record(core::Voltage voltage, std::uint16_t count, bool bypassing) {
  const auto mv = static_cast<std::uint32_t>(voltage.in_millivolts());
  return (mv << 11U) | (std::uint32_t{count} << 1U) | std::uint32_t{bypassing};
}
constexpr std::uint32_t chain_record(const CellReading& reading) {
  return chain_record(reading.voltage, chain_count(reading.temperature), reading.bypassing);
}
constexpr std::array<std::uint8_t, chain_record_size> encode_chain_record(
    const CellReading& reading) {
  std::array<std::uint8_t, chain_record_size> bytes{};
  write_big_endian(bytes, chain_record(reading));
  return bytes;
}
constexpr CellReading decode_chain_record(std::span<const std::uint8_t, chain_record_size> bytes) {
  const std::uint32_t raw = read_big_endian(bytes);
  return {core::Voltage::millivolts(static_cast<std::int32_t>(raw >> 11U)),
          chain_temperature(static_cast<std::uint16_t>((raw >> 1U) & 0x3FFU)), (raw & 1U) != 0};
}

struct ChainVoltage {
  core::Voltage voltage;
  std::uint8_t cell = 0;
  friend constexpr bool operator==(const ChainVoltage&, const ChainVoltage&) = default;
};
struct ChainTemperature {
  core::Temperature temperature;
  std::uint8_t cell = 0;
  friend constexpr bool operator==(const ChainTemperature&, const ChainTemperature&) = default;
};

/// What the board that starts a message says; the same for every board that hears it.
struct ChainOrder {
  std::uint8_t sequence = 0;  ///< counts messages, wraps
  core::Duration period;      ///< 500 or 1000 ms
  bool critical_mode = false;
  /// The programmed number, "or the next higher in the list"; 0: unknown.
  std::uint8_t programmed_cells = 0;
  std::optional<core::Voltage> v_bypass;  ///< absent: no board may bypass
  std::optional<core::Current> in;        ///< sensor J1; absent: not there
  std::optional<core::Current> out;       ///< sensor J2
  friend constexpr bool operator==(const ChainOrder&, const ChainOrder&) = default;
};

/// The head as the OUT board reads it after every board has merged its own.
struct ChainHead {
  ChainOrder order;
  std::uint8_t cell_count = 0;  ///< boards that merged, counted on the way
  ChainFlags flags;
  ChainVoltage lowest, highest;       ///< ties: the lower cell number
  ChainTemperature coldest, hottest;  ///< ties: the lower cell number
  core::Voltage sum;                  ///< of all cells
  friend constexpr bool operator==(const ChainHead&, const ChainHead&) = default;
};

/// Why 33 bytes are not a head.
enum class ChainFault : std::uint8_t {
  crc,      ///< garbled on the way, on whatever hop
  version,  ///< another start byte or format version
  content,  ///< right check, impossible values
};

using ChainHeadBytes = std::array<std::uint8_t, chain_head_size>;

/// Reads a head and refuses what no pack can say: no cell, unknown period, extremes out of order or
/// of cells that do not exist, a sum that cells between them cannot have. A head whose flags say
/// "too many cells" is spared the sum, which holds more cells than the count: the flag is the news.
core::Result<ChainHead, ChainFault> decode_chain_head(
    std::span<const std::uint8_t, chain_head_size> bytes);
/// The same for who has the right check of the bytes before it already.
core::Result<ChainHead, ChainFault> decode_chain_head(
    std::span<const std::uint8_t, chain_head_size> bytes, std::uint16_t right_check);

/// The order part of a head, unchecked: for a board that keeps the check itself.
ChainOrder decode_chain_order(std::span<const std::uint8_t, chain_head_size> bytes);

/// Writes a head with its check; for the board that starts a message and for tests.
ChainHeadBytes encode_chain_head(const ChainHead& head);
/// The same without its check, for who adds that: leaves the last two bytes as they are.
void write_unchecked_chain_head(std::span<std::uint8_t, chain_head_size> bytes,
                                const ChainHead& head);

/// The head a starting board feeds to itself: nobody has merged yet, so the extremes are neutral.
ChainHead neutral_chain_head(const ChainOrder& order, const ChainFlags& flags);

/// One board's part in a head, as values: what core/chain_node does to the bytes while they stream
/// (a property test holds the two equal). A tie goes to the board that came first.
/// @param head     a neutral one, or one that boards have merged into
/// @param reading  in chain steps
void merge_into(ChainHead& head, const CellReading& reading, const ChainFlags& flags);
/// The same without a flag of its own.
constexpr void merge_into(ChainHead& head, const CellReading& reading) {
  const bool neutral = head.cell_count == 0;
  if (head.cell_count == chain_cells_max) {
    head.flags.too_many_cells = true;
  } else {
    ++head.cell_count;
  }
  const std::uint8_t own = head.cell_count;
  const core::Voltage v = reading.voltage;
  const core::Temperature t = reading.temperature;
  if (neutral || v < head.lowest.voltage) head.lowest = {v, own};
  if (neutral || v > head.highest.voltage) head.highest = {v, own};
  if (neutral || t < head.coldest.temperature) head.coldest = {t, own};
  if (neutral || t > head.hottest.temperature) head.hottest = {t, own};
  head.sum += v;
}

/// Boards append records to every message, or, where the line has no time for all of them, to every
/// second one: odd cells with odd sequence numbers, even cells with even ones.
constexpr bool every_cell_reports(core::Duration period, std::uint8_t programmed_cells) {
  return period.in_milliseconds() >= 1000 || programmed_cells <= 128;
}
/// Whether cell `number` appends a record to the message that `order` started.
constexpr bool cell_reports(const ChainOrder& order, int number) {
  return every_cell_reports(order.period, order.programmed_cells) ||
         number % 2 == order.sequence % 2;
}
/// How many records the cells 1..count append to it.
constexpr int records_of(const ChainOrder& order, int count) {
  if (every_cell_reports(order.period, order.programmed_cells)) return count;
  return order.sequence % 2 == 1 ? (count + 1) / 2 : count / 2;
}

}  // namespace cellwarden::wire
