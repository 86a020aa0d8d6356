/// What the tests of the journal share: the model it is compared with, and pages of noise.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "core/journal.hpp"
#include "tests/support/fake_flash.hpp"

namespace cellwarden::core {

using Bytes = std::vector<std::uint8_t>;
/// What ought to be stored.
using Model = std::map<std::uint8_t, Bytes>;

/// The value under a key, or nothing.
inline std::optional<Bytes> value_of(const Journal& journal, const Flash& flash, std::uint8_t key) {
  std::array<std::uint8_t, Journal::value_bytes_max> out{};
  const auto length = journal.read(flash, key, out);
  if (!length) return std::nullopt;
  return Bytes(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(*length));
}

/// True when the journal gives the model's values, all of them and no other.
inline bool agrees(const Journal& journal, const Flash& flash, const Model& model) {
  std::size_t found = 0;
  bool same = true;
  std::array<std::uint8_t, Journal::value_bytes_max> out{};
  journal.for_each([&](std::uint8_t key) {
    ++found;
    const auto at = model.find(key);
    const auto length = journal.read(flash, key, out);
    same = same && at != model.end() && length == at->second.size() &&
           std::equal(at->second.begin(), at->second.end(), out.begin());
  });
  return same && found == model.size();
}

/// The same after power was off.
inline bool agrees(const Flash& flash, const Model& model) {
  return agrees(Journal::open(flash), flash, model);
}

/// Small pages, written until both have been in use: page 1 is in use and page 0 calls itself old.
struct UsedJournal {
  FakeFlash flash{64};
  Journal journal = Journal::open(flash);
  Model model;

  UsedJournal() {
    for (std::uint8_t i = 0; i < 14; ++i) store(i % 3, {i, 2, 3, 4, 5});
    CELLWARDEN_ASSERT(journal.erase_count(1) == 1);
    store(1, {91});
    store(2, {92});
  }
  void store(std::uint8_t key, const Bytes& value) {
    const auto done = journal.write(flash, key, value);
    CELLWARDEN_ASSERT(done.good() && done.value() == Written::stored);
    model[key] = value;
  }
  JournalState reopen() {
    journal = Journal::open(flash);
    return journal.state();
  }
};

inline void fill_with_noise(FakeFlash& flash, int page, TestRandom& random) {
  for (std::size_t i = 0; i < flash.page_words(); ++i) flash.poke(page, i, random.word());
}

}  // namespace cellwarden::core
