// SPDX-License-Identifier: Apache-2.0
#include "wire/chain.hpp"

#include <array>
#include <limits>
#include <optional>
#include <span>
#include <type_traits>

#include <gtest/gtest.h>

#include "wire/bytes.hpp"
#include "wire/crc16.hpp"

namespace cellwarden::wire {
namespace {

using core::Current;
using core::Temperature;
using namespace core::literals;

static_assert(std::is_trivially_copyable_v<ChainHead>);

constexpr std::int32_t least_32 = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t most_32 = std::numeric_limits<std::int32_t>::max();

/// Sixteen cells: the third lowest, the first highest.
ChainHead good_head() {
  return {.order = {.sequence = 7,
                    .period = 500_ms,
                    .critical_mode = true,
                    .programmed_cells = 18,
                    .v_bypass = 3'500_mV,
                    .in = 12'500_mA,
                    .out = -4'250_mA},
          .cell_count = 16,
          .flags = {.bypass_active = true},
          .lowest = {3'210_mV, 3},
          .highest = {3'400_mV, 1},
          .coldest = {Temperature::decicelsius(-52), 16},
          .hottest = {254_dC, 2},
          .sum = 52'800_mV};
}

/// Puts the right check behind a head that a test has changed.
ChainHeadBytes mended(ChainHeadBytes bytes) {
  write_big_endian(std::span(bytes).last<2>(), crc16(std::span(bytes).first<31>()));
  return bytes;
}

TEST(Chain, TheHeadStandsInTheLayoutThatIsWrittenDown) {
  constexpr std::array<std::uint8_t, chain_head_size - chain_crc_size> expected{
      0xC5, 1,               // start, version
      7,    50,   1,    18,  // sequence, period in 10 ms, critical, programmed cells
      0x0D, 0xAC,            // V-bypass 3500 mV
      0x00, 0x30, 0xD4,      // in 12500 mA
      0xFF, 0xEF, 0x66,      // out -4250 mA
      16,   0x08,            // cells, flags: bypass active
      0x0C, 0x8A, 3,         // lowest 3210 mV
      0x0D, 0x48, 1,         // highest 3400 mV
      0x01, 0x12, 16,        // coldest -5.2 C = count 274
      0x01, 0xAB, 2,         // hottest 25.4 C = count 427
      0x40, 0xCE, 0x00};     // sum 52800 mV, least significant first
  const ChainHeadBytes bytes = encode_chain_head(good_head());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(bytes[i], expected[i]) << i;
  EXPECT_EQ(bytes, mended(bytes));
  const auto head = decode_chain_head(bytes);
  ASSERT_TRUE(head.good());
  EXPECT_EQ(head.value(), good_head());
}

TEST(Chain, AHeadWithAForeignStartOrVersionIsRefused) {
  for (unsigned byte = 0; byte < 256; ++byte) {
    for (const std::size_t at : {chain_at::start, chain_at::version}) {
      ChainHeadBytes bytes = encode_chain_head(good_head());
      if (bytes[at] == byte) continue;
      bytes[at] = static_cast<std::uint8_t>(byte);
      const auto head = decode_chain_head(mended(bytes));
      ASSERT_FALSE(head.good()) << at << ' ' << byte;
      EXPECT_EQ(head.fault(), ChainFault::version);
    }
  }
}

TEST(Chain, EveryOneOrTwoAndManyThreeFlippedBitsOfAHeadAreRefused) {
  constexpr std::size_t bits = 8 * chain_head_size;
  const auto flip = [](ChainHeadBytes& bytes, std::size_t bit) {
    bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1U << (bit % 8)));
  };
  ChainHeadBytes bytes = encode_chain_head(good_head());
  for (std::size_t a = 0; a < bits; ++a) {
    flip(bytes, a);
    ASSERT_FALSE(decode_chain_head(bytes).good()) << a;
    for (std::size_t b = a + 1; b < bits; ++b) {
      flip(bytes, b);
      ASSERT_FALSE(decode_chain_head(bytes).good()) << a << ' ' << b;
      for (std::size_t c = b + 1; c < bits; c += 7) {
        flip(bytes, c);
        ASSERT_FALSE(decode_chain_head(bytes).good()) << a << ' ' << b << ' ' << c;
        flip(bytes, c);
      }
      flip(bytes, b);
    }
    flip(bytes, a);
  }
}

TEST(Chain, AWrongCheckIsRefused) {
  ChainHeadBytes bytes = encode_chain_head(good_head());
  for (const std::size_t at : {31U, 32U}) {
    for (unsigned off = 1; off < 256; ++off) {
      ++bytes[at];
      EXPECT_EQ(decode_chain_head(bytes).fault(), ChainFault::crc) << at << ' ' << off;
    }
    ++bytes[at];
  }
  EXPECT_TRUE(decode_chain_head(bytes).good());
}

TEST(Chain, ImpossibleContentIsRefusedThoughItsCheckIsRight) {
  const struct {
    void (*change)(ChainHead&);
    const char* why;
  } rows[] = {
      {[](ChainHead& h) { h.order.period = 0_ms; }, "no period"},
      {[](ChainHead& h) { h.order.period = 490_ms; }, "a period nobody has"},
      {[](ChainHead& h) { h.order.period = 750_ms; }, "a period between the two"},
      {[](ChainHead& h) { h.order.period = 2'550_ms; }, "a period of all ones"},
      {[](ChainHead& h) { h.cell_count = 0; }, "no cell has merged"},
      {[](ChainHead& h) { h.cell_count = 15, h.sum = 49'500_mV; },
       "the coldest cell is beyond the count"},
      {[](ChainHead& h) { h.lowest.cell = 0; }, "nobody is lowest"},
      {[](ChainHead& h) { h.lowest.cell = 17; }, "the lowest does not exist"},
      {[](ChainHead& h) { h.highest.cell = 0; }, "nobody is highest"},
      {[](ChainHead& h) { h.highest.cell = 17; }, "the highest does not exist"},
      {[](ChainHead& h) { h.coldest.cell = 0; }, "nobody is coldest"},
      {[](ChainHead& h) { h.coldest.cell = 255; }, "the coldest does not exist"},
      {[](ChainHead& h) { h.hottest.cell = 0; }, "nobody is hottest"},
      {[](ChainHead& h) { h.hottest.cell = 17; }, "the hottest does not exist"},
      {[](ChainHead& h) { h.lowest.voltage = 3'401_mV; }, "the lowest is above the highest"},
      {[](ChainHead& h) { h.coldest.temperature = 256_dC; }, "the coldest is above the hottest"},
      {[](ChainHead& h) { h.highest.voltage = 8'192_mV, h.sum = 60'000_mV; },
       "beyond what a record can carry"},
      {[](ChainHead& h) { h.highest.voltage = 65'535_mV, h.sum = 120'000_mV; },
       "a voltage of all ones"},
      {[](ChainHead& h) { h.sum = 0_mV; }, "cells without a sum"},
      {[](ChainHead& h) { h.sum = 51'549_mV; }, "1 mV less than 15 x 3.21 V and 3.4 V"},
      {[](ChainHead& h) { h.sum = 54'211_mV; }, "1 mV more than 15 x 3.4 V and 3.21 V"},
      {[](ChainHead& h) { h.sum = 51'360_mV; }, "16 times the lowest: then who is highest?"},
      {[](ChainHead& h) { h.sum = 54'400_mV; }, "16 times the highest: then who is lowest?"},
      {[](ChainHead& h) { h.sum = 16'777'215_mV; }, "a sum of all ones"},
  };
  for (const auto& row : rows) {
    ChainHead head = good_head();
    row.change(head);
    const auto back = decode_chain_head(encode_chain_head(head));
    ASSERT_FALSE(back.good()) << row.why;
    EXPECT_EQ(back.fault(), ChainFault::content) << row.why;
  }
}

TEST(Chain, PossibleContentAtItsEdgesIsTaken) {
  const struct {
    void (*change)(ChainHead&);
    const char* why;
  } rows[] = {
      {[](ChainHead& h) { h.order.period = 1'000_ms; }, "the other period"},
      {[](ChainHead& h) { h.sum = 51'550_mV; }, "all others are at the lowest"},
      {[](ChainHead& h) { h.sum = 54'210_mV; }, "all others are at the highest"},
      {[](ChainHead& h) { h.coldest = h.hottest; }, "one temperature everywhere"},
      {[](ChainHead& h) { h.cell_count = 255, h.sum = 3'300_mV * 255; }, "the longest chain"},
      {[](ChainHead& h) { h.lowest.cell = h.highest.cell = h.hottest.cell = 16; }, "the last cell"},
      {[](ChainHead& h) { h.highest.voltage = 8'191_mV, h.sum = 60'000_mV; }, "the most there is"},
      {[](ChainHead& h) { h.hottest.temperature = 1'446_dC; }, "the hottest there is"},
      {[](ChainHead& h) { h.coldest.temperature = Temperature::decicelsius(-600); },
       "the coldest there is"},
      {[](ChainHead& h) { h.order.programmed_cells = 0; }, "nobody knows the programmed number"},
  };
  for (const auto& row : rows) {
    ChainHead head = good_head();
    row.change(head);
    const auto back = decode_chain_head(encode_chain_head(head));
    ASSERT_TRUE(back.good()) << row.why;
    EXPECT_EQ(back.value(), head) << row.why;
  }
}

TEST(Chain, ATemperatureCountBeyondTheRecordsIsRefused) {
  for (const std::size_t at : {chain_at::hottest, chain_at::coldest}) {
    ChainHeadBytes bytes = encode_chain_head(good_head());
    write_big_endian(std::span(bytes).subspan(at, 2), 1024);
    EXPECT_EQ(decode_chain_head(mended(bytes)).fault(), ChainFault::content) << at;
  }
}

TEST(Chain, ASingleCellHasOneVoltage) {
  ChainHead head = good_head();
  head.cell_count = head.lowest.cell = head.highest.cell = head.coldest.cell = head.hottest.cell =
      1;
  head.sum = 3'300_mV;
  EXPECT_EQ(decode_chain_head(encode_chain_head(head)).fault(), ChainFault::content);
  head.lowest.voltage = head.highest.voltage = 3'300_mV;
  EXPECT_TRUE(decode_chain_head(encode_chain_head(head)).good());
}

/// The 256th board adds its voltage but finds no number: its flag must get through.
TEST(Chain, TooManyCellsAreHeardThoughTheirSumIsTooHigh) {
  ChainHead head = good_head();
  head.cell_count = 255;
  head.sum = 3'400_mV * 256;
  EXPECT_EQ(decode_chain_head(encode_chain_head(head)).fault(), ChainFault::content);
  head.flags.too_many_cells = true;
  const auto back = decode_chain_head(encode_chain_head(head));
  ASSERT_TRUE(back.good());
  EXPECT_TRUE(back.value().flags.too_many_cells);
}

TEST(Chain, CurrentsOfTheOrderEndAtTheirEnds) {
  const struct {
    std::optional<Current> sent, heard;
    const char* why;
  } rows[] = {
      {std::nullopt, std::nullopt, "no sensor"},
      {0_mA, 0_mA, "nothing flows"},
      {-1_mA, -1_mA, "all ones"},
      {8'388'607_mA, 8'388'607_mA, "the most there is room for"},
      {8'388'608_mA, 8'388'607_mA, "would be read as absent"},
      {-8'388'607_mA, -8'388'607_mA, "the least there is room for"},
      {-8'388'608_mA, -8'388'607_mA, "is the mark of an absent sensor"},
      {Current::milliamperes(most_32), 8'388'607_mA, "the most there is"},
      {Current::milliamperes(least_32), -8'388'607_mA, "the least there is"},
  };
  for (const auto& row : rows) {
    ChainHead head = good_head();
    head.order.in = row.sent;
    head.order.out = std::nullopt;
    const ChainOrder first = decode_chain_order(encode_chain_head(head));
    EXPECT_EQ(first.in, row.heard) << row.why;
    EXPECT_EQ(first.out, std::nullopt);
    head.order.out = row.sent;
    EXPECT_EQ(decode_chain_order(encode_chain_head(head)).out, row.heard) << row.why;
  }
}

TEST(Chain, NoVBypassIsNotAVBypassOfZero) {
  ChainHead head = good_head();
  head.order.v_bypass = std::nullopt;
  EXPECT_EQ(decode_chain_order(encode_chain_head(head)).v_bypass, std::nullopt);
  head.order.v_bypass = 0_mV;
  EXPECT_EQ(decode_chain_order(encode_chain_head(head)).v_bypass, std::nullopt);
  head.order.v_bypass = 1_mV;
  EXPECT_EQ(decode_chain_order(encode_chain_head(head)).v_bypass, 1_mV);
}

TEST(Chain, OnlyTheLowestBitOfTheModeIsTheMode) {
  ChainHeadBytes bytes = encode_chain_head(good_head());
  EXPECT_TRUE(decode_chain_order(bytes).critical_mode);
  bytes[chain_at::mode] = 0xFE;
  EXPECT_FALSE(decode_chain_order(bytes).critical_mode);
}

TEST(Chain, FlagsStandInTheOrderThatIsWrittenDown) {
  const struct {
    std::uint8_t byte;
    ChainFlags flags;
  } rows[] = {
      {0x00, {}},
      {0x01, {.broken = true}},
      {0x02, {.voltage_out_of_range = true}},
      {0x04, {.temperature_out_of_range = true}},
      {0x08, {.bypass_active = true}},
      {0x10, {.bypass_derated = true}},
      {0x20, {.current_out_of_range = true}},
      {0x40, {.too_many_cells = true}},
      {0x80, {.restarted = true}},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(ChainFlags::from_byte(row.byte), row.flags) << int{row.byte};
    EXPECT_EQ(row.flags.to_byte(), row.byte);
  }
}

}  // namespace
}  // namespace cellwarden::wire
