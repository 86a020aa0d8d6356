// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/changes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gateway/app_link/app_link.hpp"
#include "gateway/app_link/fake_app_board.hpp"

namespace cellwarden::gateway {
namespace {

using core::setting;

std::optional<Refusals> make(AppBench& bench, const std::vector<SettingChange>& changes) {
  std::optional<Refusals> result;
  make_changes(bench.client, changes, [&](const Refusals& refusals) { result = refusals; });
  bench.settle();
  return result;
}

TEST(Changes, OneIsMadeAndReadBack) {
  AppBench bench;
  bench.open();
  EXPECT_EQ(make(bench, {{setting("v_min"), 2'900}}), Refusals{});
  EXPECT_EQ(bench.board.values.at(setting("v_min")), 2'900);
  EXPECT_EQ(bench.client.setting(setting("v_min"))->value, 2'900);
}

// proves SET-3
TEST(Changes, ARefusedOneSaysWhyInWords) {
  struct Case {
    std::size_t place;
    std::int32_t value;
    const char* says;
  };
  const Case cases[] = {
      {setting("v_min"), 1'000, "V min 1.000 V refused: at least 2.000 V"},
      {setting("v_min"), 9'000, "V min 9.000 V refused: at most 5.000 V"},
      {setting("v_min"), 2'801, "V min 2.801 V refused: only in steps of 0.005 V"},
      {setting("v_max"), 2'850, "V max 2.850 V refused: at least 2.900 V while V min is 2.800 V"},
      {setting("v_max"), 3'400,
       "V max 3.400 V refused: it must be at least V bypass, which the switches set to 3.500 V"},
      {setting("v_min"), 3'700, "V min 3.700 V refused: at most 3.550 V while V max is 3.650 V"},
      {setting("t_charge_min"), 650,
       "T min 65.0 °C refused: at most 55.0 °C while T max is 60.0 °C"},
  };
  for (const Case& c : cases) {
    AppBench bench;
    bench.open();
    EXPECT_EQ(make(bench, {{c.place, c.value}}), Refusals{c.says});
    EXPECT_EQ(bench.board.values, core::SettingValues{});
  }
}

TEST(Changes, ComeInAnOrderThatBreaksNoRuleInBetween) {
  AppBench bench;
  bench.board.v_bypass.reset();
  bench.open();
  const std::vector<SettingChange> up{{setting("v_min"), 3'900},
                                      {setting("v_low"), 4'000},
                                      {setting("v_nominal"), 4'100},
                                      {setting("v_max"), 4'200}};
  EXPECT_EQ(make(bench, up), Refusals{});
  for (const SettingChange& change : up) {
    EXPECT_EQ(bench.board.values.at(change.place), change.value);
  }
}

TEST(Changes, AreTakenBackWhenTheBoardRefusesOne) {
  AppBench bench;
  bench.open();
  bench.board.instead = [](const std::string& line) -> std::optional<std::string> {
    if (line.starts_with("X") && line.find("=") != std::string::npos && line.starts_with("X03")) {
      return "KO\r";
    }
    return std::nullopt;
  };
  const auto result = make(bench, {{setting("v_min"), 2'900}, {setting("capacity"), 3'000}});
  EXPECT_EQ(bench.board.values, core::SettingValues{}) << bench.board.heard.back();
  EXPECT_EQ(result, Refusals{"Battery capacity 3000 Wh refused: the board says no"});
}

TEST(Changes, ALostLinkIsSaid) {
  AppBench bench;
  bench.open();
  std::optional<Refusals> result;
  make_changes(bench.client, {{setting("v_min"), 2'900}},
               [&](const Refusals& refusals) { result = refusals; });
  bench.client.lost("gone");
  EXPECT_EQ(result, Refusals{"V min not changed: the board does not answer"});
}

TEST(Changes, EveryWrongOneIsNamedBeforeAnythingIsSent) {
  AppBench bench;
  bench.open();
  const ClientLook now(bench.client);
  const auto refusals = check_changes({{setting("v_min"), 100},
                                       {setting("t_max"), 9'000},
                                       {setting("charge_restart"), 5},
                                       {setting("capacity"), 3'000}},
                                      now, bench.client.v_bypass());
  EXPECT_EQ(
      refusals,
      (Refusals{"V min 0.100 V refused: at least 2.000 V",
                "T max 900.0 °C refused: at most 85.0 °C",
                "Charge restart 5 % refused: at least 11 % while Discharge restart is 10 %"}));
  EXPECT_EQ(check_changes({{setting("v_max"), 3'450}}, now, bench.client.v_bypass()).size(), 1U);
}

RC_GTEST_PROP(Changes, WhatTheCheckPassesTheBoardTakes, ()) {
  AppBench bench;
  bench.board.v_bypass.reset();
  bench.open();
  std::vector<SettingChange> changes;
  for (std::size_t i = 0; i < core::settings_table.size(); ++i) {
    const core::SettingRow& row = core::settings_table[i];
    const int steps = (row.maximum - row.minimum) / row.step;
    if (*rc::gen::arbitrary<bool>()) continue;
    changes.push_back({i, row.minimum + row.step * *rc::gen::inRange(0, steps + 1)});
  }
  const bool good = check_changes(changes, ClientLook(bench.client), {}).empty();
  const auto refusals = make(bench, changes);
  RC_ASSERT(refusals.has_value());
  RC_ASSERT(good == refusals->empty());
  if (!good) RC_ASSERT(bench.board.values == core::SettingValues{});
}

}  // namespace
}  // namespace cellwarden::gateway
