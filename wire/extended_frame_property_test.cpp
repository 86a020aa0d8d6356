// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/cases.hpp"
#include "tests/support/frames.hpp"
#include "wire/extended_frame.hpp"
#include "wire/frame_reader.hpp"

namespace cellwarden::wire {
namespace {

using core::Energy;
using core::Voltage;
using tests::check_cases;
using tests::mended;

constexpr int cases = 100'000;

/// Bytes of any kind, zeros and ones all over more often than by chance. Drawn in words, so that
/// 100,000 cases take seconds; a failing case shrinks towards zeros.
class Source {
 public:
  Source() {
    const auto words = *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<Words>());
    tests::Noise ends{words.back()};
    for (std::size_t i = 0; i < bytes_.size(); ++i) {
      bytes_[i] = static_cast<std::uint8_t>(words[i / 8] >> (8 * (i % 8)));
      const auto die = ends.below(16);
      if (die < 2) bytes_[i] = die == 0 ? 0x00 : 0xFF;
    }
  }
  /// The next `width` bytes, 1 to 8, as one number.
  std::uint64_t take(unsigned width) {
    std::uint64_t value = 0;
    for (; width > 0; --width) value = (value << 8U) | bytes_.at(at_++);
    return value;
  }
  std::uint8_t byte() { return static_cast<std::uint8_t>(take(1)); }
  std::uint16_t raw() { return static_cast<std::uint16_t>(take(2)); }
  template <class T>
  T any() {
    return static_cast<T>(take(sizeof(T)));
  }
  Voltage voltage(unsigned width) {
    return Voltage::millivolts(static_cast<std::int32_t>(take(width)) * 5);
  }
  Energy energy(unsigned width, int step_wh) {
    return Energy::watt_hours(static_cast<std::int64_t>(take(width)) * step_wh);
  }
  CurrentSign sign() {
    const std::array signs{CurrentSign::plus, CurrentSign::minus, CurrentSign::absent};
    return signs[byte() % 3U];
  }
  FrameCurrent current() {
    const CurrentSign its = sign();
    return {its, raw()};
  }
  Extra extra() {
    const unsigned which = byte(), first = byte(), second = byte();
    if (which % 2 == 0) return Extra::clock(low_byte(first % 24), low_byte(second % 60));
    return Extra::key_value(low_byte(first % 231), low_byte(second));
  }

 private:
  using Words = std::array<std::uint64_t, 13>;  // the last one is for the ends
  static std::uint8_t low_byte(unsigned value) { return static_cast<std::uint8_t>(value); }
  std::array<std::uint8_t, 96> bytes_{};
  std::size_t at_ = 0;
};

/// 58 bytes of any kind; the shape of none of the fields is respected.
FrameBytes any_bytes(Source& source) {
  FrameBytes bytes{};
  for (std::uint8_t& byte : bytes) byte = source.byte();
  return bytes;
}

bool above(const FrameBytes& bytes, std::size_t low, std::size_t high) {
  return std::lexicographical_compare(&bytes[high], &bytes[high] + 2, &bytes[low], &bytes[low] + 2);
}

/// Every byte pattern that is a frame: "-0", an 'X' with a magnitude, unknown keys, cells that do
/// not exist. Made from any bytes by mending only what a frame may not hold.
FrameBytes any_valid_bytes() {
  Source source;
  FrameBytes bytes = any_bytes(source);
  for (const std::size_t sign : {3U, 6U, 9U}) {
    bytes[sign] = static_cast<std::uint8_t>(source.sign());
    if (source.byte() < 32) bytes[sign + 1] = bytes[sign + 2] = 0;
  }
  if (above(bytes, 12, 15)) std::swap_ranges(&bytes[12], &bytes[14], &bytes[15]);
  if (above(bytes, 18, 21)) std::swap_ranges(&bytes[18], &bytes[20], &bytes[21]);
  if (bytes[25] == 0) bytes[25] = 1;
  bytes[40] %= 101;
  if (source.byte() < 64) bytes[47] %= 24;  // a clock as often as a key
  if (bytes[47] == 24) bytes[47] = 23;
  if (bytes[47] < 24) bytes[48] %= 60;
  return mended(bytes);
}

/// Any frame whose values lie on the steps of the wire.
ExtendedFrame any_frame(Source& source) {
  ExtendedFrame f;
  f.pack_voltage = source.voltage(3);
  f.in = source.current();
  f.out = source.current();
  f.sum = source.current();
  f.lowest = {source.voltage(2), source.byte()};
  f.highest = {source.voltage(2), source.byte()};
  if (f.highest.voltage < f.lowest.voltage) std::swap(f.highest, f.lowest);
  f.coldest = {source.raw(), source.byte()};
  f.hottest = {source.raw(), source.byte()};
  if (f.hottest.raw < f.coldest.raw) std::swap(f.hottest, f.coldest);
  f.cell = {source.byte(), source.voltage(2), source.raw()};
  f.cell_count = std::max(std::uint8_t{1}, source.byte());
  f.status = Status::from_byte(source.byte());
  f.collected_today = source.energy(3, 1);
  f.stored = source.energy(3, 1);
  f.consumed_today = source.energy(3, 1);
  f.soc_percent = source.byte() % 101;
  f.collected_total = source.energy(3, 1000);
  f.consumed_total = source.energy(3, 1000);
  f.extra = source.extra();
  f.capacity = source.energy(2, 100);
  f.v_min = source.voltage(2);
  f.v_max = source.voltage(2);
  f.v_bypass = source.voltage(2);
  return f;
}

// proves OUTW-1
TEST(ExtendedFrameProperty, ValuesComeBackFromTheWireAsTheyWere) {
  check_cases(cases, [] {
    Source source;
    const ExtendedFrame frame = any_frame(source);
    const auto back = decode_frame(encode_frame(frame));
    RC_ASSERT(back.good());
    RC_ASSERT(back.value() == frame);
  });
}

// proves OUTW-1
TEST(ExtendedFrameProperty, EveryValidFrameIsWrittenBackToItsBytes) {
  check_cases(cases, [] {
    const FrameBytes bytes = any_valid_bytes();
    const auto frame = decode_frame(bytes);
    RC_ASSERT(frame.good());
    RC_ASSERT(encode_frame(frame.value()) == bytes);
  });
}

TEST(ExtendedFrameProperty, AnyBytesAreRefusedOrWrittenBack) {
  check_cases(20'000, [] {
    Source source;
    const FrameBytes bytes = mended(any_bytes(source));
    const auto frame = decode_frame(bytes);
    if (frame.good()) {
      RC_ASSERT(encode_frame(frame.value()) == bytes);
    } else {
      RC_ASSERT(frame.fault() != FrameFault::checksum);
    }
  });
}

/// Values that no field can hold go to its ends: decoded and written again, nothing moves.
TEST(ExtendedFrameProperty, ValuesOffTheWiresStepsSettleAtOnce) {
  check_cases(20'000, [] {
    Source on_steps, off_steps;
    ExtendedFrame f = any_frame(on_steps);
    f.pack_voltage = Voltage::millivolts(off_steps.any<std::int32_t>());
    f.cell.voltage = Voltage::millivolts(off_steps.any<std::int32_t>());
    f.stored = Energy::watt_hours(off_steps.any<std::int64_t>());
    f.collected_total = Energy::watt_hours(off_steps.any<std::int64_t>());
    f.capacity = Energy::watt_hours(off_steps.any<std::int64_t>());
    f.soc_percent = off_steps.byte();
    f.extra.first = off_steps.byte();
    f.extra.second = off_steps.byte();
    f.in = FrameCurrent::from(core::Current::milliamperes(off_steps.any<std::int32_t>()));
    const FrameBytes bytes = encode_frame(f);
    const auto back = decode_frame(bytes);
    RC_ASSERT(back.good());
    RC_ASSERT(encode_frame(back.value()) == bytes);
    RC_ASSERT(back.value().extra.kind == f.extra.kind);
    RC_ASSERT((f.in.sign == CurrentSign::minus) == (back.value().in.sign == CurrentSign::minus));
  });
}

/// Feeds a stream and says whether a frame came out.
bool delivers(FrameReader& reader, const FrameBytes& bytes) {
  bool delivered = false;
  for (const std::uint8_t each : bytes) delivered = reader.push(each).has_value() || delivered;
  return delivered;
}

void expect_no_flip_passes(const FrameBytes& good) {
  for (std::size_t bit = 0; bit < 8 * frame_size; ++bit) {
    FrameBytes bytes = good;
    bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1U << (bit % 8)));
    ASSERT_EQ(decode_frame(bytes).fault(), FrameFault::checksum) << bit;
    FrameReader reader;
    ASSERT_FALSE(delivers(reader, bytes)) << bit;
    reader.silence();
    ASSERT_TRUE(delivers(reader, good)) << "the frame after bit " << bit;
  }
}

TEST(ExtendedFrameProperty, EverySingleFlippedBitIsRefused) {
  for (const FrameBytes& bytes : tests::all_golden_frames()) expect_no_flip_passes(bytes);
}

TEST(ExtendedFrameProperty, EverySingleFlippedBitOfAnyFrameIsRefused) {
  check_cases(cases, [] {
    FrameBytes bytes = any_valid_bytes();
    const auto bit = *rc::gen::inRange<std::size_t>(0, 8 * frame_size);
    bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1U << (bit % 8)));
    const auto frame = decode_frame(bytes);
    RC_ASSERT(!frame.good());
    RC_ASSERT(frame.fault() == FrameFault::checksum);
    FrameReader reader;
    RC_ASSERT(!delivers(reader, bytes));
  });
}

}  // namespace
}  // namespace cellwarden::wire
