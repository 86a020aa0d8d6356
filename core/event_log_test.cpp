// SPDX-License-Identifier: Apache-2.0
#include "core/event_log.hpp"

#include <gtest/gtest.h>

#include "core/byte_fields.hpp"
#include "core/fixed_list.hpp"
#include "core/lifetime.hpp"
#include "core/relay_functions.hpp"
#include "core/soc_history.hpp"

namespace cellwarden::core {
namespace {

Event at(std::uint32_t second) { return {second, EventKind::alarm_on, EventCause::t_max, 1, 0}; }

// proves OUT-9
TEST(EventLog, KeepsTheLast96NewestFirst) {
  EventLog log;
  EXPECT_EQ(log.recent(0), std::nullopt);
  for (std::uint32_t i = 1; i <= 250; ++i) {
    EXPECT_EQ(log.add(at(i)), i % event_slots);
    EXPECT_EQ(log.recent(0), at(i));
  }
  EXPECT_EQ(log.recent(event_slots - 1), at(155));
  EXPECT_EQ(log.recent(event_slots), std::nullopt);
  EXPECT_EQ(log.newest(), 250U);
}

// proves OUT-9
TEST(EventLog, WhatWasNeverStoredIsSkippedAfterAPowerOff) {
  EventLog log;
  log.restore(5, {5, at(50)});
  log.restore(4, {100, at(1'000)});  // number 100 is slot 4
  log.restore(7, {103, at(1'030)});
  EXPECT_EQ(log.recent(0), at(1'030));
  EXPECT_EQ(log.recent(1), at(1'000));
  EXPECT_EQ(log.recent(2), std::nullopt) << "number 5 is older than the last 96";
  EXPECT_EQ(log.add(at(2'000)), 8U);
  EXPECT_EQ(log.recent(1), at(1'030));
}

TEST(EventLog, BelievesNoEntryThatIsNotOfItsSlot) {
  EventLog log;
  log.restore(3, {4, at(1)});
  log.restore(0, {0, at(1)});
  EXPECT_EQ(log.newest(), 0U);
  EXPECT_EQ(log.recent(0), std::nullopt);
}

// proves OUT-9
TEST(SocHistory, IsARingOf168Hours) {
  SocHistory history;
  for (int hour = 0; hour < 169; ++hour) history.add(static_cast<std::uint8_t>(hour % 101));
  EXPECT_EQ(history.newest, 0);
  EXPECT_EQ(history.percent[0], 168 % 101);
  EXPECT_EQ(history.percent[1], 1);
}

constexpr Duration hour = Duration::milliseconds(3'600'000);
constexpr Temperature dc(std::int32_t n) { return Temperature::decicelsius(n); }

// proves OUT-9
TEST(Lifetime, CountsThroughputAndTimeInExtremes) {
  Lifetime life;
  const Current ten = Current::milliamperes(10'000);
  life.count(ten, dc(200), dc(450), false, hour);
  EXPECT_EQ(life.hot_ms, 0) << "45 degrees are not yet hot";
  life.count(ten, dc(0), dc(451), false, hour);
  EXPECT_EQ(life.hot_ms, 3'600'000);
  EXPECT_EQ(life.cold_ms, 0);
  life.count(-ten, dc(-1), dc(200), false, hour);
  EXPECT_EQ(life.cold_charge_ms, 0) << "discharging in the cold";
  life.count(ten, dc(-1), dc(200), false, hour);
  life.count(std::nullopt, dc(-1), dc(200), false, hour);
  EXPECT_EQ(life.cold_ms, 3 * 3'600'000);
  EXPECT_EQ(life.cold_charge_ms, 3'600'000);
  EXPECT_EQ(life.charged, ten * hour + ten * hour + ten * hour);
  EXPECT_EQ(life.discharged, ten * hour);
  EXPECT_EQ(life.running_ms, 5 * 3'600'000);
  EXPECT_EQ(life.full_cycles_hundredths(ten * hour), 100U);
  EXPECT_EQ(life.full_cycles_hundredths(Charge{}), 0U);
  EXPECT_EQ(life.full_cycles_hundredths(Charge::microcoulombs(99)), 0U);
}

// proves OUT-9
TEST(Lifetime, ADeepDischargeCountsOncePerDip) {
  Lifetime life;
  for (const bool low : {false, true, true, true, false, true, false}) {
    life.count(std::nullopt, dc(200), dc(200), low, hour);
  }
  EXPECT_EQ(life.deep_discharges, 2U);
}

struct ContactCase {
  std::string_view why;
  RelaySetup setup;
  Relays allowed;
  bool warning, contact;
};

// proves SET-5
TEST(RelayFunctions, PassOnADecisionOrOpenNothingElse) {
  using enum RelayFunction;
  const ContactCase cases[] = {
      {"the default passes on", {}, {true, false}, false, true},
      {"and opens", {}, {false, true}, true, false},
      {"load", {discharge_allowed}, {false, true}, false, true},
      {"load opens", {discharge_allowed}, {true, false}, true, false},
      {"main relay needs charge", {main_relay}, {false, true}, true, false},
      {"main relay needs load", {main_relay}, {true, false}, true, false},
      {"main relay", {main_relay}, {true, true}, false, true},
      {"early warning", {early_warning}, {false, false}, true, true},
      {"no early warning", {early_warning}, {true, true}, false, false},
      {"kept off", {.forced_off = true}, {true, true}, true, false},
      {"inverted", {.inverted = true}, {true, true}, true, false},
      {"inverted, not allowed", {.inverted = true}, {false, false}, true, true},
      {"a function nobody knows", {static_cast<RelayFunction>(9)}, {true, true}, true, false},
      {"inverted and kept off", {charge_allowed, true, true}, {true, true}, true, true},
  };
  for (const ContactCase& c : cases) {
    EXPECT_EQ(contact_position(c.setup, c.allowed, c.warning), c.contact) << c.why;
  }
}

TEST(ByteFields, ComeBackInOrderAndEndIsNoticed) {
  FieldWriter<16> out;
  out.put<1>(0x1FF);
  out.put<8>(0x0102'0304'0506'0708U);
  out.put<4>(0xFFFF'FFFEU);
  FieldReader in(out.bytes());
  EXPECT_EQ(in.take<1>(), 0xFFU);
  EXPECT_EQ(in.take<8>(), 0x0102'0304'0506'0708U);
  EXPECT_EQ(in.take_signed(), -2);
  EXPECT_TRUE(in.at_end() && in.good());
  EXPECT_EQ(in.take<1>(), 0U);
  EXPECT_FALSE(in.good());
  FieldReader half(out.bytes().first(3));
  EXPECT_EQ(half.take<4>(), 0U) << "no part of a value";
  EXPECT_TRUE(half.at_end());
  EXPECT_DEATH(out.put<4>(0), "size_");
}

TEST(FixedList, HoldsWhatItCanAndStopsTheBoardWhenFull) {
  FixedList<int, 2> list;
  EXPECT_TRUE(list.empty());
  list.push(7);
  list.push(8);
  EXPECT_EQ(list.size(), 2U);
  EXPECT_EQ(list[1], 8);
  EXPECT_EQ(list.end() - list.begin(), 2);
  EXPECT_DEATH(list.push(9), "size_");
}

}  // namespace
}  // namespace cellwarden::core
