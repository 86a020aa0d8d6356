// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/simulate/plot_axes.hpp"

#include <gtest/gtest.h>

#include "scenarios/reader/amounts.hpp"

namespace cellwarden::gateway {
namespace {

TEST(PlotAxes, CoverTheValuesInStepsThatPeopleCountIn) {
  const struct {
    ValueRange range;
    double low, high, step;
    int decimals;
  } cases[] = {{{0.0, 100.0}, 0.0, 100.0, 20.0, 0},
               {{3.301, 3.648}, 3.3, 3.7, 0.1, 1},
               {{-38.0, 41.0}, -40.0, 60.0, 20.0, 0},
               {{12.0, 12.0}, 11.994, 12.006, 0.002, 3}};
  for (const auto& c : cases) {
    const Axis axis = nice_axis(c.range);
    EXPECT_NEAR(axis.low, c.low, 1e-9);
    EXPECT_NEAR(axis.high, c.high, 1e-9);
    EXPECT_NEAR(axis.step, c.step, 1e-12);
    EXPECT_EQ(axis.decimals, c.decimals);
  }
}

TEST(PlotAxes, TimesStandOnWholeHoursAndDaysHaveNumbers) {
  const sim::SimTime hour = 3600 * scenarios::second;
  const auto ticks = time_ticks(6 * hour, scenarios::day);
  ASSERT_EQ(ticks.size(), 9U);
  EXPECT_EQ(ticks.front().words, "06:00");
  EXPECT_EQ(ticks[6].words, "day 2");
  EXPECT_EQ(ticks[6].at, 18 * hour);
  const auto month = time_ticks(8 * hour, 30 * scenarios::day);
  EXPECT_LE(month.size(), 9U);
  EXPECT_EQ(time_ticks(8 * hour, 40 * scenarios::second)[1].words, "08:00:05");
}

}  // namespace
}  // namespace cellwarden::gateway
