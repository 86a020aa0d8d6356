// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/journal_load.hpp"

namespace cellwarden::core {
namespace {

constexpr double years_wanted = 15.0;

// proves OUT-7
TEST(JournalWear, FifteenYearsOfWorstDaysStayBelowTheRatedErases) {
  StorageLife life(usual_page_words);
  const WearRate rate = life.measure(400);
  const double erases = rate.erases_a_day_and_page * days_a_year * years_wanted;
  EXPECT_LT(erases, rated_erases);
  EXPECT_GT(rate.years(), years_wanted);
  // 4,612 words of records a day, and the copies: a rate far below would mean nothing was written.
  EXPECT_GT(rate.words_a_day, 4'612.0);
  EXPECT_GT(erases, rated_erases / 4.0);
}

TEST(JournalWear, BothPagesWearAlikeAndTheJournalCountsAsTheFlashDoes) {
  StorageLife life(usual_page_words);
  life.measure(50);
  for (const int page : {0, 1}) {
    EXPECT_EQ(life.journal().erase_count(page), life.flash().erases(page)) << page;
  }
  const std::size_t more = life.flash().erases(1);
  const std::size_t fewer = life.flash().erases(0);
  EXPECT_LE(more - fewer, 1U);
}

TEST(JournalWear, SmallerPagesWouldNotLastSoTheSumCanFail) {
  StorageLife life(usual_page_words / 2);
  EXPECT_LT(life.measure(50).years(), years_wanted);
}

}  // namespace
}  // namespace cellwarden::core
