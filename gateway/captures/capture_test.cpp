// SPDX-License-Identifier: Apache-2.0
#include "gateway/captures/capture.hpp"

#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gateway/captures/capture_writer.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(Capture, ReadsHexWithCommentsAndAnyWhiteSpace) {
  const Capture capture = read_capture("# a comment, 12 34\n01 02\t0aFF\r\n\n  # more\n03#04\n");
  EXPECT_TRUE(capture.is_text);
  ASSERT_EQ(capture.bursts.size(), 1U);
  EXPECT_EQ(capture.bursts[0].bytes, (Bytes{1, 2, 10, 255, 3}));
  EXPECT_FALSE(capture.bursts[0].at);
  EXPECT_TRUE(capture.faults.empty());
}

TEST(Capture, ReadsTimes) {
  const Capture capture = read_capture("@0 0102\n@1000 03 04\n05\n@1000 06\n");
  ASSERT_EQ(capture.bursts.size(), 3U);
  EXPECT_EQ(capture.bursts[0].at, milliseconds(0));
  EXPECT_EQ(capture.bursts[1].at, milliseconds(1000));
  EXPECT_EQ(capture.bursts[1].bytes, (Bytes{3, 4, 5}));
  EXPECT_EQ(capture.size(), 6U);
}

TEST(Capture, TakesAnythingWithControlCharactersForBinary) {
  const std::string content("01\x00\xFF", 4);
  const Capture capture = read_capture(content);
  EXPECT_FALSE(capture.is_text);
  EXPECT_EQ(capture.bursts.at(0).bytes, (Bytes{'0', '1', 0, 255}));
}

TEST(Capture, AllowsForeignLettersInCommentsOnly) {
  EXPECT_TRUE(read_capture("# Kälte\n0102\n").is_text);
  EXPECT_FALSE(read_capture("Kälte\n").is_text);
}

TEST(Capture, SaysWhereATextIsWrongAndReadsTheRest) {
  struct Case {
    const char* text;
    std::size_t line, column;
    const char* why;
  };
  const Case cases[] = {
      {"01\n 0g 02", 2, 2, "is not hex"}, {"01 123 02", 1, 4, "has an odd number of hex digits"},
      {"01 @x 02", 1, 4, "is no time"},   {"01 @ 02", 1, 4, "is no time"},
      {"01 @-5 02", 1, 4, "is no time"},  {"01 @99999999999999999999 02", 1, 4, "is no time"},
      {"@5 01 @4 02", 1, 7, "earlier"},
  };
  for (const Case& c : cases) {
    const Capture capture = read_capture(c.text);
    ASSERT_EQ(capture.faults.size(), 1U) << c.text;
    EXPECT_EQ(capture.faults[0].line, c.line) << c.text;
    EXPECT_EQ(capture.faults[0].column, c.column) << c.text;
    EXPECT_NE(capture.faults[0].why.find(c.why), std::string::npos) << c.text;
    EXPECT_EQ(capture.size(), 2U) << c.text;
  }
}

TEST(Capture, AnEmptyFileHoldsNothing) {
  EXPECT_EQ(read_capture("").size(), 0U);
  EXPECT_EQ(read_capture("# only a comment\n").size(), 0U);
}

TEST(Capture, AFileThatIsNotThereIsNamed) {
  try {
    (void)read_file("/nonexistent/file");
    FAIL();
  } catch (const UsageError& wrong) {
    EXPECT_EQ(wrong.what(),
              std::string("/nonexistent/file cannot be read: No such file or directory"));
  }
  EXPECT_THROW((void)read_file("/"), UsageError);
}

RC_GTEST_PROP(Capture, WhatIsWrittenIsReadAgain, (const std::vector<Bytes>& bursts)) {
  std::ostringstream file;
  const Time start = Time{} + std::chrono::hours(5);
  CaptureWriter writer(file, "serial:/dev/ttyUSB0", start);
  Time now = start;
  Bytes sent;
  for (const Bytes& burst : bursts) {
    now += std::chrono::seconds(1);
    writer.bytes(burst, now);
    writer.note("a # note", now);
    sent.insert(sent.end(), burst.begin(), burst.end());
  }
  writer.silence(now);
  const Capture capture = read_capture(file.str());
  RC_ASSERT(capture.faults.empty());
  Bytes got;
  for (const Burst& burst : capture.bursts) {
    RC_ASSERT(burst.at.has_value());
    got.insert(got.end(), burst.bytes.begin(), burst.bytes.end());
  }
  RC_ASSERT(got == sent);
  RC_ASSERT(writer.size() == sent.size());
}

RC_GTEST_PROP(Capture, AnyContentIsRead, (const std::string& content)) {
  RC_ASSERT(read_capture(content).size() <= content.size());
}

}  // namespace
}  // namespace cellwarden::gateway
