// SPDX-License-Identifier: Apache-2.0
#include "core/app_session.hpp"

#include <string>

#include <gtest/gtest.h>

#include "core/fake_flash.hpp"

namespace cellwarden::core {
namespace {

/// A phone at a board that has heard no chain yet.
struct Phone {
  explicit Phone(wire::AppDialect dialect = wire::AppDialect::gen3) : session(dialect) {}
  /// Types a line and reads what comes back, line ends as '|'.
  std::string say(const std::string& line) {
    for (const char letter : line + "\r") {
      session.receive(static_cast<std::uint8_t>(letter), firmware, flash, now);
    }
    return read();
  }
  std::string read() {
    std::string text;
    while (const auto byte = session.next(now)) {
      text.push_back(*byte == '\r' ? '|' : static_cast<char>(*byte));
    }
    return text;
  }
  FakeFlash flash{2048};
  Instant now;
  OutFirmware firmware =
      start_out_firmware(now, flash, ExtendedOptions{}, EventCause::power_on, false);
  AppSession session;
};

// proves OUT-5, OUTW-2
TEST(AppSession, AnswersNothingButNaBeforeThePin) {
  Phone phone;
  for (const char* line : {"V@", "S1@", "S2@", "L0@", "E!", "02-050!", "X05@", "PN0000!", "CE!"}) {
    EXPECT_EQ(phone.say(line), "NA|") << line;
  }
  EXPECT_EQ(phone.say("PW1235!"), "NA|");
  EXPECT_EQ(phone.say("PW1234!"), "OK|");
  EXPECT_EQ(phone.say("TS@").substr(0, 2), "00");
}

// proves SET-1, OUTW-2
TEST(AppSession, AWordIsTwoWritesHighByteFirst) {
  Phone phone;
  phone.say("PW1234!");
  EXPECT_EQ(phone.say("02-050!"), "OK|");
  EXPECT_EQ(phone.say("D0-051!"), "OK|");
  EXPECT_EQ(phone.firmware.settings.v_max, Voltage::millivolts(3600));
  EXPECT_EQ(phone.say("D0-051!"), "KO|") << "a low byte without its high byte";
  EXPECT_EQ(phone.firmware.settings.v_max, Voltage::millivolts(3600));
}

// proves OUT-7, SET-1
TEST(AppSession, ASettingIsStillThereAfterARestart) {
  Phone phone;
  phone.say("PW1234!");
  EXPECT_EQ(phone.say("X04=0B54!"), "OK|");
  const OutFirmware again =
      start_out_firmware(phone.now, phone.flash, ExtendedOptions{}, EventCause::power_on, false);
  EXPECT_EQ(again.settings.v_min, Voltage::millivolts(2900));
  EXPECT_FALSE(again.report.settings_lost);
}

// proves OUT-5
TEST(AppSession, TheNewPinCountsAndTheOldOneDoesNot) {
  Phone phone;
  phone.say("PW1234!");
  EXPECT_EQ(phone.say("PN4711!"), "OK|");
  EXPECT_EQ(phone.say("PW1234!"), "NA|");
  EXPECT_EQ(phone.say("PW4711!"), "OK|");
}

}  // namespace
}  // namespace cellwarden::core
