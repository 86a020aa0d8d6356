// SPDX-License-Identifier: Apache-2.0
#include "core/pack_totals.hpp"

#include <string_view>

#include <gtest/gtest.h>

namespace cellwarden::core {
namespace {
using namespace literals;

struct SensorCase {
  std::string_view why;
  std::optional<Current> in, out;
  std::optional<Current> net;
  Current collected, consumed;
};

// proves IN-2, SOC-3
TEST(PackCurrents, OneSensorIsSplitIntoCollectedAndConsumed) {
  const SensorCase cases[] = {
      {.why = "both",
       .in = 30'000_mA,
       .out = 10'000_mA,
       .net = 20'000_mA,
       .collected = 30'000_mA,
       .consumed = 10'000_mA},
      {.why = "one, charging",
       .in = 30'000_mA,
       .out = {},
       .net = 30'000_mA,
       .collected = 30'000_mA,
       .consumed = 0_mA},
      {.why = "one, discharging",
       .in = -30'000_mA,
       .out = {},
       .net = -30'000_mA,
       .collected = 0_mA,
       .consumed = 30'000_mA},
      {.why = "J2 alone",
       .in = {},
       .out = 10'000_mA,
       .net = -10'000_mA,
       .collected = 0_mA,
       .consumed = 10'000_mA},
      {.why = "none", .in = {}, .out = {}, .net = {}, .collected = 0_mA, .consumed = 0_mA},
      {.why = "an inverter that charges",
       .in = 0_mA,
       .out = -10'000_mA,
       .net = 10'000_mA,
       .collected = 0_mA,
       .consumed = 0_mA},
      {.why = "a charger that draws",
       .in = -1'000_mA,
       .out = 0_mA,
       .net = -1'000_mA,
       .collected = 0_mA,
       .consumed = 0_mA},
  };
  for (const SensorCase& c : cases) {
    const PackCurrents currents{c.in, c.out};
    EXPECT_EQ(currents.net(), c.net) << c.why;
    EXPECT_EQ(currents.collected(), c.collected) << c.why;
    EXPECT_EQ(currents.consumed(), c.consumed) << c.why;
  }
}

/// An hour at 10 V, a second at a time.
void count_an_hour(PackTotals& totals, const PackCurrents& currents) {
  for (int second = 0; second < 3600; ++second) totals.count(currents, 10'000_mV, 1000_ms);
}

// proves SOC-3
TEST(PackTotals, CountsEachDirectionByItself) {
  PackTotals totals;
  count_an_hour(totals, {30'000_mA, 10'000_mA});
  EXPECT_EQ(totals.collected.total(), 300_Wh);
  EXPECT_EQ(totals.consumed.total(), 100_Wh);
  EXPECT_EQ(totals.charged.total(), 200_Wh);
  EXPECT_EQ(totals.discharged.total(), 0_Wh);
  count_an_hour(totals, {-50'000_mA, std::nullopt});
  EXPECT_EQ(totals.collected.total(), 300_Wh);
  EXPECT_EQ(totals.consumed.total(), 600_Wh);
  EXPECT_EQ(totals.discharged.total(), 500_Wh);
  count_an_hour(totals, {});
  EXPECT_EQ(totals.consumed.total(), 600_Wh);
  EXPECT_EQ(totals.collected_today.total(), 300_Wh);
  EXPECT_EQ(totals.consumed_today.total(), 600_Wh);
}

// proves SOC-3
TEST(PackTotals, ANewDayEndsTodayAndNothingElse) {
  PackTotals totals;
  count_an_hour(totals, {30'000_mA, 10'000_mA});
  totals.set_day(500);
  EXPECT_EQ(totals.collected_today.total(), 300_Wh) << "it only says which day it was";
  totals.set_day(500);
  EXPECT_EQ(totals.collected_today.total(), 300_Wh);
  totals.set_day(501);
  EXPECT_EQ(totals.collected_today.total(), 0_Wh);
  EXPECT_EQ(totals.consumed_today.total(), 0_Wh);
  EXPECT_EQ(totals.collected.total(), 300_Wh);
  EXPECT_EQ(totals.consumed.total(), 100_Wh);
  count_an_hour(totals, {30'000_mA, 10'000_mA});
  totals.set_day(0);
  EXPECT_EQ(totals.collected_today.total(), 0_Wh) << "days may count from anywhere";
}

// proves OUT-6
TEST(PackTotals, ClearZeroesEveryCounterAndKeepsTheDay) {
  PackTotals totals;
  totals.set_day(500);
  count_an_hour(totals, {30'000_mA, 40'000_mA});
  count_an_hour(totals, {30'000_mA, 10'000_mA});
  totals.clear();
  for (const EnergyCounter& counter : {totals.collected, totals.consumed, totals.collected_today,
                                       totals.consumed_today, totals.charged, totals.discharged}) {
    EXPECT_EQ(counter.total(), 0_Wh);
  }
  EXPECT_EQ(totals.day, 500);
}

}  // namespace
}  // namespace cellwarden::core
