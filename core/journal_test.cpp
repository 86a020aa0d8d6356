// SPDX-License-Identifier: Apache-2.0
#include "core/journal.hpp"

#include <type_traits>

#include <gtest/gtest.h>

#include "core/journal_format.hpp"
#include "tests/support/fake_flash.hpp"
#include "tests/support/journal_rigs.hpp"

namespace cellwarden::core {
namespace {

static_assert(std::is_trivially_copyable_v<Journal>);
static_assert(sizeof(Journal) == 532);

/// A flash and its journal on small pages.
struct Rig {
  FakeFlash flash{64};
  Journal journal = Journal::open(flash);

  Result<Written, JournalFault> write(std::uint8_t key, const Bytes& value) {
    return journal.write(flash, key, value);
  }
  void store(std::uint8_t key, const Bytes& value) {
    const auto done = write(key, value);
    ASSERT_TRUE(done.good()) << static_cast<int>(done.fault());
    ASSERT_EQ(done.value(), Written::stored);
  }
  std::optional<Bytes> value(std::uint8_t key) const { return value_of(journal, flash, key); }
  void reopen() { journal = Journal::open(flash); }
};

TEST(Journal, FlashFromTheFactoryIsBlankAndHoldsNothing) {
  Rig rig;
  EXPECT_EQ(rig.journal.state(), JournalState::blank);
  EXPECT_FALSE(is_lost(rig.journal.state()));
  EXPECT_EQ(rig.value(0), std::nullopt);
  EXPECT_TRUE(agrees(rig.journal, rig.flash, {}));
  EXPECT_EQ(rig.flash.operations(), 0U) << "opening changes nothing";
}

// proves OUT-7
TEST(Journal, ValuesOfEveryLengthComeBackAfterPowerOff) {
  FakeFlash flash(9'000);
  Journal journal = Journal::open(flash);
  Model model;
  for (std::size_t length = 1; length <= 248; ++length) {
    const auto key = static_cast<std::uint8_t>(length - 1);
    for (std::size_t i = 0; i < length; ++i) {
      model[key].push_back(static_cast<std::uint8_t>((i * 7 + length) & 0xFFU));
    }
    ASSERT_TRUE(journal.write(flash, key, model[key]).good());
  }
  model[254] = {0xFF, 0xFF, 0xFF, 0xFF};
  ASSERT_TRUE(journal.write(flash, 254, model[254]).good());
  EXPECT_TRUE(agrees(journal, flash, model));
  EXPECT_TRUE(agrees(flash, model));
  EXPECT_EQ(Journal::open(flash).state(), JournalState::ready);
}

TEST(Journal, LastValueOfAKeyIsTheOneThatCounts) {
  Rig rig;
  rig.store(3, {1});
  rig.store(3, {2, 2});
  rig.store(4, {9});
  rig.store(3, {1});
  EXPECT_EQ(rig.value(3), (Bytes{1}));
  rig.reopen();
  EXPECT_EQ(rig.value(3), (Bytes{1}));
  EXPECT_EQ(rig.value(4), (Bytes{9}));
}

TEST(Journal, KeysAreVisitedLowestFirst) {
  Rig rig;
  for (const int key : {200, 0, 254, 7}) rig.store(static_cast<std::uint8_t>(key), {1});
  std::vector<int> seen;
  rig.journal.for_each([&](std::uint8_t key) { seen.push_back(key); });
  EXPECT_EQ(seen, (std::vector<int>{0, 7, 200, 254}));
}

TEST(Journal, ShortBufferGetsTheFirstBytesAndTheWholeLength) {
  Rig rig;
  rig.store(1, {10, 20, 30, 40, 50});
  Bytes out(7, 0xEE);
  EXPECT_EQ(rig.journal.read(rig.flash, 1, std::span(out).first(3)), 5U);
  EXPECT_EQ(out, (Bytes{10, 20, 30, 0xEE, 0xEE, 0xEE, 0xEE}));
  EXPECT_EQ(rig.journal.read(rig.flash, 1, out), 5U);
  EXPECT_EQ(out, (Bytes{10, 20, 30, 40, 50, 0xEE, 0xEE}));
  EXPECT_EQ(rig.journal.read(rig.flash, 255, out), std::nullopt);
}

TEST(Journal, SameValueAgainProgramsNothing) {
  Rig rig;
  rig.store(1, {1, 2, 3, 4, 5});
  const std::size_t before = rig.flash.operations();
  EXPECT_EQ(rig.write(1, {1, 2, 3, 4, 5}).value(), Written::unchanged);
  EXPECT_EQ(rig.flash.operations(), before);
  rig.store(1, {1, 2, 3, 4, 6});
  rig.store(1, {1, 2, 3, 4});
  rig.store(1, {1, 2, 3, 4, 0xFF});
}

TEST(Journal, WriteCostsTheWordsItSays) {
  Rig rig;
  rig.store(1, {1});
  for (const std::size_t length : {1U, 4U, 5U, 24U}) {
    const std::size_t before = rig.flash.programs();
    rig.store(2, Bytes(length, 7));
    EXPECT_EQ(rig.flash.programs() - before, 2 + (length + 3) / 4) << length;
  }
}

TEST(Journal, RefusedWritesSayWhyAndChangeNothing) {
  Rig rig;
  rig.store(1, Bytes(100, 1));
  rig.store(2, Bytes(60, 2));
  struct Case {
    std::uint8_t key;
    std::size_t bytes;
    JournalFault fault;
    const char* why;
  };
  const Case cases[] = {
      {255, 1, JournalFault::bad_key, "255 is no key"},
      {3, 0, JournalFault::bad_length, "no bytes"},
      {3, 249, JournalFault::bad_length, "longer than any value"},
      {3, 248, JournalFault::no_room, "longer than the page has left"},
      {3, 33, JournalFault::no_room, "a word more than the page has left"},
      {1, 141, JournalFault::no_room, "in the place of another, a word too much"},
  };
  const FakeFlash before = rig.flash;
  for (const Case& c : cases) {
    const auto done = rig.write(c.key, Bytes(c.bytes, 5));
    ASSERT_FALSE(done.good()) << c.why;
    EXPECT_EQ(done.fault(), c.fault) << c.why;
    EXPECT_TRUE(rig.flash.same_image(before)) << c.why;
  }
  EXPECT_TRUE(agrees(rig.journal, rig.flash, {{1, Bytes(100, 1)}, {2, Bytes(60, 2)}}));
  rig.store(3, Bytes(32, 3));
  rig.store(3, Bytes(32, 4));
  EXPECT_EQ(rig.journal.erase_count(1), 1U) << "a page full to its last word still moves";
  EXPECT_TRUE(agrees(rig.flash, {{1, Bytes(100, 1)}, {2, Bytes(60, 2)}, {3, Bytes(32, 4)}}));
}

TEST(Journal, FullPageMovesToTheOtherAndKeepsTheOldOneUntilTheNextMove) {
  Rig rig;
  Model model;
  std::uint8_t count = 0;
  while (rig.journal.erase_count(1) == 0 && count < 100) {
    const auto key = static_cast<std::uint8_t>(count % 3);
    model[key] = {count, 1, 2, 3, 4};
    rig.store(key, model[key]);
    ++count;
  }
  EXPECT_EQ(count, 14) << "13 records of four words fit";
  EXPECT_EQ(rig.journal.erase_count(0), 0U);
  EXPECT_TRUE(agrees(rig.flash, model));
  const PageFound old = read_page_header(rig.flash, 0);
  EXPECT_EQ(old.kind, PageKind::whole);
  EXPECT_TRUE(old.is_old);
  rig.reopen();
  EXPECT_EQ(rig.journal.state(), JournalState::ready);
  EXPECT_EQ(rig.journal.erase_count(1), 1U) << "kept over power-off";
  while (rig.journal.erase_count(0) == 0 && count < 200) {
    model[0] = {count++};
    rig.store(0, model[0]);
  }
  EXPECT_EQ(rig.journal.erase_count(1), 1U);
  rig.reopen();
  EXPECT_EQ(rig.journal.erase_count(0), rig.flash.erases(0));
  EXPECT_EQ(rig.journal.erase_count(1), rig.flash.erases(1));
  EXPECT_TRUE(agrees(rig.flash, model));
}

TEST(Journal, FormatForgetsEveryKeyAndKeepsTheEraseCounts) {
  Rig rig;
  rig.store(1, {1});
  ASSERT_TRUE(rig.journal.format(rig.flash).good());
  EXPECT_EQ(rig.journal.state(), JournalState::ready);
  EXPECT_TRUE(agrees(rig.journal, rig.flash, {}));
  EXPECT_TRUE(agrees(rig.flash, {}));
  EXPECT_EQ(rig.journal.erase_count(1), 1U);
  rig.store(2, {2});
  EXPECT_TRUE(agrees(rig.flash, {{2, {2}}}));
}

TEST(Journal, FormatOfABlankFlashMakesItReadyWithoutAnErase) {
  Rig rig;
  ASSERT_TRUE(rig.journal.format(rig.flash).good());
  EXPECT_EQ(rig.flash.erases(0) + rig.flash.erases(1), 0U);
  rig.reopen();
  EXPECT_EQ(rig.journal.state(), JournalState::ready);
}

// proves OUT-7
TEST(Journal, FormatCutAnywhereKeepsEverythingOrNothing) {
  Rig rig;
  Model model;
  for (std::uint8_t i = 0; i < 60; ++i) rig.store(i % 5, model[i % 5] = {i, i, i});
  std::size_t cuts = 0;
  for (std::size_t cut = 0; cut < 11; ++cut) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      FakeFlash flash = rig.flash;
      Journal journal = rig.journal;
      flash.cut_after(cut, seed);
      (void)journal.format(flash);
      ASSERT_FALSE(flash.powered());
      flash.power_up();
      ASSERT_TRUE(agrees(flash, model) || agrees(flash, {})) << cut << " seed " << seed;
      ++cuts;
    }
  }
  EXPECT_EQ(cuts, 550U);
}

}  // namespace
}  // namespace cellwarden::core
