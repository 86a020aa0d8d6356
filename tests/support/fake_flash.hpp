/// Two flash pages in memory for tests, benchmarks and fuzzing: stops the program when a rule of
/// flash is broken, fails the power at a chosen operation, counts operations, and can be copied to
/// try another cut from the same image.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/assert.hpp"
#include "core/flash.hpp"

namespace cellwarden::core {

/// Pseudo-random numbers that are the same on every machine.
/// @source  splitmix64, S. Vigna, public domain (CC0)
class TestRandom {
 public:
  explicit TestRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9E37'79B9'7F4A'7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D0'49BB'1331'11EBU;
    return z ^ (z >> 31U);
  }
  std::uint32_t word() { return static_cast<std::uint32_t>(next() >> 32U); }
  /// 0..bound - 1; the bias is below 2^-32 for the bounds of a test.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

 private:
  std::uint64_t state_;
};

class FakeFlash final : public Flash {
 public:
  /// As it comes from the factory: erased.
  explicit FakeFlash(std::size_t page_words) { pages_.fill(Page(page_words)); }

  [[nodiscard]] std::size_t page_words() const override { return pages_[0].words.size(); }

  [[nodiscard]] std::uint32_t read(int page, std::size_t word) const override {
    CELLWARDEN_ASSERT(word < page_words());
    ++reads_;
    return at(page).words[word];
  }

  void program(int page, std::size_t word, std::uint32_t value) override {
    CELLWARDEN_ASSERT(word < page_words());
    if (!powered_) return;
    Page& p = at(page);
    CELLWARDEN_ASSERT(!p.programmed[word]);
    CELLWARDEN_ASSERT(p.words[word] == erased);
    ++programs_;
    if (cut_now()) value = torn(value);
    p.words[word] = value;
    // A cut that changed nothing cannot be told from one that came before.
    p.programmed[word] = powered_ || value != erased;
    spoil();
  }

  void erase(int page) override {
    if (!powered_) return;
    ++erases_[static_cast<std::size_t>(page)];
    Page& p = at(page);
    if (cut_now()) {
      half_erase(p);
    } else {
      p = Page(page_words());
    }
    spoil();
  }

  /// Fails the power during the operation (program or erase) that follows `whole` whole ones. What
  /// comes after it does nothing until `power_up`.
  /// @param seed  decides what the cut operation leaves
  void cut_after(std::size_t whole, std::uint64_t seed) {
    cut_armed_ = true;
    left_ = whole;
    random_ = TestRandom(seed);
  }
  [[nodiscard]] bool powered() const { return powered_; }
  void power_up() {
    powered_ = true;
    cut_armed_ = false;
  }

  /// Changes a stored word as decay or a stranger would; no operation, no rule.
  void poke(int page, std::size_t word, std::uint32_t value) {
    at(page).words[word] = value;
    at(page).programmed[word] = value != erased;
  }
  /// From now on these bits of one word cannot be set (`zeros`) or cleared (`ones`).
  void break_word(int page, std::size_t word, std::uint32_t ones, std::uint32_t zeros) {
    broken_ = {page, word, ones, zeros};
  }

  [[nodiscard]] std::size_t programs() const { return programs_; }
  [[nodiscard]] std::size_t erases(int page) const {
    return erases_[static_cast<std::size_t>(page)];
  }
  [[nodiscard]] std::size_t operations() const { return programs_ + erases_[0] + erases_[1]; }
  [[nodiscard]] std::size_t reads() const { return reads_; }

  [[nodiscard]] bool same_image(const FakeFlash& other) const {
    return pages_[0].words == other.pages_[0].words && pages_[1].words == other.pages_[1].words;
  }

 private:
  struct Page {
    Page() = default;
    explicit Page(std::size_t count) : words(count, erased), programmed(count, false) {}
    std::vector<std::uint32_t> words;
    std::vector<bool> programmed;
  };
  struct Broken {
    int page = 0;
    std::size_t word = 0;
    std::uint32_t ones = 0;
    std::uint32_t zeros = 0;
  };

  [[nodiscard]] Page& at(int page) { return pages_[static_cast<std::size_t>(page)]; }
  [[nodiscard]] const Page& at(int page) const { return pages_[static_cast<std::size_t>(page)]; }

  bool cut_now() {
    if (!cut_armed_) return false;
    if (left_ > 0) {
      --left_;
      return false;
    }
    powered_ = false;
    return true;
  }

  /// None, all, all but one or any of the bits to clear are cleared.
  std::uint32_t torn(std::uint32_t value) {
    switch (random_.below(4)) {
      case 0:
        return erased;
      case 1:
        return value;
      case 2:
        return value | (1U << random_.below(32));
      default:
        return value | random_.word();
    }
  }

  /// Nothing, everything, whole words, single bits, a first or last part, or anything at all.
  void half_erase(Page& page) {
    const std::size_t kind = random_.below(7);
    const std::size_t border = random_.below(page_words() + 1);
    for (std::size_t i = 0; i < page_words(); ++i) {
      const std::uint32_t word = page.words[i];
      const std::array<std::uint32_t, 7> left{word,
                                              erased,
                                              random_.below(2) == 0 ? word : erased,
                                              word | random_.word(),
                                              i < border ? word : erased,
                                              i < border ? erased : word,
                                              random_.word()};
      page.words[i] = left[kind];
      page.programmed[i] = left[kind] != erased;
    }
  }

  void spoil() {
    std::uint32_t& word = at(broken_.page).words[broken_.word];
    word = (word | broken_.ones) & ~broken_.zeros;
  }

  std::array<Page, Flash::pages> pages_;
  std::array<std::size_t, Flash::pages> erases_{};
  std::size_t programs_ = 0;
  mutable std::size_t reads_ = 0;
  Broken broken_;
  TestRandom random_{0};
  std::size_t left_ = 0;
  bool cut_armed_ = false;
  bool powered_ = true;
};

}  // namespace cellwarden::core
