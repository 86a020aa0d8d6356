/// Two flash pages of the twin's boards: in memory, and in a file when they are to outlive the
/// process. Obeys the rules of flash; a program that breaks them is a bug.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/flash.hpp"

namespace cellwarden::sim {

inline constexpr std::size_t flash_page_words = 2048;  ///< 8 kB a page

/// Movable, copyable: a copy is a second chip with the same content, without the file.
class MemoryFlash final : public core::Flash {
 public:
  /// A new chip: erased.
  MemoryFlash();
  /// The chip whose content is in `file`; a new one when there is no such file. Every operation is
  /// written to the file at once.
  /// @throws std::runtime_error  naming the file, when it cannot be read or written or has another
  ///                             size than two pages
  explicit MemoryFlash(std::filesystem::path file);

  [[nodiscard]] std::size_t page_words() const override { return flash_page_words; }
  [[nodiscard]] std::uint32_t read(int page, std::size_t word) const override;
  void program(int page, std::size_t word, std::uint32_t value) override;
  void erase(int page) override;

  /// Whether nothing has ever been stored.
  [[nodiscard]] bool blank() const;

 private:
  void write_through(std::size_t first_word, std::size_t words);

  std::vector<std::uint32_t> words_;
  std::filesystem::path file_;
};

}  // namespace cellwarden::sim
