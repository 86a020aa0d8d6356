// SPDX-License-Identifier: Apache-2.0
#include "wire/app_records.hpp"

#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/app_lines.hpp"

namespace cellwarden::wire {
namespace {

using core::Current;
using core::Energy;
using core::Voltage;
using namespace core::literals;
using tests::text_of;
using enum AppDialect;

Energy kwh(std::int64_t whole) { return Energy::watt_hours(whole * 1000); }
Energy wh(std::int64_t whole) { return Energy::watt_hours(whole); }

// proves OUTW-2
TEST(AppRecords, EveryRecordStandsInTheLayoutThatIsWrittenDown) {
  const AppPackRecord pack{52'800_mV, 12'500_mA, -5'000_mA, std::nullopt};
  EXPECT_EQ(text_of(pack, gen3), "U_2940_+00FA_-0064_X0000");
  EXPECT_EQ(text_of(pack, gen2), "U_2940_+0064_-0028_X0000");
  const AppVoltageRecord voltages{VoltageOfCell{3'300_mV, 1}, VoltageOfCell{3'350_mV, 16},
                                  3'500_mV};
  EXPECT_EQ(text_of(voltages, gen3), "V_294_01_29E_10_2BC");
  EXPECT_EQ(text_of(voltages, gen2), "V_294_01_29E_10_2BC");
  const AppTemperatureRecord temperatures{TemperatureOfCell{294, 2}, TemperatureOfCell{301, 15}, 7};
  EXPECT_EQ(text_of(temperatures, gen3), "T_126_02_12D_0F_07");
  EXPECT_EQ(text_of(temperatures, gen2), "T_126_02_12D_0F");
  const AppCellRecord cell{.number = 16,
                           .count = 16,
                           .voltage = 3'300_mV,
                           .temperature_raw = 294,
                           .status = Status{.charge_allowed = true, .soc_not_calibrated = true},
                           .second_status = SecondStatus{.charge_relay_closed = true}};
  EXPECT_EQ(text_of(cell, gen3), "C_10_10_294_126_81_10");
  EXPECT_EQ(text_of(cell, gen2), "C_10_10_294_126_81");
  EXPECT_EQ(text_of(AppEnergyRecord{wh(1'500), wh(11'250), wh(20), 75}, gen3),
            "E_0005DC_002BF2_000014_4B");
  EXPECT_EQ(text_of(AppTotalsRecord{kwh(61), kwh(58), AppTimeOfDay{22, 32}}, gen2),
            "M_00003D_00003A_16:20");
  EXPECT_EQ(text_of(AppHealthRecord{95, wh(2'280), wh(2'300), 99, 1'513, 1'502}, gen3),
            "H_5F_08E8_08FC_63_0005E9_0005DE");
  EXPECT_EQ(text_of(AppBatteryRecord{kwh(61), kwh(58), wh(1'480), wh(20)}, gen3),
            "B_00003D_00003A_0005C8_000014");
}

// proves OUTW-2
TEST(AppRecords, WhatIsNotKnownIsAnXAsLongAsItsField) {
  const struct {
    AppDialect dialect;
    AppRecordKind kind;
    std::string_view line;
  } rows[] = {
      {gen3, AppRecordKind::pack, "U_X000_X0000_X0000_X0000"},
      {gen2, AppRecordKind::voltages, "V_X00_00_X00_00_X00"},
      {gen2, AppRecordKind::temperatures, "T_X00_00_X00_00"},
      {gen3, AppRecordKind::temperatures, "T_X00_00_X00_00_X0"},
      {gen3, AppRecordKind::cell, "C_00_00_X00_X00_X0"},
      {gen3, AppRecordKind::energy, "E_X00000_X00000_X00000_X0"},
      {gen2, AppRecordKind::totals, "M_X00000_X00000_X0"},
      {gen3, AppRecordKind::health, "H_FF_X000_X000_FF_X00000_X00000"},
      {gen3, AppRecordKind::battery, "B_X00000_X00000_X00000_X00000"},
  };
  for (const auto& row : rows) {
    AppRecord empty;
    empty.kind = row.kind;
    EXPECT_EQ(tests::text_of_any(empty, row.dialect), row.line);
    const auto back = decode_app_record(row.line, row.dialect);
    ASSERT_TRUE(back.good()) << row.line;
    EXPECT_EQ(back.value(), empty) << row.line;
  }
}

TEST(AppRecords, AnyWidthAndAnySpellingOfAbsentIsRead) {
  const auto pack = decode_app_record("U_AF0_14_-00000A_X", gen3);
  ASSERT_TRUE(pack.good());
  EXPECT_EQ(pack.value().pack, (AppPackRecord{14'000_mV, 1'000_mA, -500_mA, std::nullopt}));
  for (const char* absent : {"X", "XX", "XXXX", "X0014", "X00000000", "XXXXXXXXX"}) {
    const auto record = decode_app_record(std::string("U_0AF0_") + absent + "_+0_-0", gen3);
    ASSERT_TRUE(record.good()) << absent;
    EXPECT_EQ(record.value().pack, (AppPackRecord{14'000_mV, std::nullopt, 0_mA, 0_mA})) << absent;
  }
  const auto totals = decode_app_record("M_1_2_6:5", gen2);
  ASSERT_TRUE(totals.good());
  EXPECT_EQ(totals.value().totals, (AppTotalsRecord{kwh(1), kwh(2), AppTimeOfDay{6, 5}}));
  const auto cell = decode_app_record("C_X_X_294_126_81", gen3);
  ASSERT_TRUE(cell.good());
  EXPECT_EQ(cell.value().cell.number, 0) << "a cell without a number is none";
  EXPECT_EQ(cell.value().cell.second_status, std::nullopt);
}

TEST(AppRecords, ARecordOfTheOtherGenerationIsReadToo) {
  const auto longer = decode_app_record("T_126_02_12D_0F_07", gen2);
  ASSERT_TRUE(longer.good());
  EXPECT_EQ(longer.value().temperatures.log_index, 7);
  const auto shorter = decode_app_record("T_126_02_12D_0F", gen3);
  ASSERT_TRUE(shorter.good());
  EXPECT_EQ(shorter.value().temperatures.log_index, std::nullopt);
}

TEST(AppRecords, WhatIsNoRecordIsRefusedWithTheReason) {
  const struct {
    std::string_view line;
    AppFault fault;
    const char* why;
  } rows[] = {
      {"", AppFault::unknown, "nothing"},
      {"U", AppFault::unknown, "a letter only"},
      {"_U", AppFault::unknown, "no letter"},
      {"OK", AppFault::unknown, "an answer"},
      {"UU_0_0_0_0", AppFault::unknown, "two letters"},
      {"u_0AF0_0_0_0", AppFault::unknown, "lower case"},
      {"Q_0_0_0_0", AppFault::unknown, "no such record"},
      {"U_", AppFault::bad_number, "one empty field"},
      {"U_0AF0", AppFault::too_few_fields, "one of four"},
      {"U_0AF0_+0014_+0014", AppFault::too_few_fields, "three of four"},
      {"U_0AF0_+0014_+0014_", AppFault::bad_number, "the last one is empty"},
      {"U_0AF0__+0014_+000A", AppFault::bad_number, "one in the middle is empty"},
      {"U_0AF0_+0014_+0014_+000A_", AppFault::too_many_fields, "an empty fifth"},
      {"U_0AF0_+0014_+0014_+000A_00", AppFault::too_many_fields, "a fifth"},
      {"U_0AF0_+_+0014_+000A", AppFault::bad_number, "a sign only"},
      {"U_0AF0_-_+0014_+000A", AppFault::bad_number, "a sign only"},
      {"U_0AF0_+-14_+0014_+000A", AppFault::bad_number, "two signs"},
      {"U_0AF0_+0014_+0014_+000a", AppFault::bad_number, "lower case"},
      {"U_0AF0_+00G4_+0014_+000A", AppFault::bad_number, "no hex digit"},
      {"U_0AF0_+00@4_+0014_+000A", AppFault::bad_number, "the character before A"},
      {"U_0AF0_+00:4_+0014_+000A", AppFault::bad_number, "the character behind 9"},
      {"U_000000AF0_+0014_+0014_+000A", AppFault::bad_number, "nine digits"},
      {"U_XZ_0_0_0", AppFault::bad_number, "neither absent nor a number"},
      {"U_X000000000_0_0_0", AppFault::bad_number, "absent, but too long"},
      {"U_-0AF0_0_0_0", AppFault::out_of_range, "a pack below 0 V"},
      {"U_1000000_0_0_0", AppFault::out_of_range, "a pack of 84 kV"},
      {"U_0_1000000_0_0", AppFault::out_of_range, "more than a current holds"},
      {"U_0_-1000000_0_0", AppFault::out_of_range, "more than a current holds"},
      {"V_10000_01_294_01_2BC", AppFault::out_of_range, "a cell of 328 V"},
      {"V_294_100_294_01_2BC", AppFault::out_of_range, "cell 256"},
      {"T_126_02_12D_0F_100", AppFault::out_of_range, "entry 256"},
      {"T_126_02_12D_0F_07_00", AppFault::too_many_fields, "a sixth field"},
      {"C_01_04_2BC_12C", AppFault::too_few_fields, "no status"},
      {"C_01_04_2BC_12C_100", AppFault::out_of_range, "a status of nine bits"},
      {"C_01_04_2BC_12C_03_30_00", AppFault::too_many_fields, "a third status"},
      {"E_000000_000000_000000_65", AppFault::out_of_range, "101 %"},
      {"E_-000001_000000_000000_64", AppFault::out_of_range, "an energy below 0"},
      {"M_1_2", AppFault::too_few_fields, "no time"},
      {"M_1_2_1620", AppFault::bad_number, "no colon"},
      {"M_1_2_16:", AppFault::bad_number, "no minute"},
      {"M_1_2_:20", AppFault::bad_number, "no hour"},
      {"M_1_2_16:2x", AppFault::bad_number, "no hex digit"},
      {"M_1_2_16:20:00", AppFault::bad_number, "seconds"},
      {"M_1_2_18:00", AppFault::out_of_range, "hour 24"},
      {"M_1_2_17:3C", AppFault::out_of_range, "minute 60"},
      {"M_G_2_18:00", AppFault::bad_number, "the first fault is told"},
      {"H_65_0_0_63_0_0", AppFault::out_of_range, "101 % and not 255"},
      {"H_5F_08E8_08FC_63_0005E9", AppFault::too_few_fields, "five of six"},
      {"B_1_2_3", AppFault::too_few_fields, "three of four"},
  };
  for (const auto& row : rows) {
    for (const AppDialect dialect : {gen2, gen3}) {
      const auto record = decode_app_record(row.line, dialect);
      ASSERT_FALSE(record.good()) << row.line << ": " << row.why;
      EXPECT_EQ(record.fault(), row.fault) << row.line << ": " << row.why;
    }
  }
}

TEST(AppRecords, ValuesOffTheWiresStepsGoToTheNearestAndEndAtItsEnds) {
  constexpr std::int32_t least_32 = std::numeric_limits<std::int32_t>::min();
  constexpr std::int32_t most_32 = std::numeric_limits<std::int32_t>::max();
  constexpr std::int64_t least_64 = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t most_64 = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(text_of(AppPackRecord{14'002_mV, 24_mA, 25_mA, -25_mA}, gen3),
            "U_0AF0_+0000_+0001_-0001");
  EXPECT_EQ(text_of(AppPackRecord{14'003_mV, 62_mA, 63_mA, -24_mA}, gen2),
            "U_0AF1_+0000_+0001_+0000");
  EXPECT_EQ(text_of(AppPackRecord{-5_mV, Current::milliamperes(least_32),
                                  Current::milliamperes(most_32), 0_mA},
                    gen3),
            "U_0000_-FFFFFF_+FFFFFF_+0000");
  EXPECT_EQ(text_of(AppPackRecord{Voltage::millivolts(most_32), 0_mA, 0_mA, 0_mA}, gen3),
            "U_FFFFFF_+0000_+0000_+0000");
  EXPECT_EQ(text_of(AppVoltageRecord{std::nullopt, VoltageOfCell{327'680_mV, 2}, -1_mV}, gen3),
            "V_X00_00_FFFF_02_000");
  EXPECT_EQ(text_of(AppTotalsRecord{wh(1'999), kwh(-1), std::nullopt}, gen3), "M_000001_000000_X0")
      << "a counter shows only what it has counted";
  EXPECT_EQ(
      text_of(AppBatteryRecord{wh(least_64), wh(most_64), wh(most_64), wh(0xFFFF'FFFF)}, gen3),
      "B_000000_FFFFFFFF_FFFFFFFF_FFFFFFFF");
  EXPECT_EQ(text_of(AppEnergyRecord{wh(0), wh(0), wh(0), 255}, gen3), "E_000000_000000_000000_64");
  EXPECT_EQ(text_of(AppHealthRecord{101, wh(0), wh(0), 254, 0xFFFF'FFFF, 0}, gen3),
            "H_64_0000_0000_64_FFFFFFFF_000000");
}

}  // namespace
}  // namespace cellwarden::wire
