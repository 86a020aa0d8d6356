// SPDX-License-Identifier: Apache-2.0
#include "plant/random.hpp"

#include <gtest/gtest.h>

namespace cellwarden::plant {
namespace {

// The first outputs of the author's splitmix64 program for seed 0.
TEST(Random, MixIsSplitmix64) {
  EXPECT_EQ(mix(0, 0), 0xe220a8397b1dcdafU);
  EXPECT_EQ(mix(0, 1), 0x6e789e6aa1b965f4U);
  EXPECT_EQ(mix(0, 2), 0x06c45d188009454fU);
}

TEST(Random, SameSeedRepeatsAndAnotherDoesNot) {
  Random a(42);
  Random b(42);
  Random c(43);
  int equal = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t value = a.next();
    EXPECT_EQ(value, b.next());
    equal += value == c.next() ? 1 : 0;
  }
  EXPECT_EQ(equal, 0);
}

TEST(Random, NormalHasMeanZeroAndDeviationOne) {
  Random random(5);
  constexpr int draws = 200'000;
  double sum = 0.0;
  double squares = 0.0;
  for (int i = 0; i < draws; ++i) {
    const double x = random.normal();
    ASSERT_LE(x, 6.0);
    ASSERT_GE(x, -6.0);
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / draws, 0.0, 0.01);
  EXPECT_NEAR(squares / draws, 1.0, 0.02);
}

TEST(Random, NormalWithinNeverPassesItsLimit) {
  Random random(6);
  int at_limit = 0;
  for (int i = 0; i < 10'000; ++i) {
    const double x = random.normal_within(1.0, 1.5);
    ASSERT_LE(x, 1.5);
    ASSERT_GE(x, -1.5);
    at_limit += x == 1.5 || x == -1.5 ? 1 : 0;
  }
  EXPECT_GT(at_limit, 0);
}

}  // namespace
}  // namespace cellwarden::plant
