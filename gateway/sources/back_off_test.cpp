// SPDX-License-Identifier: Apache-2.0
#include "gateway/sources/back_off.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cellwarden::gateway {
namespace {

TEST(BackOff, TriesTwiceWithinASecondThenSlower) {
  BackOff back_off(1);
  EXPECT_LE(back_off.next(), milliseconds(600));
  EXPECT_LE(back_off.next(), milliseconds(600));
  EXPECT_GE(back_off.next(), milliseconds(800));
  for (int i = 0; i < 10; ++i) (void)back_off.next();
  EXPECT_GE(back_off.next(), milliseconds(24'000));
}

TEST(BackOff, AWorkingPortStartsOver) {
  BackOff back_off(1);
  for (int i = 0; i < 10; ++i) (void)back_off.next();
  back_off.reset();
  EXPECT_LE(back_off.next(), milliseconds(600));
}

TEST(BackOff, TwoSeedsDoNotTryInStep) {
  BackOff a(1);
  BackOff b(2);
  int different = 0;
  for (int i = 0; i < 10; ++i) different += a.next() != b.next();
  EXPECT_GT(different, 3);
}

RC_GTEST_PROP(BackOff, NeverLeavesItsRange, (std::uint64_t seed)) {
  BackOff back_off(seed);
  for (int i = 0; i < 100; ++i) {
    const milliseconds wait = back_off.next();
    RC_ASSERT(wait >= BackOff::shortest);
    RC_ASSERT(wait <= BackOff::longest);
  }
}

}  // namespace
}  // namespace cellwarden::gateway
