// SPDX-License-Identifier: Apache-2.0
#include "gateway/model/debounce.hpp"

#include <gtest/gtest.h>

namespace cellwarden::gateway {
namespace {

TEST(Alarm, OneFrameSetsItAndThreeClearIt) {
  Alarm alarm;
  EXPECT_FALSE(alarm.on());
  alarm.update(true);
  EXPECT_TRUE(alarm.on());
  alarm.update(false);
  alarm.update(false);
  EXPECT_TRUE(alarm.on());
  alarm.update(false);
  EXPECT_FALSE(alarm.on());
}

TEST(Alarm, ComingBackStartsTheCountAnew) {
  Alarm alarm;
  for (const bool set : {true, false, false, true, false, false}) alarm.update(set);
  EXPECT_TRUE(alarm.on());
}

TEST(Alarm, LosingDataNeverClearsIt) {
  Alarm alarm;
  alarm.update(true);
  alarm.update(false);
  alarm.update(false);
  alarm.lost();
  EXPECT_TRUE(alarm.on());
  alarm.update(false);
  alarm.update(false);
  EXPECT_TRUE(alarm.on());
  alarm.update(false);
  EXPECT_FALSE(alarm.on());
}

TEST(Permission, NeedsThreeFramesInARow) {
  Permission relay;
  relay.update(true);
  relay.update(true);
  EXPECT_FALSE(relay.allowed());
  relay.update(true);
  EXPECT_TRUE(relay.allowed());
  relay.update(false);
  EXPECT_FALSE(relay.allowed());
  relay.update(true);
  EXPECT_FALSE(relay.allowed());
}

TEST(Permission, LosingDataTakesItAway) {
  Permission relay;
  for (int i = 0; i < 5; ++i) relay.update(true);
  relay.lost();
  EXPECT_FALSE(relay.allowed());
  relay.update(true);
  relay.update(true);
  EXPECT_FALSE(relay.allowed());
}

}  // namespace
}  // namespace cellwarden::gateway
