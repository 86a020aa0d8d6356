/// What happens when boards, wires and their power fail, and that a pack recovers by itself.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string>

#include <gtest/gtest.h>

#include "sim/site_rig.hpp"

namespace cellwarden::sim {
namespace {

/// A pack that has run for a while, both relays closed.
struct RunningRig : SiteRig {
  explicit RunningRig(int cells = 6) : SiteRig(household_site(cells)) {
    run_for(10 * second);
    EXPECT_EQ(contacts(), both);
  }
};

// proves CELL-8, ENV-4
TEST(SiteBoardFaults, ADeadBoardIsNamedAsTheBreakAndComesBack) {
  for (const int dead : {2, 3, 5}) {
    RunningRig rig;
    rig.pack().power_off_board(dead);
    rig.run_for(10 * second);
    EXPECT_EQ(rig.contacts(), core::Relays{}) << dead;
    const PackReading reading = rig.pack().read();
    EXPECT_TRUE(reading.alarms.communication);
    EXPECT_EQ(reading.link, core::LinkFault::broken);
    EXPECT_EQ(reading.break_before, dead + 1);
    rig.pack().restart_board(dead);
    rig.run_for(10 * second);
    EXPECT_EQ(rig.contacts(), both) << dead;
  }
}

TEST(SiteBoardFaults, ADeadBoardBleedsNothing) {
  RunningRig rig;
  rig.pack().set_cell_soc(3, 0.999);
  rig.run_for(20 * second);
  ASSERT_GT(rig.pack().plant().cells().board_current_a()[2], 0.5);
  rig.pack().power_off_board(3);
  rig.run_for(1 * second);
  EXPECT_LT(rig.pack().plant().cells().board_current_a()[2], 0.01);
}

// proves OUT-8
TEST(SiteBoardFaults, ADeadOutBoardKeepsItsLatchingRelaysAndOpensThemWhenItStarts) {
  RunningRig rig;
  rig.pack().power_off_board(6);
  rig.run_for(60 * second);
  EXPECT_EQ(rig.contacts(), both) << "latching relays need power to move";
  EXPECT_EQ(rig.pack().app_ask("1234", "X04=0B54!"), "") << "nobody answers";
  rig.pack().restart_board(6);
  EXPECT_EQ(rig.contacts(), core::Relays{});
  rig.run_for(10 * second);
  EXPECT_EQ(rig.contacts(), both);
}

// proves OUT-8
TEST(SiteBoardFaults, AHungOutBoardIsOpenedByItsWatchdog) {
  RunningRig rig;
  rig.pack().hang_board(6);
  rig.run_for(3200'000);
  EXPECT_EQ(rig.contacts(), core::Relays{});
  rig.run_for(10 * second);
  EXPECT_EQ(rig.contacts(), both);
  EXPECT_EQ(rig.newest(core::EventKind::restart).cause, core::EventCause::watchdog);
}

// proves REL-2, REL-4
TEST(SiteBoardFaults, AHungCellBoardSilencesTheChainBothRelaysOpen) {
  RunningRig rig;
  rig.pack().hang_board(4);
  rig.run_for(10 * second);
  EXPECT_EQ(rig.contacts(), core::Relays{});
  EXPECT_EQ(rig.pack().read().break_before, 5);
}

// proves OUT-7
TEST(SiteBoardFaults, TheWholeBmsLosesPowerAtAnyMomentAndComesBackAsItWas) {
  for (const SimTime moment : {0, 3, 40, 333, 960}) {
    RunningRig rig;
    ASSERT_EQ(rig.pack().app_ask("1234", "X04=0B54!"), "OK\r");
    rig.run_for(moment * second / 1000);
    const double soc = rig.pack().read().shown_soc;
    rig.pack().power_off();
    rig.run_for(hour);
    rig.pack().power_on();
    rig.run_for(10 * second);
    EXPECT_EQ(rig.contacts(), both) << moment;
    const auto& settings = rig.pack().chain().out_firmware().settings;
    EXPECT_EQ(settings.v_min, core::Voltage::millivolts(2900)) << moment;
    EXPECT_NEAR(rig.pack().read().shown_soc, soc, 0.01) << moment;
  }
}

// proves OUT-7
TEST(SiteBoardFaults, PowerThatFailsInAnyFlashWriteOfASettingLeavesTheOldOrTheNewOne) {
  int cut = 0;
  int old_ones = 0;
  int new_ones = 0;
  for (int operation = 1; operation <= 120; ++operation) {
    RunningRig rig;
    rig.pack().cut_power_at_write(6, operation, 77);
    const std::string reply = rig.pack().app_ask("1234", "X04=0B54!");
    const bool lost = !rig.pack().chain().powered(5);
    EXPECT_EQ(reply == "OK\r", !lost) << operation << ": who has lost power says nothing";
    cut += lost ? 1 : 0;
    rig.run_for(second);
    rig.pack().power_on();
    rig.run_for(10 * second);
    const auto& firmware = rig.pack().chain().out_firmware();
    const bool is_new = firmware.settings.v_min == core::Voltage::millivolts(2900);
    const bool is_old = firmware.settings.v_min == core::Voltage::millivolts(2800);
    EXPECT_TRUE(is_new || is_old) << operation;
    EXPECT_FALSE(firmware.held_open) << operation;
    EXPECT_EQ(rig.contacts(), both) << operation;
    old_ones += is_old ? 1 : 0;
    new_ones += is_new ? 1 : 0;
  }
  EXPECT_GT(cut, 3);
  EXPECT_GT(old_ones, 0);
  EXPECT_GT(new_ones, 0);
}

// proves OUT-7
TEST(SiteBoardFaults, ADeadFlashRefusesTheChangeAndTheOldSettingStays) {
  RunningRig rig;
  rig.pack().fail_flash(6, FlashFault::dead, 1);
  const std::string reply = rig.pack().app_ask("1234", "X04=0B54!");
  EXPECT_NE(reply, "OK\r") << "what is not stored is not said to be";
  EXPECT_EQ(rig.pack().chain().out_firmware().settings.v_min, core::Voltage::millivolts(2800));
  rig.run_for(hour);
  EXPECT_EQ(rig.contacts(), both) << "guarding goes on";
  rig.pack().fail_flash(6, FlashFault::none, 1);
  EXPECT_EQ(rig.pack().app_ask("1234", "X04=0B54!"), "OK\r");
}

// proves OUT-7
TEST(SiteBoardFaults, AFlashThatFlipsBitsNeverMakesASettingNobodySet) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    RunningRig rig;
    rig.pack().fail_flash(6, FlashFault::flips, seed);
    for (int change = 0; change < 6; ++change) {
      (void)rig.pack().app_ask("1234", change % 2 == 0 ? "X04=0B54!" : "X04=0AF0!");
    }
    rig.pack().power_off();
    rig.pack().power_on();
    rig.run_for(10 * second);
    const auto& firmware = rig.pack().chain().out_firmware();
    const core::Voltage v_min = firmware.settings.v_min;
    const bool known =
        v_min == core::Voltage::millivolts(2800) || v_min == core::Voltage::millivolts(2900);
    EXPECT_TRUE(known || firmware.held_open) << seed;
    EXPECT_EQ(firmware.held_open && rig.contacts() != core::Relays{}, false) << seed;
  }
}

// proves REL-10
TEST(SiteBoardFaults, ANoisyWireRecoversAndIsTheSameForTheSameSeed) {
  std::array<std::uint64_t, 2> traces{};
  for (std::uint64_t& trace : traces) {
    RunningRig rig;
    rig.pack().disturb_wire(3, 0.002, 5);
    rig.run_for(600 * second);
    EXPECT_GT(rig.pack().chain().out_board().link.refused(), 10U);
    rig.pack().disturb_wire(3, 0.0, 5);
    rig.run_for(10 * second);
    EXPECT_EQ(rig.contacts(), both);
    EXPECT_EQ(rig.pack().read().link, core::LinkFault::none);
    trace = rig.site.trace_hash();
  }
  EXPECT_EQ(traces[0], traces[1]);
}

// proves CELL-8
TEST(SiteBoardFaults, ClocksThatDriftApartBreakNothingAndABreakIsStillFound) {
  RunningRig rig;
  rig.pack().set_clock_error(1, 20'000);
  rig.pack().set_clock_error(3, -20'000);
  rig.pack().set_clock_error(6, 15'000);
  rig.run_for(600 * second);
  EXPECT_EQ(rig.contacts(), both);
  rig.pack().cut_wire(2);
  rig.run_for(12 * second);
  EXPECT_EQ(rig.pack().read().break_before, 3);
  EXPECT_EQ(rig.contacts(), core::Relays{});
  rig.pack().mend_wire(2);
  for (const int board : {1, 3, 6}) rig.pack().set_clock_error(board, 0);
  rig.run_for(10 * second);
  EXPECT_EQ(rig.contacts(), both);
}

// proves OUT-4
TEST(SiteBoardFaults, TheHeldButtonGivesTheStandardPinBack) {
  RunningRig rig;
  ASSERT_EQ(rig.pack().app_ask("1234", "X04=0B54!"), "OK\r");
  rig.pack().press_button(true);
  rig.run_for(6 * second);
  rig.pack().press_button(false);
  EXPECT_EQ(rig.newest(core::EventKind::pin_reset).cause, core::EventCause::button);
}

}  // namespace
}  // namespace cellwarden::sim
