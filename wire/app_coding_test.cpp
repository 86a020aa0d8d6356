// SPDX-License-Identifier: Apache-2.0
#include "wire/app_coding.hpp"

#include <array>
#include <limits>
#include <optional>

#include <gtest/gtest.h>

namespace cellwarden::wire {
namespace {

using enum AppCoding;

constexpr std::array all_codings{volts_5mv,       volts_10mv, watts_10,  watt_hours_100,
                                 raw_temperature, percent,    seconds_5, seconds_2,
                                 amps_200ma,      choice,     flag};
constexpr std::int32_t least_32 = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t most_32 = std::numeric_limits<std::int32_t>::max();

// proves OUTW-2
TEST(AppCoding, EveryCountComesBackFromItsValue) {
  for (const AppCoding coding : all_codings) {
    for (std::uint32_t raw = 0; raw <= coded_max(coding); ++raw) {
      ASSERT_EQ(to_coded(coding, from_coded(coding, raw)), raw) << static_cast<int>(coding);
    }
  }
}

// proves OUTW-2
TEST(AppCoding, ValuesStandOnTheWireAsTheProductWritesThem) {
  const struct {
    AppCoding coding;
    std::int32_t value;
    std::uint32_t raw;
    const char* why;
  } rows[] = {
      {volts_5mv, 3'600, 0x2D0, "V-max 3.60 V, tried: 02-050! then D0-051!"},
      {volts_5mv, 2'800, 0x230, "2.80 V in the maker's paper"},
      {volts_10mv, 50, 5, "hysteresis of 0.05 V"},
      {watts_10, 2'500, 250, "the manual's ten panels of 250 W"},
      {watt_hours_100, 1'900, 19, "the manual's 1.9 kWh"},
      {raw_temperature, 0, 271, "0 C: (0 + 232.1) / 0.857 = 270.8"},
      {raw_temperature, 600, 341, "60 C: 340.8"},
      {raw_temperature, -200, 247, "-20 C: 247.5, the lower one is a hundredth nearer"},
      {percent, 95, 95, "charge restart"},
      {seconds_5, 300, 60, "five minutes"},
      {seconds_2, 30, 15, "half a minute"},
      {amps_200ma, 2'400, 12, "2.4 A"},
      {choice, 11, 11, "a sensor of 1000 A"},
      {flag, 1, 1, "on"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(to_coded(row.coding, row.value), row.raw) << row.why;
    if (row.coding != raw_temperature) {
      EXPECT_EQ(from_coded(row.coding, row.raw), row.value) << row.why;
    }
  }
  EXPECT_EQ(from_coded(raw_temperature, 271), 1) << "0.147 C";
  EXPECT_EQ(from_coded(raw_temperature, 341), 601) << "60.137 C";
}

TEST(AppCoding, WidthsAreThoseOfTheAddresses) {
  for (const AppCoding coding : all_codings) {
    const bool two = coding == volts_5mv || coding == watts_10 || coding == watt_hours_100 ||
                     coding == raw_temperature || coding == seconds_5;
    EXPECT_EQ(coded_bytes(coding), two ? 2U : 1U) << static_cast<int>(coding);
    EXPECT_EQ(coded_max(coding), two ? 65'535U : 255U) << static_cast<int>(coding);
    EXPECT_EQ(coding_step(coding) == 0, coding == raw_temperature) << static_cast<int>(coding);
  }
}

TEST(AppCoding, ACodingOfATornTableIsAByte) {
  const auto unknown = static_cast<AppCoding>(all_codings.size());
  EXPECT_EQ(coded_bytes(unknown), 1U);
  EXPECT_EQ(coding_step(unknown), 1);
}

TEST(AppCoding, ValuesBetweenTwoCountsGoToTheNearest) {
  const struct {
    AppCoding coding;
    std::int32_t value;
    std::uint32_t raw;
    const char* why;
  } rows[] = {
      {volts_5mv, 3'602, 720, "2 mV above a step"},
      {volts_5mv, 3'603, 721, "2 mV below the next"},
      {volts_10mv, 14, 1, "below the middle"},
      {volts_10mv, 15, 2, "the middle goes up"},
      {watt_hours_100, 149, 1, "below the middle"},
      {watt_hours_100, 150, 2, "the middle goes up"},
      {seconds_5, 7, 1, "2 s above a step"},
      {seconds_2, 1, 1, "the middle goes up"},
      {amps_200ma, 99, 0, "below the middle"},
      {amps_200ma, 51'099, 255, "up to half a step behind the last one"},
      {raw_temperature, 4, 271, "0.4 C is 0.25 C above its count"},
  };
  for (const auto& row : rows) EXPECT_EQ(to_coded(row.coding, row.value), row.raw) << row.why;
}

TEST(AppCoding, ValuesBeyondTheWidthHaveNoCount) {
  for (const AppCoding coding : all_codings) {
    const int which = static_cast<int>(coding);
    const std::int32_t last = from_coded(coding, coded_max(coding));
    const std::int32_t step = coding == raw_temperature ? 9 : coding_step(coding);
    EXPECT_EQ(to_coded(coding, last + step), std::nullopt) << which;
    EXPECT_EQ(to_coded(coding, from_coded(coding, 0) - step), std::nullopt) << which;
    EXPECT_EQ(to_coded(coding, least_32), std::nullopt) << which;
    EXPECT_EQ(to_coded(coding, most_32), std::nullopt) << which;
  }
  EXPECT_EQ(to_coded(amps_200ma, 51'100), std::nullopt) << "nearer to the count that is missing";
  EXPECT_EQ(to_coded(raw_temperature, -2'325), 0U) << "0.4 C below the first count";
  EXPECT_EQ(to_coded(raw_temperature, -2'326), std::nullopt) << "0.5 C below it";
  EXPECT_EQ(to_coded(percent, -1), std::nullopt);
}

TEST(AppCodingDeath, ACountBeyondTheWidthIsABug) {
  EXPECT_DEATH((void)from_coded(percent, 256), "raw <= coded_max");
  EXPECT_DEATH((void)from_coded(volts_5mv, 65'536), "raw <= coded_max");
}

}  // namespace
}  // namespace cellwarden::wire
