// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/client.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gateway/app_link/fake_app_board.hpp"

namespace cellwarden::gateway {
namespace {

using std::chrono::seconds;

wire::AppCommand chain_query() {
  wire::AppCommand command;
  command.kind = wire::AppCommandKind::chain;
  return command;
}

// proves OUTW-2
TEST(AppLinkClient, LogsInAndReadsEverySetting) {
  AppBench bench;
  EXPECT_EQ(bench.client.state(), AppLinkState::connecting);
  bench.open();
  EXPECT_EQ(bench.client.state(), AppLinkState::ready);
  EXPECT_EQ(bench.client.text(), "logged in");
  EXPECT_EQ(bench.board.heard.front(), "PW1234!");
  for (std::size_t i = 0; i < core::settings_table.size(); ++i) {
    ASSERT_TRUE(bench.client.setting(i).has_value()) << core::settings_table[i].name;
    EXPECT_EQ(bench.client.setting(i)->value, bench.board.values.at(i));
  }
  EXPECT_EQ(bench.client.v_bypass(), core::Voltage::millivolts(3500));
}

TEST(AppLinkClient, KeepsTheBoardAwakeAndFollowsTheChain) {
  AppBench bench;
  bench.open();
  bench.board.chain.fault = 3;
  bench.board.chain.break_before = 3;
  bench.client.step(bench.now += seconds(1));
  EXPECT_EQ(bench.client.take_output(), "$");
  bench.pass(seconds(2));
  EXPECT_EQ(bench.client.chain(), bench.board.chain);
}

TEST(AppLinkClient, SeesWhatAnotherClientChanged) {
  AppBench bench;
  bench.open();
  const std::size_t place = core::setting("v_min");
  bench.board.values = bench.board.values.with(place, 2'900, {}).value();
  bench.pass(seconds(2 * core::settings_table.size() + 2));
  EXPECT_EQ(bench.client.setting(place)->value, 2'900);
}

// proves OUT-5
TEST(AppLinkClient, AWrongPinIsTriedOnce) {
  AppBench bench;
  bench.board.pin = 4711;
  bench.open();
  bench.pass(seconds(600));
  EXPECT_EQ(bench.client.state(), AppLinkState::locked);
  EXPECT_EQ(bench.board.logins, 1);
  bool good = false;
  bench.client.login(4711, [&](const AppOutcome& outcome) { good = outcome.done(); });
  bench.settle();
  EXPECT_TRUE(good);
  EXPECT_EQ(bench.client.state(), AppLinkState::ready);
  EXPECT_EQ(bench.client.pin(), 4711);
}

TEST(AppLinkClient, APinChangedByAnotherClientLocksAfterOneTry) {
  AppBench bench;
  bench.open();
  bench.board.pin = 1;
  bench.board.logged_in = false;
  bench.pass(seconds(60));
  EXPECT_EQ(bench.client.state(), AppLinkState::locked);
  EXPECT_EQ(bench.board.logins, 2);
  EXPECT_FALSE(bench.client.chain().has_value());
}

TEST(AppLinkClient, ABoardThatRestartedIsLoggedInToAgain) {
  AppBench bench;
  bench.open();
  bench.board.logged_in = false;
  bench.pass(seconds(3));
  EXPECT_EQ(bench.client.state(), AppLinkState::ready);
}

TEST(AppLinkClient, SilenceIsRetriedAndThenGivenUp) {
  AppBench bench;
  bench.open();
  bench.board.heard.clear();
  bench.board.instead = [](const std::string&) { return ""; };
  int lost = 0;
  bench.client.ask(chain_query(), [&](const AppOutcome& outcome) {
    lost += outcome.kind == AppOutcome::Kind::lost ? 1 : 0;
  });
  bench.settle();
  bench.pass(seconds(7));
  EXPECT_EQ(lost, 1);
  EXPECT_EQ(bench.board.heard, (std::vector<std::string>{"CH@", "CH@", "CH@"}));
  EXPECT_EQ(bench.client.state(), AppLinkState::connecting);
  EXPECT_EQ(bench.client.text(), "the board does not answer");
  bench.board.instead = [](const std::string&) { return std::nullopt; };
  bench.pass(seconds(8));
  EXPECT_EQ(bench.client.state(), AppLinkState::ready);
}

TEST(AppLinkClient, EchoesRecordsAndWrongChecksumsAreNoAnswer) {
  AppBench bench;
  bench.open();
  AppOutcome got;
  bench.client.ask(chain_query(), [&](const AppOutcome& outcome) { got = outcome; });
  (void)bench.client.take_output();
  bench.board.chain.cell_count = 16;
  const std::string right = bench.board.answer("CH@\r");
  std::string wrong = right;
  wrong[wrong.size() - 2] = wrong[wrong.size() - 2] == '0' ? '1' : '0';
  bench.give("CH@\rOK\r$$\r\n" + wrong + std::string(10'000, 'x') + "\r" + std::string(1, '\0') +
             "\r");
  EXPECT_EQ(got.kind, AppOutcome::Kind::lost);
  bench.give(right);
  EXPECT_EQ(got.kind, AppOutcome::Kind::reply);
  EXPECT_EQ(bench.client.chain()->cell_count, 16);
}

TEST(AppLinkClient, AReplyOfAnotherNumberIsAnOldOne) {
  AppBench bench;
  bench.open();
  wire::AppCommand query;
  query.kind = wire::AppCommandKind::read_setting;
  query.index = 4;
  AppOutcome got;
  bench.client.ask(query, [&](const AppOutcome& outcome) { got = outcome; });
  (void)bench.client.take_output();
  bench.give(bench.board.answer("X05@\r"));
  EXPECT_EQ(got.kind, AppOutcome::Kind::lost);
}

TEST(AppLinkClient, WhatIsAskedWithoutALinkIsLost) {
  AppBench bench;
  int lost = 0;
  const auto count = [&](const AppOutcome& outcome) {
    lost += outcome.kind == AppOutcome::Kind::lost ? 1 : 0;
  };
  bench.client.ask(chain_query(), count);
  bench.open();
  bench.client.ask(chain_query(), count);
  bench.client.ask(chain_query(), count);
  bench.client.lost("it went; trying again");
  EXPECT_EQ(lost, 3);
  EXPECT_EQ(bench.client.text(), "it went; trying again");
  EXPECT_EQ(bench.client.state(), AppLinkState::connecting);
  bench.open();
  EXPECT_EQ(bench.client.state(), AppLinkState::ready);
}

RC_GTEST_PROP(AppLinkClient, TakesAnyBytes, (const std::string& noise)) {
  AppBench bench;
  bench.client.opened(bench.now);
  bench.give(noise);
  bench.pass(seconds(30));
  bench.give("\r");
  RC_ASSERT(!bench.client.text().empty());
}

}  // namespace
}  // namespace cellwarden::gateway
