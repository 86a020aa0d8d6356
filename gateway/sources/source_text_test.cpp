// SPDX-License-Identifier: Apache-2.0
#include "gateway/sources/source_text.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "gateway/sources/recorder.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

using Kind = SourceText::Kind;

TEST(SourceText, UnderstandsWhatAnOwnerWrites) {
  struct Case {
    const char* text;
    Kind kind;
    const char* name;
    const char* argument;
  };
  const Case cases[] = {
      {"twin", Kind::twin, "", ""},
      {"serial:/dev/ttyUSB0", Kind::serial, "", "/dev/ttyUSB0"},
      {"replay:a=b.hex", Kind::replay, "", "a=b.hex"},
      {"My boat=serial:/dev/ttyUSB0", Kind::serial, "My boat", "/dev/ttyUSB0"},
      {"Test=twin", Kind::twin, "Test", ""},
  };
  for (const Case& c : cases) {
    const SourceText source = parse_source(c.text);
    EXPECT_EQ(source.kind, c.kind) << c.text;
    EXPECT_EQ(source.name, c.name) << c.text;
    EXPECT_EQ(source.argument, c.argument) << c.text;
  }
  EXPECT_EQ(parse_source("a=replay:x.hex").to_string(), "replay:x.hex");
}

TEST(SourceText, RefusesTheRest) {
  for (const char* text : {"", "twins", "serial", "serial:", "replay:", "=twin", "tcp:1.2.3.4",
                           "/dev/ttyUSB0", "a=", "a=b=twin"}) {
    EXPECT_THROW((void)parse_source(text), UsageError) << text;
  }
}

TEST(SourceText, AMissingReplayIsAnErrorAndAMissingPortIsNot) {
  boost::asio::io_context io;
  EXPECT_THROW((void)make_source(io, parse_source("replay:/nonexistent"), {}), UsageError);
  EXPECT_NE(make_source(io, parse_source("serial:/nonexistent"), {}), nullptr);
}

TEST(Serial, AMissingPortIsAnEventAndIsTriedAgain) {
  boost::asio::io_context io;
  Recorder recorder;
  const auto source = make_source(io, parse_source("serial:/nonexistent"), {});
  source->start(recorder);
  EXPECT_EQ(recorder.last_text, "/nonexistent is not there; trying again");
  const Time deadline = Clock::now() + std::chrono::seconds(30);
  while (recorder.words.size() < 3 && Clock::now() < deadline) io.run_one();
  EXPECT_GE(recorder.words.size(), 3U);
  for (const std::string& word : recorder.words) EXPECT_EQ(word, "down");
  source->stop();
}

TEST(Serial, AFileIsNoSerialPort) {
  boost::asio::io_context io;
  Recorder recorder;
  const auto source = make_source(io, parse_source("serial:/dev/null"), {});
  source->start(recorder);
  EXPECT_EQ(recorder.last_text, "/dev/null is not a serial port; trying again");
  source->stop();
}

// proves OUTW-1
TEST(Twin, SendsFramesOf58BytesBetweenSilences) {
  boost::asio::io_context io;
  Recorder recorder;
  TwinSettings settings;
  settings.speed = 100;
  const auto source = make_source(io, SourceText{}, settings);
  source->start(recorder);
  const Time deadline = Clock::now() + std::chrono::seconds(30);
  const auto frames = [&recorder] {
    return std::count(recorder.words.begin(), recorder.words.end(), "silence");
  };
  while (frames() < 10 && Clock::now() < deadline) io.run_one();
  source->stop();
  EXPECT_GE(frames(), 10);
  std::size_t between = 0;
  std::vector<std::size_t> lengths;
  for (const std::string& word : recorder.words) {
    if (word.starts_with("bytes:")) between += std::stoul(word.substr(6));
    if (word != "silence") continue;
    if (between > 0) lengths.push_back(between);
    between = 0;
  }
  ASSERT_GE(lengths.size(), 8U);
  for (const std::size_t length : lengths) EXPECT_EQ(length, 58U);
}

TEST(Twin, RefusesAPackOfOneCell) {
  boost::asio::io_context io;
  TwinSettings settings;
  settings.cells = 1;
  EXPECT_THROW((void)make_source(io, SourceText{}, settings), UsageError);
}

}  // namespace
}  // namespace cellwarden::gateway
