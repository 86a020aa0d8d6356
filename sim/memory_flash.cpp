// SPDX-License-Identifier: Apache-2.0
#include "sim/memory_flash.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "core/assert.hpp"

namespace cellwarden::sim {
namespace {

constexpr std::size_t all_words = flash_page_words * core::Flash::pages;
constexpr std::size_t word_bytes = 4;

std::size_t place(int page, std::size_t word) {
  CELLWARDEN_ASSERT(page >= 0 && page < core::Flash::pages && word < flash_page_words);
  return static_cast<std::size_t>(page) * flash_page_words + word;
}

/// Least significant byte first, on every machine.
std::array<char, word_bytes> to_bytes(std::uint32_t word) {
  std::array<char, word_bytes> bytes{};
  for (std::size_t i = 0; i < word_bytes; ++i) {
    bytes[i] = static_cast<char>((word >> (8 * i)) & 0xFFU);
  }
  return bytes;
}

std::uint32_t from_bytes(const char* bytes) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < word_bytes; ++i) {
    word |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return word;
}

}  // namespace

MemoryFlash::MemoryFlash() : words_(all_words, erased) {}

MemoryFlash::MemoryFlash(std::filesystem::path file) : MemoryFlash() {
  file_ = std::move(file);
  if (!std::filesystem::exists(file_)) {
    const std::ofstream made(file_, std::ios::binary);
    write_through(0, all_words);
    return;
  }
  std::ifstream in(file_, std::ios::binary);
  std::vector<char> bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in || bytes.size() != all_words * word_bytes) {
    throw std::runtime_error(file_.string() + ": expected a flash image of " +
                             std::to_string(all_words * word_bytes) + " bytes, got " +
                             std::to_string(bytes.size()));
  }
  for (std::size_t i = 0; i < all_words; ++i) words_[i] = from_bytes(&bytes[i * word_bytes]);
}

std::uint32_t MemoryFlash::read(int page, std::size_t word) const {
  return words_[place(page, word)];
}

void MemoryFlash::fail(FlashFault fault, std::uint64_t seed) {
  fault_ = fault;
  random_ = plant::Random(seed);
  was_faulty_ = true;
}

void MemoryFlash::cut_power_at(int operation, std::uint64_t seed) {
  operations_left_ = operation;
  random_ = plant::Random(seed);
}

bool MemoryFlash::power_fails_now() {
  if (operations_left_ == 0) return false;
  power_lost_ = --operations_left_ == 0;
  return power_lost_;
}

void MemoryFlash::program(int page, std::size_t word, std::uint32_t value) {
  std::uint32_t& held = words_[place(page, word)];
  if (power_lost_ || fault_ == FlashFault::dead) return;
  CELLWARDEN_ASSERT(held == erased || was_faulty_);
  std::uint32_t kept = 0;  // bits that are not cleared though they should be
  if (power_fails_now()) kept = static_cast<std::uint32_t>(random_.next());
  if (fault_ == FlashFault::flips && random_.next() % 2 == 0) kept |= 1U << random_.next() % 32U;
  held &= value | kept;
  write_through(place(page, word), 1);
}

void MemoryFlash::erase(int page) {
  const std::size_t first = place(page, 0);
  if (power_lost_ || fault_ == FlashFault::dead) return;
  const bool half = power_fails_now();
  for (std::size_t i = first; i < first + flash_page_words; ++i) {
    if (half && random_.next() % 2 == 0) continue;
    words_[i] = erased;
    if (fault_ == FlashFault::flips && random_.next() % 2 == 0) {
      words_[i] &= ~(1U << random_.next() % 32U);
    }
  }
  write_through(first, flash_page_words);
}

bool MemoryFlash::blank() const {
  return std::ranges::all_of(words_, [](std::uint32_t word) { return word == erased; });
}

void MemoryFlash::write_through(std::size_t first_word, std::size_t words) {
  if (file_.empty()) return;
  std::fstream out(file_, std::ios::binary | std::ios::in | std::ios::out);
  out.seekp(static_cast<std::streamoff>(first_word * word_bytes));
  for (std::size_t i = 0; i < words; ++i) {
    const auto bytes = to_bytes(words_[first_word + i]);
    out.write(bytes.data(), bytes.size());
  }
  out.flush();
  if (!out) throw std::runtime_error(file_.string() + ": cannot write the flash image");
}

}  // namespace cellwarden::sim
