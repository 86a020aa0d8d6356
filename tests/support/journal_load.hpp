/// The worst day of writes a board may make, as a table: for the wear test and bench/run storage.
/// All of it must stay below what two 8 kB pages bear for 15 years.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/assert.hpp"
#include "core/journal.hpp"
#include "tests/support/fake_flash.hpp"

namespace cellwarden::core {

struct StorageLoad {
  const char* what;
  std::uint8_t first_key;
  /// The writes go round these keys.
  std::size_t keys;
  std::size_t bytes;
  /// Even over the day; divides 1,440.
  int writes_a_day;
};

inline constexpr std::array<StorageLoad, 4> worst_day{{
    {"state", 0, 1, 120, 96},
    {"SOC ring", 1, 1, 172, 24},
    {"settings", 2, 1, 200, 5},
    {"event", 8, 96, 12, 40},
}};
inline constexpr std::size_t usual_page_words = 2'048;
/// What STM32 data sheets warrant for a page over the whole temperature range.
inline constexpr double rated_erases = 10'000.0;
inline constexpr double days_a_year = 365.25;

struct WearRate {
  double words_a_day = 0.0;
  double erases_a_day_and_page = 0.0;
  [[nodiscard]] double years() const { return rated_erases / erases_a_day_and_page / days_a_year; }
};

/// A board that has lived for a while and goes on living through the worst days.
class StorageLife {
 public:
  explicit StorageLife(std::size_t page_words) : flash_(page_words) {
    for (int day = 0; day < 10; ++day) live_a_day();
  }

  void live_a_day() {
    for (int minute = 0; minute < 1'440; ++minute) {
      for (const StorageLoad& load : worst_day) {
        if (minute % (1'440 / load.writes_a_day) == 0) write(load);
      }
    }
  }

  WearRate measure(int days) {
    const std::size_t words = flash_.programs();
    const std::size_t erases = flash_.erases(0) + flash_.erases(1);
    for (int day = 0; day < days; ++day) live_a_day();
    const auto erased = static_cast<double>(flash_.erases(0) + flash_.erases(1) - erases);
    return {static_cast<double>(flash_.programs() - words) / days, erased / 2.0 / days};
  }

  [[nodiscard]] const FakeFlash& flash() const { return flash_; }
  [[nodiscard]] const Journal& journal() const { return journal_; }

 private:
  /// Never the value that is there already, which would cost nothing.
  void write(const StorageLoad& load) {
    std::vector<std::uint8_t> value(load.bytes);
    for (std::uint8_t& byte : value) byte = static_cast<std::uint8_t>(random_.next() & 0xFFU);
    const auto key = static_cast<std::uint8_t>(load.first_key + written_++ % load.keys);
    const auto done = journal_.write(flash_, key, value);
    CELLWARDEN_ASSERT(done.good() && done.value() == Written::stored);
  }

  FakeFlash flash_;
  Journal journal_ = Journal::open(flash_);
  TestRandom random_{1};
  std::size_t written_ = 0;
};

}  // namespace cellwarden::core
