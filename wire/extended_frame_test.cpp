// SPDX-License-Identifier: Apache-2.0
#include "wire/extended_frame.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/frames.hpp"

namespace cellwarden::wire {
namespace {

using core::Voltage;
using tests::golden_frames;
using tests::mended;
using namespace core::literals;

static_assert(std::is_trivially_copyable_v<ExtendedFrame>);

ExtendedFrame decoded(const FrameBytes& bytes) {
  const auto frame = decode_frame(bytes);
  EXPECT_TRUE(frame.good());
  return frame.good() ? frame.value() : ExtendedFrame{};
}

/// A frame the strictest receiver takes; the bad ones below are made from it.
FrameBytes good_frame() { return golden_frames("uart_16_cells").front(); }

/// What all examples of the maker's papers have in common.
ExtendedFrame paper_frame() {
  return {.pack_voltage = 335'355_mV,
          .in = {CurrentSign::plus, 256},
          .out = {CurrentSign::plus, 256},
          .sum = {CurrentSign::plus, 256},
          .lowest = {.voltage = 2'800_mV, .cell = 50},
          .highest = {.voltage = 2'800_mV, .cell = 50},
          .coldest = {.raw = 276, .cell = 50},
          .hottest = {.raw = 296, .cell = 50},
          .cell = {.number = 50, .voltage = 2'800_mV, .temperature_raw = 296},
          .cell_count = 255,
          .status = {.charge_allowed = true, .discharge_allowed = true},
          .collected_today = 100_Wh,
          .stored = 61'985_Wh,
          .consumed_today = 100_Wh,
          .soc_percent = 50,
          .collected_total = 6'553'600'000_Wh,
          .consumed_total = 6'553'600'000_Wh,
          .extra = {},
          .capacity = 16'000_Wh,
          .v_min = {},
          .v_max = {},
          .v_bypass = {}};
}

// proves OUTW-1
TEST(ExtendedFrame, ReadsTheExamplesOfTheNewerPaper) {
  ExtendedFrame frame = paper_frame();
  frame.extra = Extra::key_value(0, 98);
  frame.v_min = 2'900_mV;
  frame.v_max = 3'700_mV;
  frame.v_bypass = 3'500_mV;
  const FrameBytes bytes = golden_frames("uart_3.3.11_doc_fields").front();
  EXPECT_EQ(decoded(bytes), frame);
  EXPECT_EQ(encode_frame(frame), bytes);
  EXPECT_EQ(decoded(bytes).in.current(), 32'000_mA);
}

// proves OUTW-1
TEST(ExtendedFrame, ReadsTheExamplesOfTheOlderPaper) {
  ExtendedFrame frame = paper_frame();
  frame.extra = Extra::clock(22, 32);
  frame.v_min = frame.v_max = frame.v_bypass = 28'155_mV;
  const FrameBytes bytes = golden_frames("uart_v1.2_doc_fields").front();
  EXPECT_EQ(decoded(bytes), frame);
  EXPECT_EQ(encode_frame(frame), bytes);
}

// proves OUTW-1
TEST(ExtendedFrame, ReadsAPackOfSixteenCells) {
  const ExtendedFrame frame{.pack_voltage = 52'800_mV,
                            .in = {CurrentSign::plus, 100},
                            .out = {CurrentSign::absent, 0},
                            .sum = {CurrentSign::plus, 100},
                            .lowest = {.voltage = 3'300_mV, .cell = 1},
                            .highest = {.voltage = 3'300_mV, .cell = 1},
                            .coldest = {.raw = 294, .cell = 1},
                            .hottest = {.raw = 294, .cell = 1},
                            .cell = {.number = 1, .voltage = 3'300_mV, .temperature_raw = 294},
                            .cell_count = 16,
                            .status = {.charge_allowed = true, .discharge_allowed = true},
                            .collected_today = 0_Wh,
                            .stored = 11'250_Wh,
                            .consumed_today = 0_Wh,
                            .soc_percent = 75,
                            .collected_total = 0_Wh,
                            .consumed_total = 0_Wh,
                            .extra = Extra::key_value(6, 0x33),
                            .capacity = 15'000_Wh,
                            .v_min = 2'800_mV,
                            .v_max = 3'600_mV,
                            .v_bypass = 3'500_mV};
  EXPECT_EQ(decoded(good_frame()), frame);
  EXPECT_EQ(encode_frame(frame), good_frame());
  EXPECT_EQ(decoded(good_frame()).sum.current(), 12'500_mA);
  EXPECT_FALSE(decoded(good_frame()).out.present());
}

// proves OUTW-1
TEST(ExtendedFrame, ReadsAThirdPartysCellsAndKeys) {
  const auto frames = golden_frames("uart_mock_aiobmsble_pr256");
  ASSERT_EQ(frames.size(), 22U);
  const struct {
    std::uint8_t key, value;
  } pairs[] = {{0, 98}, {4, 0x02}, {5, 0x80}, {8, 0x04}, {9, 0xD2}, {16, 0}};
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const ExtendedFrame frame = decoded(frames[i]);
    EXPECT_EQ(frame.cell_count, 16) << i;
    EXPECT_EQ(frame.sum, (FrameCurrent{CurrentSign::plus, 64})) << i;
    EXPECT_EQ(frame.in, (FrameCurrent{CurrentSign::plus, 0})) << i;
    EXPECT_EQ(frame.status, (Status{.charge_allowed = true, .discharge_allowed = true})) << i;
    EXPECT_EQ(frame.stored, 4'000_Wh) << i;
    EXPECT_EQ(frame.soc_percent, 75) << i;
    if (i < 16) {
      EXPECT_EQ(frame.cell.number, i + 1);
      EXPECT_EQ(frame.cell.voltage, Voltage::millivolts(3'120 + 5 * static_cast<int>(i)))
          << "cell " << i + 1;
    } else {
      EXPECT_EQ(frame.cell.number, 0) << "names no cell";
      EXPECT_EQ(frame.extra, Extra::key_value(pairs[i - 16].key, pairs[i - 16].value));
    }
  }
}

// proves OUTW-1
TEST(ExtendedFrame, EveryGoldenFrameIsWrittenBackToItsBytes) {
  for (const FrameBytes& bytes : tests::all_golden_frames()) {
    EXPECT_EQ(encode_frame(decoded(bytes)), bytes);
  }
}

TEST(ExtendedFrame, RefusesEveryOtherSize) {
  std::array<std::uint8_t, 200> bytes{};
  std::ranges::copy(good_frame(), bytes.begin());
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    if (size == frame_size) continue;
    EXPECT_EQ(decode_frame(std::span(bytes).first(size)).fault(), FrameFault::size) << size;
  }
}

TEST(ExtendedFrame, RefusesEveryOtherChecksum) {
  FrameBytes bytes = good_frame();
  for (unsigned off = 1; off < 256; ++off) {
    ++bytes.back();
    EXPECT_EQ(decode_frame(bytes).fault(), FrameFault::checksum) << off;
  }
}

TEST(ExtendedFrame, RefusesWhatNoPackCanSay) {
  struct Patch {
    std::size_t at;
    std::uint8_t byte;
  };
  const struct {
    std::vector<Patch> patches;
    FrameFault fault;
    const char* why;
  } bad[] = {
      {{{3, 0}}, FrameFault::sign, "no sign for the sensor J1"},
      {{{6, ' '}}, FrameFault::sign, "a space is no sign"},
      {{{9, 'x'}}, FrameFault::sign, "a small x is no X"},
      {{{3, '+' + 1}}, FrameFault::sign, "a comma lies between + and -"},
      {{{9, 0xFF}}, FrameFault::sign, "an idle line is no sign"},
      {{{25, 0}}, FrameFault::count, "a pack of no cells"},
      {{{40, 101}}, FrameFault::soc, "the first percentage too many"},
      {{{40, 255}}, FrameFault::soc, "255 stands for no percentage"},
      {{{47, 24}, {48, 0}}, FrameFault::extra, "24 is neither an hour nor a key"},
      {{{47, 24}, {48, 255}}, FrameFault::extra, "24 is no key whatever follows"},
      {{{47, 23}, {48, 60}}, FrameFault::extra, "an hour has 60 minutes"},
      {{{47, 0}, {48, 60}}, FrameFault::extra, "midnight's too"},
      {{{47, 0}, {48, 255}}, FrameFault::extra, "no minute"},
      {{{13, 0x95}}, FrameFault::order, "the lowest voltage is one step above the highest"},
      {{{12, 0xFF}}, FrameFault::order, "the lowest voltage is far above the highest"},
      {{{15, 0}, {16, 0}}, FrameFault::order, "the highest voltage is 0"},
      {{{19, 0x27}}, FrameFault::order, "the coldest is one count above the hottest"},
      {{{21, 0}}, FrameFault::order, "the hottest is far below the coldest"},
  };
  for (const auto& row : bad) {
    FrameBytes bytes = good_frame();
    for (const Patch& patch : row.patches) bytes[patch.at] = patch.byte;
    const auto frame = decode_frame(mended(bytes));
    ASSERT_FALSE(frame.good()) << row.why;
    EXPECT_EQ(frame.fault(), row.fault) << row.why;
  }
}

TEST(ExtendedFrame, RefusesASocAbove100Percent) {
  FrameBytes bytes = good_frame();
  for (unsigned soc = 0; soc <= 255; ++soc) {
    bytes[40] = static_cast<std::uint8_t>(soc);
    const auto frame = decode_frame(mended(bytes));
    ASSERT_EQ(frame.good(), soc <= 100) << soc;
    EXPECT_EQ(frame.good() ? frame.value().soc_percent : soc, soc);
  }
}

TEST(ExtendedFrame, TellsAClockFromAKeyByTheFirstByte) {
  FrameBytes bytes = good_frame();
  for (unsigned first = 0; first <= 255; ++first) {
    for (const unsigned second : {0U, 59U, 60U, 255U}) {
      bytes[47] = static_cast<std::uint8_t>(first);
      bytes[48] = static_cast<std::uint8_t>(second);
      const auto frame = decode_frame(mended(bytes));
      const bool clock = first < 24 && second < 60;
      ASSERT_EQ(frame.good(), clock || first > 24) << first << ' ' << second;
      if (!frame.good()) continue;
      EXPECT_EQ(frame.value().extra.kind, clock ? Extra::Kind::clock : Extra::Kind::key_value);
      EXPECT_EQ(frame.value().extra.first, clock ? first : first - 25);
      EXPECT_EQ(frame.value().extra.second, second);
    }
  }
}

TEST(ExtendedFrame, ASpecificCellThatDoesNotExistIsKeptForTheReceiverToIgnore) {
  for (const unsigned number : {0U, 17U, 24U, 255U}) {
    FrameBytes bytes = good_frame();
    bytes[24] = static_cast<std::uint8_t>(number);
    EXPECT_EQ(decoded(mended(bytes)).cell.number, number);
  }
}

TEST(ExtendedFrame, StatusBitsStandInTheOrderOfThePaper) {
  const struct {
    std::uint8_t byte;
    Status status;
  } bits[] = {
      {0x00, {}},
      {0x01, {.charge_allowed = true}},
      {0x02, {.discharge_allowed = true}},
      {0x04, {.communication_error = true}},
      {0x08, {.below_v_min = true}},
      {0x10, {.above_v_max = true}},
      {0x20, {.below_t_min = true}},
      {0x40, {.above_t_max = true}},
      {0x80, {.soc_not_calibrated = true}},
  };
  for (const auto& row : bits) {
    EXPECT_EQ(Status::from_byte(row.byte), row.status) << int{row.byte};
    EXPECT_EQ(row.status.to_byte(), row.byte);
  }
}

TEST(ExtendedFrame, ChecksumIsTheLowByteOfTheSum) {
  EXPECT_EQ(frame_checksum({}), 0);
  const std::array<std::uint8_t, 3> bytes{0xFF, 0xFF, 0x03};
  EXPECT_EQ(frame_checksum(bytes), 0x01);
}

}  // namespace
}  // namespace cellwarden::wire
