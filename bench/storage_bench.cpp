/// What storage costs a board: flash words programmed and pages erased on the worst day, years
/// until a page reaches its rated erases, and the scan at start-up.
// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <cstdio>

#include "tests/support/journal_load.hpp"

namespace {

using namespace cellwarden::core;

constexpr double years_wanted = 15.0;

void print_load() {
  std::printf("| record | bytes | keys | writes a day | words a write | words a day |\n");
  std::printf("|---|---|---|---|---|---|\n");
  for (const StorageLoad& load : worst_day) {
    const std::size_t words = 2 + (load.bytes + 3) / 4;
    std::printf("| %s | %zu | %zu | %d | %zu | %zu |\n", load.what, load.bytes, load.keys,
                load.writes_a_day, words, words * static_cast<std::size_t>(load.writes_a_day));
  }
}

bool print_wear() {
  std::printf(
      "\n| page | words programmed a day | erases a day and page | years to %.0f erases |\n",
      rated_erases);
  std::printf("|---|---|---|---|\n");
  double years = 0.0;
  for (const std::size_t page_words : {usual_page_words, 2 * usual_page_words}) {
    StorageLife life(page_words);
    const WearRate rate = life.measure(1'000);
    std::printf("| %zu kB | %.0f | %.2f | %.1f |\n", page_words * 4 / 1024, rate.words_a_day,
                rate.erases_a_day_and_page, rate.years());
    if (page_words == usual_page_words) years = rate.years();
  }
  if (years > years_wanted) return true;
  std::fprintf(stderr, "a page would last %.1f years, wanted are more than %.0f\n", years,
               years_wanted);
  return false;
}

/// Opens a page that has been filled to the last record that fits.
void print_scan() {
  FakeFlash flash(usual_page_words);
  Journal journal = Journal::open(flash);
  std::uint8_t value[12] = {};
  for (unsigned i = 0;; ++i) {
    value[0] = static_cast<std::uint8_t>(i & 0xFFU);
    FakeFlash next = flash;
    Journal after = journal;
    if (!after.write(next, static_cast<std::uint8_t>(i % 96), value).good()) return;
    if (next.erases(1) != 0) break;
    flash = next;
    journal = after;
  }
  const std::size_t reads = flash.reads();
  (void)Journal::open(flash);
  const std::size_t scan_reads = flash.reads() - reads;
  constexpr int rounds = 2'000;
  std::size_t keys = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < rounds; ++i) {
    Journal::open(flash).for_each([&](std::uint8_t) { ++keys; });
  }
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
  std::printf("\n| start-up scan of a full page of 8 kB | |\n|---|---|\n");
  std::printf("| word reads | %zu |\n", scan_reads);
  std::printf("| time on this machine | %.0f us |\n", took.count() / rounds);
  std::printf("| keys found | %zu |\n", keys / rounds);
}

}  // namespace

int main() {
  print_load();
  const bool lasts = print_wear();
  print_scan();
  return lasts ? 0 : 1;
}
