// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

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

/// Any integer of a type, its ends more often than chance would have them.
template <class T>
rc::Gen<T> any() {
  return rc::gen::resize(
      rc::kNominalSize,
      rc::gen::weightedOneOf<T>(
          {{8, rc::gen::arbitrary<T>()},
           {1, rc::gen::element(std::numeric_limits<T>::min(), std::numeric_limits<T>::max())}}));
}
rc::Gen<std::uint8_t> byte() { return any<std::uint8_t>(); }

/// 58 bytes of any kind; the shape of none of the fields is respected.
FrameBytes any_bytes() {
  FrameBytes bytes{};
  std::ranges::copy(*rc::gen::container<std::vector<std::uint8_t>>(bytes.size(), byte()),
                    bytes.begin());
  return bytes;
}

bool above(const FrameBytes& bytes, std::size_t low, std::size_t high) {
  return std::lexicographical_compare(&bytes[high], &bytes[high] + 2, &bytes[low], &bytes[low] + 2);
}

/// Every byte pattern that is a frame: "-0", an 'X' with a magnitude, unknown keys, cells that do
/// not exist. Made from any bytes by mending only what a frame may not hold.
FrameBytes any_valid_bytes() {
  FrameBytes bytes = any_bytes();
  for (const std::size_t sign : {3U, 6U, 9U}) {
    bytes[sign] = *rc::gen::element<std::uint8_t>('+', '-', 'X');
    if (*rc::gen::inRange(0, 8) == 0) bytes[sign + 1] = bytes[sign + 2] = 0;
  }
  if (above(bytes, 12, 15)) std::swap_ranges(&bytes[12], &bytes[14], &bytes[15]);
  if (above(bytes, 18, 21)) std::swap_ranges(&bytes[18], &bytes[20], &bytes[21]);
  if (bytes[25] == 0) bytes[25] = 1;
  bytes[40] %= 101;
  if (bytes[47] == 24) bytes[47] = 23;
  if (bytes[47] < 24) bytes[48] %= 60;
  return mended(bytes);
}

Voltage any_voltage(unsigned width) {
  const std::uint32_t raw = *any<std::uint32_t>() & ((1U << (8 * width)) - 1);
  return Voltage::millivolts(static_cast<std::int32_t>(raw) * 5);
}
Energy any_energy(unsigned width, int step_wh) {
  const std::uint32_t raw = *any<std::uint32_t>() & ((1U << (8 * width)) - 1);
  return Energy::watt_hours(std::int64_t{raw} * step_wh);
}
FrameCurrent any_current() {
  return {*rc::gen::element(CurrentSign::plus, CurrentSign::minus, CurrentSign::absent),
          *any<std::uint16_t>()};
}
Extra any_extra() {
  if (*rc::gen::arbitrary<bool>()) return Extra::key_value(*byte() % 231, *byte());
  return Extra::clock(*byte() % 24, *byte() % 60);
}

/// Any frame whose values lie on the steps of the wire.
ExtendedFrame any_frame() {
  ExtendedFrame f;
  f.pack_voltage = any_voltage(3);
  f.in = any_current();
  f.out = any_current();
  f.sum = any_current();
  f.lowest = {any_voltage(2), *byte()};
  f.highest = {any_voltage(2), *byte()};
  if (f.highest.voltage < f.lowest.voltage) std::swap(f.highest, f.lowest);
  f.coldest = {*any<std::uint16_t>(), *byte()};
  f.hottest = {*any<std::uint16_t>(), *byte()};
  if (f.hottest.raw < f.coldest.raw) std::swap(f.hottest, f.coldest);
  f.cell = {*byte(), any_voltage(2), *any<std::uint16_t>()};
  f.cell_count = std::max<std::uint8_t>(1, *byte());
  f.status = Status::from_byte(*byte());
  f.collected_today = any_energy(3, 1);
  f.stored = any_energy(3, 1);
  f.consumed_today = any_energy(3, 1);
  f.soc_percent = *byte() % 101;
  f.collected_total = any_energy(3, 1000);
  f.consumed_total = any_energy(3, 1000);
  f.extra = any_extra();
  f.capacity = any_energy(2, 100);
  f.v_min = any_voltage(2);
  f.v_max = any_voltage(2);
  f.v_bypass = any_voltage(2);
  return f;
}

// proves OUTW-1
TEST(ExtendedFrameProperty, ValuesComeBackFromTheWireAsTheyWere) {
  check_cases(cases, [] {
    const ExtendedFrame frame = any_frame();
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
    const FrameBytes bytes = mended(any_bytes());
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
    ExtendedFrame f = any_frame();
    f.pack_voltage = Voltage::millivolts(*any<std::int32_t>());
    f.cell.voltage = Voltage::millivolts(*any<std::int32_t>());
    f.stored = Energy::watt_hours(*any<std::int64_t>());
    f.collected_total = Energy::watt_hours(*any<std::int64_t>());
    f.capacity = Energy::watt_hours(*any<std::int64_t>());
    f.soc_percent = *byte();
    f.extra.first = *byte();
    f.extra.second = *byte();
    f.in = FrameCurrent::from(core::Current::milliamperes(*any<std::int32_t>()));
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
