/// Who waits, who is let wait, and what is held back: time on the app link.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <gtest/gtest.h>

#include "core/app_session.hpp"
#include "tests/support/firmware_rig.hpp"

namespace cellwarden::core {
namespace {

using tests::FirmwareRig;
using tests::Phone;

constexpr Duration seconds(std::int32_t n) { return Duration::milliseconds(n * 1000); }

/// PIN n, never the right one.
std::string wrong_pin(int n) {
  std::string digits = std::to_string(10'000 + n % 1'000).substr(1);
  return "PW" + digits + "!";
}

// proves OUT-5
TEST(AppSessionPin, OfTenThousandGuessesInADayFewAreEvenCompared) {
  FirmwareRig rig;
  Phone phone(rig);
  int compared = 0;
  for (int guess = 0; guess < 10'000; ++guess) {
    rig.now = rig.now + Duration::milliseconds(8'640);
    rig.take();
    PinGuard before = rig.firmware.pin_guard;
    if (!before.is_waiting(rig.now)) ++compared;
    EXPECT_EQ(phone.say(wrong_pin(guess)), "NA|");
  }
  EXPECT_EQ(compared, 34) << "three for nothing, then 10 s, 20 s ... an hour each";
}

// proves OUT-4, OUT-5
TEST(AppSessionPin, WhileWaitingAlsoTheRightPinIsRefusedWhoeverGivesIt) {
  FirmwareRig rig;
  Phone guesser(rig);
  Phone owner(rig);
  guesser.say("PW0001!");
  guesser.say("PW0002!");
  EXPECT_EQ(owner.say("PW1234!"), "OK|") << "two are forgiven, and forgotten";
  for (const char* line : {"PW0001!", "PW0002!", "PW0003!"}) guesser.say(line);
  rig.now = rig.now + Duration::milliseconds(9'999);
  EXPECT_EQ(owner.say("PW1234!"), "NA|");
  rig.now = rig.now + Duration::milliseconds(1);
  EXPECT_EQ(owner.say("PW1234!"), "OK|");
  for (const char* line : {"PW0001!", "PW0002!", "PW0003!"}) guesser.say(line);
  ASSERT_TRUE(change_pin(rig.firmware, rig.flash, default_pin, EventKind::pin_reset));
  EXPECT_EQ(owner.say("PW1234!"), "OK|") << "the button ends the wait";
}

// proves OUTW-2
TEST(AppSessionOutput, IsHeldUntilAByteComesAndFlowsForFiveSecondsAfterIt) {
  FirmwareRig rig;
  Phone phone(rig);
  EXPECT_EQ(phone.read(), "");
  phone.say("PW1234!");
  phone.type("E!\r");
  EXPECT_EQ(phone.read(), "OK|");
  int flowing = 0;
  for (int second = 1; second <= 20; ++second) {
    rig.now = rig.now + seconds(1);
    phone.session.step(rig.firmware, rig.now);
    if (!phone.read().empty()) flowing = second;
  }
  EXPECT_EQ(flowing, 4) << "five seconds after the last byte it stops";
  phone.type("$");
  phone.session.step(rig.firmware, rig.now);
  const std::string records = phone.read();
  EXPECT_EQ(records.substr(0, 2), "U_") << "a poll opens it again, with what is true now";
  EXPECT_EQ(records.find("U_", 1), std::string::npos) << "and nothing that has grown old";
  EXPECT_EQ(phone.say("D!"), "OK|");
  rig.now = rig.now + seconds(1);
  phone.session.step(rig.firmware, rig.now);
  EXPECT_EQ(phone.read(), "");
}

// proves OUTW-2
TEST(AppSessionOutput, AClientThatDoesNotReadLosesWholeLinesOnly) {
  FirmwareRig rig;
  rig.cycles(4);
  Phone phone(rig);
  phone.say("PW1234!");
  for (int i = 0; i < 200; ++i) phone.type("S2@\r");
  phone.type("TS@\r");
  const std::string all = phone.read();
  EXPECT_LE(all.size(), 1'024U);
  EXPECT_EQ(all.back(), '|');
  const std::string one = all.substr(0, all.find('|') + 1);
  for (std::size_t at = 0; at + one.size() <= all.size(); at += one.size()) {
    if (all.compare(at, one.size(), one) != 0) {
      EXPECT_EQ(all.size() - at, phone.say("TS@").size()) << "a short line still fitted";
    }
  }
  EXPECT_EQ(phone.say("S2@"), one) << "and it goes on";
}

// proves OUTW-2
TEST(AppSessionOutput, TheOlderDialectEchoesEveryLine) {
  FirmwareRig rig;
  Phone phone(rig, wire::AppDialect::gen2);
  EXPECT_EQ(phone.say("V@"), "V@|NA|");
  EXPECT_EQ(phone.say("PW1234!"), "PW1234!|OK|");
  EXPECT_EQ(phone.say("nonsense"), "nonsense|KO|");
  EXPECT_EQ(phone.say(std::string(96, 'A')), std::string(96, 'A') + "|KO|");
  EXPECT_EQ(phone.say(std::string(97, 'A')), "KO|") << "what is too long is not kept";
}

// proves OUTW-2
TEST(AppSessionOutput, WhatIsOwedIsHeldBackAlsoWhenNothingHappensMeanwhile) {
  FirmwareRig rig;
  Phone phone(rig);
  phone.type("V@\r");
  rig.now = rig.now + seconds(5);
  EXPECT_EQ(phone.read(), "");
  phone.type("$");
  EXPECT_EQ(phone.read(), "NA|");
}

int count_of(std::string_view what, std::string_view text) {
  int count = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// proves OUTW-2
TEST(AppSessionOutput, StreamsFastRecordsEachSecondAndTheSlowOnesInTurn) {
  const struct {
    wire::AppDialect dialect;
    std::string_view slow;  ///< of three seconds, in this order
  } cases[] = {{wire::AppDialect::gen3, "HBM"}, {wire::AppDialect::gen2, "MMM"}};
  for (const auto& c : cases) {
    FirmwareRig rig;
    rig.cycles(4);
    Phone phone(rig, c.dialect);
    phone.say("PW1234!");
    phone.say("E!");
    std::string slow;
    for (int step = 0; step < 12; ++step) {
      phone.type("$");
      phone.session.step(rig.firmware, rig.now);
      const std::string said = phone.read();
      EXPECT_EQ(count_of("U_", said), step % 4 == 0 ? 1 : 0) << "step " << step << ": " << said;
      for (const char letter : std::string_view("HBM")) {
        if (said.find(std::string("|") + letter + '_') != said.npos) slow += letter;
      }
      rig.now = rig.now + Duration::milliseconds(250);
    }
    EXPECT_EQ(slow, c.slow);
  }
}

}  // namespace
}  // namespace cellwarden::core
