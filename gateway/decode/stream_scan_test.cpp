// SPDX-License-Identifier: Apache-2.0
#include "gateway/decode/stream_scan.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/frames.hpp"
#include "tests/support/stream.hpp"

namespace cellwarden::gateway {
namespace {

using tests::plausible_frame;
using wire::FrameFault;

std::vector<std::uint8_t> frame_bytes() {
  const wire::FrameBytes bytes = wire::encode_frame(plausible_frame(4));
  return {bytes.begin(), bytes.end()};
}

Capture untimed(std::vector<std::uint8_t> bytes) {
  Capture capture;
  capture.bursts.push_back({std::nullopt, std::move(bytes)});
  return capture;
}

TEST(StreamScan, FindsFramesAndTheirOffsets) {
  auto bytes = frame_bytes();
  const auto second = frame_bytes();
  bytes.insert(bytes.end(), second.begin(), second.end());
  const StreamScan found = scan(untimed(bytes));
  ASSERT_EQ(found.frames.size(), 2U);
  EXPECT_EQ(found.frames[0].offset, 0U);
  EXPECT_EQ(found.frames[1].offset, 58U);
  EXPECT_TRUE(found.rejected.empty());
}

TEST(StreamScan, NamesTheGarbageBeforeAFrame) {
  std::vector<std::uint8_t> bytes(23, 0x55);
  const auto frame = frame_bytes();
  bytes.insert(bytes.end(), frame.begin(), frame.end());
  const StreamScan found = scan(untimed(bytes));
  ASSERT_EQ(found.frames.size(), 1U);
  EXPECT_EQ(found.frames[0].offset, 23U);
  ASSERT_EQ(found.rejected.size(), 1U);
  EXPECT_EQ(found.rejected[0].offset, 0U);
  EXPECT_EQ(found.rejected[0].length, 23U);
  EXPECT_EQ(found.rejected[0].why, FrameFault::checksum);
}

TEST(StreamScan, NamesAFrameThatIsCutShort) {
  auto bytes = frame_bytes();
  bytes.insert(bytes.end(), {1, 2, 3});
  const StreamScan found = scan(untimed(bytes));
  ASSERT_EQ(found.rejected.size(), 1U);
  EXPECT_EQ(found.rejected[0].offset, 58U);
  EXPECT_EQ(found.rejected[0].length, 3U);
  EXPECT_EQ(found.rejected[0].why, FrameFault::size);
}

TEST(StreamScan, NamesWhatCannotBeTrueOfAPack) {
  wire::FrameBytes bytes = wire::encode_frame(plausible_frame(4));
  bytes[40] = 101;
  bytes = tests::mended(bytes);
  const StreamScan found = scan(untimed({bytes.begin(), bytes.end()}));
  EXPECT_TRUE(found.frames.empty());
  ASSERT_EQ(found.rejected.size(), 1U);
  EXPECT_EQ(found.rejected[0].why, FrameFault::soc);
  EXPECT_EQ(found.rejected[0].length, 58U);
}

TEST(StreamScan, APauseOfTheLineStartsAFrame) {
  const auto frame = frame_bytes();
  Capture capture;
  capture.bursts.push_back({milliseconds(0), {frame.begin(), frame.begin() + 30}});
  capture.bursts.push_back({milliseconds(200), frame});
  const StreamScan found = scan(capture);
  ASSERT_EQ(found.frames.size(), 1U);
  EXPECT_EQ(found.frames[0].offset, 30U);
  ASSERT_EQ(found.rejected.size(), 1U);
  EXPECT_EQ(found.rejected[0].why, FrameFault::size);

  capture.bursts[0].bytes = {frame.begin(), frame.begin() + 30};
  capture.bursts[1] = {milliseconds(199), {frame.begin() + 30, frame.end()}};
  EXPECT_EQ(scan(capture).frames.size(), 1U) << "a frame in two bursts";
}

RC_GTEST_PROP(StreamScan, EveryByteIsInAFrameOrRejected, (std::vector<std::uint8_t> bytes)) {
  if (*rc::gen::arbitrary<bool>()) {
    const auto frame = frame_bytes();
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
    bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), frame.begin(), frame.end());
  }
  const StreamScan found = scan(untimed(bytes));
  std::size_t next = 0;
  auto frame = found.frames.begin();
  auto rejected = found.rejected.begin();
  while (frame != found.frames.end() || rejected != found.rejected.end()) {
    if (frame != found.frames.end() && frame->offset == next) {
      next += wire::frame_size;
      ++frame;
      continue;
    }
    RC_ASSERT(rejected != found.rejected.end());
    RC_ASSERT(rejected->offset == next);
    next += rejected->length;
    ++rejected;
  }
  RC_ASSERT(next == bytes.size());
}

}  // namespace
}  // namespace cellwarden::gateway
