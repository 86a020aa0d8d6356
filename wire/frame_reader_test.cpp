// SPDX-License-Identifier: Apache-2.0
#include "wire/frame_reader.hpp"

#include <algorithm>
#include <span>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/frames.hpp"
#include "tests/support/stream.hpp"

namespace cellwarden::wire {
namespace {

using core::Voltage;
using tests::mended;
using tests::plausible_frame;
using tests::Stream;
using namespace core::literals;

static_assert(std::is_trivially_copyable_v<FrameReader>);

std::uint64_t refused(const FrameReader& reader, FrameFault fault) {
  return reader.counts().refused[static_cast<std::size_t>(fault)];
}

/// The bytes of a frame as they come after something that was not one.
FrameBytes changed(const ExtendedFrame& frame, void (*change)(ExtendedFrame&)) {
  ExtendedFrame other = frame;
  change(other);
  return encode_frame(other);
}

TEST(FrameReader, HoldsNothingAtFirst) {
  const FrameReader reader;
  EXPECT_EQ(reader.pending(), 0U);
  EXPECT_EQ(reader.counts(), FrameReaderCounts{});
}

TEST(FrameReader, DeliversAFrameWithItsLastByteAndNotBefore) {
  Stream stream;
  const FrameBytes bytes = encode_frame(plausible_frame(16));
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    EXPECT_FALSE(stream.reader.push(bytes[i])) << i;
    EXPECT_EQ(stream.reader.pending(), i + 1);
  }
  EXPECT_EQ(stream.reader.push(bytes.back()), plausible_frame(16));
  EXPECT_EQ(stream.reader.pending(), 0U);
}

TEST(FrameReader, DeliversFramesBackToBack) {
  Stream stream;
  for (int i = 0; i < 3; ++i) stream.send(encode_frame(plausible_frame(16)));
  EXPECT_EQ(stream.frames.size(), 3U);
  EXPECT_EQ(stream.reader.counts().dropped_bytes, 0U);
}

/// On a boundary the maker's own examples are taken, although they contradict themselves.
TEST(FrameReader, DeliversEveryGoldenFrameOnABoundary) {
  Stream stream;
  for (const FrameBytes& bytes : tests::all_golden_frames()) {
    stream.send(bytes);
    stream.reader.silence();
  }
  EXPECT_EQ(stream.frames.size(), tests::all_golden_frames().size());
  EXPECT_EQ(stream.reader.counts().dropped_bytes, 0U);
}

TEST(FrameReader, TheEndOfAFrameIsABoundaryWithoutASilence) {
  Stream stream;
  for (const FrameBytes& bytes : tests::all_golden_frames()) stream.send(bytes);
  EXPECT_EQ(stream.frames.size(), tests::all_golden_frames().size());
}

TEST(FrameReader, FindsTheFrameBehindGarbageOfAnyLength) {
  tests::Noise noise{1};
  for (std::size_t garbage = 1; garbage <= 3 * frame_size; ++garbage) {
    Stream stream;
    for (std::size_t i = 0; i < garbage; ++i) stream.send(noise.byte());
    stream.send(encode_frame(plausible_frame(16)));
    ASSERT_EQ(stream.frames.size(), 1U) << garbage;
    EXPECT_EQ(stream.reader.counts().dropped_bytes, garbage);
  }
}

TEST(FrameReader, FindsTheNextFrameAfterAByteWasLostOrDoubled) {
  const FrameBytes good = encode_frame(plausible_frame(16));
  for (std::size_t at = 0; at < frame_size; ++at) {
    for (const bool doubled : {false, true}) {
      Stream stream;
      std::vector<std::uint8_t> hurt(good.begin(), good.end());
      const auto place = hurt.begin() + static_cast<std::ptrdiff_t>(at);
      if (doubled) {
        hurt.insert(place, *place);
      } else {
        hurt.erase(place);
      }
      stream.send(hurt);
      for (int i = 0; i < 2; ++i) stream.send(good);
      ASSERT_GE(stream.frames.size(), 2U) << at << (doubled ? " doubled" : " lost");
      for (const ExtendedFrame& frame : stream.frames) ASSERT_EQ(frame, plausible_frame(16));
    }
  }
}

TEST(FrameReader, SilenceEndsAFrameThatWasCutShort) {
  const FrameBytes good = encode_frame(plausible_frame(16));
  for (std::size_t cut = 1; cut < frame_size; ++cut) {
    Stream stream;
    stream.send(std::span(good).first(cut));
    stream.reader.silence();
    EXPECT_EQ(stream.reader.pending(), 0U);
    EXPECT_EQ(stream.reader.counts().dropped_bytes, cut);
    EXPECT_EQ(refused(stream.reader, FrameFault::size), 1U);
    stream.send(good);
    ASSERT_EQ(stream.frames.size(), 1U) << cut;
  }
}

TEST(FrameReader, SilenceBetweenFramesCountsNothing) {
  Stream stream;
  stream.reader.silence();
  stream.send(encode_frame(plausible_frame(16)));
  stream.reader.silence();
  stream.reader.silence();
  EXPECT_EQ(stream.reader.counts().dropped_bytes, 0U);
  EXPECT_EQ(refused(stream.reader, FrameFault::size), 0U);
}

TEST(FrameReader, AGarbledFrameIsOneRefusalNotTwo) {
  FrameBytes bytes = encode_frame(plausible_frame(16));
  ++bytes[0];
  Stream stream;
  stream.send(bytes);
  stream.reader.silence();
  EXPECT_EQ(refused(stream.reader, FrameFault::checksum), 1U);
  EXPECT_EQ(refused(stream.reader, FrameFault::size), 0U) << "its 57 bytes are no second frame";
  EXPECT_EQ(stream.reader.counts().dropped_bytes, frame_size);
}

/// What the window is between two frames is not looked at while the stream is in step.
TEST(FrameReader, CountsEachKindOfRefusal) {
  const struct {
    std::size_t at;
    std::uint8_t byte;
    FrameFault fault;
  } rows[] = {
      {3, 0, FrameFault::sign},      {25, 0, FrameFault::count},  {40, 101, FrameFault::soc},
      {12, 0xFF, FrameFault::order}, {47, 24, FrameFault::extra},
  };
  for (const auto& row : rows) {
    Stream stream;
    FrameBytes bytes = encode_frame(plausible_frame(16));
    bytes[row.at] = row.byte;
    stream.send(mended(bytes));
    EXPECT_EQ(stream.frames.size(), 0U);
    EXPECT_EQ(refused(stream.reader, row.fault), 1U) << static_cast<int>(row.fault);
    EXPECT_EQ(stream.reader.pending(), frame_size - 1);
    stream.send(0);
    EXPECT_EQ(refused(stream.reader, row.fault), 1U) << "windows off a boundary are not counted";
  }
}

TEST(FrameReader, OffABoundaryAFrameMustAgreeWithItself) {
  const struct {
    void (*change)(ExtendedFrame&);
    bool taken;
    const char* why;
  } rows[] = {
      {[](ExtendedFrame&) {}, true, "nothing is wrong"},
      {[](ExtendedFrame& f) { f.pack_voltage = 52'885_mV; }, true, "a step a cell: rounding"},
      {[](ExtendedFrame& f) { f.pack_voltage = 52'890_mV; }, false, "above all cells together"},
      {[](ExtendedFrame& f) { f.pack_voltage = 52'715_mV; }, true, "a step a cell: rounding"},
      {[](ExtendedFrame& f) { f.pack_voltage = 52'710_mV; }, false, "below all cells together"},
      {[](ExtendedFrame& f) { f.pack_voltage = 0_mV; }, false, "a pack without voltage"},
      {[](ExtendedFrame& f) { f.lowest.cell = 0; }, false, "nobody is lowest"},
      {[](ExtendedFrame& f) { f.lowest.cell = 17; }, false, "the lowest does not exist"},
      {[](ExtendedFrame& f) { f.highest.cell = 0; }, false, "nobody is highest"},
      {[](ExtendedFrame& f) { f.highest.cell = 17; }, false, "the highest does not exist"},
      {[](ExtendedFrame& f) { f.highest.cell = 16; }, true, "the last one does"},
      {[](ExtendedFrame& f) { f.lowest.cell = 16; }, true, "the last one does"},
      {[](ExtendedFrame& f) { f.cell.voltage = 3'305_mV; }, true, "rounded on its own"},
      {[](ExtendedFrame& f) { f.cell.voltage = 3'310_mV; }, false, "above the highest"},
      {[](ExtendedFrame& f) { f.cell.voltage = 3'290_mV; }, false, "below the lowest"},
      {[](ExtendedFrame& f) { f.cell = {16, 3'290_mV, 0}; }, false, "the last cell is checked"},
      {[](ExtendedFrame& f) { f.cell = {17, 0_mV, 0}; }, true, "no real cell: ignored"},
      {[](ExtendedFrame& f) { f.cell = {0, 0_mV, 0}; }, true, "no real cell: ignored"},
      {[](ExtendedFrame& f) { f.sum.magnitude_125ma = 63; }, true, "three steps of rounding"},
      {[](ExtendedFrame& f) { f.sum.magnitude_125ma = 64; }, false, "four steps"},
      {[](ExtendedFrame& f) { f.sum.magnitude_125ma = 57; }, true, "three steps the other way"},
      {[](ExtendedFrame& f) { f.sum.magnitude_125ma = 56; }, false, "four steps the other way"},
      {[](ExtendedFrame& f) { f.sum.sign = CurrentSign::minus; }, false, "the wrong way round"},
      {[](ExtendedFrame& f) { f.out.sign = CurrentSign::minus; }, false, "in - out is not the sum"},
      {[](ExtendedFrame& f) { f.sum = {CurrentSign::absent, 9}; }, true, "no sum to compare"},
      {[](ExtendedFrame& f) { f.in = {CurrentSign::absent, 9}; }, true, "sensors in the sum only"},
      {[](ExtendedFrame& f) { f.out = {CurrentSign::absent, 9}; }, false, "then in is the sum"},
  };
  for (const auto& row : rows) {
    Stream stream;
    stream.send(0);
    stream.send(changed(plausible_frame(16), row.change));
    EXPECT_EQ(stream.frames.size(), row.taken ? 1U : 0U) << row.why;
    EXPECT_EQ(stream.reader.counts().unconfirmed, row.taken ? 0U : 1U) << row.why;
    Stream in_step;
    in_step.send(changed(plausible_frame(16), row.change));
    EXPECT_EQ(in_step.frames.size(), 1U) << "on a boundary: " << row.why;
  }
}

/// A frame that, turned by half its length, is a frame again: back to back, every second window in
/// the middle of two real ones decodes.
FrameBytes two_faced_frame() {
  ExtendedFrame f = plausible_frame(16);
  f.coldest.raw = f.hottest.raw = 0x0128;                // as the turned frame's clock: 1:40
  f.collected_today = core::Energy::watt_hours(0x2B00);  // three signs, one a field
  f.stored = core::Energy::watt_hours(0x2D00);
  f.consumed_today = core::Energy::watt_hours(0x5800);
  f.extra = Extra::key_value(0, 0);
  f.cell.temperature_raw = 0x0128;
  FrameBytes bytes = encode_frame(f);
  // The byte that ends the turned frame must be its checksum too: bring the real one to it.
  bytes[33] = static_cast<std::uint8_t>(bytes[28] - bytes.back());
  return mended(bytes);
}

FrameBytes turned(const FrameBytes& bytes) {
  FrameBytes half = bytes;
  std::ranges::rotate(half, half.begin() + 29);
  return half;
}

TEST(FrameReader, AFrameInsideTwoFramesIsNotSeenInStep) {
  const FrameBytes bytes = two_faced_frame();
  ASSERT_TRUE(decode_frame(bytes).good());
  ASSERT_TRUE(decode_frame(turned(bytes)).good());
  Stream stream;
  for (int i = 0; i < 4; ++i) stream.send(bytes);
  ASSERT_EQ(stream.frames.size(), 4U);
  for (const ExtendedFrame& frame : stream.frames) EXPECT_EQ(encode_frame(frame), bytes);
}

TEST(FrameReader, AFrameInsideTwoFramesDoesNotMisleadTheSearch) {
  const FrameBytes bytes = two_faced_frame();
  Stream stream;
  stream.send(0);
  stream.send(std::span(bytes).last(29));
  for (int i = 0; i < 2; ++i) stream.send(bytes);
  EXPECT_EQ(stream.reader.counts().unconfirmed, 1U) << "the turned frame was there";
  ASSERT_EQ(stream.frames.size(), 2U);
  for (const ExtendedFrame& frame : stream.frames) EXPECT_EQ(encode_frame(frame), bytes);
}

TEST(FrameReader, TheCellCountMayChangeBetweenFrames) {
  Stream stream;
  for (const int cells : {1, 4, 255, 2, 16, 254}) {
    stream.send(0xA5);
    stream.send(encode_frame(plausible_frame(cells)));
    ASSERT_FALSE(stream.frames.empty());
    EXPECT_EQ(stream.frames.back().cell_count, cells);
  }
  EXPECT_EQ(stream.frames.size(), 6U);
}

TEST(FrameReader, ACopyGoesItsOwnWay) {
  FrameReader reader;
  const FrameBytes bytes = encode_frame(plausible_frame(16));
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) static_cast<void>(reader.push(bytes[i]));
  FrameReader copy = reader;
  EXPECT_TRUE(copy.push(bytes.back()));
  EXPECT_TRUE(reader.push(bytes.back()));
}

}  // namespace
}  // namespace cellwarden::wire
