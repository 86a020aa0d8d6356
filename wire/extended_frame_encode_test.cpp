// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/frames.hpp"
#include "wire/bytes.hpp"
#include "wire/extended_frame.hpp"

namespace cellwarden::wire {
namespace {

using core::Current;
using core::Energy;
using core::Voltage;
using namespace core::literals;

constexpr std::int32_t least_32 = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t most_32 = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t least_64 = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most_64 = std::numeric_limits<std::int64_t>::max();

TEST(ExtendedFrameEncode, VoltagesGoToTheNearestStepAndEndAtTheirEnds) {
  struct Field {
    const char* name;
    std::size_t at, width;
    void (*put)(ExtendedFrame&, Voltage);
  };
  const Field fields[] = {
      {"pack", 0, 3, [](ExtendedFrame& f, Voltage v) { f.pack_voltage = v; }},
      {"lowest", 12, 2, [](ExtendedFrame& f, Voltage v) { f.lowest.voltage = v; }},
      {"highest", 15, 2, [](ExtendedFrame& f, Voltage v) { f.highest.voltage = v; }},
      {"cell", 26, 2, [](ExtendedFrame& f, Voltage v) { f.cell.voltage = v; }},
      {"v_min", 51, 2, [](ExtendedFrame& f, Voltage v) { f.v_min = v; }},
      {"v_max", 53, 2, [](ExtendedFrame& f, Voltage v) { f.v_max = v; }},
      {"v_bypass", 55, 2, [](ExtendedFrame& f, Voltage v) { f.v_bypass = v; }},
  };
  const struct {
    std::int32_t mv;
    std::uint32_t two_bytes, three_bytes;
    const char* why;
  } values[] = {
      {3'300, 660, 660, "a whole step"},
      {3'302, 660, 660, "nearer to the step below"},
      {3'303, 661, 661, "nearer to the step above"},
      {2, 0, 0, "nearer to nothing"},
      {-1, 0, 0, "a negative voltage ends at 0"},
      {least_32, 0, 0, "the least there is"},
      {327'675, 0xFFFF, 0xFFFF, "the most two bytes hold"},
      {327'680, 0xFFFF, 0x01'0000, "a step more"},
      {83'886'075, 0xFFFF, 0xFF'FFFF, "the most three bytes hold"},
      {83'886'080, 0xFFFF, 0xFF'FFFF, "a step more"},
      {most_32, 0xFFFF, 0xFF'FFFF, "the most there is"},
  };
  for (const Field& field : fields) {
    for (const auto& value : values) {
      ExtendedFrame frame;
      field.put(frame, Voltage::millivolts(value.mv));
      const FrameBytes bytes = encode_frame(frame);
      EXPECT_EQ(read_big_endian(std::span(bytes).subspan(field.at, field.width)),
                field.width == 2 ? value.two_bytes : value.three_bytes)
          << field.name << ": " << value.why;
    }
  }
}

TEST(ExtendedFrameEncode, EnergiesAreCutOffAndEndAtTheirEnds) {
  struct Field {
    const char* name;
    std::size_t at, width;
    std::int64_t step_wh;
    void (*put)(ExtendedFrame&, Energy);
  };
  const Field fields[] = {
      {"collected today", 31, 3, 1, [](ExtendedFrame& f, Energy e) { f.collected_today = e; }},
      {"stored", 34, 3, 1, [](ExtendedFrame& f, Energy e) { f.stored = e; }},
      {"consumed today", 37, 3, 1, [](ExtendedFrame& f, Energy e) { f.consumed_today = e; }},
      {"collected", 41, 3, 1'000, [](ExtendedFrame& f, Energy e) { f.collected_total = e; }},
      {"consumed", 44, 3, 1'000, [](ExtendedFrame& f, Energy e) { f.consumed_total = e; }},
      {"capacity", 49, 2, 100, [](ExtendedFrame& f, Energy e) { f.capacity = e; }},
  };
  for (const Field& field : fields) {
    const std::int64_t most = (std::int64_t{1} << (8 * field.width)) - 1;
    const struct {
      std::int64_t wh, raw;
      const char* why;
    } values[] = {
        {7 * field.step_wh, 7, "whole steps"},
        {8 * field.step_wh - 1, field.step_wh == 1 ? 7 : 7, "all but counted"},
        {-1, 0, "negative energy ends at 0"},
        {-field.step_wh, 0, "a negative step ends at 0"},
        {least_64, 0, "the least there is"},
        {most * field.step_wh, most, "the most the field holds"},
        {(most + 1) * field.step_wh, most, "a step more"},
        {most_64, most, "the most there is"},
    };
    for (const auto& value : values) {
      ExtendedFrame frame;
      field.put(frame, Energy::watt_hours(value.wh));
      const FrameBytes bytes = encode_frame(frame);
      EXPECT_EQ(read_big_endian(std::span(bytes).subspan(field.at, field.width)),
                static_cast<std::uint32_t>(value.raw))
          << field.name << ": " << value.why;
    }
  }
}

TEST(ExtendedFrameEncode, CurrentsGoToTheNearestStepAndKeepTheirSign) {
  const struct {
    std::int32_t ma;
    CurrentSign sign;
    std::uint16_t magnitude;
    const char* why;
  } rows[] = {
      {0, CurrentSign::plus, 0, "nothing flows"},
      {62, CurrentSign::plus, 0, "less than half a step"},
      {63, CurrentSign::plus, 1, "more than half a step"},
      {-62, CurrentSign::minus, 0, "the sign stays"},
      {-63, CurrentSign::minus, 1, "rounded away from 0 as on the other side"},
      {12'500, CurrentSign::plus, 100, "a whole step"},
      {-12'500, CurrentSign::minus, 100, "discharging"},
      {8'191'875, CurrentSign::plus, 0xFFFF, "the most there is room for"},
      {8'192'000, CurrentSign::plus, 0xFFFF, "a step more"},
      {most_32, CurrentSign::plus, 0xFFFF, "the most there is"},
      {-8'191'875, CurrentSign::minus, 0xFFFF, "the least there is room for"},
      {-8'192'000, CurrentSign::minus, 0xFFFF, "a step less"},
      {least_32, CurrentSign::minus, 0xFFFF, "has no positive in 32 bits"},
  };
  for (const auto& row : rows) {
    const FrameCurrent current = FrameCurrent::from(Current::milliamperes(row.ma));
    EXPECT_EQ(current, (FrameCurrent{row.sign, row.magnitude})) << row.why;
    EXPECT_TRUE(current.present());
  }
}

TEST(ExtendedFrameEncode, AnAbsentSensorIsZeroWhateverItsMagnitude) {
  const struct {
    FrameCurrent sent;
    std::int32_t ma;
    bool present;
    const char* why;
  } rows[] = {
      {{}, 0, false, "unknown until somebody says otherwise"},
      {{CurrentSign::absent, 0x1234}, 0, false, "the magnitude behind an X means nothing"},
      {{CurrentSign::minus, 0}, 0, true, "-0 is 0"},
      {{CurrentSign::minus, 8}, -1'000, true, "discharging"},
      {{CurrentSign::plus, 0xFFFF}, 8'191'875, true, "the most there is room for"},
      {{CurrentSign::minus, 0xFFFF}, -8'191'875, true, "the least there is room for"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(row.sent.current(), Current::milliamperes(row.ma)) << row.why;
    EXPECT_EQ(row.sent.present(), row.present) << row.why;
  }
}

TEST(ExtendedFrameEncode, CurrentsStandAtTheirPlaces) {
  ExtendedFrame frame;
  frame.in = {CurrentSign::plus, 0x0102};
  frame.out = {CurrentSign::minus, 0x0304};
  frame.sum = {CurrentSign::absent, 0x0506};
  const FrameBytes bytes = encode_frame(frame);
  const std::vector<std::uint8_t> expected{'+', 1, 2, '-', 3, 4, 'X', 5, 6};
  EXPECT_EQ(std::vector(bytes.begin() + 3, bytes.begin() + 12), expected);
}

TEST(ExtendedFrameEncode, NeverSendsMoreThan100Percent) {
  ExtendedFrame frame;
  for (const unsigned soc : {0U, 99U, 100U, 101U, 255U}) {
    frame.soc_percent = static_cast<std::uint8_t>(soc);
    EXPECT_EQ(encode_frame(frame)[40], soc > 100 ? 100 : soc);
  }
}

TEST(ExtendedFrameEncode, AClockNeverBecomesAKeyNorAKeyAClock) {
  const struct {
    Extra extra;
    std::uint8_t first, second;
    const char* why;
  } rows[] = {
      {Extra::clock(0, 0), 0, 0, "midnight"},
      {Extra::clock(23, 59), 23, 59, "the minute before"},
      {Extra::clock(24, 0), 23, 0, "24 o'clock is nothing a receiver takes"},
      {Extra::clock(25, 60), 23, 59, "hour 25 would be key 0"},
      {Extra::clock(255, 255), 23, 59, "as far as it goes"},
      {Extra::key_value(0, 255), 25, 255, "the first key"},
      {Extra::key_value(18, 7), 43, 7, "the last known key"},
      {Extra::key_value(230, 1), 255, 1, "the last key there is room for"},
      {Extra::key_value(231, 1), 255, 1, "would wrap to midnight"},
      {Extra::key_value(255, 1), 255, 1, "would wrap to hour 24"},
  };
  for (const auto& row : rows) {
    ExtendedFrame frame;
    frame.extra = row.extra;
    const FrameBytes bytes = encode_frame(frame);
    EXPECT_EQ(bytes[47], row.first) << row.why;
    EXPECT_EQ(bytes[48], row.second) << row.why;
  }
}

TEST(ExtendedFrameEncode, AFrameNobodyFilledInIsRefused) {
  EXPECT_EQ(decode_frame(encode_frame({})).fault(), FrameFault::count);
}

}  // namespace
}  // namespace cellwarden::wire
