// SPDX-License-Identifier: Apache-2.0
#include "plant/math.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "plant/random.hpp"

namespace cellwarden::plant {
namespace {

constexpr int draws = 200'000;

double in_last_places(double value, double exact) {
  const double place =
      std::nextafter(std::fabs(exact), std::numeric_limits<double>::infinity()) - std::fabs(exact);
  return std::fabs(value - exact) / place;
}

TEST(Math, ExpIsWithinTwoLastPlacesOfTheLibrary) {
  Random random(1);
  double worst = 0.0;
  for (int i = 0; i < draws; ++i) {
    const double x = random.uniform(-700.0, 700.0);
    worst = std::fmax(worst, in_last_places(exp(x), std::exp(x)));
  }
  EXPECT_LE(worst, 2.0);
}

TEST(Math, HasTheSameBitsEverywhere) {
  EXPECT_EQ(exp(0.0), 1.0);
  EXPECT_EQ(exp(1.0), 0x1.5bf0a8b14576ap+1);
  EXPECT_EQ(exp(-0.1), 0x1.cf46d99d52b3ap-1);
  EXPECT_EQ(log(10.0), 0x1.26bb1bbb55516p+1);
  EXPECT_EQ(sin_turns(0.1), 0x1.2cf2304755a5ep-1);
  EXPECT_EQ(exp(-1000.0), exp(-700.0));
  EXPECT_EQ(exp(1000.0), exp(700.0));
}

TEST(Math, ExpMinusOneKeepsSmallNumbers) {
  Random random(2);
  double worst = 0.0;
  for (int i = 0; i < draws; ++i) {
    const double size = exp(random.uniform(-40.0, 3.0));
    const double x = random.uniform(0.0, 1.0) < 0.5 ? size : -size;
    worst = std::fmax(worst, in_last_places(exp_minus_one(x), std::expm1(x)));
  }
  EXPECT_LE(worst, 4.0);
  EXPECT_EQ(exp_minus_one(0.0), 0.0);
  EXPECT_EQ(exp_minus_one(1e-300), 1e-300);
}

TEST(Math, LogIsWithinThreeLastPlacesOfTheLibrary) {
  Random random(3);
  double worst = 0.0;
  for (int i = 0; i < draws; ++i) {
    const double x = exp(random.uniform(-600.0, 600.0));
    worst = std::fmax(worst, in_last_places(log(x), std::log(x)));
  }
  EXPECT_LE(worst, 3.0);
  EXPECT_EQ(log(1.0), 0.0);
}

TEST(Math, SineAndCosineOfTurnsMatchTheLibrary) {
  Random random(4);
  const double two_pi = 2.0 * std::acos(-1.0);
  for (int i = 0; i < draws; ++i) {
    const double turns = random.uniform(-1.0, 1.0);
    EXPECT_NEAR(sin_turns(turns), std::sin(two_pi * turns), 2e-15);
    EXPECT_NEAR(cos_turns(turns), std::cos(two_pi * turns), 2e-15);
  }
  EXPECT_EQ(sin_turns(0.0), 0.0);
  EXPECT_EQ(sin_turns(123456.25), 1.0);
}

}  // namespace
}  // namespace cellwarden::plant
