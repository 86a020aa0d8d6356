// SPDX-License-Identifier: Apache-2.0
#include "plant/combined.hpp"

#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

namespace cellwarden::plant {
namespace {

struct Case {
  const char* why;
  int signals;
  CombinedSide side;
  double charge_w, load_w;
};

TEST(Combined, ChargesWithWhatIsLeftAndInvertsWhatIsMissing) {
  const Case cases[] = {
      {"surplus charges", 2, {500.0, 100.0, 10.0, true, true}, 400.0 * 0.92 - 10.0, 0.0},
      {"shortage is inverted", 2, {100.0, 560.0, 10.0, true, true}, 0.0, 500.0 + 10.0},
      {"no more than its maximum", 2, {5000.0, 0.0, 10.0, true, true}, 1000.0, 0.0},
      {"charging forbidden", 2, {500.0, 100.0, 10.0, false, true}, 0.0, 0.0},
      {"charging forbidden, still inverts", 2, {0.0, 92.0, 10.0, false, true}, 0.0, 110.0},
      {"load forbidden, still charges", 2, {500.0, 100.0, 10.0, true, false}, 368.0, 0.0},
      {"load forbidden, takes nothing", 2, {0.0, 100.0, 10.0, true, false}, 0.0, 0.0},
      {"idle at night", 2, {0.0, 0.0, 10.0, true, true}, 0.0, 10.0},
      {"one signal, both closed", 1, {500.0, 100.0, 10.0, true, true}, 358.0, 0.0},
      {"one signal, CHARGE open", 1, {0.0, 92.0, 10.0, false, true}, 0.0, 0.0},
      {"one signal, LOAD open", 1, {500.0, 100.0, 10.0, true, false}, 0.0, 0.0},
  };
  for (const Case& c : cases) {
    const Combined combined({.enable_signals = c.signals});
    const CombinedFlow flow = combined.flow(c.side);
    EXPECT_NEAR(flow.charge.power_w, c.charge_w, 1e-9) << c.why;
    EXPECT_NEAR(flow.load_w, c.load_w, 1e-9) << c.why;
    EXPECT_TRUE(flow.charge.power_w == 0.0 || flow.load_w == 0.0) << c.why;
  }
}

TEST(Combined, HoldsAFloatVoltageOfItsOwn) {
  Combined combined({.stages = {.absorption_v = 14.0, .float_v = 13.4, .absorption_max_s = 10.0}});
  const CombinedSide sunny{800.0, 100.0, 10.0, true, true};
  EXPECT_EQ(combined.flow(sunny).charge.voltage_v, 14.0);
  for (int i = 0; i < 20; ++i) combined.follow(1.0, 14.0, 30.0, combined.flow(sunny).charge);
  EXPECT_EQ(combined.stage(), ChargeStage::floating);
  EXPECT_EQ(combined.flow(sunny).charge.voltage_v, 13.4);
}

TEST(Combined, RefusesBadOptions) {
  EXPECT_THROW(Combined({.enable_signals = 0}), std::invalid_argument);
  EXPECT_THROW(Combined({.enable_signals = 3}), std::invalid_argument);
  EXPECT_THROW(Combined({.charge_max_w = -1.0}), std::invalid_argument);
  EXPECT_THROW(Combined({.efficiency = std::numeric_limits<double>::quiet_NaN()}),
               std::invalid_argument);
}

}  // namespace
}  // namespace cellwarden::plant
