// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/app_link.hpp"

#include <gtest/gtest.h>

#include "gateway/app_link/fake_app_board.hpp"

namespace cellwarden::gateway {
namespace {

class Bench {
 public:
  Bench() {
    link.client().opened(now);
    settle();
  }
  void settle() {
    AppLinkClient& client = link.client();
    for (auto sent = client.take_output(); !sent.empty(); sent = client.take_output()) {
      const std::string answer = board.answer(sent);
      client.receive(std::vector<std::uint8_t>(answer.begin(), answer.end()), now);
    }
  }
  /// What one change came to; nothing while it is not done.
  [[nodiscard]] ChangeDone into(std::optional<Refusals>& result) const {
    return [&result](const Refusals& refusals) { result = refusals; };
  }

  Time now = Time{} + std::chrono::hours(1);
  FakeAppBoard board;
  AppLink link{1234};
};

// proves OUT-5
TEST(AppLinkPin, ANewPinIsTheOneAskedForFromThenOn) {
  Bench bench;
  std::optional<Refusals> result;
  bench.link.change_pin(4711, bench.into(result));
  bench.settle();
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->empty());
  EXPECT_EQ(bench.board.pin, 4711);
  EXPECT_EQ(bench.link.check_pin("1234", bench.now), PinVerdict::wrong);
  EXPECT_EQ(bench.link.check_pin("4711", bench.now), PinVerdict::right);
  EXPECT_TRUE(bench.link.is_ready());
}

TEST(AppLinkPin, WhatTheMemoryDoesNotTakeLeavesTheOldPin) {
  Bench bench;
  bench.board.forgetful = true;
  std::optional<Refusals> result;
  bench.link.change_pin(4711, bench.into(result));
  bench.settle();
  EXPECT_EQ(result, Refusals{"PIN not changed: the board's memory did not take it"});
  EXPECT_EQ(bench.link.check_pin("1234", bench.now), PinVerdict::right);
}

TEST(AppLinkEnergy, ClearingSaysWhatCameOfIt) {
  Bench bench;
  std::optional<Refusals> result;
  bench.link.clear_energy(bench.into(result));
  bench.settle();
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->empty());
  EXPECT_EQ(bench.board.heard.back(), "CE!");
  bench.link.clear_energy(bench.into(result));
  bench.link.client().lost("pulled out");
  EXPECT_EQ(result, Refusals{"Energy counters not cleared: the board does not answer"});
}

}  // namespace
}  // namespace cellwarden::gateway
