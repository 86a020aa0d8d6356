/// Fails the power at every single flash operation of long random write sequences, opens again and
/// compares every value. Everything follows from the number of a sequence.
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <string>

#include <gtest/gtest.h>

#include "core/journal.hpp"
#include "tests/support/fake_flash.hpp"
#include "tests/support/journal_rigs.hpp"

namespace cellwarden::core {
namespace {

struct Plan {
  std::size_t page_words = 64;
  int sequences = 0;
  int writes = 0;
  std::size_t keys = 0;
  std::size_t bytes_max = 0;
};

struct Tally {
  int sequences = 0;
  long cuts = 0;
  long second_cuts = 0;
  long compaction_cuts = 0;
  long kept_old = 0;
  long kept_new = 0;
  long mixed = 0;
};

struct Write {
  std::uint8_t key = 0;
  Bytes value;
};

/// One sequence and where it stands. `flash` and `model` agree between two writes.
class Sequence {
 public:
  Sequence(const Plan& plan, std::uint64_t seed, Tally& tally)
      : plan_(plan),
        tally_(tally),
        random_(seed),
        flash_(plan.page_words),
        trial_(plan.page_words) {}

  /// Cuts at every operation of every write; false at the first thing that is not right.
  bool run() {
    ++tally_.sequences;
    for (int i = 0; i < plan_.writes; ++i) {
      const Write write = next_write();
      Journal whole = journal_;
      trial_ = flash_;
      if (!whole.write(trial_, write.key, write.value).good()) return wrong("a write was refused");
      const std::size_t operations = trial_.operations() - flash_.operations();
      const FakeFlash after = trial_;
      for (std::size_t cut = 0; cut < operations; ++cut) {
        if (!cut_once(write, cut)) return false;
      }
      // Go on with the last image that was cut and recovered, or as if nothing had happened.
      if (operations > 0 && random_.below(4) == 0) {
        flash_ = trial_;
        journal_ = Journal::open(flash_);
      } else {
        flash_ = after;
        journal_ = whole;
      }
      model_[write.key] = write.value;
      if (!agrees(flash_, model_)) return wrong("a value is wrong without any cut");
    }
    return true;
  }

  [[nodiscard]] std::uint32_t compactions() const {
    return journal_.erase_count(0) + journal_.erase_count(1);
  }

 private:
  Write next_write() {
    Write write{static_cast<std::uint8_t>(random_.below(plan_.keys)), {}};
    write.value.resize(1 + random_.below(plan_.bytes_max));
    for (auto& byte : write.value) byte = static_cast<std::uint8_t>(random_.next() & 0xFFU);
    // Erased and all-zero words are the ones a torn record looks most like.
    if (random_.below(4) == 0) write.value.assign(write.value.size(), 0xFF);
    if (random_.below(8) == 0) write.value.assign(write.value.size(), 0x00);
    return write;
  }

  bool cut_once(const Write& write, std::size_t cut) {
    trial_ = flash_;
    ++tally_.cuts;
    Journal journal = journal_;
    if (!cut_during(journal, write, cut)) return false;
    if (random_.below(4) == 0) {
      ++tally_.second_cuts;
      if (!cut_during(journal, write, random_.below(40))) return false;
    }
    // What was cut is done again and now lasts.
    if (!journal.write(trial_, write.key, write.value).good()) return wrong("no write after a cut");
    Model model = model_;
    model[write.key] = write.value;
    return agrees(trial_, model) || wrong("a value is wrong after going on");
  }

  /// Leaves the cut image in `trial_`, with power, and what opening it found in `journal`.
  bool cut_during(Journal& journal, const Write& write, std::size_t cut) {
    const std::size_t erases = trial_.erases(0) + trial_.erases(1);
    trial_.cut_after(cut, random_.next());
    (void)journal.write(trial_, write.key, write.value);
    tally_.compaction_cuts += trial_.erases(0) + trial_.erases(1) > erases ? 1 : 0;
    trial_.power_up();
    journal = Journal::open(trial_);
    const JournalState state = journal.state();
    const bool may_be_blank = model_.empty() && state == JournalState::blank;
    if (state != JournalState::ready && state != JournalState::recovered_tail && !may_be_blank) {
      return wrong("the state is " + std::to_string(static_cast<int>(state)));
    }
    if (agrees(journal, trial_, model_)) {
      ++tally_.kept_old;
      return true;
    }
    Model with_new = model_;
    with_new[write.key] = write.value;
    if (agrees(journal, trial_, with_new)) {
      ++tally_.kept_new;
      return true;
    }
    ++tally_.mixed;
    return wrong("neither the old nor the new values");
  }

  bool wrong(const std::string& what) const {
    ADD_FAILURE() << what << "; pages of " << plan_.page_words << " words, sequence "
                  << tally_.sequences;
    return false;
  }

  Plan plan_;
  Tally& tally_;
  TestRandom random_;
  FakeFlash flash_;
  FakeFlash trial_;
  Journal journal_ = Journal::open(flash_);
  Model model_;
};

void add_runs(const Plan& plan, std::uint64_t seed, Tally& tally) {
  for (int i = 0; i < plan.sequences; ++i) {
    Sequence sequence(plan, seed + static_cast<std::uint64_t>(i), tally);
    ASSERT_TRUE(sequence.run()) << "seed " << seed << " + " << i;
    ASSERT_GE(sequence.compactions(), 3U) << "a sequence that never changes pages proves little";
  }
}

void report(const Tally& tally) {
  std::printf(
      "power cuts: %d sequences, %ld cuts (one at every operation) and %ld second cuts, "
      "%ld of all inside a compaction; %ld kept the old values, %ld the new, %ld mixed them\n",
      tally.sequences, tally.cuts, tally.second_cuts, tally.compaction_cuts, tally.kept_old,
      tally.kept_new, tally.mixed);
  testing::Test::RecordProperty("sequences", tally.sequences);
  testing::Test::RecordProperty("cuts", std::to_string(tally.cuts));
  testing::Test::RecordProperty("second_cuts", std::to_string(tally.second_cuts));
  testing::Test::RecordProperty("mixed", std::to_string(tally.mixed));
  EXPECT_EQ(tally.mixed, 0);
  EXPECT_GT(tally.kept_old, 0);
  EXPECT_GT(tally.kept_new, 0);
}

// proves OUT-7
TEST(JournalPowerCutProperty, CutAtEveryOperationLeavesTheOldOrTheNewValue) {
  Tally tally;
  add_runs({.page_words = 64, .sequences = 500, .writes = 40, .keys = 6, .bytes_max = 24}, 1,
           tally);
  add_runs({.page_words = 96, .sequences = 350, .writes = 45, .keys = 9, .bytes_max = 28}, 10'001,
           tally);
  add_runs({.page_words = 128, .sequences = 200, .writes = 50, .keys = 4, .bytes_max = 96}, 20'001,
           tally);
  ASSERT_GE(tally.sequences, 1'000);
  report(tally);
}

// proves OUT-7
TEST(JournalPowerCutProperty, TheSameHoldsOnFullSizePages) {
  Tally tally;
  add_runs({.page_words = 2'048, .sequences = 2, .writes = 220, .keys = 14, .bytes_max = 248}, 1,
           tally);
  report(tally);
}

}  // namespace
}  // namespace cellwarden::core
