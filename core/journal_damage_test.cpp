/// What no power cut does: pages of noise, decayed bits, other versions, flash that no longer
/// works.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/journal.hpp"
#include "core/journal_format.hpp"
#include "tests/support/fake_flash.hpp"
#include "tests/support/journal_rigs.hpp"

namespace cellwarden::core {
namespace {

void flip(FakeFlash& flash, int page, std::size_t word, std::uint32_t bits) {
  flash.poke(page, word, flash.read(page, word) ^ bits);
}

/// Nothing is given out, nothing is written, until the owner says so.
void expect_refused_until_format(FakeFlash flash, JournalState state, const char* why) {
  const FakeFlash before = flash;
  Journal journal = Journal::open(flash);
  EXPECT_EQ(journal.state(), state) << why;
  EXPECT_TRUE(is_lost(journal.state())) << why;
  EXPECT_TRUE(agrees(journal, flash, {})) << why;
  EXPECT_EQ(journal.write(flash, 1, Bytes{1}).fault(), JournalFault::not_writable) << why;
  EXPECT_EQ(journal.repair(flash).fault(), JournalFault::not_writable) << why;
  EXPECT_TRUE(flash.same_image(before)) << why;
  ASSERT_TRUE(journal.format(flash).good()) << why;
  EXPECT_EQ(journal.erase_count(0), 1U) << why;
  EXPECT_EQ(journal.erase_count(1), 1U) << why;
  EXPECT_TRUE(journal.write(flash, 1, Bytes{1}).good()) << why;
  EXPECT_TRUE(agrees(flash, {{1, {1}}})) << why;
  EXPECT_EQ(Journal::open(flash).state(), JournalState::ready) << why;
}

// proves OUT-7
TEST(JournalDamage, PagesOfNoiseAreLostAndNeverBlankOrData) {
  TestRandom random(7);
  for (int i = 0; i < 2'000; ++i) {
    FakeFlash flash(64);
    fill_with_noise(flash, i % 3 == 1 ? 1 : 0, random);
    if (i % 3 == 2) fill_with_noise(flash, 1, random);
    expect_refused_until_format(flash, JournalState::unreadable, "noise");
  }
}

TEST(JournalDamage, OneStrayWordOnABlankFlashIsNotBlank) {
  for (const int page : {0, 1}) {
    FakeFlash flash(64);
    flash.poke(page, 63, 0xFFFF'FFFE);
    expect_refused_until_format(flash, JournalState::unreadable, "a stray bit");
  }
}

// proves OUT-7
TEST(JournalDamage, NoiseOnThePageInUseIsDamageAndNotAReturnToOlderValues) {
  TestRandom random(8);
  for (int i = 0; i < 500; ++i) {
    UsedJournal used;
    fill_with_noise(used.flash, 1, random);
    const FakeFlash before = used.flash;
    ASSERT_EQ(used.reopen(), JournalState::damaged);
    EXPECT_EQ(used.journal.write(used.flash, 1, Bytes{1}).fault(), JournalFault::not_writable);
    EXPECT_TRUE(used.flash.same_image(before));
    const auto older = value_of(used.journal, used.flash, 2);
    ASSERT_TRUE(older.has_value());
    ASSERT_EQ(used.journal.repair(used.flash).value(), Written::stored);
    EXPECT_EQ(used.reopen(), JournalState::ready);
    EXPECT_EQ(value_of(used.journal, used.flash, 2), older);
  }
}

TEST(JournalDamage, NoiseOnTheOldPageLosesNothing) {
  TestRandom random(9);
  for (int i = 0; i < 500; ++i) {
    UsedJournal used;
    fill_with_noise(used.flash, 0, random);
    ASSERT_EQ(used.reopen(), JournalState::ready);
    for (std::uint8_t k = 0; k < 30; ++k) used.store(k % 3, {k, 7});
    ASSERT_TRUE(agrees(used.flash, used.model));
  }
}

TEST(JournalDamage, OtherVersionsAreRefusedWithTheReason) {
  struct Case {
    std::uint16_t version;
    JournalState state;
  };
  for (const Case& c : {Case{0, JournalState::older_version}, Case{2, JournalState::newer_version},
                        Case{0xFFFF, JournalState::newer_version}}) {
    for (const int page : {0, 1}) {
      FakeFlash flash(64);
      flash.program(page, 0, journal_mark);
      flash.program(page, 1, balanced(c.version));
      flash.program(page, 40, 0x1234'5678);
      expect_refused_until_format(flash, c.state, "beside a blank page");
      TestRandom random(3);
      fill_with_noise(flash, 1 - page, random);
      expect_refused_until_format(flash, c.state, "beside noise");
    }
  }
}

TEST(JournalDamage, PageOfOursCountsMoreThanAnOlderVersionAndLessThanANewer) {
  UsedJournal used;
  used.flash.poke(0, 1, balanced(0));
  EXPECT_EQ(used.reopen(), JournalState::ready);
  EXPECT_TRUE(agrees(used.flash, used.model));
  used.flash.poke(0, 1, balanced(2));
  expect_refused_until_format(used.flash, JournalState::newer_version, "ours beside a newer");
}

// proves OUT-7
TEST(JournalDamage, FormatOverANewerVersionNeverBringsBackWhatIsOlder) {
  for (const int newer : {0, 1}) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      FakeFlash flash(64);
      program_page_header(flash, 1 - newer, {5, {1, 1}});
      program_record(flash, {1 - newer, first_record_word, 5}, 1, Bytes{1});
      flash.program(newer, 0, journal_mark);
      flash.program(newer, 1, balanced(2));
      Journal journal = Journal::open(flash);
      ASSERT_EQ(journal.state(), JournalState::newer_version);
      flash.cut_after(seed % 12, seed);
      (void)journal.format(flash);
      flash.power_up();
      EXPECT_TRUE(agrees(flash, {})) << newer << " seed " << seed;
    }
  }
}

// Key 1 = {1} in words 10..12, key 2 = {2} in 13..15, key 1 = {3} in 16..18, then erased.
FakeFlash three_records() {
  FakeFlash flash(64);
  Journal journal = Journal::open(flash);
  CELLWARDEN_ASSERT(journal.write(flash, 1, Bytes{1}).good());
  CELLWARDEN_ASSERT(journal.write(flash, 2, Bytes{2}).good());
  CELLWARDEN_ASSERT(journal.write(flash, 1, Bytes{3}).good());
  return flash;
}

TEST(JournalDamage, CutTailIsRecoveredAndTheNextWriteMoves) {
  struct Case {
    std::size_t words;
    const char* why;
  };
  for (const Case& c : {Case{1, "header torn"}, Case{2, "value torn"}, Case{3, "check torn"}}) {
    FakeFlash flash = three_records();
    FakeFlash whole = flash;
    ASSERT_TRUE(Journal::open(whole).write(whole, 1, Bytes{0}).good());
    for (std::size_t i = 19; i < 19 + c.words; ++i) {
      const std::uint32_t not_cleared = i + 1 == 19 + c.words ? 0x0101'0101U : 0;
      flash.poke(0, i, whole.read(0, i) | not_cleared);
    }
    Journal journal = Journal::open(flash);
    EXPECT_EQ(journal.state(), JournalState::recovered_tail) << c.why;
    EXPECT_TRUE(agrees(journal, flash, {{1, {3}}, {2, {2}}})) << c.why;
    EXPECT_EQ(journal.repair(flash).value(), Written::unchanged) << c.why;
    EXPECT_EQ(journal.write(flash, 2, Bytes{5}).value(), Written::stored) << c.why;
    EXPECT_EQ(journal.erase_count(1), 1U) << c.why;
    EXPECT_EQ(journal.state(), JournalState::ready) << c.why;
    EXPECT_TRUE(agrees(flash, {{1, {3}}, {2, {5}}})) << c.why;
  }
}

TEST(JournalDamage, DecayIsToldFromACutAndTheRestIsKept) {
  struct Case {
    std::vector<std::size_t> words;
    Model left;
    const char* why;
  };
  const Model all{{1, {3}}, {2, {2}}};
  const Case cases[] = {
      {{17}, {{1, {1}}, {2, {2}}}, "a bit of the last value"},
      {{11}, all, "a bit of a value that is out of date"},
      {{14}, {{1, {3}}}, "a bit of a value in the middle"},
      {{15}, {{1, {3}}}, "a bit of a check in the middle"},
      {{13}, {{1, {1}}}, "a header in the middle: what follows cannot be found"},
      {{20}, all, "a bit after the end"},
      {{63}, all, "the last word of the page"},
      {{11, 19}, all, "a value and what looks like a cut tail"},
  };
  for (const Case& c : cases) {
    FakeFlash flash = three_records();
    for (const std::size_t word : c.words) flip(flash, 0, word, 0x10);
    Journal journal = Journal::open(flash);
    EXPECT_EQ(journal.state(), JournalState::damaged) << c.why;
    EXPECT_FALSE(is_lost(journal.state())) << c.why;
    EXPECT_TRUE(agrees(journal, flash, c.left)) << c.why;
    EXPECT_EQ(journal.write(flash, 9, Bytes{1}).fault(), JournalFault::not_writable) << c.why;
    ASSERT_EQ(journal.repair(flash).value(), Written::stored) << c.why;
    EXPECT_TRUE(agrees(journal, flash, c.left)) << c.why;
    EXPECT_EQ(Journal::open(flash).state(), JournalState::ready) << c.why;
    EXPECT_TRUE(agrees(flash, c.left)) << c.why;
  }
}

TEST(JournalDamage, RecordThatWouldReachPastThePageIsNone) {
  FakeFlash flash = three_records();
  flash.poke(0, 19, balanced(0xF805));
  EXPECT_EQ(Journal::open(flash).state(), JournalState::recovered_tail);
  EXPECT_TRUE(agrees(flash, {{1, {3}}, {2, {2}}}));
}

TEST(JournalDamage, ValueThatWentBadSinceOpenIsNotCopiedWithAGoodCheck) {
  struct Case {
    std::size_t word;
    std::uint32_t value;
    bool reads;
    const char* why;
  };
  const Case cases[] = {
      {14, 0xFFFF'FF03, true, "the value"},
      {13, 0xFEFD'0103, false, "the header is none any more"},
      {13, balanced(0xF802), false, "the header reaches past the end"},
  };
  for (const Case& c : cases) {
    FakeFlash flash = three_records();
    Journal journal = Journal::open(flash);
    flash.poke(0, c.word, c.value);
    EXPECT_EQ(value_of(journal, flash, 2).has_value(), c.reads) << c.why;
    std::uint8_t i = 0;
    auto done = journal.write(flash, 1, Bytes{i});
    while (done.good() && i < 100) done = journal.write(flash, 1, Bytes{++i});
    ASSERT_FALSE(done.good()) << c.why;
    EXPECT_EQ(done.fault(), JournalFault::flash_failed) << c.why;
    const Journal after = Journal::open(flash);
    EXPECT_EQ(after.state(), JournalState::damaged) << c.why;
  }
}

}  // namespace
}  // namespace cellwarden::core
