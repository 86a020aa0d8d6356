// SPDX-License-Identifier: Apache-2.0
#include "core/option_switches.hpp"

#include <optional>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace cellwarden::core {
namespace {
using namespace literals;

/// The switches 1 to 8 as the manual's tables print them: '1' ON, '0' OFF, '-' any.
bool matches(std::string_view row, const OptionSwitches& s) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] != '-' && (row[i] == '1') != s.on[i]) return false;
  }
  return true;
}

std::vector<OptionSwitches> every_position() {
  std::vector<OptionSwitches> all;
  for (unsigned bits = 0; bits < 256; ++bits) {
    OptionSwitches& s = all.emplace_back();
    for (std::size_t i = 0; i < 8; ++i) s.on[i] = ((bits >> i) & 1U) != 0;
  }
  return all;
}

/// The one row that fits these switches.
template <class Row, std::size_t Count>
const Row& row_of(const Row (&table)[Count], const OptionSwitches& s) {
  const Row* found = nullptr;
  for (const Row& row : table) {
    if (!matches(row.switches, s)) continue;
    EXPECT_EQ(found, nullptr) << "two rows fit";
    found = &row;
  }
  EXPECT_NE(found, nullptr);
  return *found;
}

struct PeriodRow {
  std::string_view switches;
  Duration period;
};
struct FlagRow {
  std::string_view switches;
  bool on;
};
struct BypassRow {
  std::string_view switches;
  Voltage v_bypass;
};

// proves IN-1, IN-4, IN-5, IN-6
TEST(OptionSwitches, OneThreeFourAndFiveMeanWhatTheManualsTableSays) {
  const PeriodRow period[] = {{"0-------", 1000_ms}, {"1-------", 500_ms}};
  const FlagRow blind_spot[] = {{"--0-----", false}, {"--1-----", true}};
  const FlagRow auto_zero[] = {{"---0----", false}, {"---1----", true}};
  const FlagRow critical[] = {{"----0---", false}, {"----1---", true}};
  for (const OptionSwitches& s : every_position()) {
    EXPECT_EQ(message_period(s), row_of(period, s).period);
    EXPECT_EQ(blind_spot_on(s), row_of(blind_spot, s).on);
    EXPECT_EQ(auto_zero_on(s), row_of(auto_zero, s).on);
    EXPECT_EQ(critical_mode_on(s), row_of(critical, s).on);
  }
}

// proves IN-7
TEST(OptionSwitches, TwoSixAndSevenGiveTheEightVBypassOfTheManualsTable) {
  const BypassRow table[] = {
      {"-0---00-", 3400_mV}, {"-0---01-", 3500_mV}, {"-0---10-", 3600_mV}, {"-0---11-", 3700_mV},
      {"-1---00-", 4000_mV}, {"-1---01-", 4100_mV}, {"-1---10-", 4200_mV}, {"-1---11-", 4300_mV},
  };
  for (const OptionSwitches& s : every_position()) {
    EXPECT_EQ(v_bypass(s), row_of(table, s).v_bypass);
  }
}

struct SensorRow {
  std::string_view switches;
  Current range, resolution, blind_spot;
};
struct CountRow {
  std::string_view switches;
  int cells;
};

// proves IN-3, IN-8
TEST(OptionSwitches, OneToThreeGiveTheSensorOfTheManualsTables) {
  const SensorRow table[] = {
      {"000-----", 25'000_mA, 125_mA, 250_mA},
      {"001-----", 50'000_mA, 250_mA, 500_mA},
      {"010-----", 100'000_mA, 500_mA, 1'250_mA},
      {"011-----", 250'000_mA, 1'250_mA, 2'500_mA},
      {"100-----", 400'000_mA, 2'000_mA, 4'000_mA},  // ours: range/200 and range/100
      {"101-----", 500'000_mA, 2'500_mA, 5'000_mA},
      {"110-----", 1'000'000_mA, 5'000_mA, 10'000_mA},
      {"111-----", 2'000'000_mA, 10'000_mA, 20'000_mA},
  };
  for (const OptionSwitches& s : every_position()) {
    const SensorType& type = sensor_types[factory_settings(s).sensor_code];
    const SensorRow& row = row_of(table, s);
    EXPECT_EQ(type.range, row.range);
    EXPECT_EQ(type.resolution, row.resolution);
    EXPECT_EQ(type.blind_spot, row.blind_spot);
  }
  EXPECT_EQ(sensor_types[FactorySettings{}.sensor_code].range, 100'000_mA) << "the default";
}

constexpr CountRow count_table[] = {
    {"---0000-", 4},   {"---0001-", 8},   {"---0010-", 12},  {"---0011-", 16},
    {"---0100-", 20},  {"---0101-", 24},  {"---0110-", 28},  {"---0111-", 32},
    {"---1000-", 48},  {"---1001-", 64},  {"---1010-", 80},  {"---1011-", 96},
    {"---1100-", 128}, {"---1101-", 156}, {"---1110-", 204}, {"---1111-", 255},
};

// proves IN-8
TEST(OptionSwitches, FourToSevenGiveTheNumberOfCellsOfTheManualsTable) {
  for (const OptionSwitches& s : every_position()) {
    EXPECT_EQ(factory_settings(s).programmed_cells, row_of(count_table, s).cells);
  }
}

// proves IN-8, CELL-5
TEST(OptionSwitches, ForEveryPackExactlyOneProgrammedNumberFits) {
  for (int count = 0; count <= 256; ++count) {
    std::optional<int> next_higher;
    for (const CountRow& row : count_table) {
      if (row.cells >= count && !next_higher) next_higher = row.cells;
    }
    for (int programmed = 0; programmed <= 255; ++programmed) {
      EXPECT_EQ(count_fits(count, programmed), count >= 2 && next_higher == programmed)
          << count << " cells, programmed " << programmed;
    }
  }
}

}  // namespace
}  // namespace cellwarden::core
