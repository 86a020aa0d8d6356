// SPDX-License-Identifier: Apache-2.0
#include "core/journal_format.hpp"

#include <bit>

#include <gtest/gtest.h>

#include "tests/support/fake_flash.hpp"
#include "wire/crc16.hpp"

namespace cellwarden::core {
namespace {

// A word whose zeros are only partly cleared has more ones than the whole one, a word half erased
// too; and all balanced words have sixteen. So neither is ever another balanced word.
TEST(JournalFormat, EveryBalancedWordHasSixteenOnesAndNoOtherWordIsBalanced) {
  for (std::uint32_t value = 0; value <= 0xFFFF; ++value) {
    const std::uint32_t word = balanced(static_cast<std::uint16_t>(value));
    ASSERT_EQ(std::popcount(word), 16);
    ASSERT_TRUE(is_balanced(word));
    for (unsigned bit = 0; bit < 32; ++bit) ASSERT_FALSE(is_balanced(word ^ (1U << bit)));
  }
  EXPECT_FALSE(is_balanced(Flash::erased));
  EXPECT_FALSE(is_balanced(0));
}

/// The bytes of words as they lie in the flash, lowest first.
std::uint16_t crc_of(std::initializer_list<std::uint32_t> words) {
  wire::Crc16 crc;
  for (const std::uint32_t word : words) {
    for (unsigned i = 0; i < 4; ++i) crc.add(static_cast<std::uint8_t>((word >> (8 * i)) & 0xFFU));
  }
  return crc.value();
}

TEST(JournalFormat, PageHeaderLiesAsTheDocumentSays) {
  FakeFlash flash(64);
  program_page_header(flash, 1, {0x1234'5678, {0x0001'0002, 0xABCD'0003}});
  const std::uint32_t words[] = {0x4C4A'5743, 0xFFFE'0001, 0xA987'5678, 0xEDCB'1234,
                                 0xFFFD'0002, 0xFFFE'0001, 0xFFFC'0003, 0x5432'ABCD};
  for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(flash.read(1, i), words[i]) << i;
  const std::uint16_t crc =
      crc_of({words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7]});
  EXPECT_EQ(flash.read(1, 8), balanced(crc));
  EXPECT_TRUE(erased_from(flash, 1, 9));
  EXPECT_FALSE(erased_from(flash, 1, 8));

  const PageFound found = read_page_header(flash, 1);
  EXPECT_EQ(found.kind, PageKind::whole);
  EXPECT_EQ(found.header.sequence, 0x1234'5678U);
  EXPECT_EQ(found.header.erases, (std::array<std::uint32_t, 2>{0x0001'0002, 0xABCD'0003}));
  EXPECT_FALSE(found.is_old);
}

TEST(JournalFormat, AnyChangedBitOfAPageHeaderIsNoticed) {
  FakeFlash flash(64);
  program_page_header(flash, 0, {7, {1, 2}});
  for (std::size_t word = 0; word < page_header_words; ++word) {
    for (unsigned bit = 0; bit < 32; ++bit) {
      FakeFlash changed = flash;
      changed.poke(0, word, flash.read(0, word) ^ (1U << bit));
      EXPECT_EQ(read_page_header(changed, 0).kind, PageKind::none) << word << " bit " << bit;
    }
  }
}

TEST(JournalFormat, RecordLiesAsTheDocumentSays) {
  FakeFlash flash(64);
  const std::uint8_t value[] = {0x11, 0x22, 0x33, 0x44, 0x55};
  program_record(flash, {0, 10, 9}, 0xA5, value);
  EXPECT_EQ(flash.read(0, 10), 0xFA5A'05A5U) << "key, length and their complement";
  EXPECT_EQ(flash.read(0, 11), 0x4433'2211U);
  EXPECT_EQ(flash.read(0, 12), 0xFFFF'FF55U);
  EXPECT_EQ(flash.read(0, 13), balanced(crc_of({9, 0xFA5A'05A5U, 0x4433'2211U, 0xFFFF'FF55U})));
  EXPECT_TRUE(erased_from(flash, 0, 14));
}

TEST(JournalFormat, RecordHeadersOutOfRangeAreNone) {
  struct Case {
    std::uint32_t word;
    bool good;
    const char* why;
  };
  const Case cases[] = {
      {balanced(0x0100), true, "key 0, one byte"},
      {balanced(0xF8FE), true, "key 254, 248 bytes"},
      {balanced(0x00FE), false, "no bytes"},
      {balanced(0xF901), false, "249 bytes"},
      {balanced(0x01FF), false, "key 255"},
      {Flash::erased, false, "erased"},
      {0, false, "all cleared"},
      {balanced(0x0100) | 0x0100'0000U, false, "one bit not yet cleared"},
  };
  for (const Case& c : cases) EXPECT_EQ(record_header(c.word).has_value(), c.good) << c.why;
  EXPECT_EQ((RecordHeader{0, 1}.words()), 3U);
  EXPECT_EQ((RecordHeader{0, 4}.words()), 3U);
  EXPECT_EQ((RecordHeader{0, 5}.words()), 4U);
  EXPECT_EQ((RecordHeader{0, 248}.words()), 64U);
}

TEST(JournalFormat, RecordIsTornUntilItsLastBitAndWrongWhenItsCheckDoesNotFit) {
  FakeFlash flash(64);
  const std::uint8_t value[] = {1, 2, 3, 4};
  program_record(flash, {0, 10, 3}, 1, value);
  const RecordHeader header{1, 4};
  EXPECT_EQ(check_record(flash, {0, 10, 3}, header), RecordState::whole);
  EXPECT_EQ(check_record(flash, {0, 10, 4}, header), RecordState::wrong) << "another page's";
  const std::uint32_t check = flash.read(0, 12);
  for (unsigned bit = 0; bit < 32; ++bit) {
    if ((check >> bit & 1U) != 0) continue;
    FakeFlash torn = flash;
    torn.poke(0, 12, check | 1U << bit);
    EXPECT_EQ(check_record(torn, {0, 10, 3}, header), RecordState::torn) << bit;
  }
  flash.poke(0, 11, 0x0403'0200U);
  EXPECT_EQ(check_record(flash, {0, 10, 3}, header), RecordState::wrong);
}

TEST(FakeFlash, StopsTheProgramWhenAWordIsProgrammedTwice) {
  FakeFlash flash(64);
  flash.program(0, 5, Flash::erased);
  EXPECT_DEATH(flash.program(0, 5, 1), "programmed");
  EXPECT_DEATH(flash.program(0, 64, 1), "page_words");
  EXPECT_DEATH((void)flash.read(1, 64), "page_words");
  flash.erase(0);
  flash.program(0, 5, 1);
  EXPECT_EQ(flash.read(0, 5), 1U);
  EXPECT_EQ(flash.programs(), 2U);
  EXPECT_EQ(flash.erases(0), 1U);
  EXPECT_EQ(flash.operations(), 3U);
}

TEST(FakeFlash, CutsLeaveEverythingBetweenNothingAndAll) {
  bool none = false, all = false, some = false;
  for (std::uint64_t seed = 0; seed < 64; ++seed) {
    FakeFlash flash(64);
    flash.cut_after(1, seed);
    flash.program(0, 0, 0);
    flash.program(0, 1, 0x0000'FFFF);
    flash.program(0, 2, 0);
    flash.erase(0);
    EXPECT_FALSE(flash.powered());
    EXPECT_EQ(flash.read(0, 0), 0U) << "before the cut";
    EXPECT_EQ(flash.read(0, 2), Flash::erased) << "after the cut";
    const std::uint32_t left = flash.read(0, 1);
    EXPECT_EQ(left & 0xFFFFU, 0xFFFFU) << "a bit that was not to be cleared";
    none = none || left == Flash::erased;
    all = all || left == 0x0000'FFFF;
    some = some || (left != Flash::erased && left != 0x0000'FFFF);
    flash.power_up();
    flash.erase(0);
    EXPECT_TRUE(erased_from(flash, 0, 0));
  }
  EXPECT_TRUE(none && all && some);
}

TEST(FakeFlash, CutErasesLeaveEveryKindOfHalf) {
  int untouched = 0, done = 0, noise = 0, set_only = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    FakeFlash flash(64);
    for (std::size_t i = 0; i < 64; ++i) flash.program(0, i, 0x0F0F'0F0F);
    const FakeFlash before = flash;
    flash.cut_after(0, seed);
    flash.erase(0);
    bool cleared = false;
    for (std::size_t i = 0; i < 64; ++i) cleared |= (~flash.read(0, i) & 0x0F0F'0F0FU) != 0;
    if (flash.same_image(before)) {
      ++untouched;
    } else if (erased_from(flash, 0, 0)) {
      ++done;
    } else {
      ++(cleared ? noise : set_only);
    }
  }
  EXPECT_TRUE(untouched > 0 && done > 0 && noise > 0 && set_only > 0);
}

}  // namespace
}  // namespace cellwarden::core
