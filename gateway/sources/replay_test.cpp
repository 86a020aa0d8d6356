// SPDX-License-Identifier: Apache-2.0
#include "gateway/sources/replay.hpp"

#include <gtest/gtest.h>

#include "gateway/sources/recorder.hpp"

namespace cellwarden::gateway {
namespace {

using Words = std::vector<std::string>;

Words play(std::string_view text, int speed) {
  boost::asio::io_context io;
  Recorder recorder;
  const auto source = make_replay_source(io, read_capture(text), speed);
  source->start(recorder);
  io.run();
  return recorder.words;
}

TEST(Replay, PlaysBurstsWithTheirSilencesAndEnds) {
  EXPECT_EQ(play("@0 0102\n@199 03\n@399 04\n", 1000),
            (Words{"connected", "bytes:2", "bytes:1", "silence", "bytes:1", "ended"}));
}

TEST(Replay, KeepsTheRecordedPace) {
  const Time start = Clock::now();
  (void)play("@500 01\n@1500 02\n", 10);
  const auto took = Clock::now() - start;
  EXPECT_GE(took, milliseconds(100));
  EXPECT_LT(took, milliseconds(5'000));
}

TEST(Replay, SendsBytesWithoutTimesAFrameASecondWithoutClaimingSilence) {
  std::string text;
  for (int i = 0; i < 120; ++i) text += "55 ";
  const Time start = Clock::now();
  EXPECT_EQ(play(text, 20), (Words{"connected", "bytes:58", "bytes:58", "bytes:4", "ended"}));
  EXPECT_GE(Clock::now() - start, milliseconds(100));
}

TEST(Replay, IsQuietAfterStop) {
  boost::asio::io_context io;
  Recorder recorder;
  const auto source = make_replay_source(io, read_capture("@0 01\n@100000 02\n"), 1);
  source->start(recorder);
  source->stop();
  io.run();
  EXPECT_EQ(recorder.words, (Words{"connected"}));
}

}  // namespace
}  // namespace cellwarden::gateway
