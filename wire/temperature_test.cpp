// SPDX-License-Identifier: Apache-2.0
#include "wire/temperature.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace cellwarden::wire {
namespace {

using core::Temperature;
using enum TemperatureLine;

constexpr std::int32_t least = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max();

// proves OUTW-1
TEST(TemperatureOnTheWire, PointsOfBothLines) {
  const struct {
    std::uint16_t raw;
    TemperatureLine line;
    std::int32_t decicelsius;
    const char* why;
  } rows[] = {
      {0x0114, paper, 0, "the papers' example: 0 C"},
      {0x0128, paper, 200, "the papers' example: 20 C"},
      {0, paper, -2760, "the line's lower end"},
      {0xFFFF, paper, 652'590, "the line's upper end"},
      {308, paper, 320, "where the two lines meet"},
      {308, sensor, 319, "where the two lines meet: 31.856"},
      {300, sensor, 250, "the sensor's own point at 25 C"},
      {370, sensor, 850, "the sensor's own point at 85 C: 84.99"},
      {0x0114, sensor, 44, "4.432: 4.4 warmer than by the paper"},
      {296, sensor, 216, "21.572 where the paper says 20 C"},
      {271, sensor, 1, "0.147: the last count above 0 C"},
      {270, sensor, -7, "-0.710: rounded to the nearest below 0 C too"},
      {0, sensor, -2321, "the line's lower end"},
      {0xFFFF, sensor, 559'314, "the line's upper end: 55931.395"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(temperature_from_raw(row.raw, row.line), Temperature::decicelsius(row.decicelsius))
        << row.raw << ": " << row.why;
  }
}

// proves OUTW-1
TEST(TemperatureOnTheWire, EveryCountComesBackOnBothLines) {
  for (const TemperatureLine line : {sensor, paper}) {
    for (unsigned count = 0; count <= 0xFFFF; ++count) {
      const auto raw = static_cast<std::uint16_t>(count);
      ASSERT_EQ(raw_from_temperature(temperature_from_raw(raw, line), line), raw);
    }
  }
}

// proves OUTW-1
TEST(TemperatureOnTheWire, ThresholdsAreTheCountsThatTheAppWrites) {
  for (int celsius = -40; celsius <= 85; ++celsius) {
    // round((C + 232.1) / 0.857) in whole numbers: the remainder decides.
    const int thousandths = celsius * 1000 + 232'100;
    const int expected = thousandths / 857 + (thousandths % 857 * 2 > 857 ? 1 : 0);
    EXPECT_EQ(raw_from_temperature(Temperature::decicelsius(celsius * 10), sensor), expected)
        << celsius;
    EXPECT_EQ(raw_from_temperature(Temperature::decicelsius(celsius * 10), paper), celsius + 276);
  }
}

TEST(TemperatureOnTheWire, RoundsToTheNearestCount) {
  const struct {
    std::int32_t decicelsius;
    std::uint16_t on_sensor, on_paper;
  } rows[] = {{0, 271, 276}, {4, 271, 276},  {5, 271, 277},
              {6, 272, 277}, {-5, 270, 276}, {-6, 270, 275}};
  for (const auto& row : rows) {
    const Temperature at = Temperature::decicelsius(row.decicelsius);
    EXPECT_EQ(raw_from_temperature(at, sensor), row.on_sensor) << row.decicelsius;
    EXPECT_EQ(raw_from_temperature(at, paper), row.on_paper) << row.decicelsius;
  }
}

TEST(TemperatureOnTheWire, EndsAtTheEndsOfItsField) {
  const struct {
    std::int32_t decicelsius;
    TemperatureLine line;
    std::uint16_t raw;
    const char* why;
  } rows[] = {
      {-2761, paper, 0, "a little colder than the field can say"},
      {-2322, sensor, 0, "a little colder than the field can say"},
      {-2770, paper, 0, "a count colder"},
      {-2330, sensor, 0, "a count colder"},
      {least, paper, 0, "the coldest there is"},
      {least, sensor, 0, "the coldest there is"},
      {652'600, paper, 0xFFFF, "a count hotter than the field can say"},
      {559'323, sensor, 0xFFFF, "a count hotter than the field can say"},
      {most, paper, 0xFFFF, "the hottest there is"},
      {most, sensor, 0xFFFF, "the hottest there is"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(raw_from_temperature(Temperature::decicelsius(row.decicelsius), row.line), row.raw)
        << row.decicelsius << ": " << row.why;
  }
}

}  // namespace
}  // namespace cellwarden::wire
