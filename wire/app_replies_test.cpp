// SPDX-License-Identifier: Apache-2.0
#include "wire/app_replies.hpp"

#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/app_lines.hpp"
#include "wire/app_our_replies.hpp"
#include "wire/temperature.hpp"

namespace cellwarden::wire {
namespace {

using core::Duration;
using core::Energy;
using core::Temperature;
using namespace core::literals;
using tests::reply_text;
using tests::with_checksum;
using enum AppDialect;

/// Encodes to `content` and a checksum, and decodes to the same value.
template <class Reply>
void expect_line(const Reply& reply, AppDialect dialect, const std::string& content) {
  const std::string line = with_checksum(content);
  EXPECT_EQ(reply_text(reply, dialect), line);
  const auto back = decode_app_reply<Reply>(line, dialect);
  ASSERT_TRUE(back.good()) << line;
  EXPECT_EQ(back.value(), reply) << line;
}

template <class Reply>
void expect_fault(const std::string& line, AppFault fault, AppDialect dialect = gen3) {
  const auto reply = decode_app_reply<Reply>(line, dialect);
  ASSERT_FALSE(reply.good()) << line;
  EXPECT_EQ(reply.fault(), fault) << line;
}

constexpr Temperature from_raw(std::uint16_t raw) {
  return temperature_from_raw(raw, TemperatureLine::sensor);
}

AppSettings2 settings_of_both_generations() {
  AppSettings2 limits;
  limits.v_min = 2'800_mV;
  limits.v_max = 3'600_mV;
  limits.t_charge_min = from_raw(271);
  limits.t_max = from_raw(341);
  limits.charge_restart_percent = 95;
  limits.discharge_restart_percent = 10;
  return limits;
}

AppSettings2 settings_of_gen3() {
  AppSettings2 limits = settings_of_both_generations();
  limits.t_discharge_min = from_raw(248);
  limits.v_low = 3'000_mV;
  limits.v_nominal = 3'200_mV;
  limits.v_min_hysteresis = 50_mV;
  limits.v_max_hysteresis = 2'550_mV;
  return limits;
}

// proves OUTW-2
TEST(AppReplies, EveryReplyStandsInTheLayoutThatIsWrittenDown) {
  const Status charging{.charge_allowed = true, .discharge_allowed = true};
  expect_line(AppVersion{Firmware{3, 3, 3}, 3, 5, charging, 3'500_mV}, gen3, "333_03_05_03_2BC");
  expect_line(AppVersion{Firmware{3, 3, 11}, 3, 5, charging, 3'500_mV}, gen3, "33B_03_05_03_2BC");
  expect_line(AppVersion{Firmware{15, 15, 255}, 0, 0, Status{}, 0_mV}, gen3, "FFFF_00_00_00_000");
  expect_line(AppVersion{Firmware{1, 8, 0}, 3, 5, charging, 3'500_mV}, gen2, "12_03_05_03_2BC");
  expect_line(AppSettings1{2'500, 5'000, Energy::watt_hours(1'900), 1234}, gen3,
              "00FA_01F4_0013_31323334");
  expect_line(AppSettings1{0, 655'350, Energy::watt_hours(6'553'500), 9}, gen2,
              "0000_FFFF_FFFF_30303039");
  expect_line(settings_of_both_generations(), gen2, "0230_02D0_010F_0155_5F_0A");
  expect_line(settings_of_gen3(), gen3, "0230_02D0_010F_0155_5F_0A_00F8_0258_0280_05_FF");
  AppSettings3 third{.sensor_type = 11,
                     .critical_mode = true,
                     .charge_force_off = false,
                     .discharge_force_off = true,
                     .use_measured_capacity = false,
                     .charge_restart_delay = 300'000_ms,
                     .discharge_restart_delay = Duration::milliseconds(327'675'000),
                     .charge_pause_delay = 30'000_ms,
                     .discharge_pause_delay = 510'000_ms,
                     .soc_voltage_correction = true,
                     .chemistry = 1,
                     .tail_current = 2'400_mA};
  expect_line(third, gen3, "0B_01_00_01_00_003C_FFFF_0F_FF_01_01_0C");
  expect_line(AppRelaySettings{2, 1, true}, gen3, "02_01_01");
  expect_line(AppLogTime{0x12345678}, gen3, "12345678");
  expect_line(AppLogEntry{0x100, AppLogKind::v_low, 0x230, 4}, gen3, "00000100_01_230_04");
  expect_line(AppLogEntry{0x200, static_cast<AppLogKind>(9), 0xFFFF, 0}, gen3,
              "00000200_09_FFFF_00");
  AppHistoryBlock block{.newest = 167, .soc_percent = {}};
  block.soc_percent[0] = 0;
  block.soc_percent[1] = 100;
  block.soc_percent[11] = 99;
  expect_line(block, gen3, "A7_0064FFFFFFFFFFFFFFFFFF63");
}

// proves OUTW-2
TEST(AppReplies, OursStandInTheLayoutThatIsWrittenDown) {
  expect_line(AppSetting{3, 3'600, 2'000, 5'000, 3'650, 5}, gen2,
              "03_+0E10_+07D0_+1388_+0E42_+0005");
  expect_line(AppSetting{12, -200, -400, 850, 0, 1}, gen3, "0C_-00C8_-0190_+0352_+0000_+0001");
  expect_line(AppSetting{0, 0x7FFF'FFFF, -0x7FFF'FFFF, 0, 0, 1}, gen3,
              "00_+7FFFFFFF_-7FFFFFFF_+0000_+0000_+0001");
  expect_line(AppEvent{7, 0x20304050, 2, 3, 16, -1}, gen3, "07_20304050_02_03_10_-0001");
  const AppLifetime lifetime{Energy::watt_hours(12'345'678),
                             Energy::watt_hours(0xFFFF'FFFF),
                             1,
                             2,
                             150'000,
                             4,
                             5,
                             6,
                             7,
                             0xFFFF'FFFF};
  expect_line(lifetime, gen3, "BC614E_FFFFFFFF_0001_0002_249F0_0004_0005_0006_0007_FFFFFFFF");
  expect_line(AppChain{0, std::nullopt, 16, 16, 0}, gen3, "00_X00_10_10_0000");
  expect_line(AppChain{3, 9, 16, 20, 70'000}, gen3, "03_+09_10_14_11170");
  expect_line(AppChain{3, -255, 0, 0, 1}, gen2, "03_-FF_00_00_0001");
}

TEST(AppReplies, TheLongestReplyFitsALine) {
  const auto most = Energy::watt_hours(0xFFFF'FFFF);
  const std::uint32_t all = 0xFFFF'FFFF;
  const AppLifetime lifetime{most, most, all, all, all, all, all, all, all, all};
  EXPECT_EQ(reply_text(lifetime, gen3).size(), 92U);
}

TEST(AppReplies, WhatIsNotKnownIsAnXAsLongAsItsField) {
  expect_line(AppVersion{}, gen3, "X0_X0_X0_X0_X00");
  expect_line(AppVersion{}, gen2, "X0_X0_X0_X0_X00");
  expect_line(AppSettings1{}, gen3, "X000_X000_X000_X0000000");
  expect_line(AppSettings2{}, gen2, "X000_X000_X000_X000_X0_X0");
  expect_line(AppSettings2{}, gen3, "X000_X000_X000_X000_X0_X0_X000_X000_X000_X0_X0");
  expect_line(AppSettings3{}, gen3, "X0_X0_X0_X0_X0_X000_X000_X0_X0_X0_X0_X0");
  expect_line(AppRelaySettings{}, gen3, "X0_X0_X0");
  expect_line(AppLogTime{}, gen3, "X0000000");
  expect_line(AppLogEntry{}, gen3, "X0000000_00_X00_00");
  expect_line(AppHistoryBlock{}, gen3, "00_FFFFFFFFFFFFFFFFFFFFFFFF");
  const auto empty = decode_app_reply<AppHistoryBlock>(with_checksum("05_XX"), gen3);
  ASSERT_TRUE(empty.good());
  EXPECT_EQ(empty.value(), (AppHistoryBlock{.newest = 5, .soc_percent = {}}));
}

TEST(AppReplies, AnOlderFirmwareLeavesFieldsOut) {
  const auto limits =
      decode_app_reply<AppSettings2>(with_checksum("230_2D0_10F_155_5F_A_F8_258"), gen3);
  ASSERT_TRUE(limits.good());
  EXPECT_EQ(limits.value().v_low, 3'000_mV);
  EXPECT_EQ(limits.value().v_nominal, std::nullopt);
  const auto delays = decode_app_reply<AppSettings3>(with_checksum("0_1"), gen3);
  ASSERT_TRUE(delays.good());
  EXPECT_EQ(delays.value().critical_mode, true);
  EXPECT_EQ(delays.value().charge_force_off, std::nullopt);
  expect_fault<AppSettings3>(with_checksum("0"), AppFault::too_few_fields);
  expect_fault<AppSettings2>(with_checksum("230_2D0_10F_155_5F"), AppFault::too_few_fields);
}

TEST(AppReplies, ATMinForDischargingThatMakesNoSenseIsTheOneForCharging) {
  for (const auto& [field, raw] : {std::pair{"0000", 271},
                                   {"FFFF", 271},
                                   {"00E0", 271},
                                   {"016D", 271},
                                   {"00E1", 225},
                                   {"016C", 364}}) {
    const auto limits = decode_app_reply<AppSettings2>(
        with_checksum(std::string("0230_02D0_010F_0155_5F_0A_") + field), gen3);
    ASSERT_TRUE(limits.good());
    EXPECT_EQ(limits.value().t_discharge_min, from_raw(static_cast<std::uint16_t>(raw))) << field;
  }
}

TEST(AppReplies, ANumberOfAFirmwareHasNoSparePlaces) {
  const auto no_patch = decode_app_reply<AppVersion>(with_checksum("33_0_0_0_0"), gen3);
  ASSERT_TRUE(no_patch.good());
  EXPECT_EQ(no_patch.value().firmware, (Firmware{3, 3, 0}));
  expect_line(AppVersion{Firmware{25, 5, 0}, 0, 0, Status{}, 0_mV}, gen2, "FF_00_00_00_000");
  const AppVersion beyond{Firmware{99, 99, 7}, 0, 0, Status{}, 0_mV};
  EXPECT_EQ(reply_text(beyond, gen3), with_checksum("FF7_00_00_00_000"));
  EXPECT_EQ(reply_text(beyond, gen2), with_checksum("FF_00_00_00_000")) << "25.5";
  expect_fault<AppVersion>(with_checksum("3_0_0_0_0"), AppFault::out_of_range);
  expect_fault<AppVersion>(with_checksum("00333_0_0_0_0"), AppFault::out_of_range);
  expect_fault<AppVersion>(with_checksum("+33_0_0_0_0"), AppFault::bad_number);
  expect_fault<AppVersion>(with_checksum("100_0_0_0_0"), AppFault::out_of_range, gen2);
}

TEST(AppReplies, WhatIsNoReplyIsRefusedWithTheReason) {
  const std::string good = with_checksum("02_01_01");
  ASSERT_TRUE(decode_app_reply<AppRelaySettings>(good, gen3).good());
  expect_fault<AppRelaySettings>("", AppFault::too_few_fields);
  expect_fault<AppRelaySettings>("OK", AppFault::too_few_fields);
  expect_fault<AppRelaySettings>("NA", AppFault::too_few_fields);
  expect_fault<AppRelaySettings>("02_01_01", AppFault::checksum);
  expect_fault<AppRelaySettings>("02_01_01_", AppFault::checksum);
  expect_fault<AppRelaySettings>("_00", AppFault::bad_number);
  expect_fault<AppRelaySettings>("02_01_01_024", AppFault::checksum);
  EXPECT_EQ(good, "02_01_01_24");
  expect_fault<AppRelaySettings>("02_01_01_25", AppFault::checksum);
  expect_fault<AppRelaySettings>("02_01_00_24", AppFault::checksum);
  expect_fault<AppRelaySettings>("02_01_01_24_", AppFault::checksum);
  expect_fault<AppLogTime>("F_46x", AppFault::checksum);
  EXPECT_EQ(with_checksum("00_00_0J"), "00_00_0J_3A");
  expect_fault<AppRelaySettings>("00_00_0J_3a", AppFault::checksum);
  expect_fault<AppRelaySettings>("00_00_0J_3A", AppFault::bad_number);
  expect_fault<AppRelaySettings>(with_checksum("02_01"), AppFault::too_few_fields);
  expect_fault<AppRelaySettings>(with_checksum("02_01_01_00"), AppFault::too_many_fields);
  expect_fault<AppRelaySettings>(with_checksum("02_01_02"), AppFault::out_of_range);
  expect_fault<AppSettings2>(with_checksum("0_0_0_0_65_0"), AppFault::out_of_range);
  expect_fault<AppSettings2>(with_checksum("0_0_0_0_0_0_0_0_0_0_0_0"), AppFault::too_many_fields);
  expect_fault<AppHistoryBlock>(with_checksum("A8_FFFFFFFFFFFFFFFFFFFFFFFF"),
                                AppFault::out_of_range);
  expect_fault<AppHistoryBlock>(with_checksum("XX_FFFFFFFFFFFFFFFFFFFFFFFF"), AppFault::bad_number);
  expect_fault<AppHistoryBlock>(with_checksum("05_FFFFFFFFFFFFFFFFFFFFFFF"), AppFault::bad_number);
  expect_fault<AppHistoryBlock>(with_checksum("05_FFFFFFFFFFFFFFFFFFFFFFFG"), AppFault::bad_number);
  expect_fault<AppHistoryBlock>(with_checksum("05_FFFFFFFFFFFFFFFFFFFFFF65"),
                                AppFault::out_of_range);
  expect_fault<AppSettings1>(with_checksum("0_0_0_3132333"), AppFault::bad_number);
  expect_fault<AppSettings1>(with_checksum("0_0_0_31323G34"), AppFault::bad_number);
  expect_fault<AppSettings1>(with_checksum("0_0_0_3132333A"), AppFault::bad_number);
  expect_fault<AppSettings1>(with_checksum("0_0_0_3132333/"), AppFault::bad_number);
  expect_fault<AppSettings1>(with_checksum("0_0_0_31324334"), AppFault::bad_number);
  expect_fault<AppSetting>(with_checksum("00_X_0_0_0_0"), AppFault::bad_number);
  expect_fault<AppSetting>(with_checksum("00_80000000_0_0_0_0"), AppFault::out_of_range);
  expect_fault<AppChain>(with_checksum("00_+100_0_0_0"), AppFault::out_of_range);
}

TEST(AppRepliesDeath, APinOfFiveDigitsIsABug) {
  AppSettings1 settings;
  settings.pin = 10'000;
  EXPECT_DEATH((void)encode_app_reply(settings, gen3), "pin <= app_pin_max");
}

}  // namespace
}  // namespace cellwarden::wire
