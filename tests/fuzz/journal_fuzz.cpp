/// Feeds two pages of arbitrary words to the journal. Whatever is there: no crash, nothing read or
/// programmed outside the pages or against the rules of flash (the fake stops the program), nothing
/// changed in a state that is not writable, and after `format` everything works.
///
/// The first byte says how the pages begin: erased or with a journal that has been written for a
/// while. Then come words that replace what is there, then writes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/assert.hpp"
#include "core/journal.hpp"
#include "core/journal_format.hpp"
#include "tests/support/fake_flash.hpp"
#include "tests/support/journal_rigs.hpp"

namespace cellwarden::core {
namespace {

constexpr std::size_t page_words = 64;

class Input {
 public:
  explicit Input(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }
  std::uint32_t word() {
    std::uint32_t all = 0;
    for (unsigned i = 0; i < 4; ++i) all |= std::uint32_t{byte()} << (8U * i);
    return all;
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

/// Some words as they come, some balanced, so that headers are hit at all.
void replace_words(FakeFlash& flash, Input& input) {
  for (int count = input.byte(); count > 0 && !input.empty(); --count) {
    const std::uint8_t place = input.byte();
    const int page = place >> 7U;
    const std::size_t word = place & 63U;
    const bool as_balanced = (place & 64U) != 0;
    const std::uint32_t value = input.word();
    const auto half = static_cast<std::uint16_t>(value & 0xFFFFU);
    flash.poke(page, word, as_balanced ? balanced(half) : value);
  }
}

/// Every key that is listed reads, within its bounds.
Model values_of(const Journal& journal, const Flash& flash) {
  Model model;
  journal.for_each([&](std::uint8_t key) {
    const auto value = value_of(journal, flash, key);
    CELLWARDEN_ASSERT(value && !value->empty() && value->size() <= Journal::value_bytes_max);
    model[key] = *value;
  });
  CELLWARDEN_ASSERT(model.empty() || !is_lost(journal.state()));
  return model;
}

void write_some(Journal& journal, FakeFlash& flash, Input& input, Model& model) {
  for (int i = 0; i < 40 && !input.empty(); ++i) {
    const std::uint8_t key = input.byte();
    const Bytes value(input.byte(), input.byte());
    const FakeFlash before = flash;
    const auto done = journal.write(flash, key, value);
    if (done.good()) {
      model[key] = value;
    } else {
      CELLWARDEN_ASSERT(flash.same_image(before));
    }
    CELLWARDEN_ASSERT(values_of(journal, flash) == model);
  }
  CELLWARDEN_ASSERT(values_of(Journal::open(flash), flash) == model);
}

void run(Input input) {
  FakeFlash flash = input.byte() % 2 == 0 ? FakeFlash(page_words) : UsedJournal().flash;
  replace_words(flash, input);
  const FakeFlash before = flash;
  Journal journal = Journal::open(flash);
  Model model = values_of(journal, flash);
  if (is_lost(journal.state()) || journal.state() == JournalState::damaged) {
    CELLWARDEN_ASSERT(!journal.write(flash, 1, Bytes{1}).good());
  }
  CELLWARDEN_ASSERT(flash.same_image(before));
  const bool kept = journal.repair(flash).good();
  CELLWARDEN_ASSERT(kept || flash.same_image(before));
  CELLWARDEN_ASSERT(values_of(Journal::open(flash), flash) == model);
  if (kept) write_some(journal, flash, input, model);
  if (!journal.format(flash).good()) return;  // only when the sequence is used up
  model.clear();
  const Bytes value(100, 7);
  CELLWARDEN_ASSERT(journal.write(flash, 3, value).good());
  CELLWARDEN_ASSERT(values_of(Journal::open(flash), flash) == Model({{3, value}}));
}

}  // namespace
}  // namespace cellwarden::core

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cellwarden::core::run(cellwarden::core::Input({data, size}));
  return 0;
}
