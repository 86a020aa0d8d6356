/// Feeds arbitrary bytes and silences to the frame reader. Whatever comes: no crash, every byte is
/// accounted for, and a delivered frame is exactly the 58 bytes that came last.
///
/// The input is the stream itself, but for one byte that stands for a silence of the line when the
/// byte after it is the same (a lone one is data). Random bytes rarely have a right checksum, so
/// the mutator often plants a good frame or mends a sum.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "core/assert.hpp"
#include "wire/extended_frame.hpp"
#include "wire/frame_reader.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace cellwarden {
namespace {

constexpr std::uint8_t silence_mark = 0xA5;

/// The counters say where each pushed byte went.
void check_sums(const wire::FrameReader& reader) {
  const wire::FrameReaderCounts& counts = reader.counts();
  CELLWARDEN_ASSERT(reader.pending() < wire::frame_size);
  CELLWARDEN_ASSERT(counts.bytes ==
                    counts.frames * wire::frame_size + counts.dropped_bytes + reader.pending());
}

/// A delivered frame is what came last, to the byte, and keeps what decode_frame promises.
void check_frame(const wire::ExtendedFrame& frame, std::span<const std::uint8_t> pushed) {
  CELLWARDEN_ASSERT(pushed.size() >= wire::frame_size);
  const wire::FrameBytes again = encode_frame(frame);
  CELLWARDEN_ASSERT(std::ranges::equal(again, pushed.last(wire::frame_size)));
  CELLWARDEN_ASSERT(frame.cell_count > 0 && frame.soc_percent <= 100);
  CELLWARDEN_ASSERT(frame.lowest.voltage <= frame.highest.voltage);
  CELLWARDEN_ASSERT(frame.coldest.raw <= frame.hottest.raw);
}

/// After a silence the next whole frame is delivered, whatever came before.
void check_recovery(wire::FrameReader reader) {
  wire::ExtendedFrame frame;
  frame.cell_count = 1;
  const wire::FrameBytes bytes = encode_frame(frame);
  reader.silence();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    CELLWARDEN_ASSERT(reader.push(bytes[i]).has_value() == (i + 1 == bytes.size()));
  }
}

wire::FrameBytes plausible_frame(unsigned seed) {
  wire::ExtendedFrame frame;
  const auto cells = static_cast<std::uint8_t>(1 + seed % 255);
  frame.cell_count = cells;
  frame.pack_voltage = core::Voltage::millivolts(3'300 * cells);
  frame.lowest = {core::Voltage::millivolts(3'300), 1};
  frame.highest = {core::Voltage::millivolts(3'300), cells};
  frame.soc_percent = static_cast<std::uint8_t>(seed % 101);
  frame.extra = wire::Extra::key_value(static_cast<std::uint8_t>(seed % 19), 0);
  return encode_frame(frame);
}

void run(std::span<const std::uint8_t> input) {
  wire::FrameReader reader;
  std::vector<std::uint8_t> pushed;
  for (std::size_t i = 0; i < input.size(); ++i) {
    if (input[i] == silence_mark && i + 1 < input.size() && input[i + 1] == silence_mark) {
      reader.silence();
      CELLWARDEN_ASSERT(reader.pending() == 0);
      ++i;
      continue;
    }
    pushed.push_back(input[i]);
    if (const auto frame = reader.push(input[i])) check_frame(*frame, pushed);
    check_sums(reader);
  }
  check_recovery(reader);
}

}  // namespace
}  // namespace cellwarden

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cellwarden::run({data, size});
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  namespace wire = cellwarden::wire;
  const unsigned choice = seed % 4;
  const std::size_t place = size == 0 ? 0 : (seed >> 8U) % size;
  if (choice == 0 && size + wire::frame_size <= most) {
    const wire::FrameBytes frame = cellwarden::plausible_frame(seed >> 3U);
    std::memmove(data + place + frame.size(), data + place, size - place);
    std::memcpy(data + place, frame.data(), frame.size());
    return size + frame.size();
  }
  size = LLVMFuzzerMutate(data, size, most);
  if (choice == 1 && size >= wire::frame_size) {
    const std::span window = std::span(data, size).subspan((seed >> 8U) % (size - 57), 58);
    window[57] = wire::frame_checksum(window.first(57));
  }
  return size;
}
