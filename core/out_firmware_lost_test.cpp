/// What no power cut does to an OUT board's memory: noise, other versions, decay.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/journal_format.hpp"
#include "tests/support/firmware_rig.hpp"

namespace cellwarden::core {
namespace {

using tests::FirmwareRig;

/// A board that has counted no charge yet takes the pack for empty.
constexpr Relays charging{true, false};

FakeFlash noise(std::uint64_t seed) {
  FakeFlash flash{2048};
  TestRandom random(seed);
  for (int page = 0; page < Flash::pages; ++page) {
    for (std::size_t word = 0; word < flash.page_words(); ++word) {
      flash.poke(page, word, random.word());
    }
  }
  return flash;
}

/// A board in use whose memory says another version.
FakeFlash of_version(std::uint16_t version) {
  FirmwareRig rig;
  rig.cycles(4);
  FakeFlash flash = rig.flash;
  flash.poke(0, 1, balanced(version));
  return flash;
}

void expect_held_open(const FakeFlash& image, JournalState state, const char* why) {
  FirmwareRig rig(FirmwareRig::Start{}, image);
  ASSERT_EQ(rig.firmware.report.journal, state) << why;
  for (int start = 0; start < 3; ++start) {
    rig.cycles(4);
    rig.idle(4'000);
    rig.cycles(4);
    EXPECT_EQ(rig.relays(), both_open) << why;
    EXPECT_FALSE(change_pin(rig.firmware, rig.flash, 4711, EventKind::pin_changed)) << why;
    EXPECT_FALSE(clear_energy(rig.firmware, rig.flash)) << why;
    EXPECT_TRUE(rig.flash.same_image(image)) << why << ": nothing is erased before";
    const auto said = rig.events(EventKind::memory_damaged);
    ASSERT_EQ(said.size(), 1U) << why;
    EXPECT_EQ(said[0].value, static_cast<std::int32_t>(state)) << why;
    rig.restart();
  }
  EXPECT_TRUE(rig.set("v_max", 999'999).refusal.has_value());
  EXPECT_TRUE(rig.flash.same_image(image)) << why << ": a refused change starts nothing";
  EXPECT_FALSE(rig.set("v_max", 3'650).refusal.has_value()) << "also to the value it has";
  rig.cycles(6);
  EXPECT_EQ(rig.relays(), charging) << why;
  rig.restart();
  rig.cycles(4);
  EXPECT_EQ(rig.relays(), charging) << why;
  EXPECT_FALSE(rig.firmware.report.settings_lost) << why;
}

// proves OUT-7
TEST(OutFirmwareLost, AMemoryThatDoesNotReadHoldsBothRelaysOpenUntilTheOwnerSetsSomething) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    expect_held_open(noise(seed), JournalState::unreadable, "noise");
  }
  expect_held_open(of_version(0), JournalState::older_version, "an older version");
  expect_held_open(of_version(2), JournalState::newer_version, "a newer version");
}

// proves OUT-7
TEST(OutFirmwareLost, SettingsOfOldFirmwareThatBreakANewRuleHoldBothRelaysOpen) {
  FirmwareRig used;
  const std::uint8_t bad[] = {4, 0, 0, 0x0F, 0xA0};
  ASSERT_TRUE(used.firmware.journal.write(used.flash, 1, bad).good());
  FirmwareRig rig(FirmwareRig::Start{}, used.flash);
  EXPECT_EQ(rig.events(EventKind::memory_damaged).size(), 1U);
  rig.cycles(4);
  EXPECT_EQ(rig.relays(), both_open);
  rig.set("capacity", 2'800);
  rig.cycles(4);
  EXPECT_EQ(rig.relays(), charging);
}

/// Flips a bit in the last record that holds `key`.
void decay(FakeFlash& flash, std::uint8_t key, int records) {
  for (std::size_t word = flash.page_words(); word-- > first_record_word;) {
    const auto header = record_header(flash.read(0, word));
    if (!header || header->key != key) continue;
    flash.poke(0, word + 2, flash.read(0, word + 2) ^ 4U);
    if (--records == 0) return;
  }
}

// proves OUT-7, OUT-9
TEST(OutFirmwareLost, ADamagedMemoryIsRepairedAndTheLogSaysSo) {
  FirmwareRig rig;
  rig.cycles(4);
  rig.idle(1'000);
  rig.set("v_max", 3'600);
  decay(rig.flash, 0x41, 1);  // the first event
  rig.restart();
  EXPECT_EQ(rig.firmware.report.journal, JournalState::damaged);
  EXPECT_EQ(rig.firmware.journal.state(), JournalState::ready);
  EXPECT_EQ(rig.value_of("v_max"), 3'600);
  ASSERT_EQ(rig.events(EventKind::memory_damaged).size(), 1U);
  rig.restart();
  EXPECT_EQ(rig.firmware.report.journal, JournalState::ready);
  EXPECT_EQ(rig.events(EventKind::memory_damaged).size(), 1U) << "and not again";
  rig.cycles(4);
  EXPECT_EQ(rig.relays(), charging);
}

// proves OUT-7
TEST(OutFirmwareLost, SettingsThatDecayedHoldBothRelaysOpenAlsoAfterTheRepair) {
  FirmwareRig rig;
  rig.cycles(4);
  rig.set("v_max", 3'600);
  decay(rig.flash, 1, 100);
  for (int start = 0; start < 3; ++start) {
    rig.restart();
    EXPECT_TRUE(rig.firmware.held_open) << "start " << start;
    rig.cycles(4);
    EXPECT_EQ(rig.relays(), both_open);
  }
  rig.set("v_max", 3'600);
  rig.restart();
  rig.cycles(4);
  EXPECT_EQ(rig.relays(), charging);
}

// proves OUT-7, OUT-9
TEST(OutFirmwareLost, AStateOfChargeThatIsGoneOrOfAnotherLayoutIsSaidAndBeginsUncertain) {
  const struct {
    std::string_view why;
    bool decayed;
  } cases[] = {{"every copy decayed", true}, {"stored by other firmware", false}};
  for (const auto& c : cases) {
    FirmwareRig rig;
    rig.cycles(4);
    rig.firmware.board.soc = StateOfCharge::at(Ratio::percent(50), true);
    rig.idle(1'000);
    const std::uint8_t other_layout[] = {99, 1, 2};
    if (c.decayed) {
      decay(rig.flash, 3, 100);
    } else {
      ASSERT_TRUE(rig.firmware.journal.write(rig.flash, 3, other_layout).good());
    }
    rig.restart();
    EXPECT_TRUE(rig.firmware.report.state_lost) << c.why;
    EXPECT_EQ(rig.firmware.board.soc.share(), Ratio{}) << c.why;
    EXPECT_FALSE(rig.firmware.board.soc.calibrated()) << c.why;
    EXPECT_EQ(rig.events(EventKind::memory_damaged).size(), 1U) << c.why;
    rig.cycles(4);
    EXPECT_EQ(rig.relays(), charging) << c.why << ": an empty pack may be charged";
  }
}

}  // namespace
}  // namespace cellwarden::core
