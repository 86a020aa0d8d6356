// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/journal.hpp"
#include "tests/support/fake_flash.hpp"
#include "tests/support/journal_rigs.hpp"

namespace cellwarden::core {
namespace {

// proves OUT-7
RC_GTEST_PROP(JournalProperty, BehavesLikeAMapThatSurvivesPowerOff, ()) {
  FakeFlash flash(*rc::gen::inRange<std::size_t>(64, 400));
  Journal journal = Journal::open(flash);
  Model model;
  const int steps = *rc::gen::inRange(1, 200);
  for (int i = 0; i < steps; ++i) {
    if (*rc::gen::inRange(0, 10) == 0) {
      journal = Journal::open(flash);
      RC_ASSERT(journal.state() == (model.empty() ? JournalState::blank : JournalState::ready));
    }
    const auto key = *rc::gen::inRange<std::uint8_t>(0, 12);
    const auto length = *rc::gen::inRange<std::size_t>(1, 61);
    const auto value = *rc::gen::container<Bytes>(length, rc::gen::arbitrary<std::uint8_t>());
    const auto done = journal.write(flash, key, value);
    if (done.good()) {
      RC_ASSERT((done.value() == Written::unchanged) ==
                (model.count(key) != 0 && model[key] == value));
      model[key] = value;
    } else {
      RC_ASSERT(done.fault() == JournalFault::no_room);
    }
    RC_ASSERT(agrees(journal, flash, model));
  }
  RC_ASSERT(agrees(flash, model));
  RC_ASSERT(journal.erase_count(0) == flash.erases(0));
  RC_ASSERT(journal.erase_count(1) == flash.erases(1));
}

}  // namespace
}  // namespace cellwarden::core
