/// The manual's ways to wire a pack that differ from the plain one.
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "sim/site.hpp"

namespace cellwarden::sim {
namespace {

constexpr SimTime second = 1'000'000;
constexpr SimTime minute = 60 * second;
constexpr core::Relays both{true, true};
constexpr int mode_switch = 5;

/// A combined charger and inverter on one cable, so with one sensor, on J1.
SiteOptions combined_site(int signals, double start_soc) {
  SiteOptions options = household_site(4);
  SiteBusOptions& bus = options.buses[0];
  bus.plant.combined = plant::household_combined(4, signals);
  bus.plant.load.inverter_max_w = 100.0;  // less than the sun gives at noon
  plant::PackOptions pack = bus.packs[0].pack;
  pack.start_soc = start_soc;
  bus.packs[0] = commissioned(pack, {.wiring = SensorWiring::one});
  bus.packs[0].chain.switches.on[mode_switch - 1] = signals == 1;
  return options;
}

// proves ENV-3
TEST(InstallationVariants, CombinedDeviceInNormalModeWithTwoSignalsStopsOneDirectionOnly) {
  SiteOptions options = combined_site(2, 0.6);
  options.weather.cloudiness = 0.0;
  options.start_hour = 11.0;
  Site site(options);
  site.run_until(minute);
  ASSERT_EQ(site.pack(0).contacts(), both);
  ASSERT_GT(site.bus(0).current_in_a(), 5.0);
  // Full: CHARGE opens; in the evening the device still inverts.
  site.pack(0).set_cell_soc(2, 1.002);
  site.run_until(minute + 5 * second);
  EXPECT_FALSE(site.pack(0).contacts().charge);
  EXPECT_TRUE(site.pack(0).contacts().load);
  EXPECT_EQ(site.bus(0).current_in_a(), 0.0);

  SiteOptions evening = combined_site(2, 0.6);
  evening.start_hour = 23.0;
  Site night(evening);
  night.run_until(minute);
  ASSERT_GT(night.bus(0).current_out_a(), 1.0);
  night.pack(0).set_cell_soc(2, 1.002);
  night.run_until(minute + 5 * second);
  EXPECT_FALSE(night.pack(0).contacts().charge);
  EXPECT_GT(night.bus(0).current_out_a(), 1.0) << "the load goes on";
}

// proves ENV-3
TEST(InstallationVariants, CombinedDeviceInCriticalModeWithOneSignalStopsBothDirections) {
  for (const bool full : {true, false}) {
    SiteOptions options = combined_site(1, 0.6);
    options.weather.cloudiness = 0.0;
    options.start_hour = full ? 11.0 : 23.0;
    Site site(options);
    site.run_until(minute);
    ASSERT_EQ(site.pack(0).contacts(), both);
    const auto& bus = site.bus(0);
    ASSERT_GT(full ? bus.current_in_a() : bus.current_out_a(), 1.0);
    site.pack(0).set_cell_soc(2, full ? 1.002 : 0.002);
    site.run_until(minute + 5 * second);
    EXPECT_EQ(site.pack(0).contacts().charge, !full);
    EXPECT_EQ(site.pack(0).contacts().load, full);
    EXPECT_EQ(site.bus(0).current_in_a(), 0.0) << "full " << full;
    EXPECT_EQ(site.bus(0).current_out_a(), 0.0) << "full " << full;
    site.pack(0).set_cell_soc(2, 0.6);
    site.run_until(minute + 15 * second);
    EXPECT_EQ(site.pack(0).contacts(), both) << "it recovers by itself";
  }
}

// proves ENV-3, REL-5
TEST(InstallationVariants, CriticalModeLeavesTheDeviceToItsOwnFloatVoltage) {
  SiteOptions options = combined_site(1, 0.985);
  options.buses[0].packs[0].pack.spread = {.capacity = 0.0, .resistance = 0.0, .soc = 0.0};
  options.weather.cloudiness = 0.0;
  options.start_hour = 10.0;
  Site site(options);
  int opened = 0;
  for (int minutes = 1; minutes <= 180; ++minutes) {
    site.run_until(minutes * minute);
    opened += minutes > 1 && site.pack(0).contacts() != both ? 1 : 0;
  }
  EXPECT_EQ(opened, 0) << "the state of charge is not looked at, and no cell passes V-max";
  EXPECT_EQ(site.bus(0).charge_stage(), plant::ChargeStage::floating);
}

/// What a pack in two banks tells over ten seconds, with an isolated link between them or not.
struct Told {
  std::vector<wire::FrameBytes> frames;
  std::optional<int> break_before;
  core::Relays contacts;
};

Told told_by(bool isolated, int cut_behind, Pace pace) {
  Told told;
  SiteHooks hooks;
  hooks.extended = [&](SimTime, int, const wire::FrameBytes& frame) {
    told.frames.push_back(frame);
  };
  SiteOptions options = household_site(8);
  ChainOptions& chain = options.buses[0].packs[0].chain;
  chain.pace = pace;
  if (isolated) chain.isolated_behind = {3};
  Site site(options, hooks);
  site.run_until(20 * second);
  if (cut_behind > 0) site.pack(0).cut_wire(cut_behind);
  site.run_until(30 * second);
  told.break_before = site.pack(0).read().break_before;
  told.contacts = site.pack(0).contacts();
  return told;
}

// proves ENV-2
TEST(InstallationVariants, AnIsolatedLinkBetweenBanksChangesNoData) {
  for (const Pace pace : {Pace::bytes, Pace::messages}) {
    for (const int cut_behind : {0, 2, 4, 6}) {
      const Told plain = told_by(false, cut_behind, pace);
      const Told isolated = told_by(true, cut_behind, pace);
      EXPECT_GE(plain.frames.size(), 15U);
      EXPECT_EQ(plain.frames, isolated.frames) << cut_behind;
      EXPECT_EQ(plain.break_before, isolated.break_before) << cut_behind;
      EXPECT_EQ(plain.contacts, isolated.contacts) << cut_behind;
      if (cut_behind > 0) {
        EXPECT_EQ(plain.break_before, cut_behind + 1);
      }
    }
  }
}

// proves ENV-2
TEST(InstallationVariants, AnIsolatedLinkIsBehindABoardThatIsThere) {
  for (const int behind : {-1, 3, 4}) {
    SiteOptions options = household_site(4);
    options.buses[0].packs[0].chain.isolated_behind = {behind};
    EXPECT_THROW(Site{options}, std::invalid_argument) << behind;
  }
}

// proves IN-2, ENV-4
TEST(InstallationVariants, OneSensorOnJ1ShowsTheNetCurrentWithItsSign) {
  for (const double hour : {12.0, 23.0}) {
    SiteOptions options = household_site(4);
    options.weather.cloudiness = 0.0;
    options.start_hour = hour;
    options.buses[0].packs[0].sensors.wiring = SensorWiring::one;
    Site site(options);
    site.run_until(minute);
    const auto& currents = site.pack(0).chain().out_board().currents;
    const auto net = currents.net();
    ASSERT_TRUE(net.has_value());
    const double true_a = site.pack(0).plant().current_a();
    EXPECT_NEAR(net->in_milliamperes() / 1000.0, true_a, 1.3) << hour;
    EXPECT_EQ(net->in_milliamperes() > 0, hour == 12.0);
  }
}

}  // namespace
}  // namespace cellwarden::sim
