/// Flash that no longer does what it is told, and what cuts leave at rare moments.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/journal.hpp"
#include "core/journal_format.hpp"
#include "tests/support/fake_flash.hpp"
#include "tests/support/journal_rigs.hpp"

namespace cellwarden::core {
namespace {

TEST(JournalFailure, WordThatDoesNotTakeItsBitsSendsTheRecordToTheOtherPage) {
  for (std::size_t word = first_record_word; word < first_record_word + 3; ++word) {
    FakeFlash flash(64);
    flash.break_word(0, word, 0x0000'1000U, 0);
    Journal journal = Journal::open(flash);
    const Bytes zeros(4, 0);
    ASSERT_EQ(journal.write(flash, 1, zeros).value(), Written::stored) << word;
    EXPECT_EQ(journal.erase_count(1), 1U) << word;
    EXPECT_TRUE(agrees(journal, flash, {{1, zeros}})) << word;
    EXPECT_TRUE(agrees(flash, {{1, zeros}})) << word;
  }
}

TEST(JournalFailure, OtherPageThatFailsLeavesEveryValueAsItWas) {
  struct Case {
    std::size_t word;
    std::uint32_t ones;
    std::uint32_t zeros;
    const char* why;
  };
  const Case cases[] = {
      {40, 0, 1, "a bit that erase does not set"},
      {2, 0x0000'0100, 0, "a page header that does not take"},
      {first_record_word + 1, 0x0000'0100, 0, "the new value does not take"},
      {first_record_word + 4, 0x0000'0100, 0, "a copied value does not take"},
  };
  for (const Case& c : cases) {
    FakeFlash flash(64);
    flash.break_word(1, c.word, c.ones, c.zeros);
    Journal journal = Journal::open(flash);
    Model model;
    for (std::uint8_t i = 0;; ++i) {
      const auto key = static_cast<std::uint8_t>(i % 4);
      const Bytes value{i, 0, 0, 0};
      const auto done = journal.write(flash, key, value);
      if (!done.good()) {
        EXPECT_EQ(done.fault(), JournalFault::flash_failed) << c.why;
        break;
      }
      model[key] = value;
      ASSERT_LT(i, 60) << c.why;
    }
    EXPECT_TRUE(agrees(journal, flash, model)) << c.why;
    EXPECT_TRUE(agrees(flash, model)) << c.why;
    EXPECT_EQ(Journal::open(flash).state(), JournalState::ready) << c.why;
    EXPECT_EQ(journal.write(flash, 9, Bytes{1, 0, 0, 0}).fault(), JournalFault::flash_failed)
        << c.why;
  }
}

TEST(JournalFailure, FirstPageThatFailsIsReported) {
  FakeFlash flash(64);
  flash.break_word(0, 2, 0x0000'0100, 0);
  Journal journal = Journal::open(flash);
  EXPECT_EQ(journal.format(flash).fault(), JournalFault::flash_failed);
  EXPECT_EQ(Journal::open(flash).state(), JournalState::blank);
  FakeFlash again(64);
  again.break_word(0, 8, 0xFFFF'FFFF, 0);
  journal = Journal::open(again);
  EXPECT_EQ(journal.write(again, 1, Bytes{1}).fault(), JournalFault::flash_failed);
  EXPECT_TRUE(journal.write(again, 1, Bytes{1}).good()) << "the other page still works";
  EXPECT_TRUE(agrees(again, {{1, {1}}}));
}

TEST(JournalFailure, FirstPageCutShortTwiceIsStillBlank) {
  FakeFlash flash(64);
  flash.poke(0, 0, journal_mark);
  flash.poke(0, 1, balanced(journal_version) | 0x0001'0000U);
  EXPECT_EQ(Journal::open(flash).state(), JournalState::blank);
  Journal journal = Journal::open(flash);
  ASSERT_TRUE(journal.write(flash, 1, Bytes{1}).good());
  EXPECT_EQ(flash.erases(0) + flash.erases(1), 0U) << "the other page was free";
  EXPECT_EQ(read_page_header(flash, 1).kind, PageKind::whole);

  FakeFlash twice(64);
  for (const int page : {0, 1}) twice.poke(page, 0, journal_mark);
  EXPECT_EQ(Journal::open(twice).state(), JournalState::blank);
  journal = Journal::open(twice);
  ASSERT_TRUE(journal.write(twice, 1, Bytes{1}).good());
  EXPECT_EQ(twice.erases(0), 1U);
  EXPECT_EQ(journal.erase_count(0), 1U);
  EXPECT_TRUE(agrees(twice, {{1, {1}}}));
}

TEST(JournalFailure, OldPageThatWasNotMarkedIsMarkedByTheNextWrite) {
  UsedJournal used;
  used.flash.poke(0, old_mark_word, Flash::erased);
  ASSERT_EQ(used.reopen(), JournalState::ready);
  EXPECT_TRUE(agrees(used.flash, used.model));
  used.store(1, {1});
  EXPECT_EQ(used.flash.read(0, old_mark_word), 0U);
  const std::size_t before = used.flash.programs();
  used.store(1, {2});
  EXPECT_EQ(used.flash.programs() - before, 3U) << "once";
}

TEST(JournalFailure, AMarkCutShortIsAMark) {
  UsedJournal used;
  used.flash.poke(0, old_mark_word, 0xFFFF'FBFF);
  TestRandom random(1);
  fill_with_noise(used.flash, 1, random);
  EXPECT_EQ(used.reopen(), JournalState::damaged);
}

TEST(JournalFailure, SequenceThatIsUsedUpRefusesToWrap) {
  FakeFlash flash(64);
  program_page_header(flash, 0, {0xFFFF'FFFF, {5, 6}});
  Journal journal = Journal::open(flash);
  EXPECT_EQ(journal.erase_count(0), 5U);
  EXPECT_EQ(journal.erase_count(1), 6U);
  EXPECT_EQ(journal.format(flash).fault(), JournalFault::worn_out);
  std::uint8_t i = 0;
  while (i < 100 && journal.write(flash, 1, Bytes{i, 1}).good()) ++i;
  EXPECT_EQ(journal.write(flash, 1, Bytes{i, 1}).fault(), JournalFault::worn_out);
  EXPECT_EQ(i, 18) << "the page is filled to its end";
  EXPECT_TRUE(agrees(flash, {{1, {17, 1}}}));
}

TEST(JournalFailure, NewerOfTwoWholePagesCounts) {
  for (const int newer : {0, 1}) {
    FakeFlash flash(64);
    program_page_header(flash, newer, {0x0001'0000, {}});
    program_record(flash, {newer, first_record_word, 0x0001'0000}, 1, Bytes{2});
    program_page_header(flash, 1 - newer, {0x0000'FFFF, {}});
    program_record(flash, {1 - newer, first_record_word, 0x0000'FFFF}, 1, Bytes{1});
    EXPECT_TRUE(agrees(flash, {{1, {2}}})) << newer;
  }
}

}  // namespace
}  // namespace cellwarden::core
