// SPDX-License-Identifier: Apache-2.0
#include "wire/app_commands.hpp"

#include <limits>
#include <string_view>

#include <gtest/gtest.h>

namespace cellwarden::wire {
namespace {

using enum AppCommandKind;

constexpr std::int32_t least_32 = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t most_32 = std::numeric_limits<std::int32_t>::max();

// proves OUTW-2
TEST(AppCommands, EveryCommandIsReadAndWrittenAsDocumented) {
  const struct {
    std::string_view line;
    AppCommand command;
  } rows[] = {
      {"PW1234!", {.kind = login, .pin = 1234}},
      {"PW0000!", {.kind = login, .pin = 0}},
      {"PW0012!", {.kind = login, .pin = 12}},
      {"PW9999!", {.kind = login, .pin = 9999}},
      {"E!", {.kind = stream_on}},
      {"D!", {.kind = stream_off}},
      {"V@", {.kind = version}},
      {"S1@", {.kind = settings_1}},
      {"S2@", {.kind = settings_2}},
      {"S3@", {.kind = settings_3}},
      {"SRY0@", {.kind = relay_settings, .index = 0}},
      {"SRY1@", {.kind = relay_settings, .index = 1}},
      {"TS@", {.kind = log_time}},
      {"L0@", {.kind = log_entry, .index = 0}},
      {"L9@", {.kind = log_entry, .index = 9}},
      {"H0@", {.kind = soc_history, .index = 0}},
      {"HD@", {.kind = soc_history, .index = 13}},
      {"02-050!", {.kind = write, .byte = 0x02, .address = 0x050}},
      {"D0-051!", {.kind = write, .byte = 0xD0, .address = 0x051}},
      {"CE-FFF!", {.kind = write, .byte = 0xCE, .address = 0xFFF}},
      {"00-000!", {.kind = write, .byte = 0x00, .address = 0x000}},
      {"PN0815!", {.kind = change_pin, .pin = 815}},
      {"CE!", {.kind = clear_energy}},
      {"CK5171000!", {.kind = set_clock, .day = 0x5171, .minute = 0}},
      {"CKFFFF59F!", {.kind = set_clock, .day = 0xFFFF, .minute = 1439}},
      {"X00@", {.kind = read_setting, .index = 0}},
      {"XFF@", {.kind = read_setting, .index = 255}},
      {"X03=+0E10!", {.kind = write_setting, .index = 3, .value = 3600}},
      {"X0A=-00C8!", {.kind = write_setting, .index = 10, .value = -200}},
      {"X0A=+7FFFFFFF!", {.kind = write_setting, .index = 10, .value = most_32}},
      {"X0A=-80000000!", {.kind = write_setting, .index = 10, .value = least_32}},
      {"G00@", {.kind = event, .index = 0}},
      {"GFF@", {.kind = event, .index = 255}},
      {"LT@", {.kind = lifetime}},
      {"CH@", {.kind = chain}},
  };
  std::array<bool, app_command_kinds> seen{};
  for (const auto& row : rows) {
    const auto parsed = parse_app_command(row.line);
    ASSERT_TRUE(parsed.good()) << row.line;
    EXPECT_EQ(parsed.value(), row.command) << row.line;
    EXPECT_EQ(format_app_command(row.command).text(), row.line);
    seen.at(static_cast<std::size_t>(row.command.kind)) = true;
  }
  for (std::size_t kind = 0; kind < seen.size(); ++kind) EXPECT_TRUE(seen[kind]) << kind;
}

TEST(AppCommands, ANumberMayBeShortAndHasItsSignOrNone) {
  const struct {
    std::string_view line;
    std::int32_t value;
  } rows[] = {{"X07=0!", 0},      {"X07=5!", 5},  {"X07=-5!", -5},      {"X07=+A!", 10},
              {"X07=00FF!", 255}, {"X07=-0!", 0}, {"X07=0000000F!", 15}};
  for (const auto& row : rows) {
    const auto parsed = parse_app_command(row.line);
    ASSERT_TRUE(parsed.good()) << row.line;
    EXPECT_EQ(parsed.value(), (AppCommand{.kind = write_setting, .index = 7, .value = row.value}));
  }
}

TEST(AppCommands, WhatIsNoCommandIsRefusedWithTheReason) {
  const struct {
    std::string_view line;
    AppFault fault;
    const char* why;
  } rows[] = {
      {"", AppFault::unknown, "nothing"},
      {"!", AppFault::unknown, "an end without a command"},
      {"@", AppFault::unknown, "an end without a query"},
      {"PW", AppFault::unknown, "no end"},
      {"PW1234", AppFault::unknown, "no end"},
      {"PW1234@", AppFault::unknown, "the end of a query"},
      {"PW123!", AppFault::bad_number, "three digits"},
      {"PW12345!", AppFault::bad_number, "five digits"},
      {"PW!", AppFault::bad_number, "no digits"},
      {"PW12A4!", AppFault::bad_number, "a PIN is decimal"},
      {"PW12/4!", AppFault::bad_number, "the character before 0"},
      {"PW+234!", AppFault::bad_number, "a sign"},
      {"pw1234!", AppFault::unknown, "lower case"},
      {"e!", AppFault::unknown, "lower case"},
      {"E!!", AppFault::unknown, "something behind it"},
      {"EE!", AppFault::unknown, "something before the end"},
      {"E@", AppFault::unknown, "an action is no query"},
      {"V!", AppFault::unknown, "a query is no action"},
      {"V1@", AppFault::unknown, "V has no number"},
      {"S0@", AppFault::unknown, "no such settings"},
      {"S4@", AppFault::unknown, "no such settings"},
      {"S@", AppFault::unknown, "no number"},
      {"SRY@", AppFault::bad_number, "no relay"},
      {"SRY2@", AppFault::out_of_range, "no third relay"},
      {"SRY00@", AppFault::bad_number, "one digit"},
      {"LA@", AppFault::out_of_range, "ten entries"},
      {"L10@", AppFault::bad_number, "one digit"},
      {"L@", AppFault::bad_number, "no number"},
      {"La@", AppFault::bad_number, "lower case"},
      {"HE@", AppFault::out_of_range, "fourteen blocks"},
      {"Hd@", AppFault::bad_number, "lower case"},
      {"02-050", AppFault::unknown, "a write without its end"},
      {"02-0500", AppFault::unknown, "a digit for its end"},
      {"2-050!", AppFault::unknown, "one digit of value"},
      {"02-50!", AppFault::unknown, "two digits of address"},
      {"002-050!", AppFault::unknown, "three digits of value"},
      {"02-0050!", AppFault::unknown, "four digits of address"},
      {"02+050!", AppFault::unknown, "not a dash"},
      {"d0-051!", AppFault::bad_number, "lower case"},
      {"D0-05a!", AppFault::bad_number, "lower case in the address"},
      {"DG-051!", AppFault::bad_number, "no hex digit"},
      {"D0-0G1!", AppFault::bad_number, "no hex digit in the address"},
      {"-1-051!", AppFault::bad_number, "a sign"},
      {"D0--51!", AppFault::bad_number, "a sign in the address"},
      {"PN12!", AppFault::bad_number, "two digits"},
      {"CE0!", AppFault::unknown, "CE has no number"},
      {"CK5171!", AppFault::bad_number, "no minute"},
      {"CK51715A0!", AppFault::out_of_range, "minute 1440"},
      {"CK5171FFF!", AppFault::out_of_range, "minute 4095"},
      {"CK517105A0!", AppFault::bad_number, "a digit too many"},
      {"CK517g000!", AppFault::bad_number, "no hex digit in the day"},
      {"CK517100x!", AppFault::bad_number, "no hex digit in the minute"},
      {"X@", AppFault::bad_number, "no id"},
      {"X1@", AppFault::bad_number, "one digit"},
      {"X001@", AppFault::bad_number, "three digits"},
      {"X0a@", AppFault::bad_number, "lower case"},
      {"X03!", AppFault::bad_number, "no value"},
      {"X03=!", AppFault::bad_number, "an empty value"},
      {"X03=+!", AppFault::bad_number, "a sign only"},
      {"X03=-!", AppFault::bad_number, "a sign only"},
      {"X03=+-5!", AppFault::bad_number, "two signs"},
      {"X03=0x5!", AppFault::bad_number, "a prefix"},
      {"X03=e10!", AppFault::bad_number, "lower case"},
      {"X3=5!", AppFault::bad_number, "one digit of id"},
      {"X03=000000005!", AppFault::bad_number, "nine digits"},
      {"X03=80000000!", AppFault::out_of_range, "one above 32 bits"},
      {"X03=-80000001!", AppFault::out_of_range, "one below 32 bits"},
      {"X03=FFFFFFFF!", AppFault::out_of_range, "would wrap to -1"},
      {"X03==5!", AppFault::bad_number, "two equals signs"},
      {"G0@", AppFault::bad_number, "one digit"},
      {"G00!", AppFault::unknown, "an event cannot be written"},
      {"LT0@", AppFault::bad_number, "read as an entry of the log"},
      {"CH0@", AppFault::unknown, "the chain has no number"},
      {"C_01_04_2BC_12C_03_30", AppFault::unknown, "a record"},
      {"OK", AppFault::unknown, "an answer"},
  };
  for (const auto& row : rows) {
    const auto parsed = parse_app_command(row.line);
    ASSERT_FALSE(parsed.good()) << row.line << ": " << row.why;
    EXPECT_EQ(parsed.fault(), row.fault) << row.line << ": " << row.why;
  }
}

TEST(AppCommands, OursAreTheOnesNobodyHasPublished) {
  for (const AppCommandKind kind :
       {login, stream_on, stream_off, version, settings_1, settings_2, settings_3, relay_settings,
        log_time, log_entry, soc_history, AppCommandKind::write}) {
    EXPECT_FALSE(is_our_command(kind)) << static_cast<int>(kind);
  }
  for (const AppCommandKind kind :
       {change_pin, clear_energy, set_clock, read_setting, write_setting, event, lifetime, chain}) {
    EXPECT_TRUE(is_our_command(kind)) << static_cast<int>(kind);
  }
}

TEST(AppCommandsDeath, WritingANumberBeyondItsLimitIsABug) {
  EXPECT_DEATH(format_app_command({.kind = login, .pin = 10'000}), "pin <= app_pin_max");
  EXPECT_DEATH(format_app_command({.kind = log_entry, .index = 10}), "index <= shape.index_most");
  EXPECT_DEATH(format_app_command({.kind = AppCommandKind::write, .address = 0x1000}),
               "address <= app_address_max");
  EXPECT_DEATH(format_app_command({.kind = set_clock, .minute = 1440}), "minutes_a_day");
  EXPECT_DEATH(format_app_command({.kind = static_cast<AppCommandKind>(99)}), "line.empty");
}

}  // namespace
}  // namespace cellwarden::wire
