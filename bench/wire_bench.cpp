/// How fast frames of the extended data output are decoded, encoded and found in a stream. The line
/// itself brings one frame of 58 bytes a second; replays and 10 MB of noise bring many.
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "wire/extended_frame.hpp"
#include "wire/frame_reader.hpp"

namespace cellwarden {
namespace {

using core::Voltage;

/// Sixteen cells, charging at 12.5 A.
wire::ExtendedFrame sample_frame() {
  wire::ExtendedFrame frame;
  frame.pack_voltage = Voltage::millivolts(52'800);
  frame.in = wire::FrameCurrent::from(core::Current::milliamperes(12'500));
  frame.sum = frame.in;
  frame.lowest = {Voltage::millivolts(3'290), 2};
  frame.highest = {Voltage::millivolts(3'310), 5};
  frame.coldest = {293, 1};
  frame.hottest = {301, 16};
  frame.cell = {1, Voltage::millivolts(3'300), 294};
  frame.cell_count = 16;
  frame.soc_percent = 75;
  frame.extra = wire::Extra::key_value(0, 98);
  return frame;
}

void decode(benchmark::State& state) {
  const wire::FrameBytes bytes = encode_frame(sample_frame());
  for (auto _ : state) benchmark::DoNotOptimize(wire::decode_frame(bytes));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(wire::frame_size));
}
BENCHMARK(decode);

void encode(benchmark::State& state) {
  const wire::ExtendedFrame frame = sample_frame();
  for (auto _ : state) benchmark::DoNotOptimize(encode_frame(frame));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(wire::frame_size));
}
BENCHMARK(encode);

/// Feeds `stream` again and again; a reader that delivers nothing is an error.
void read_stream(benchmark::State& state, const std::vector<std::uint8_t>& stream, bool frames) {
  wire::FrameReader reader;
  for (auto _ : state) {
    for (const std::uint8_t byte : stream) benchmark::DoNotOptimize(reader.push(byte));
  }
  if (frames && reader.counts().frames == 0) state.SkipWithError("no frame was found");
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(stream.size()));
}

void reader_back_to_back_frames(benchmark::State& state) {
  const wire::FrameBytes bytes = encode_frame(sample_frame());
  std::vector<std::uint8_t> stream;
  for (int i = 0; i < 1000; ++i) stream.insert(stream.end(), bytes.begin(), bytes.end());
  read_stream(state, stream, true);
}
BENCHMARK(reader_back_to_back_frames);

void reader_noise(benchmark::State& state) {
  std::vector<std::uint8_t> stream(100'000);
  std::uint32_t random = 1;
  for (std::uint8_t& byte : stream) {
    random = random * 1'664'525U + 1'013'904'223U;
    byte = static_cast<std::uint8_t>(random >> 24U);
  }
  read_stream(state, stream, false);
}
BENCHMARK(reader_noise);

}  // namespace
}  // namespace cellwarden
