// SPDX-License-Identifier: Apache-2.0
#include "wire/key_values.hpp"

#include <initializer_list>
#include <type_traits>

#include <gtest/gtest.h>

namespace cellwarden::wire {
namespace {

using core::Duration;
using core::Instant;
using namespace core::literals;

static_assert(std::is_trivially_copyable_v<KeyValues>);

/// One cycle of a made-up pack, in the order of the keys.
constexpr std::array<std::uint8_t, known_keys> cycle{
    98, 97,   0x02, 0x80, 0x02, 0x94, 0x33,        11,   0x01, 0x02,
    0,  0x10, 0x00, 0,    0x0F, 0xFF, 0b0011'0010, 0x02, 0xC6};

class Bench {
 public:
  void send(std::uint8_t key, std::uint8_t value) {
    taken = pairs.push(now, key, value);
    now = now + period;
  }
  void send_cycle() {
    for (std::uint8_t key = 0; key < known_keys; ++key) send(key, cycle[key]);
  }
  KeyValues pairs;
  Instant now = Instant::milliseconds(0xFFFF'8000);  // wraps during every test
  Duration period = 1000_ms;
  bool taken = false;
};

// proves OUTW-1
TEST(KeyValues, ANumberIsTakenWhenTheNextCycleStarts) {
  Bench bench;
  bench.send_cycle();
  EXPECT_FALSE(bench.pairs.details().v_low);
  bench.send(0, 98);
  EXPECT_TRUE(bench.taken);
  const KeyValueDetails& details = bench.pairs.details();
  EXPECT_EQ(details.v_low->value, 3200_mV);
  EXPECT_EQ(details.v_nominal->value, 3300_mV);
  EXPECT_EQ(details.v_full->value, 3550_mV);
  EXPECT_EQ(details.firmware->value, (Firmware{3, 3, 11}));
  EXPECT_EQ(details.charge_cycles->value, 258);
  EXPECT_EQ(details.charged_total->value, 4'096'000_Wh);
  EXPECT_EQ(details.discharged_total->value, 4'095'000_Wh);
}

TEST(KeyValues, ANumberIsAsOldAsItsOldestByte) {
  Bench bench;
  const Instant start = bench.now;
  bench.send_cycle();
  bench.send(0, 98);
  EXPECT_EQ(bench.pairs.details().charged_total->at - start, 10'000_ms);
}

TEST(KeyValues, SingleBytesAreTakenAtOnce) {
  Bench bench;
  bench.send(0, 98);
  EXPECT_TRUE(bench.taken);
  bench.send(1, 97);
  bench.send(16, 0b0011'0010);
  EXPECT_EQ(bench.pairs.details().soh_percent->value, 98);
  EXPECT_EQ(bench.pairs.details().charge_efficiency_percent->value, 97);
  EXPECT_EQ(bench.pairs.details().status->value, (SecondStatus{true, false, false, true, true}));
}

TEST(KeyValues, ShareAboveAHundredPercentIsIgnored) {
  Bench bench;
  bench.send(0, 255);
  EXPECT_FALSE(bench.taken);
  bench.send(1, 101);
  EXPECT_FALSE(bench.pairs.details().soh_percent);
  EXPECT_FALSE(bench.pairs.details().charge_efficiency_percent);
}

TEST(KeyValues, HalvesOfTwoNumbersNeverMeet) {
  Bench bench;
  bench.send_cycle();
  // Of the second cycle only the new low half arrives; 0x0280 -> 0x0300 must not become 0x0200.
  bench.send(0, 98);
  bench.send(3, 0x00);
  bench.send(0, 98);
  EXPECT_EQ(bench.pairs.details().v_low->value, 3200_mV);
}

TEST(KeyValues, LosingKeyZeroDropsTheCycle) {
  Bench bench;
  bench.send(2, 0x02);
  bench.send(4, 0x02);
  bench.send(3, 0x80);  // of another cycle
  bench.send(0, 98);
  EXPECT_FALSE(bench.pairs.details().v_low);
}

TEST(KeyValues, APauseDropsTheCycle) {
  Bench bench;
  bench.send(2, 0x02);
  bench.now = bench.now + 5001_ms;
  bench.send(3, 0x80);
  bench.send(0, 98);
  EXPECT_FALSE(bench.pairs.details().v_low);
}

TEST(KeyValues, AByteLivesSixtySeconds) {
  Bench bench;
  bench.send_cycle();
  bench.send(0, 98);
  const Instant low_at = bench.pairs.details().v_low->at;
  bench.pairs.expire(low_at + 60'000_ms);
  EXPECT_TRUE(bench.pairs.details().v_low);
  bench.pairs.expire(low_at + 60'001_ms);
  EXPECT_FALSE(bench.pairs.details().v_low);
  EXPECT_TRUE(bench.pairs.details().v_full);
}

TEST(KeyValues, UnknownKeysAreIgnored) {
  Bench bench;
  for (const int key : {19, 100, 230, 255}) {
    bench.send(static_cast<std::uint8_t>(key), 1);
    EXPECT_FALSE(bench.taken);
  }
  EXPECT_EQ(bench.pairs.details(), KeyValueDetails{});
  bench.send_cycle();
  bench.send(0, 98);
  const KeyValueDetails before = bench.pairs.details();
  bench.send(19, 1);
  EXPECT_EQ(bench.pairs.details(), before) << "also by a board that has sent known ones";
}

TEST(KeyValues, SecondStatusKeepsItsBitsThereAndBack) {
  for (unsigned bits = 0; bits < 32; ++bits) {
    const auto byte = static_cast<std::uint8_t>(bits << 1U);
    EXPECT_EQ(SecondStatus::from_byte(byte).to_byte(), byte);
  }
}

}  // namespace
}  // namespace cellwarden::wire
