// SPDX-License-Identifier: Apache-2.0
#include "sim/site.hpp"

#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "core/event_log.hpp"

namespace cellwarden::sim {
namespace {

constexpr SimTime second = 1'000'000;
constexpr core::Relays both{true, true};

TEST(Site, SameSeedSameTraceAndAnotherSeedAnother) {
  const auto trace_of = [](std::uint64_t seed, int packs) {
    SiteOptions options = household_site(4, packs);
    options.seed = seed;
    Site site(options);
    site.run_until(60 * second);
    return site.trace_hash();
  };
  EXPECT_EQ(trace_of(7, 1), trace_of(7, 1));
  EXPECT_NE(trace_of(7, 1), trace_of(8, 1));
  EXPECT_EQ(trace_of(7, 3), trace_of(7, 3));
  EXPECT_NE(trace_of(7, 3), trace_of(7, 1));
}

// Computed here with g++ 12 on x86-64; every compiler and CPU has to give the same. A change of
// plant or boards changes it: then all of them have to agree on the new one.
TEST(Site, AnHourHasTheSameTraceEverywhere) {
  SiteOptions options = household_site(5, 2);
  options.buses[0].plant.generator = plant::household_generator(5);
  options.seed = 2026;
  Site site(options);
  site.pack(1).disturb_wire(2, 0.0005, 3);
  site.run_until(3600 * second);
  EXPECT_EQ(site.trace_hash(), 14700191364038009363U);
}

// proves ENV-1
TEST(Site, AnyOfThreePacksInParallelStopsTheChargerAndTheLoadOfAll) {
  for (int empty = 0; empty < 3; ++empty) {
    Site site(household_site(4, 3));
    site.run_until(8 * second);
    for (int pack = 0; pack < 3; ++pack) ASSERT_EQ(site.pack(pack).contacts(), both) << pack;
    ASSERT_GT(site.bus(0).current_in_a(), 1.0);
    ASSERT_GT(site.bus(0).current_out_a(), 1.0);
    site.pack(empty).set_cell_soc(2, 0.002);
    site.run_until(12 * second);
    EXPECT_FALSE(site.pack(empty).contacts().load);
    EXPECT_EQ(site.bus(0).current_out_a(), 0.0) << "pack " << empty;
    EXPECT_GT(site.bus(0).current_in_a(), 1.0) << "charging goes on";
    site.pack(empty).cut_wire(1);
    site.run_until(20 * second);
    EXPECT_EQ(site.bus(0).current_in_a(), 0.0) << "pack " << empty;
    for (int pack = 0; pack < 3; ++pack) {
      EXPECT_EQ(site.pack(pack).contacts().charge, pack != empty) << "the others allow it";
    }
  }
}

TEST(Site, PacksInParallelRunByWholeMessagesAndAgreeWithTheBytes) {
  std::vector<PackReading> readings;
  for (const Pace pace : {Pace::messages, Pace::bytes}) {
    SiteOptions options = household_site(6, 3);
    for (SitePackOptions& pack : options.buses[0].packs) pack.chain.pace = pace;
    Site site(options);
    site.run_until(1800 * second);
    const auto whole = site.pack(2).chain().whole_messages();
    EXPECT_EQ(whole > 1700, pace == Pace::messages) << whole;
    readings.push_back(site.pack(2).read());
  }
  EXPECT_NEAR(readings[0].soc.mean, readings[1].soc.mean, 1e-5);
  EXPECT_NEAR(readings[0].voltage_v.mean, readings[1].voltage_v.mean, 1e-4);
  EXPECT_NEAR(readings[0].shown_soc, readings[1].shown_soc, 1e-3);
  EXPECT_EQ(readings[0].contacts, readings[1].contacts);
}

TEST(Site, PacksOnBusesOfTheirOwnDoNotDisturbEachOther) {
  SiteOptions options = household_site(4);
  options.buses.push_back(options.buses[0]);
  Site site(options);
  site.run_until(8 * second);
  EXPECT_EQ(site.bus(0).irradiance_w_per_m2(), site.bus(1).irradiance_w_per_m2());
  site.pack(0).cut_wire(2);
  site.run_until(20 * second);
  EXPECT_EQ(site.pack(0).contacts(), core::Relays{});
  EXPECT_EQ(site.pack(1).contacts(), both);
  EXPECT_GT(site.bus(1).current_in_a(), 1.0);
}

TEST(Site, TellsTruthAndKnowledgeApart) {
  Site site(household_site(4));
  site.run_until(20 * second);
  const PackReading reading = site.pack(0).read();
  EXPECT_EQ(reading.at, 20 * second);
  EXPECT_NEAR(reading.soc.mean, 0.6, 0.01);
  EXPECT_NEAR(reading.shown_soc, shown_share(0.6), 0.005);
  EXPECT_NEAR(reading.pack_voltage_v, 4 * reading.voltage_v.mean, 0.02);
  EXPECT_LE(reading.voltage_v.lowest, reading.voltage_v.highest);
  EXPECT_EQ(reading.decided, both);
  EXPECT_EQ(reading.link, core::LinkFault::none);
}

TEST(Site, TellsEveryEventOfTheBoardsOnce) {
  std::vector<core::Event> events;
  std::vector<core::Relays> contacts;
  SiteHooks hooks;
  hooks.event = [&](SimTime, int, const core::Event& event) { events.push_back(event); };
  hooks.contacts = [&](SimTime, int, core::Relays moved) { contacts.push_back(moved); };
  Site site(household_site(4), hooks);
  site.run_until(8 * second);
  site.pack(0).cut_wire(2);
  site.run_until(16 * second);
  ASSERT_GE(events.size(), 4U);
  EXPECT_EQ(events.front().kind, core::EventKind::restart);
  int opened = 0;
  for (const core::Event& event : events) {
    if (event.kind != core::EventKind::charge_opened) continue;
    ++opened;
    EXPECT_EQ(event.cause, core::EventCause::communication);
  }
  EXPECT_EQ(opened, 1);
  EXPECT_EQ(contacts.size(), 2U);
}

TEST(Site, SaysHowLongItsRecordsLastAndRunsNoFurther) {
  SiteOptions options = household_site(4);
  EXPECT_FALSE(Site(options).ends_at().has_value());
  options.start_hour = 12.0;
  options.weather.day_of_year = 365;
  options.weather.record = plant::SkyRecord::aachen_2023;
  options.weather.record_repeats = false;
  Site site(options);
  ASSERT_EQ(site.ends_at(), 12 * 3600 * second);
  EXPECT_THROW(site.run_until(12 * 3600 * second + 1), std::out_of_range);
  EXPECT_EQ(site.now(), 0);
  site.run_until(60 * second);
}

TEST(Site, RefusesWhatDoesNotFit) {
  EXPECT_THROW(household_site(1), std::invalid_argument);
  EXPECT_THROW(household_site(256), std::invalid_argument);
  EXPECT_THROW(Site{SiteOptions{}}, std::invalid_argument);
  SiteOptions two_sensors = household_site(4, 2);
  two_sensors.buses[0].packs[1].sensors.wiring = SensorWiring::two;
  EXPECT_THROW(Site{two_sensors}, std::invalid_argument);
  SiteOptions other_chain = household_site(4);
  other_chain.buses[0].packs[0].chain.cells = 5;
  EXPECT_THROW(Site{other_chain}, std::invalid_argument);
  Site site(household_site(4));
  EXPECT_THROW(site.pack(0).cut_wire(0), std::out_of_range);
  EXPECT_THROW(site.pack(0).cut_wire(4), std::out_of_range);
  EXPECT_THROW(site.pack(0).restart_board(5), std::out_of_range);
  EXPECT_THROW(site.pack(0).heat_cell(0, 1.0), std::out_of_range);
  EXPECT_THROW(site.pack(0).set_switch(9, true), std::out_of_range);
}

}  // namespace
}  // namespace cellwarden::sim
