/// Two flash pages of the twin's boards: in memory, and in a file when they are to outlive the
/// process. Obeys the rules of flash; a program that breaks them is a bug. It can be made to fail.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/flash.hpp"
#include "plant/random.hpp"

namespace cellwarden::sim {

inline constexpr std::size_t flash_page_words = 2048;  ///< 8 kB a page

/// What is wrong with a chip.
enum class FlashFault : std::uint8_t {
  none,
  dead,   ///< program and erase do nothing
  flips,  ///< what is programmed or erased has wrong bits now and then: one in 64
};

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

  /// From now on; what is wrong already stays until it is erased.
  void fail(FlashFault fault, std::uint64_t seed);
  /// Power fails in the middle of an operation: a programmed word then has some of its bits, an
  /// erased page some of its words. Operations after it do nothing until `power_back`.
  /// @param operation  1 = the next one
  void cut_power_at(int operation, std::uint64_t seed);
  [[nodiscard]] bool power_lost() const { return power_lost_; }
  void power_back() { power_lost_ = false; }
  /// No fault, and power will not fail.
  [[nodiscard]] bool healthy() const {
    return fault_ == FlashFault::none && operations_left_ == 0 && !power_lost_;
  }

  /// Whether nothing has ever been stored.
  [[nodiscard]] bool blank() const;

 private:
  void write_through(std::size_t first_word, std::size_t words);

  std::vector<std::uint32_t> words_;
  /// Counts down to the operation in which power fails.
  bool power_fails_now();

  std::filesystem::path file_;
  plant::Random random_{0};
  FlashFault fault_ = FlashFault::none;
  int operations_left_ = 0;  ///< until power fails; 0: it does not
  bool power_lost_ = false;
  bool was_faulty_ = false;  ///< the rules of flash cannot be held against the program any more
};

}  // namespace cellwarden::sim
