/// What the boards do about what breaks: cells, sensors, relays. Faults act on plant and pins only.
// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include <gtest/gtest.h>

#include "sim/site_rig.hpp"

namespace cellwarden::sim {
namespace {

// proves REL-2, REL-4
TEST(SiteFaults, AHotCellOpensBothRelaysAndACooledOneClosesThem) {
  SiteRig rig(household_site(4));
  rig.run_for(8 * second);
  ASSERT_EQ(rig.contacts(), both);
  rig.pack().heat_cell(3, 2000.0);
  ASSERT_TRUE(rig.run_while(both, hour)) << "it gets too hot";
  EXPECT_EQ(rig.contacts(), core::Relays{});
  EXPECT_TRUE(rig.pack().read().alarms.t_high);
  EXPECT_EQ(rig.newest(core::EventKind::charge_opened).cause, core::EventCause::t_max);
  EXPECT_EQ(rig.newest(core::EventKind::charge_opened).cell, 3);
  rig.pack().heat_cell(3, 0.0);
  ASSERT_TRUE(rig.run_while(core::Relays{}, 12 * hour)) << "it cools down";
  EXPECT_EQ(rig.contacts(), both);
}

// proves REL-2, REL-4
TEST(SiteFaults, AFrozenCellForbidsChargeAndLoadUntilItThaws) {
  SiteRig rig(household_site(4));
  rig.run_for(8 * second);
  rig.pack().set_cell_air(1, -60.0);
  ASSERT_TRUE(rig.run_while(both, 24 * hour));
  EXPECT_EQ(rig.contacts(), core::Relays{});
  EXPECT_TRUE(rig.pack().read().alarms.t_low);
  rig.pack().set_cell_air(1, std::nullopt);
  EXPECT_TRUE(rig.run_while(core::Relays{}, 24 * hour));
  EXPECT_EQ(rig.contacts(), both);
}

// proves REL-4
TEST(SiteFaults, AShortedCellStopsTheLoadBeforeItIsDestroyed) {
  SiteRig rig(household_site(4));
  rig.run_for(8 * second);
  rig.pack().short_cell(2, 0.02);
  ASSERT_TRUE(rig.run_while(both, 4 * hour));
  EXPECT_FALSE(rig.contacts().load);
  const PackReading reading = rig.pack().read();
  EXPECT_TRUE(reading.alarms.v_low || reading.alarms.t_high);
  EXPECT_LT(reading.soc.lowest, reading.soc.highest - 0.1);
}

// proves REL-4
TEST(SiteFaults, AWeakCellStopsTheLoadWhileTheOthersAreFarFromEmpty) {
  SiteOptions options = household_site(4);
  options.start_hour = 20.0;
  options.weather.cloudiness = 1.0;
  SiteRig rig(options);
  rig.run_for(8 * second);
  rig.pack().weaken_cell(4, 0.3, 3.0);
  ASSERT_TRUE(rig.run_while(both, 24 * hour));
  EXPECT_FALSE(rig.contacts().load);
  EXPECT_EQ(rig.newest(core::EventKind::load_opened).cause, core::EventCause::v_min);
  EXPECT_EQ(rig.newest(core::EventKind::load_opened).cell, 4);
  EXPECT_GT(rig.pack().read().soc.highest, 0.3);
}

TEST(SiteFaults, ALeakingCellFallsBehindAndIsSeen) {
  SiteRig rig(household_site(4));
  rig.pack().leak_cell(2, 3.0);
  rig.run_for(20 * hour);
  const auto soc = rig.pack().plant().cells().soc();
  EXPECT_LT(soc[1], soc[0] - 0.15);
}

// proves OUT-2
TEST(SiteFaults, AWeldedChargeRelayKeepsChargingThoughTheBoardSaysNo) {
  SiteRig rig(household_site(4));
  rig.run_for(8 * second);
  ASSERT_EQ(rig.contacts(), both);
  rig.pack().weld_relay(RelayName::charge, true);
  rig.pack().cut_wire(2);
  rig.run_for(10 * second);
  EXPECT_EQ(rig.pack().read().decided, core::Relays{}) << "the board decides to open";
  EXPECT_EQ(rig.contacts(), (core::Relays{true, false})) << "the contact does not";
  EXPECT_GT(rig.site.bus(0).current_in_a(), 0.0);
  rig.pack().weld_relay(RelayName::charge, false);
  EXPECT_EQ(rig.contacts(), core::Relays{});
  EXPECT_EQ(rig.site.bus(0).current_in_a(), 0.0);
  rig.pack().weld_relay(RelayName::load, true);
  EXPECT_FALSE(rig.contacts().load) << "an open contact does not weld shut";
}

// A second pack in series with the relays saves what one welded contact does not.
// proves ENV-1
TEST(SiteFaults, AnotherPacksRelayStillStopsWhatAWeldedOneDoesNot) {
  SiteRig rig(household_site(4, 2));
  rig.run_for(8 * second);
  rig.site.pack(0).weld_relay(RelayName::charge, true);
  rig.site.pack(0).cut_wire(1);
  rig.run_for(10 * second);
  ASSERT_GT(rig.site.bus(0).current_in_a(), 0.0);
  rig.site.pack(1).cut_wire(1);
  rig.run_for(10 * second);
  EXPECT_EQ(rig.site.bus(0).current_in_a(), 0.0);
}

// proves ENV-4, IN-2
TEST(SiteFaults, AReversedSensorShowsDischargeWhileTheSunCharges) {
  SiteOptions options = household_site(4);
  options.start_hour = 12.0;
  options.weather.cloudiness = 0.0;
  SiteRig rig(options);
  rig.run_for(10 * second);
  ASSERT_GT(rig.in_a(), 5.0);
  rig.pack().sensor(Jack::j1).turn(true);
  rig.run_for(3 * second);
  EXPECT_LT(rig.in_a(), -5.0);
  rig.pack().sensor(Jack::j1).turn(false);
  rig.run_for(3 * second);
  EXPECT_GT(rig.in_a(), 5.0);
}

TEST(SiteFaults, AnUnpluggedSensorIsSaidToBeAbsentNotZero) {
  SiteRig rig(household_site(4));
  rig.run_for(8 * second);
  ASSERT_TRUE(rig.pack().chain().out_board().currents.in.has_value());
  rig.pack().sensor(Jack::j1).plug(false);
  rig.pack().sensor(Jack::j2).plug(false);
  rig.run_for(3 * second);
  EXPECT_FALSE(rig.pack().chain().out_board().currents.in.has_value());
  EXPECT_FALSE(rig.pack().chain().out_board().soc.calibrated()) << "what flows is not known";
  rig.pack().sensor(Jack::j1).plug(true);
  rig.run_for(3 * second);
  EXPECT_TRUE(rig.pack().chain().out_board().currents.in.has_value());
}

// proves IN-5, ENV-4
TEST(SiteFaults, ADriftedSensorIsZeroedBySwitchFourWithoutCurrent) {
  SiteOptions options = household_site(4);
  options.start_hour = 0.0;                                // no sun: nothing flows in
  options.buses[0].packs[0].chain.switches.on[2] = false;  // no blind spot
  SiteRig rig(options);
  rig.pack().drift_sensor(Jack::j1, 20.0);
  rig.run_for(2 * hour);
  EXPECT_NEAR(rig.in_a(), 20.0 * 2.0 / 24.0, 0.6);
  rig.pack().drift_sensor(Jack::j1, 0.0);
  rig.pack().weld_relay(RelayName::load, false);
  rig.pack().set_switch(4, true);
  rig.run_for(5 * second);
  rig.pack().set_switch(4, false);
  rig.run_for(5 * second);
  EXPECT_NEAR(rig.in_a(), 0.0, 0.3);
}

TEST(SiteFaults, AStuckSensorLeadsTheShownChargeAstrayAndVoltageStillGuards) {
  SiteOptions options = household_site(4);
  options.start_hour = 19.0;
  options.weather.cloudiness = 1.0;
  options.buses[0].plant.load.standby_w = 200.0;
  SiteRig rig(options);
  rig.run_for(10 * second);
  rig.pack().sensor(Jack::j2).stick(true);
  rig.pack().set_sensor_offset(Jack::j2, 0.0);
  rig.site.pack(0).set_cell_soc(1, 0.05);
  ASSERT_TRUE(rig.run_while(both, 24 * hour));
  EXPECT_FALSE(rig.contacts().load);
  EXPECT_EQ(rig.newest(core::EventKind::load_opened).cause, core::EventCause::v_min);
}

}  // namespace
}  // namespace cellwarden::sim
