// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/app_answers.hpp"
#include "tests/support/firmware_rig.hpp"
#include "wire/app_our_replies.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

using tests::FirmwareRig;
using tests::Phone;
using wire::AppDialect;

/// Asks a board that runs and reads the reply with the wire's own decoder.
struct Asked {
  explicit Asked(AppDialect with = AppDialect::gen3) : dialect(with), phone(rig, with) {
    rig.cycles(4);
    phone.say("PW1234!");
  }
  std::string line(std::string_view query) {
    std::string text = phone.say(query);
    if (dialect == AppDialect::gen2) text = text.substr(text.find('|') + 1);  // the echo
    return text.substr(0, text.find('|'));
  }
  template <class Reply>
  Reply ask(std::string_view query) {
    const std::string text = line(query);
    const auto reply = wire::decode_app_reply<Reply>(text, dialect);
    EXPECT_TRUE(reply.good()) << query << " -> " << text;
    return reply.good() ? reply.value() : Reply{};
  }
  FirmwareRig rig;
  AppDialect dialect;
  Phone phone;
};

// proves OUTW-2
TEST(AppQueries, TheVersionCarriesStatusAndVBypassInBothDialects) {
  for (const AppDialect dialect : {AppDialect::gen2, AppDialect::gen3}) {
    Asked board(dialect);
    const auto version = board.ask<wire::AppVersion>("V@");
    ASSERT_TRUE(version.firmware.has_value());
    EXPECT_EQ(version.firmware->major, 3);
    EXPECT_EQ(version.v_bypass, 3500_mV);
    EXPECT_TRUE(version.status->charge_allowed == board.rig.relays().charge);
  }
}

// proves SET-1, OUT-5, OUTW-2
TEST(AppQueries, TheFirstSettingsAreThePowersTheCapacityAndThePin) {
  Asked board;
  board.rig.set("solar_peak", 2'500);
  board.rig.set("inverter_peak", 5'000);
  board.rig.set("capacity", 1'900);
  const auto settings = board.ask<wire::AppSettings1>("S1@");
  EXPECT_EQ(settings.solar_peak_w, 2'500U);
  EXPECT_EQ(settings.inverter_peak_w, 5'000U);
  EXPECT_EQ(settings.capacity, 1900_Wh);
  EXPECT_EQ(settings.pin, 1234);
}

// proves SET-1, SET-5, OUTW-2
TEST(AppQueries, TheSecondSettingsAreTheThresholds) {
  for (const AppDialect dialect : {AppDialect::gen2, AppDialect::gen3}) {
    Asked board(dialect);
    board.rig.set("v_min", 2'900);
    board.rig.set("v_max_hysteresis", 50);
    board.rig.set("t_discharge_min", -200);
    const auto settings = board.ask<wire::AppSettings2>("S2@");
    EXPECT_EQ(settings.v_min, 2900_mV);
    EXPECT_EQ(settings.v_max, 3650_mV);
    EXPECT_EQ(settings.charge_restart_percent, 95);
    EXPECT_EQ(settings.discharge_restart_percent, 10);
    if (dialect == AppDialect::gen2) continue;
    EXPECT_EQ(settings.v_low, 3000_mV);
    EXPECT_EQ(settings.v_nominal, 3200_mV);
    EXPECT_EQ(settings.v_min_hysteresis, 0_mV);
    EXPECT_EQ(settings.v_max_hysteresis, 50_mV);
    ASSERT_TRUE(settings.t_discharge_min.has_value());
    EXPECT_NEAR(settings.t_discharge_min->in_decicelsius(), -200, 5);
  }
}

// proves SET-5, OUTW-2
TEST(AppQueries, TheThirdSettingsAreModeDelaysAndChemistry) {
  Asked board;
  board.rig.set("charge_force_off", 1);
  board.rig.set("charge_restart_delay", 30);
  board.rig.set("discharge_pause_delay", 10);
  board.rig.set("tail_current", 5'000);
  const auto settings = board.ask<wire::AppSettings3>("S3@");
  EXPECT_EQ(settings.critical_mode, false);
  EXPECT_EQ(settings.charge_force_off, true);
  EXPECT_EQ(settings.discharge_force_off, false);
  EXPECT_EQ(settings.charge_restart_delay, 30'000_ms);
  EXPECT_EQ(settings.discharge_restart_delay, 0_ms);
  EXPECT_EQ(settings.charge_pause_delay, 0_ms);
  EXPECT_EQ(settings.discharge_pause_delay, 10'000_ms);
  EXPECT_EQ(settings.chemistry, 1);
  EXPECT_EQ(settings.tail_current, 5'000_mA);
}

// proves SET-5, OUTW-2
TEST(AppQueries, EachRelayTellsItsFunction) {
  Asked board;
  board.rig.set("relay2_function", 3);
  board.rig.set("relay2_invert", 1);
  board.rig.set("relay1_force", 1);
  const auto first = board.ask<wire::AppRelaySettings>("SRY0@");
  EXPECT_EQ(first.function, 1);
  EXPECT_EQ(first.force_position, 1);
  EXPECT_EQ(first.invert, false);
  const auto second = board.ask<wire::AppRelaySettings>("SRY1@");
  EXPECT_EQ(second.function, 3);
  EXPECT_EQ(second.force_position, 0);
  EXPECT_EQ(second.invert, true);
}

// proves OUT-9, OUTW-2
TEST(AppQueries, AnEmptyLogEntryHasNoTimeAndTemperaturesAreRawCounts) {
  Asked board;
  EXPECT_EQ(board.ask<wire::AppLogEntry>("L9@").kind, wire::AppLogKind::none);
  EXPECT_FALSE(board.ask<wire::AppLogEntry>("L9@").at_s.has_value());
  const struct {
    EventCause cause;
    wire::AppLogKind kind;
  } cases[] = {{EventCause::t_max, wire::AppLogKind::t_high},
               {EventCause::t_charge_min, wire::AppLogKind::t_low_charge},
               {EventCause::t_discharge_min, wire::AppLogKind::t_low_discharge},
               {EventCause::power_on, wire::AppLogKind::none}};
  for (const auto& c : cases) {
    board.rig.firmware.memory.log.add({50, EventKind::alarm_on, c.cause, 2, 320});
    const auto entry = board.ask<wire::AppLogEntry>("L0@");
    EXPECT_EQ(entry.kind, c.kind);
    if (c.kind == wire::AppLogKind::none) continue;
    EXPECT_EQ(entry.value, 308) << "32 degrees are 308 on both of the maker's lines";
    EXPECT_EQ(entry.cell, 2);
    EXPECT_EQ(entry.at_s, 50U);
  }
}

// proves OUT-9, OUTW-2
TEST(AppQueries, TheHistoryIsFourteenBlocksOfTwelveHours) {
  Asked board;
  for (std::uint8_t hour = 0; hour < 14; ++hour) board.rig.firmware.memory.history.add(hour);
  const auto first = board.ask<wire::AppHistoryBlock>("H0@");
  EXPECT_EQ(first.newest, 13);
  EXPECT_EQ(first.soc_percent[11], 11);
  const auto second = board.ask<wire::AppHistoryBlock>("H1@");
  EXPECT_EQ(second.soc_percent[1], 13);
  EXPECT_FALSE(second.soc_percent[2].has_value());
  EXPECT_FALSE(board.ask<wire::AppHistoryBlock>("HD@").soc_percent[0].has_value());
}

// proves SET-3, OUTW-2
TEST(AppQueries, ASettingComesWithItsLimits) {
  Asked board;
  const auto setting = board.ask<wire::AppSetting>("X04@");
  EXPECT_EQ(setting, (wire::AppSetting{4, 2800, 2000, 5000, 2800, 5}));
  EXPECT_EQ(board.line("XFF@").substr(0, 5), "KO_01");
}

// proves OUT-9
TEST(AppQueries, TheFullLogIsReadNewestFirst) {
  Asked board;
  board.rig.firmware.memory.log.add({99, EventKind::load_opened, EventCause::v_min, 3, 2790});
  EXPECT_EQ(board.ask<wire::AppEvent>("G00@"), (wire::AppEvent{0, 99, 3, 3, 3, 2790}));
  EXPECT_EQ(board.line("GF0@").substr(0, 5), "KO_01");
}

// proves OUT-9
TEST(AppQueries, LifetimeDataAreCountedInHoursAndCycles) {
  Asked board;
  Lifetime& life = board.rig.firmware.board.lifetime;
  life.charged = Charge::microcoulombs(5'000 * std::int64_t{3'600'000'000});
  life.discharged = Charge::microcoulombs(4'000 * std::int64_t{3'600'000'000});
  life.hot_ms = 120 * 60'000;
  life.running_ms = 50 * std::int64_t{3'600'000};
  life.deep_discharges = 3;
  const auto reply = board.ask<wire::AppLifetime>("LT@");
  EXPECT_EQ(reply.charged_ah, 5'000U);
  EXPECT_EQ(reply.discharged_ah, 4'000U);
  EXPECT_EQ(reply.hot_minutes, 120U);
  EXPECT_EQ(reply.running_hours, 50U);
  EXPECT_EQ(reply.deep_discharges, 3U);
  EXPECT_GT(reply.full_cycles_hundredths, 0U);
  FirmwareRig silent;
  Phone phone(silent);
  phone.say("PW1234!");
  const std::string text = phone.say("LT@");
  const auto unknown = wire::decode_app_reply<wire::AppLifetime>(
      std::string_view(text).substr(0, text.find('|')), AppDialect::gen3);
  ASSERT_TRUE(unknown.good());
  EXPECT_EQ(unknown.value().full_cycles_hundredths, 0U) << "no capacity without cells";
}

// proves ENV-4, OUTW-2
TEST(AppQueries, TheChainTellsItsFaultAndTheLength) {
  Asked board;
  const auto whole = board.ask<wire::AppChain>("CH@");
  EXPECT_EQ(whole.fault, 0);
  EXPECT_EQ(whole.cell_count, 4);
  EXPECT_EQ(whole.programmed_cells, 4);
  EXPECT_FALSE(whole.break_before.has_value());
  board.rig.idle(60);
  const auto broken = board.ask<wire::AppChain>("CH@");
  EXPECT_NE(broken.fault, 0);
  EXPECT_EQ(broken.break_before, 4) << "the OUT board hears nobody";
}

// proves OUTW-2
TEST(AppQueries, TheSlowRecordsOfTheStreamCarryHealthTotalsAndTheClock) {
  Asked board;
  board.rig.clock = WallClock{20'000, 754};
  board.rig.cycles(2);
  const auto record = [&](wire::AppRecordKind kind) {
    const auto line = app_record(board.rig.firmware, kind, 1, AppDialect::gen3);
    const auto read = wire::decode_app_record(line.text(), AppDialect::gen3);
    EXPECT_TRUE(read.good()) << line.text();
    return read.value();
  };
  const auto totals = record(wire::AppRecordKind::totals).totals;
  EXPECT_EQ(totals.time, (wire::AppTimeOfDay{12, 34}));
  const auto health = record(wire::AppRecordKind::health).health;
  EXPECT_EQ(health.charge_efficiency_percent, 100);
  EXPECT_TRUE(health.discharge_cycles_hundredths.has_value());
  EXPECT_EQ(record(wire::AppRecordKind::battery).battery.charged, 0_Wh);
  EXPECT_TRUE(record(wire::AppRecordKind::energy).energy.soc_percent.has_value());
}

// proves OUTW-2, OUT-6
TEST(AppQueries, StreamAndCountersAndClockAreCommanded) {
  Asked board;
  EXPECT_EQ(board.line("E!"), "OK");
  board.rig.cycle();
  board.phone.session.step(board.rig.firmware, board.rig.now);
  const std::string streamed = board.phone.read();
  for (const std::string_view start : {"U_", "|V_", "|T_", "|C_", "|E_"}) {
    EXPECT_NE(streamed.find(start), std::string::npos) << streamed;
  }
  EXPECT_EQ(board.line("D!"), "OK");
  EXPECT_EQ(board.line("CK4E202F2!"), "OK");
  board.rig.cycle();
  EXPECT_EQ(board.rig.firmware.minute_of_day, 754);
  EXPECT_EQ(board.line("CE!"), "OK");
}

}  // namespace
}  // namespace cellwarden::core
