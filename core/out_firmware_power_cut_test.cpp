/// Cuts the power at every single flash operation of what an OUT board does in its life.
// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <iostream>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/firmware_rig.hpp"

namespace cellwarden::core {
namespace {

using tests::FirmwareRig;

/// A board that has counted no charge yet takes the pack for empty.
constexpr Relays charging{true, false};
using Image = std::map<std::uint8_t, std::vector<std::uint8_t>>;
using Deed = std::function<void(FirmwareRig&)>;

/// A page little larger than all values together: it is full again and again.
constexpr std::size_t small_page = 768;
constexpr std::uint64_t seeds = 2;

Image image_of(const FakeFlash& flash) {
  const Journal journal = Journal::open(flash);
  Image image;
  journal.for_each([&](std::uint8_t key) {
    std::vector<std::uint8_t> bytes(Journal::value_bytes_max);
    bytes.resize(journal.read(flash, key, bytes).value());
    image[key] = bytes;
  });
  return image;
}

std::vector<std::uint8_t> value(const Image& image, std::uint8_t key) {
  const auto found = image.find(key);
  return found == image.end() ? std::vector<std::uint8_t>{} : found->second;
}

/// One quarter of an hour with the pack: events, state, now and then the history.
void quarter(FirmwareRig& rig, int i) {
  rig.idle(900);
  rig.cells[1].voltage = Voltage::millivolts(i % 2 == 0 ? 2'700 : 3'300);
  rig.cycles(2);
}

std::vector<Deed> life() {
  std::vector<Deed> deeds;
  for (int i = 0; i < 36; ++i) {
    deeds.emplace_back([i](FirmwareRig& rig) { quarter(rig, i); });
    deeds.emplace_back([i](FirmwareRig& rig) { rig.set("v_min", 2'500 + 5 * i); });
    deeds.emplace_back([i](FirmwareRig& rig) { rig.set("capacity", 1'000 + 100 * i); });
    if (i % 4 == 1) {
      deeds.emplace_back([i](FirmwareRig& rig) {
        change_pin(rig.firmware, rig.flash, static_cast<std::uint16_t>(4'000 + i),
                   EventKind::pin_changed);
      });
      deeds.emplace_back([](FirmwareRig& rig) { clear_energy(rig.firmware, rig.flash); });
      deeds.emplace_back([](FirmwareRig& rig) { rig.restart(); });
    }
  }
  return deeds;
}

/// After a cut each value is the one before the deed or the one after it, and the next start runs.
void expect_old_or_new(FirmwareRig rig, const Image& before, const Image& after) {
  rig.flash.power_up();
  const Image found = image_of(rig.flash);
  for (int key = 0; key < 255; ++key) {
    const auto k = static_cast<std::uint8_t>(key);
    const auto now = value(found, k);
    ASSERT_TRUE(now == value(before, k) || now == value(after, k)) << "key " << key;
  }
  rig.begin(EventCause::power_on);
  ASSERT_FALSE(rig.firmware.held_open);
  ASSERT_FALSE(rig.firmware.report.settings_lost || rig.firmware.report.state_lost);
  ASSERT_FALSE(rig.firmware.board.relays.closed().charge);
}

// proves OUT-5, OUT-6, OUT-7, OUT-9
TEST(OutFirmwarePowerCut, LeavesEachValueOldOrNewAtEveryOperationOfABusyLife) {
  FirmwareRig rig(FirmwareRig::Start{}, FakeFlash{small_page});
  rig.cycles(4);
  std::size_t cuts = 0;
  for (const Deed& deed : life()) {
    const Image before = image_of(rig.flash);
    FirmwareRig whole = rig;
    deed(whole);
    const std::size_t operations = whole.flash.operations() - rig.flash.operations();
    const Image after = image_of(whole.flash);
    // A deed that stores much is a page being moved: there every third operation will do.
    const std::size_t stride = operations > 100 ? 3 : 1;
    for (std::size_t at = 0; at < operations; at += stride) {
      FirmwareRig cut = rig;
      cut.flash.cut_after(at, at * seeds + cuts);
      deed(cut);
      if (cut.flash.powered()) continue;  // the deed was a restart
      expect_old_or_new(cut, before, after);
      if (::testing::Test::HasFatalFailure()) return;
      ++cuts;
    }
    rig = whole;
  }
  EXPECT_GT(rig.flash.erases(0) + rig.flash.erases(1), 3U) << "pages were moved";
  EXPECT_GT(cuts, 1'000U);
  std::cout << "power cuts: " << cuts << " in a board's busy life, none mixed old and new\n";
}

// proves OUT-7
TEST(OutFirmwarePowerCut, InTheVeryFirstStartLeavesPresetsOrBothRelaysHeldOpen) {
  FirmwareRig whole;
  for (std::size_t at = 0; at < whole.flash.operations(); ++at) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      FakeFlash flash{2048};
      flash.cut_after(at, seed);
      FirmwareRig rig(FirmwareRig::Start{}, flash);
      rig.restart();
      EXPECT_EQ(rig.firmware.memory.settings, SettingValues{});
      rig.restart();
      rig.cycles(4);
      EXPECT_EQ(rig.relays(), rig.firmware.held_open ? both_open : charging);
      rig.set("capacity", 2'800);
      rig.cycles(2);
      EXPECT_EQ(rig.relays(), charging);
    }
  }
}

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

// proves OUT-7
TEST(OutFirmwarePowerCut, WhileTheOwnerStartsALostMemoryAnewClosesNothingByAccident) {
  FirmwareRig lost(FirmwareRig::Start{}, noise(3));
  FirmwareRig whole = lost;
  whole.set("v_max", 2'900);
  ASSERT_TRUE(whole.firmware.held_open) << "refused: V-low is above it";
  whole.set("v_max", 3'600);
  ASSERT_FALSE(whole.firmware.held_open);
  const std::size_t operations = whole.flash.operations() - lost.flash.operations();
  for (std::size_t at = 0; at < operations; ++at) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      FirmwareRig rig = lost;
      rig.flash.cut_after(at, seed);
      rig.set("v_max", 3'600);
      rig.restart();
      EXPECT_TRUE(rig.firmware.held_open || rig.value_of("v_max") == 3'600) << at << " " << seed;
    }
  }
}

}  // namespace
}  // namespace cellwarden::core
