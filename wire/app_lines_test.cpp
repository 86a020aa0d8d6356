// SPDX-License-Identifier: Apache-2.0
#include "wire/app_lines.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/frames.hpp"

namespace cellwarden::wire {
namespace {

using namespace std::string_view_literals;

/// What came out of a reader, in words: a line as it is, anything else by name.
std::vector<std::string> heard(AppLineReader& reader, std::string_view bytes) {
  std::vector<std::string> all;
  for (const char byte : bytes) {
    switch (reader.push(static_cast<std::uint8_t>(byte))) {
      case AppInput::nothing:
        break;
      case AppInput::line:
        all.emplace_back(reader.line());
        break;
      case AppInput::poll:
        all.emplace_back("<poll>");
        break;
      case AppInput::bad_line:
        all.emplace_back("<bad>");
        break;
      case AppInput::too_long:
        all.emplace_back("<too long>");
        break;
    }
  }
  return all;
}

// proves OUTW-2
TEST(AppLines, BytesAreCutIntoLinesAndPolls) {
  const struct {
    std::string_view bytes;
    std::vector<std::string> expected;
    const char* why;
  } rows[] = {
      {"PW1234!\r"sv, {"PW1234!"}, "a line ends at CR"},
      {"PW1234!\r\nE!\r\n"sv, {"PW1234!", "E!"}, "a terminal that sends CR LF"},
      {"PW1234!\nE!\n"sv, {"PW1234!", "E!"}, "a terminal that sends LF alone"},
      {"E_0_0_0_64 \rU_1_X_X_X "sv, {"E_0_0_0_64", "U_1_X_X_X"}, "records that end with a space"},
      {"\r\r \n\r"sv, {}, "empty lines are nothing"},
      {"$"sv, {"<poll>"}, "a poll needs no line end"},
      {"$$$\r$E!\r$"sv,
       {"<poll>", "<poll>", "<poll>", "<poll>", "E!", "<poll>"},
       "polls between lines"},
      {"\x05\r"sv, {}, "waking up with ENQ"},
      {"$\x05\rV@\r"sv, {"<poll>", "V@"}, "the wake-up of a known client"},
      {"V\x05@\r"sv, {"V@"}, "ENQ is skipped inside a line too"},
      {"V$@\r"sv, {"<bad>"}, "a dollar inside a line belongs to no command"},
      {"V@$\rV@\r"sv, {"<bad>", "V@"}, "or at its end"},
      {"V\0@\rV@\r"sv, {"<bad>", "V@"}, "a NUL"},
      {"\0\r"sv, {"<bad>"}, "a NUL alone"},
      {"\tV@\r"sv, {"<bad>"}, "a tabulator"},
      {"V@\x7f\r"sv, {"<bad>"}, "DEL"},
      {"V\x1b[A@\r"sv, {"<bad>"}, "an arrow key"},
      {"\xff\xfd\x03V@\r"sv, {"<bad>"}, "telnet's negotiation"},
      {"V\x80@\rV\xc3\xa9@\r"sv, {"<bad>", "<bad>"}, "not ASCII"},
      {"~!\r"sv, {"~!"}, "the last printable character"},
      {"V@"sv, {}, "a line without its end"},
  };
  for (const auto& row : rows) {
    AppLineReader reader;
    EXPECT_EQ(heard(reader, row.bytes), row.expected) << row.why;
  }
}

TEST(AppLines, TheLongestLineFitsAndOneMoreIsTooLong) {
  AppLineReader reader;
  const std::string longest(app_line_max, 'A');
  EXPECT_EQ(heard(reader, longest + "\r"), std::vector{longest});
  EXPECT_EQ(heard(reader, longest + "A\rV@\r"), (std::vector<std::string>{"<too long>", "V@"}));
  EXPECT_EQ(reader.counts(),
            (AppLineCounts{.lines = 2, .polls = 0, .bad_lines = 0, .too_long = 1}));
}

TEST(AppLines, TenThousandCharactersAreRefusedOnceAndTheNextLineIsHeard) {
  for (const char letter : {'A', '$', '\0', '\x05', '\xff'}) {
    AppLineReader reader;
    EXPECT_EQ(heard(reader, "V" + std::string(10'000, letter)), std::vector<std::string>{});
    const auto after = heard(reader, "\rV@\r");
    if (letter == '\x05') {
      EXPECT_EQ(after, (std::vector<std::string>{"V", "V@"})) << "ENQ is nothing, however often";
    } else {
      EXPECT_EQ(after, (std::vector<std::string>{"<too long>", "V@"})) << int{letter};
      EXPECT_EQ(reader.counts().bad_lines, 0U) << "one reason is enough";
    }
  }
}

TEST(AppLines, CountsWhatItHeard) {
  AppLineReader reader;
  heard(reader, "$$V@\r\n\0\r\x7f\r"sv);
  heard(reader, std::string(200, 'A') + "\rE!\rD!\r$");
  EXPECT_EQ(reader.counts(),
            (AppLineCounts{.lines = 3, .polls = 3, .bad_lines = 2, .too_long = 1}));
}

TEST(AppLines, ALostLinkLeavesNothingBehind) {
  for (const std::string& begun :
       {std::string("PW12"), std::string(500, 'A'), std::string("\x01")}) {
    AppLineReader reader;
    heard(reader, begun);
    reader.reset();
    EXPECT_EQ(heard(reader, "$V@\r"), (std::vector<std::string>{"<poll>", "V@"})) << begun.size();
  }
}

TEST(AppLines, NoiseNeverBreaksTheNextLine) {
  tests::Noise noise{7};
  AppLineReader reader;
  for (int round = 0; round < 2'000; ++round) {
    std::string bytes;
    for (auto left = noise.below(150); left > 0; --left) {
      bytes.push_back(static_cast<char>(noise.byte()));
    }
    for (const std::string& said : heard(reader, bytes)) {
      EXPECT_LE(said.size(), app_line_max);
      EXPECT_EQ(said.find('\r'), std::string::npos);
    }
    heard(reader, "\r");
    ASSERT_EQ(heard(reader, "S2@\r"), std::vector<std::string>{"S2@"}) << round;
  }
}

TEST(AppLines, SlicesEndWhereTheTextEnds) {
  EXPECT_EQ(slice("ABC", 1), "BC");
  EXPECT_EQ(slice("ABC", 1, 1), "B");
  EXPECT_EQ(slice("ABC", 3), "");
  EXPECT_EQ(slice("ABC", 0, 9), "ABC");
}

TEST(AppLinesDeath, WritingMoreThanALineHoldsIsABug) {
  AppLine line;
  line.push(std::string(app_line_max, 'A'));
  EXPECT_TRUE(line.full());
  EXPECT_DEATH(line.push('A'), "size_ < app_line_max");
  EXPECT_DEATH((void)slice("ABC", 4), "from <= text.size");
}

}  // namespace
}  // namespace cellwarden::wire
