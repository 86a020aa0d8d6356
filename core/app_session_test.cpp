// SPDX-License-Identifier: Apache-2.0
#include "core/app_session.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/firmware_rig.hpp"

namespace cellwarden::core {
namespace {

using tests::FirmwareRig;
using tests::Phone;
using wire::AppDialect;

constexpr const char* everything[] = {
    "V@",  "S1@",     "S2@",     "S3@",       "SRY0@",      "SRY1@",       "TS@", "L0@",
    "H0@", "X05@",    "G00@",    "LT@",       "CH@",        "E!",          "D!",  "02-050!",
    "CE!", "D0-051!", "PN0000!", "X05=0E10!", "CK4E20000!", "no_such_line"};

// proves OUT-5, OUTW-2
TEST(AppSession, AnswersNothingButNaBeforeThePin) {
  FirmwareRig rig;
  rig.cycles(4);
  Phone phone(rig);
  const FakeFlash image = rig.flash;
  for (const char* line : everything) {
    const std::string said = phone.say(line);
    EXPECT_EQ(said,
              std::string_view(line).find(' ') == std::string_view::npos ? "NA|" : "NA|NA|NA|")
        << line << ": a space ends a line";
  }
  EXPECT_TRUE(rig.flash.same_image(image));
}

// proves OUT-5
TEST(AppSession, TheNewPinCountsAndTheOldOneDoesNot) {
  FirmwareRig rig;
  Phone phone(rig);
  EXPECT_EQ(phone.say("PW1234!"), "OK|");
  EXPECT_EQ(phone.say("PN4711!"), "OK|");
  EXPECT_EQ(phone.say("TS@").substr(0, 2), "00") << "who changed it stays in";
  EXPECT_EQ(phone.say("PW1234!"), "NA|");
  EXPECT_EQ(phone.say("TS@"), "NA|") << "a wrong PIN logs out";
  EXPECT_EQ(phone.say("PW4711!"), "OK|");
}

// proves OUT-4, OUT-5
TEST(AppSession, AChangedOrResetPinShutsOutWhoeverIsLoggedInWithTheOldOne) {
  FirmwareRig rig;
  Phone owner(rig);
  Phone intruder(rig);
  owner.say("PW1234!");
  intruder.say("PW1234!");
  intruder.say("E!");
  EXPECT_EQ(owner.say("PN4711!"), "OK|");
  EXPECT_EQ(intruder.say("S1@"), "NA|");
  intruder.session.step(rig.firmware, rig.now);
  EXPECT_EQ(intruder.read(), "") << "nothing is streamed to it either";
  ASSERT_TRUE(change_pin(rig.firmware, rig.flash, default_pin, EventKind::pin_reset));
  EXPECT_EQ(owner.say("TS@"), "NA|");
}

// proves OUT-5, OUTW-2
TEST(AppSession, TwoClientsAtOnceHaveEachTheirOwnRightsAndHalfWords) {
  FirmwareRig rig;
  Phone first(rig);
  Phone second(rig);
  first.say("PW1234!");
  EXPECT_EQ(second.say("S1@"), "NA|");
  EXPECT_EQ(first.say("02-050!"), "OK|");
  EXPECT_EQ(second.say("D0-051!"), "NA|");
  second.say("PW1234!");
  EXPECT_EQ(second.say("D0-051!"), "KO|") << "the high byte was another client's";
  EXPECT_EQ(first.say("D0-051!"), "OK|");
  EXPECT_EQ(rig.value_of("v_max"), 3'600);
  EXPECT_EQ(second.say("X05=0E42!"), "OK|");
  EXPECT_EQ(first.say("X05@").substr(0, 8), "05_+0E42");
}

// proves OUTW-2, SET-3
TEST(AppSession, AHalfWrittenWordIsDroppedByAnythingInBetween) {
  const struct {
    std::string_view why, between;
    bool taken;
  } cases[] = {
      {"nothing", "", true},
      {"a poll", "$", true},
      {"the high byte again", "02-050!\r", true},
      {"a query", "V@\r", false},
      {"a write elsewhere", "00-019!\r", false},
      {"the high byte of another word", "02-040!\r", false},
      {"a write to no setting", "00-FFF!\r", false},
      {"a line nobody knows", "hello\r", false},
      {"a high byte that came garbled", "0e-050!\r", false},
      {"a line with a NUL", std::string_view("a\0\r", 3), false},
      {"a login", "PW1234!\r", false},
      {"a wrong login and the right one", "PW0000!\rPW1234!\r", false},
  };
  for (const auto& c : cases) {
    FirmwareRig rig;
    Phone phone(rig);
    phone.say("PW1234!");
    phone.say("02-050!");
    phone.type(c.between);
    phone.read();
    EXPECT_EQ(phone.say("D0-051!"), c.taken ? "OK|" : "KO|") << c.why;
    EXPECT_EQ(rig.value_of("v_max"), c.taken ? 3'600 : 3'650) << c.why;
  }
}

struct BadLine {
  std::string_view why;
  std::string line, answer;
};

std::vector<BadLine> bad_lines() {
  return {
      {"10,000 characters", std::string(10'000, 'V'), "KO|"},
      {"10,000 writes in one line",
       [] {
         std::string all;
         for (int i = 0; i < 1'250; ++i) all += "02-050!,";
         return all;
       }(),
       "KO|"},
      {"NUL", std::string("V@\0", 3), "KO|"},
      {"lower case", "v@", "KO|"},
      {"lower-case hex", "02-05a!", "KO|"},
      {"odd hex", "2-050!", "KO|"},
      {"a sign in a write", "+2-050!", "KO|"},
      {"no such address", "00-123!", "KO|"},
      {"the low byte alone", "D0-051!", "KO|"},
      {"two for a flag", "02-08E!", "KO|"},
      {"no such function", "05-340!", "KO|"},
      {"function 0", "00-340!", "KO|"},
      {"force on", "02-342!", "KO|"},
      {"restart beyond 100 %", "65-A00!", "KO|"},
      {"charge restart at discharge restart", "0A-A00!", "KO|"},
      {"no such setting", "X63@", "KO_01_FB|"},
      {"no such setting to write", "X63=0001!", "KO_01_FB|"},
      {"no such event", "G5F@", "KO_01_FB|"},
      {"no value", "X05=!", "KO|"},
      {"nine digits", "X05=000000E10!", "KO|"},
      {"lower case value", "X05=0e10!", "KO|"},
      {"below its minimum", "X05=0000!", "KO_02_FC|"},
      {"negative", "X05=-0E10!", "KO_02_FC|"},
      {"above its maximum", "X05=7FFFFFFF!", "KO_03_FD|"},
      {"between two steps", "X05=0E11!", "KO_04_FE|"},
      {"below V-min", "X05=0AF5!", "KO_05_04_63|"},
      {"below V-bypass", "X05=0DA7!", "KO_05_00_5F|"},
      {"a PIN of three digits", "PN123!", "KO|"},
      {"a PIN with a letter", "PN12A4!", "KO|"},
      {"minute 1440", "CK4E205A0!", "KO|"},
      {"relay 2", "SRY2@", "KO|"},
      {"log entry 10", "LA@", "KO|"},
      {"history block 14", "HE@", "KO|"},
      {"something behind it", "CE!!", "KO|"},
  };
}

// proves SET-3, OUTW-2
TEST(AppSession, ABadLineIsRefusedWithItsReasonAndChangesNothing) {
  for (const AppDialect dialect : {AppDialect::gen3, AppDialect::gen2}) {
    FirmwareRig rig;
    rig.cycles(4);
    Phone phone(rig, dialect);
    phone.say("PW1234!");
    const FakeFlash image = rig.flash;
    const SettingValues values = rig.firmware.memory.settings;
    for (const BadLine& c : bad_lines()) {
      const std::string said = phone.say(c.line);
      ASSERT_GE(said.size(), c.answer.size()) << c.why;
      EXPECT_EQ(said.substr(said.size() - c.answer.size()), c.answer) << c.why;
      EXPECT_TRUE(rig.flash.same_image(image)) << c.why;
      EXPECT_EQ(rig.firmware.memory.settings, values) << c.why;
      EXPECT_EQ(rig.firmware.memory.pin, 1234) << c.why;
      EXPECT_FALSE(rig.firmware.clock.has_value()) << c.why;
    }
  }
}

// proves OUT-7, SET-3
TEST(AppSession, WhatTheFlashDoesNotTakeIsSaid) {
  FirmwareRig rig;
  Phone phone(rig);
  phone.say("PW1234!");
  rig.flash.cut_after(0, 1);
  EXPECT_EQ(phone.say("X05=0E10!"), "KO_06_00|");
  EXPECT_EQ(phone.say("PN4711!"), "KO_06_00|");
  EXPECT_EQ(phone.say("CE!"), "KO_06_00|");
  EXPECT_EQ(phone.say("01-019!"), "KO|") << "a published command has no reasons";
  EXPECT_EQ(phone.say("PW1234!"), "OK|");
}

// proves OUT-7, SET-1, OUTW-2
TEST(AppSession, WrittenSettingsAreStillThereAfterARestart) {
  const struct {
    std::string_view why;
    std::vector<std::string> lines;
    std::string_view name;
    std::int32_t value;
  } cases[] = {
      {"ours", {"X04=0B54!"}, "v_min", 2'900},
      {"a word", {"02-050!", "D0-051!"}, "v_max", 3'600},
      {"a byte", {"05-042!"}, "v_min_hysteresis", 50},
      {"the coldest T-min", {"00-060!", "E0-061!"}, "t_charge_min", -400},
      {"a count beyond the range is no temperature",
       {"00-062!", "00-063!"},
       "t_discharge_min",
       -1000},
      {"discharging in the cold", {"00-062!", "F8-063!"}, "t_discharge_min", -196},
      {"the hottest T-min for charging is refused by T-max",
       {"01-060!", "73-061!"},
       "t_charge_min",
       0},
  };
  for (const auto& c : cases) {
    FirmwareRig rig;
    Phone phone(rig);
    phone.say("PW1234!");
    if (c.name == "t_discharge_min") phone.say("X0E=+0000!");
    for (const std::string& line : c.lines) phone.say(line);
    rig.restart();
    EXPECT_EQ(rig.value_of(c.name), c.value) << c.why;
  }
}

// proves OUTW-2, SET-3
TEST(AppSession, ALineThatIsNoneIsNaBeforeThePinAndKoAfterIt) {
  const struct {
    std::string_view why;
    std::string line;
  } cases[] = {{"97 characters", std::string(97, 'V')}, {"a NUL", std::string("V@\0", 3)}};
  for (const auto& c : cases) {
    FirmwareRig rig;
    Phone phone(rig);
    EXPECT_EQ(phone.say(c.line), "NA|") << c.why;
    phone.say("PW1234!");
    EXPECT_EQ(phone.say(c.line), "KO|") << c.why;
  }
}

}  // namespace
}  // namespace cellwarden::core
