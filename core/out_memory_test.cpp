// SPDX-License-Identifier: Apache-2.0
#include "core/out_memory.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "tests/support/fake_flash.hpp"

namespace cellwarden::core {
namespace {

constexpr std::uint8_t settings_key = 1, pin_key = 2, state_key = 3, history_key = 4;
constexpr std::uint8_t first_event_key = 0x40;

struct Kept {
  FakeFlash flash{2048};
  Journal journal = Journal::open(flash);
  OutMemoryReport report;
  OutMemory reopened() {
    journal = Journal::open(flash);
    return load_out_memory(journal, flash, report);
  }
  void put(std::uint8_t key, const std::vector<std::uint8_t>& bytes) {
    ASSERT_TRUE(journal.write(flash, key, bytes).good());
  }
};

OutMemory well_used() {
  OutMemory memory;
  memory.settings = memory.settings.with(setting("v_min"), 2'900, std::nullopt).value();
  memory.settings = memory.settings.with(setting("t_discharge_min"), -205, std::nullopt).value();
  memory.pin = 9'999;
  memory.soc = StateOfCharge::at(Ratio::ppm(678'901), true);
  memory.device_s = 0xF000'0001U;
  memory.cell_count = 255;
  const auto wh = [](std::int64_t n) { return EnergyCounter::at(Energy::watt_hours(n)); };
  memory.totals = {wh(1), wh(2), wh(0xFFFF'FFFF'FFFF), wh(4), wh(5), wh(6), 20'000};
  memory.lifetime.charged = Charge::microcoulombs(1'234'567'890'123'456'789);
  memory.lifetime.discharged = Charge::microcoulombs(2);
  memory.lifetime.hot_ms = 3;
  memory.lifetime.cold_ms = 4;
  memory.lifetime.cold_charge_ms = 5;
  memory.lifetime.running_ms = 6'000'000'000;
  memory.lifetime.deep_discharges = 7;
  memory.lifetime.deep = true;
  for (int hour = 0; hour < 200; ++hour) memory.history.add(static_cast<std::uint8_t>(hour % 101));
  return memory;
}

void expect_same_totals(const PackTotals& a, const PackTotals& b) {
  EXPECT_EQ(a.collected_today.total(), b.collected_today.total());
  EXPECT_EQ(a.consumed_today.total(), b.consumed_today.total());
  EXPECT_EQ(a.collected.total(), b.collected.total());
  EXPECT_EQ(a.consumed.total(), b.consumed.total());
  EXPECT_EQ(a.charged.total(), b.charged.total());
  EXPECT_EQ(a.discharged.total(), b.discharged.total());
  EXPECT_EQ(a.day, b.day);
}

void expect_same(const OutMemory& a, const OutMemory& b) {
  EXPECT_EQ(a.settings, b.settings);
  EXPECT_EQ(a.pin, b.pin);
  EXPECT_EQ(a.soc.share(), b.soc.share());
  EXPECT_EQ(a.soc.calibrated(), b.soc.calibrated());
  EXPECT_EQ(a.device_s, b.device_s);
  EXPECT_EQ(a.cell_count, b.cell_count);
  expect_same_totals(a.totals, b.totals);
  EXPECT_EQ(a.lifetime.charged, b.lifetime.charged);
  EXPECT_EQ(a.lifetime.discharged, b.lifetime.discharged);
  EXPECT_EQ(a.lifetime.hot_ms, b.lifetime.hot_ms);
  EXPECT_EQ(a.lifetime.cold_ms, b.lifetime.cold_ms);
  EXPECT_EQ(a.lifetime.cold_charge_ms, b.lifetime.cold_charge_ms);
  EXPECT_EQ(a.lifetime.running_ms, b.lifetime.running_ms);
  EXPECT_EQ(a.lifetime.deep_discharges, b.lifetime.deep_discharges);
  EXPECT_EQ(a.lifetime.deep, b.lifetime.deep);
  EXPECT_EQ(a.history, b.history);
}

// proves OUT-5, OUT-6, OUT-7, OUT-9
TEST(OutMemory, EverythingComesBackAsItWasStored) {
  Kept kept;
  OutMemory memory = well_used();
  ASSERT_TRUE(store_settings(kept.journal, kept.flash, memory.settings).good());
  ASSERT_TRUE(store_pin(kept.journal, kept.flash, memory.pin).good());
  ASSERT_TRUE(store_state(kept.journal, kept.flash, memory).good());
  ASSERT_TRUE(store_history(kept.journal, kept.flash, memory.history).good());
  for (int i = 0; i < 100; ++i) {
    const Event event{static_cast<std::uint32_t>(i), EventKind::alarm_on, EventCause::t_max,
                      static_cast<std::uint8_t>(i), -i};
    const std::size_t slot = memory.log.add(event);
    ASSERT_TRUE(store_event(kept.journal, kept.flash, memory.log, slot).good());
  }
  const OutMemory again = kept.reopened();
  expect_same(memory, again);
  EXPECT_FALSE(kept.report.settings_lost || kept.report.state_lost);
  for (std::size_t age = 0; age < event_slots; ++age) {
    EXPECT_EQ(again.log.recent(age), memory.log.recent(age)) << age;
  }
  EXPECT_EQ(again.log.recent(event_slots), std::nullopt);
  EXPECT_EQ(again.log.newest(), 100U);
}

TEST(OutMemory, ABlankFlashIsANewBoardWithPresets) {
  Kept kept;
  const OutMemory memory = kept.reopened();
  expect_same(memory, OutMemory{});
  EXPECT_EQ(memory.pin, 1234);
  EXPECT_FALSE(kept.report.settings_lost || kept.report.state_lost);
  EXPECT_EQ(kept.report.journal, JournalState::blank);
}

// proves OUT-7
TEST(OutMemory, SkipsSettingsItDoesNotKnowAndKeepsThePresetOfThoseNotStored) {
  Kept kept;
  kept.put(settings_key, {200, 0x7F, 0xFF, 0xFF, 0xFF, 4, 0, 0, 0x0B, 0x54});
  const OutMemory memory = kept.reopened();
  EXPECT_EQ(memory.settings, SettingValues{}.with(setting("v_min"), 2'900, {}).value());
  EXPECT_FALSE(kept.report.settings_lost);
}

// proves OUT-7, SET-3
TEST(OutMemory, UsesNoneOfTheStoredSettingsWhenOneOfThemIsImpossible) {
  const struct {
    std::string_view why;
    std::vector<std::uint8_t> bytes;
  } cases[] = {
      {"below its minimum", {4, 0, 0, 0x07, 0xCF}},
      {"above its maximum", {4, 0, 0, 0x13, 0x89}},
      {"between two steps", {4, 0, 0, 0x0B, 0x55}},
      {"negative", {3, 0xFF, 0xFF, 0xFF, 0xFF}},
      {"a good one before a bad one", {3, 0, 0, 0x0B, 0xB8, 4, 0, 0, 0, 0}},
      {"a bad one before a good one", {4, 0, 0, 0, 0, 4, 0, 0, 0x0B, 0x54}},
      {"out of order: V-min above V-max", {4, 0, 0, 0x0F, 0xA0}},
      {"cut off in the middle of a value", {4, 0, 0, 0x0B}},
      {"an id and nothing behind it", {4}},
      {"an unknown id and nothing behind it", {200}},
  };
  for (const auto& c : cases) {
    Kept kept;
    kept.put(settings_key, c.bytes);
    EXPECT_EQ(kept.reopened().settings, SettingValues{}) << c.why;
    EXPECT_TRUE(kept.report.settings_lost) << c.why;
  }
}

// proves OUT-7
TEST(OutMemory, SettingsThatAreNotThereAreLostUnlessTheFlashIsBlank) {
  Kept kept;
  kept.put(pin_key, {0x12, 0x67});
  EXPECT_EQ(kept.reopened().pin, 0x1267);
  EXPECT_TRUE(kept.report.settings_lost);
  EXPECT_FALSE(kept.report.state_lost) << "not stored yet in the first quarter of an hour";
}

TEST(OutMemory, BelievesNoPinThatNobodyCanType) {
  const struct {
    std::string_view why;
    std::vector<std::uint8_t> bytes;
    int pin;
  } cases[] = {{"the greatest", {0x27, 0x0F}, 9'999},
               {"one more", {0x27, 0x10}, 1'234},
               {"one byte", {0x12}, 1'234},
               {"three bytes", {0x00, 0x01, 0x02}, 1'234}};
  for (const auto& c : cases) {
    Kept kept;
    kept.put(pin_key, c.bytes);
    EXPECT_EQ(kept.reopened().pin, c.pin) << c.why;
  }
}

std::vector<std::uint8_t> stored_state() {
  Kept kept;
  EXPECT_TRUE(store_state(kept.journal, kept.flash, well_used()).good());
  std::vector<std::uint8_t> bytes(Journal::value_bytes_max);
  bytes.resize(kept.journal.read(kept.flash, state_key, bytes).value());
  return bytes;
}

// proves OUT-7
TEST(OutMemory, UsesNothingOfAStateThatIsNotWholeOrImpossible) {
  const std::vector<std::uint8_t> good = stored_state();
  std::vector<std::vector<std::uint8_t>> bad;
  for (std::size_t size = 1; size < good.size(); ++size) {
    bad.emplace_back(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
  }
  bad.push_back(good);
  bad.back()[0] = 2;  // another layout
  bad.push_back(good);
  bad.back()[2] = 0x0F;  // 1,000,000 ppm is 0x000F4240
  bad.back()[3] = 0x42;
  bad.back()[4] = 0x41;
  for (const auto& bytes : bad) {
    Kept kept;
    kept.put(state_key, bytes);
    expect_same(kept.reopened(), OutMemory{});
    EXPECT_TRUE(kept.report.state_lost);
  }
}

TEST(OutMemory, LeavesOutAHistoryOrAnEventThatIsNotWhole) {
  Kept kept;
  kept.put(history_key, {5, 50});
  kept.put(first_event_key, {0, 0, 0, 96, 0, 0});                                // cut off
  kept.put(first_event_key + 1, {0, 0, 0, 5, 0, 0, 0, 9, 5, 1, 1, 0, 0, 0, 0});  // of slot 5
  kept.put(first_event_key + 2, {0, 0, 0, 0, 0, 0, 0, 9, 5, 1, 1, 0, 0, 0, 0});  // number 0
  const OutMemory memory = kept.reopened();
  EXPECT_EQ(memory.history, SocHistory{});
  EXPECT_EQ(memory.log.newest(), 0U);
  std::vector<std::uint8_t> full(SocHistory::hours + 1, 50);
  full[0] = SocHistory::hours;
  kept.put(history_key, full);
  EXPECT_EQ(kept.reopened().history, SocHistory{}) << "newest at a place that is not there";
}

// proves OUT-9
TEST(OutMemory, DeviceTimeNeverRunsBehindTheNewestEvent) {
  Kept kept;
  OutMemory memory;
  memory.device_s = 900;
  ASSERT_TRUE(store_state(kept.journal, kept.flash, memory).good());
  const std::size_t slot = memory.log.add({1'700, EventKind::alarm_on, EventCause::v_min, 1, 0});
  ASSERT_TRUE(store_event(kept.journal, kept.flash, memory.log, slot).good());
  EXPECT_EQ(kept.reopened().device_s, 1'700U);
}

}  // namespace
}  // namespace cellwarden::core
