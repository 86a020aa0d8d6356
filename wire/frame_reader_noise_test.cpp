// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/cases.hpp"
#include "tests/support/frames.hpp"
#include "tests/support/stream.hpp"
#include "wire/frame_reader.hpp"

namespace cellwarden::wire {
namespace {

using tests::Noise;
using tests::plausible_frame;
using tests::Stream;

constexpr std::size_t ten_megabytes = 10'000'000;

/// A frame that says by its energy which one it is.
ExtendedFrame numbered_frame(int number) {
  ExtendedFrame frame = plausible_frame(1 + number % 255);
  frame.stored = core::Energy::watt_hours(number);
  frame.cell.number = static_cast<std::uint8_t>(1 + number % frame.cell_count);
  frame.extra = Extra::key_value(static_cast<std::uint8_t>(number % 19), 7);
  return frame;
}

bool adds_up(const FrameReader& reader) {
  const FrameReaderCounts& counts = reader.counts();
  return counts.bytes == counts.frames * frame_size + counts.dropped_bytes + reader.pending();
}

TEST(FrameReaderNoise, TenMegabytesHoldNoFrame) {
  Noise noise{20'260'101};
  Stream stream;
  for (std::size_t i = 0; i < ten_megabytes; ++i) stream.send(noise.byte());
  EXPECT_EQ(stream.frames.size(), 0U);
  EXPECT_EQ(stream.reader.counts().bytes, ten_megabytes);
  EXPECT_EQ(stream.reader.counts().dropped_bytes, ten_megabytes - (frame_size - 1));
}

/// The harder half: every 58 bytes a silence, so that every window lies on a boundary.
TEST(FrameReaderNoise, TenMegabytesInPiecesOfAFrameHoldNoFrame) {
  Noise noise{20'260'102};
  Stream stream;
  for (std::size_t i = 0; i < ten_megabytes; ++i) {
    if (i % frame_size == 0) stream.reader.silence();
    stream.send(noise.byte());
  }
  EXPECT_EQ(stream.frames.size(), 0U);
  const auto& refused = stream.reader.counts().refused;
  EXPECT_GT(refused[static_cast<std::size_t>(FrameFault::sign)], 500U) << "the sum alone is weak";
  EXPECT_TRUE(adds_up(stream.reader));
}

/// Noise that looks like a frame in all but one thing: signs, sum, count and charge are right.
TEST(FrameReaderNoise, FramesOfRandomValuesAreNotBelievedOffABoundary) {
  Noise noise{20'260'103};
  Stream stream;
  for (int i = 0; i < 20'000; ++i) {
    FrameBytes bytes{};
    for (std::uint8_t& byte : bytes) byte = noise.byte();
    bytes[3] = bytes[6] = bytes[9] = '+';
    bytes[25] |= 1U;
    bytes[40] %= 101;
    bytes[47] |= 0x20U;
    stream.send(noise.byte());
    stream.send(tests::mended(bytes));
  }
  EXPECT_EQ(stream.frames.size(), 0U);
  EXPECT_GT(stream.reader.counts().unconfirmed, 2'000U);
}

// proves OUTW-1
TEST(FrameReaderNoise, EveryRealFrameIsFoundAndNothingElse) {
  Noise noise{20'260'104};
  Stream stream;
  std::vector<std::size_t> ends;
  constexpr int frames = 10'000;
  for (int number = 0; number < frames; ++number) {
    for (auto garbage = noise.below(200); garbage > 0; --garbage) stream.send(noise.byte());
    stream.send(encode_frame(numbered_frame(number)));
    ends.push_back(stream.sent);
  }
  ASSERT_EQ(stream.frames.size(), std::size_t{frames});
  EXPECT_EQ(stream.ends, ends);
  for (int number = 0; number < frames; ++number) {
    ASSERT_EQ(stream.frames[static_cast<std::size_t>(number)], numbered_frame(number));
  }
  EXPECT_TRUE(adds_up(stream.reader));
}

/// Adds one piece of a hostile line to the stream.
void send_segment(Stream& stream, int kind, int number) {
  FrameBytes bytes = encode_frame(numbered_frame(number));
  const auto place = static_cast<std::size_t>(number) % frame_size;
  switch (kind) {
    case 0:
      stream.reader.silence();
      break;
    case 1:  // half a frame
      stream.send(std::span(bytes).first(place));
      break;
    case 2:  // a flipped bit
      bytes[place] ^= static_cast<std::uint8_t>(1U << (static_cast<unsigned>(number) % 8));
      stream.send(bytes);
      break;
    case 3: {  // noise
      Noise noise{static_cast<std::uint64_t>(number)};
      for (auto left = noise.below(130); left > 0; --left) stream.send(noise.byte());
      break;
    }
    case 4:  // a doubled byte
      stream.send(std::span(bytes).first(place));
      stream.send(bytes[place]);
      stream.send(std::span(bytes).subspan(place));
      break;
    default:
      stream.send(bytes);
  }
}

TEST(FrameReaderNoise, EveryByteIsAccountedForInAnyStream) {
  tests::check_cases(5'000, [] {
    Stream stream;
    const auto segments = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 8), rc::gen::inRange(0, 100'000)));
    for (const auto& [kind, number] : segments) {
      send_segment(stream, kind, number);
      RC_ASSERT(adds_up(stream.reader));
      RC_ASSERT(stream.reader.pending() < frame_size);
      RC_ASSERT(stream.reader.counts().bytes == stream.sent);
      RC_ASSERT(stream.reader.counts().frames == stream.frames.size());
    }
    stream.reader.silence();
    RC_ASSERT(adds_up(stream.reader));
    RC_ASSERT(stream.reader.pending() == 0U);
    const std::size_t before = stream.frames.size();
    stream.send(encode_frame(numbered_frame(1)));
    RC_ASSERT(stream.frames.size() == before + 1);
    RC_ASSERT(stream.frames.back() == numbered_frame(1));
  });
}

}  // namespace
}  // namespace cellwarden::wire
