// SPDX-License-Identifier: Apache-2.0
#include "core/in_memory.hpp"

#include <gtest/gtest.h>

#include "core/journal_format.hpp"
#include "tests/support/fake_flash.hpp"

namespace cellwarden::core {
namespace {

InBoardMemory memory(std::uint8_t cells, std::int32_t zero) {
  InBoardMemory m;
  m.factory = {3, cells};
  m.zero_in = Current::milliamperes(zero);
  m.zero_out = Current::milliamperes(-zero);
  return m;
}

InBoardMemory reopened(const FakeFlash& flash) {
  return load_in_memory(Journal::open(flash), flash);
}

/// Stores as the IN board does, on a flash that may lose its power.
void store(FakeFlash& flash, const InBoardMemory& m) {
  Journal journal = Journal::open(flash);
  (void)store_in_memory(journal, flash, m);
}

// proves IN-5, IN-8
TEST(InMemory, FactorySettingsAndZeroesAreKeptOverPowerOff) {
  FakeFlash flash{2048};
  EXPECT_EQ(reopened(flash), InBoardMemory{}) << "a new board";
  store(flash, memory(16, -1'250'000));
  EXPECT_EQ(reopened(flash), memory(16, -1'250'000));
}

// proves IN-5, IN-8, OUT-7
TEST(InMemory, APowerCutAtAnyOperationLeavesTheOldOrTheNewOne) {
  FakeFlash flash{64};
  InBoardMemory old;
  int cuts = 0;
  for (int i = 1; i <= 60; ++i) {
    const InBoardMemory wanted = memory(static_cast<std::uint8_t>(4 + i), i);
    FakeFlash whole = flash;
    store(whole, wanted);
    ASSERT_EQ(reopened(whole), wanted);
    const std::size_t operations = whole.operations() - flash.operations();
    for (std::size_t at = 0; at < operations; ++at) {
      for (std::uint64_t seed = 0; seed < 4; ++seed, ++cuts) {
        FakeFlash cut = flash;
        cut.cut_after(at, seed + at * 7);
        store(cut, wanted);
        cut.power_up();
        const InBoardMemory found = reopened(cut);
        ASSERT_TRUE(found == old || found == wanted) << "change " << i << ", operation " << at;
        store(cut, wanted);
        ASSERT_EQ(reopened(cut), wanted);
      }
    }
    flash = whole;
    old = wanted;
  }
  EXPECT_GT(cuts, 1'000);
}

// proves IN-8, OUT-7
TEST(InMemory, WhatCannotBeReadSaysNoNumberOfCellsSoThatNothingCloses) {
  FakeFlash noise{2048};
  TestRandom random(1);
  for (int page = 0; page < Flash::pages; ++page) {
    for (std::size_t word = 0; word < 2048; ++word) noise.poke(page, word, random.word());
  }
  EXPECT_EQ(reopened(noise).factory.programmed_cells, 0);
  FakeFlash newer{2048};
  store(newer, memory(8, 1));
  newer.poke(0, 1, balanced(9));
  EXPECT_EQ(reopened(newer).factory.programmed_cells, 0);
  FakeFlash decayed{2048};
  store(decayed, memory(8, 1));
  decayed.poke(0, first_record_word + 1, 0);
  decayed.poke(0, first_record_word + 20, 0);
  EXPECT_EQ(reopened(decayed).factory.programmed_cells, 0);
  FakeFlash shorter{2048};
  Journal journal = Journal::open(shorter);
  const std::uint8_t bytes[] = {1, 2, 3};
  ASSERT_TRUE(journal.write(shorter, 1, bytes).good());
  EXPECT_EQ(reopened(shorter).factory.programmed_cells, 0);
  for (FakeFlash* flash : {&noise, &newer, &decayed, &shorter}) {
    store(*flash, memory(12, 5));
    EXPECT_EQ(reopened(*flash), memory(12, 5)) << "programming it anew starts it anew";
  }
}

TEST(InMemory, SaysWhenTheFlashFails) {
  FakeFlash noise{2048};
  for (std::size_t word = 0; word < 100; ++word) noise.poke(0, word, 0x1234'5678);
  noise.cut_after(0, 1);
  Journal journal = Journal::open(noise);
  const auto result = store_in_memory(journal, noise, memory(4, 0));
  ASSERT_FALSE(result.good());
  EXPECT_EQ(result.fault(), JournalFault::flash_failed);
}

}  // namespace
}  // namespace cellwarden::core
