// SPDX-License-Identifier: Apache-2.0
#include "scenarios/reader/amounts.hpp"

#include <gtest/gtest.h>

namespace cellwarden::scenarios {
namespace {

TEST(Amounts, ReadsDurations) {
  const struct {
    const char* text;
    std::optional<sim::SimTime> time;
  } cases[] = {{"90 s", 90 * second},
               {"0.5 s", second / 2},
               {"1 d 12 h", day + day / 2},
               {"30min", 1800 * second},
               {" 2 h ", 7200 * second},
               {"0 s", 0},
               {"", {}},
               {"90", {}},
               {"s", {}},
               {"-1 s", {}},
               {"1 m", {}},
               {"1 s 2", {}},
               {"4000 d", {}},
               {"nan s", {}},
               {"1e3 s", {}}};
  for (const auto& c : cases) EXPECT_EQ(parse_duration(c.text), c.time) << c.text;
}

TEST(Amounts, ReadsTimesOfDay) {
  const struct {
    const char* text;
    std::optional<sim::SimTime> time;
  } cases[] = {{"06:30", 23'400 * second},
               {"00:00", 0},
               {"23:59:59", 86'399 * second},
               {"2d 06:30", 2 * day + 23'400 * second},
               {"12d06:30", 12 * day + 23'400 * second},
               {"24:00", {}},
               {"6:30", {}},
               {"06:60", {}},
               {"06", {}},
               {"06:30:", {}},
               {"06:30:00:00", {}},
               {"d 06:30", {}},
               {"2d", {}},
               {"-1d 06:30", {}},
               {"4000d 06:30", {}},
               {"noon", {}}};
  for (const auto& c : cases) EXPECT_EQ(parse_clock(c.text), c.time) << c.text;
}

TEST(Amounts, ReadsNumbersInAnyPrefixOfTheirUnit) {
  const struct {
    const char* text;
    const char* unit;
    std::optional<double> value;
  } cases[] = {{"3.65 V", "V", 3.65},   {"20 mV", "V", 0.02}, {"+20mV", "V", 0.02},
               {"2.5 kWh", "Wh", 2500}, {"5 C", "°C", 5.0},   {"-5 °C", "°C", -5.0},
               {"7", "V", 7.0},         {"3.65 A", "V", {}},  {"3.65 mm", "m", 0.00365},
               {"3 MV", "V", {}}};
  for (const auto& c : cases) {
    const auto amount = parse_amount(c.text);
    ASSERT_TRUE(amount.has_value()) << c.text;
    EXPECT_EQ(in_unit(*amount, c.unit), c.value) << c.text;
  }
  EXPECT_FALSE(parse_amount("open").has_value());
  EXPECT_FALSE(parse_amount("").has_value());
}

TEST(Amounts, SaysTimesForPeople) {
  EXPECT_EQ(clock_text(23'400 * second), "06:30:00");
  EXPECT_EQ(clock_text(2 * day + 61 * second), "2d 00:01:01");
  EXPECT_EQ(duration_text(day + day / 2), "1 d 12 h");
  EXPECT_EQ(duration_text(90 * second), "1 min 30 s");
  EXPECT_EQ(duration_text(second / 2), "0.5 s");
  EXPECT_EQ(duration_text(0), "0 s");
}

}  // namespace
}  // namespace cellwarden::scenarios
