// SPDX-License-Identifier: Apache-2.0
#include "wire/app_link.hpp"

#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/app_lines.hpp"
#include "wire/app_commands.hpp"
#include "wire/app_lines.hpp"
#include "wire/app_our_replies.hpp"
#include "wire/app_records.hpp"
#include "wire/app_replies.hpp"

namespace cellwarden::wire {
namespace {

using core::Energy;
using namespace core::literals;
using enum AppDialect;

/// The lines of tests/golden/NAME; those that start with '#' tell their origin.
std::vector<std::string> golden_lines(const std::string& name) {
  std::ifstream file(CELLWARDEN_SOURCE_DIR "/tests/golden/" + name);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.front() != '#') lines.push_back(line);
  }
  return lines;
}

// proves OUTW-2
TEST(AppLink, AStreamedCycleOfAnotherMakersTestsIsReadAndWrittenBackToItsBytes) {
  const auto lines = golden_lines("app_link_gen3.txt");
  ASSERT_EQ(lines.size(), 8U);
  AppLineReader reader;
  std::vector<AppRecord> records;
  for (std::size_t i = 0; i < 7; ++i) {
    for (const char byte : lines[i] + "\r") {
      if (reader.push(static_cast<std::uint8_t>(byte)) != AppInput::line) continue;
      const auto record = decode_app_record(reader.line(), gen3);
      ASSERT_TRUE(record.good()) << reader.line();
      records.push_back(record.value());
      EXPECT_EQ(tests::text_of_any(records.back(), gen3), lines[i]);
    }
  }
  ASSERT_EQ(records.size(), 7U);
  EXPECT_EQ(records[0].pack, (AppPackRecord{14'000_mV, 1'000_mA, 1'000_mA, 500_mA}));
  for (std::uint8_t number = 1; number <= 4; ++number) {
    const AppCellRecord& cell = records[number].cell;
    EXPECT_EQ(records[number].kind, AppRecordKind::cell);
    EXPECT_EQ(cell.number, number);
    EXPECT_EQ(cell.count, 4);
    EXPECT_EQ(cell.voltage, 3'500_mV);
    EXPECT_EQ(cell.temperature_raw, 300);
    EXPECT_TRUE(cell.status->charge_allowed && cell.status->discharge_allowed);
    EXPECT_TRUE(cell.second_status->charge_relay_closed && cell.second_status->load_relay_closed);
  }
  EXPECT_EQ(records[5].energy.soc_percent, 100);
  const AppHealthRecord health{
      95, Energy::watt_hours(2'280), Energy::watt_hours(2'300), 99, 1'513, 1'502};
  EXPECT_EQ(records[6].health, health);
}

// proves OUTW-2
TEST(AppLink, AReplyWithAWrongChecksumIsRefused) {
  const std::string line = golden_lines("app_link_gen3.txt").back();
  ASSERT_EQ(line, "333_03_05_03_DBB_EF");
  EXPECT_EQ(decode_app_reply<AppVersion>(line, gen3).fault(), AppFault::checksum);
  EXPECT_EQ(app_checksum("333_03_05_03_DBB"), 0x8C);
  EXPECT_TRUE(decode_app_reply<AppVersion>("333_03_05_03_DBB_8C", gen3).good());
}

TEST(AppLink, TheChecksumLeavesUnderscoresOut) {
  EXPECT_EQ(app_checksum(""), 0);
  EXPECT_EQ(app_checksum("___"), 0);
  EXPECT_EQ(app_checksum("02_01_01"), 0x24) << "3 x 0x30 + 0x32 + 2 x 0x31 = 0x124";
  EXPECT_EQ(app_checksum("02_01_01_"), 0x24);
  EXPECT_EQ(app_checksum("\xFF\x02"), 0x01) << "characters are unsigned";
}

TEST(AppLink, AnswersAreReadAndWritten) {
  const struct {
    std::string_view line;
    AppAnswer answer;
  } rows[] = {
      {"OK", {.kind = AppAnswerKind::done}},
      {"KO", {.kind = AppAnswerKind::refused}},
      {"NA", {.kind = AppAnswerKind::locked}},
      {"WRONG", {.kind = AppAnswerKind::wrong_pin}},
      {"KO_01_FB", {.kind = AppAnswerKind::refused, .reason = AppRefusal::unknown_index}},
      {"KO_03_FD", {.kind = AppAnswerKind::refused, .reason = AppRefusal::above_maximum}},
      {"KO_06_00", {.kind = AppAnswerKind::refused, .reason = AppRefusal::not_stored}},
      {"KO_05_1F_76", {.kind = AppAnswerKind::refused, .reason = AppRefusal::order, .other = 0x1F}},
      {"KO_FF_26", {.kind = AppAnswerKind::refused, .reason = static_cast<AppRefusal>(255)}},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(format_app_answer(row.answer).text(), row.line);
    const auto back = parse_app_answer(row.line);
    ASSERT_TRUE(back.has_value()) << row.line;
    EXPECT_EQ(*back, row.answer) << row.line;
  }
  EXPECT_EQ(format_app_answer({.kind = AppAnswerKind::refused, .other = 3}).text(), "KO")
      << "without a reason there is no setting to blame";
}

TEST(AppLink, WhatIsNoAnswerIsNone) {
  for (const std::string line :
       {"", "O", "OK!", "ok", "KO_", "KO_9A", "KO_01", "KO_01_", "KO_01_FC", "KO_01_fb", "KO01_FB",
        "KO_1", "E!", "PW1234!", "U_0AF0_+0014_+0014_+000A"}) {
    EXPECT_EQ(parse_app_answer(line), std::nullopt) << line;
  }
  for (const char* content : {"KO", "KO_100", "KO_X", "KO_", "KO_06_1F_00", "KO_06_100", "OK_01"}) {
    EXPECT_EQ(parse_app_answer(tests::with_checksum(content)), std::nullopt) << content;
  }
  const auto spelled_out = parse_app_answer(tests::with_checksum("KO_00"));
  ASSERT_TRUE(spelled_out.has_value());
  EXPECT_EQ(spelled_out->reason, AppRefusal::unsaid);
}

/// The first example of docs/wire/app_link.md: what is typed and what comes back.
std::vector<std::pair<std::string, std::string>> session_of_the_document() {
  std::ifstream file(CELLWARDEN_SOURCE_DIR "/docs/wire/app_link.md");
  const std::string arrow = "→";
  std::vector<std::pair<std::string, std::string>> said;
  int fences = 0;
  for (std::string line; fences < 2 && std::getline(file, line);) {
    if (line.starts_with("```")) ++fences;
    const std::size_t at = line.find(arrow);
    if (fences != 1 || at == std::string::npos) continue;
    const std::size_t answer = line.find_first_not_of(' ', at + arrow.size());
    said.emplace_back(line.substr(0, line.find(' ')),
                      line.substr(answer, line.find(' ', answer) - answer));
  }
  return said;
}

TEST(AppLink, TheExampleSessionOfTheDocumentHolds) {
  const auto said = session_of_the_document();
  ASSERT_EQ(said.size(), 11U);
  for (const auto& [typed, back] : said) {
    EXPECT_TRUE(parse_app_command(typed).good()) << typed;
    const bool is_reply = decode_app_reply<AppSettings2>(back, gen3).good() ||
                          decode_app_reply<AppSetting>(back, gen3).good();
    EXPECT_TRUE(parse_app_answer(back).has_value() || is_reply) << typed << " -> " << back;
  }
  EXPECT_EQ(decode_app_reply<AppSettings2>(said[2].second, gen3).value().v_max, 3'650_mV);
  EXPECT_EQ(decode_app_reply<AppSettings2>(said[5].second, gen3).value().v_max, 3'600_mV);
  const AppSetting v_max{5, 3'600, 2'000, 5'000, 3'650, 5};
  EXPECT_EQ(decode_app_reply<AppSetting>(said[6].second, gen3).value(), v_max);
  EXPECT_EQ(parse_app_answer(said[8].second)->reason, AppRefusal::above_maximum);
}

}  // namespace
}  // namespace cellwarden::wire
