// SPDX-License-Identifier: Apache-2.0
#include "core/units.hpp"

#include <type_traits>

#include <gtest/gtest.h>

namespace cellwarden::core {
namespace {
using namespace literals;

static_assert(3650_mV - 3400_mV == 250_mV);
static_assert(std::is_trivially_copyable_v<Voltage>);
static_assert(sizeof(Voltage) == sizeof(std::int32_t));

TEST(Units, OneMilliampereForOneMillisecondIsOneMicrocoulomb) {
  EXPECT_EQ((1_mA * 1_ms).in_microcoulombs(), 1);
  EXPECT_EQ(((-2'000'000_mA) * 3'600'000_ms).in_microcoulombs(), -7'200'000'000'000);
}

TEST(Units, WorkOfTheLargestPackForTenMinutesFits) {
  const Power most = Voltage::millivolts(255 * 5000) * Current::milliamperes(2'000'000);
  EXPECT_EQ((most * 600'000_ms).in_nanojoules(), 1'530'000'000'000'000'000);
}

TEST(Units, InstantsDifferAcrossTheWrap) {
  const Instant before = Instant::milliseconds(0xFFFF'FFF0);
  const Instant after = before + 32_ms;
  EXPECT_EQ(after.in_milliseconds(), 16U);
  EXPECT_EQ(after - before, 32_ms);
  EXPECT_EQ(before - after, -32_ms);
}

TEST(Units, TemperaturesHaveADifference) {
  EXPECT_EQ(Temperature::decicelsius(-400) - 250_dC, -650_dK);
  EXPECT_EQ(250_dC + -650_dK, Temperature::decicelsius(-400));
}

}  // namespace
}  // namespace cellwarden::core
