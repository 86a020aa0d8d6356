/// The two flash pages a board keeps its memory in, as the journal sees them. A board's driver, the
/// gateway's file and the tests' fake stand behind this class; it owns nothing and caches nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace cellwarden::core {

/// Two pages of the same size in 32-bit words. Power may fail during any operation: it then leaves
/// a programmed word with any subset of the intended bits cleared, an erased page with any content.
class Flash {
 public:
  /// What a word reads after an erase.
  static constexpr std::uint32_t erased = 0xFFFF'FFFFU;
  static constexpr int pages = 2;

  /// Size of each page in words, 64..65,535 and constant; 2,048 words are 8 kB.
  [[nodiscard]] virtual std::size_t page_words() const = 0;
  /// @param page  0 or 1
  /// @param word  0..page_words() - 1
  [[nodiscard]] virtual std::uint32_t read(int page, std::size_t word) const = 0;
  /// Clears the bits that are zero in `value`. The word reads `erased` and has not been programmed
  /// since the last erase of its page. Says nothing about success: who needs to know reads back.
  virtual void program(int page, std::size_t word, std::uint32_t value) = 0;
  /// Sets every bit of the page. The slowest operation (about 25 ms) and the one that wears.
  virtual void erase(int page) = 0;

 protected:
  ~Flash() = default;
};

}  // namespace cellwarden::core
