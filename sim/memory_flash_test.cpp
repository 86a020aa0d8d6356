// SPDX-License-Identifier: Apache-2.0
#include "sim/memory_flash.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <gtest/gtest.h>

namespace cellwarden::sim {
namespace {

/// A file of this test alone, gone with it.
struct TemporaryFile {
  TemporaryFile()
      : path(std::filesystem::path(::testing::TempDir()) /
             (std::string("flash_") +
              ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::remove_all(path);
  }
  ~TemporaryFile() { std::filesystem::remove_all(path); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  std::filesystem::path path;
};

constexpr std::uint32_t erased = core::Flash::erased;

// proves OUT-7
TEST(MemoryFlash, IsTheSameChipAfterTheFileIsOpenedAgain) {
  const TemporaryFile file;
  {
    MemoryFlash flash(file.path);
    EXPECT_TRUE(flash.blank());
    flash.program(0, 0, 0x0102'0304);
    flash.program(1, flash_page_words - 1, 0);
    flash.program(1, 5, 7);
    EXPECT_EQ(MemoryFlash(file.path).read(1, 5), 7U) << "each operation is written at once";
    flash.erase(1);
  }
  const MemoryFlash again(file.path);
  EXPECT_EQ(again.page_words(), flash_page_words);
  EXPECT_EQ(again.read(0, 0), 0x0102'0304U);
  EXPECT_EQ(again.read(0, 1), erased);
  EXPECT_EQ(again.read(1, flash_page_words - 1), erased);
  EXPECT_FALSE(again.blank());
  EXPECT_EQ(std::filesystem::file_size(file.path), 4 * 2 * flash_page_words);
  std::ifstream in(file.path, std::ios::binary);
  EXPECT_EQ(in.get(), 4) << "least significant byte first";
}

TEST(MemoryFlash, RefusesAFileOfAnotherSizeAndLeavesItAlone) {
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, 8 * flash_page_words - 1, 8 * flash_page_words + 1}) {
    const TemporaryFile file;
    std::ofstream(file.path, std::ios::binary) << std::string(size, 'x');
    try {
      const MemoryFlash flash(file.path);
      FAIL() << size;
    } catch (const std::runtime_error& refused) {
      EXPECT_NE(std::string(refused.what()).find(file.path.string()), std::string::npos);
    }
    EXPECT_EQ(std::filesystem::file_size(file.path), size);
  }
}

TEST(MemoryFlash, RefusesAFolderAndAPathThatIsNotThere) {
  const TemporaryFile file;
  EXPECT_THROW(MemoryFlash(file.path / "no" / "such" / "folder"), std::runtime_error);
  std::filesystem::create_directory(file.path);
  EXPECT_THROW(MemoryFlash{file.path}, std::runtime_error);
}

TEST(MemoryFlash, StopsAProgramThatBreaksTheRulesOfFlash) {
  MemoryFlash flash;
  flash.program(0, 3, 1);
  EXPECT_DEATH(flash.program(0, 3, 0), "erased");
  EXPECT_DEATH(flash.program(0, flash_page_words, 0), "page");
  EXPECT_DEATH(flash.erase(2), "page");
  EXPECT_DEATH((void)flash.read(-1, 0), "page");
  flash.erase(0);
  EXPECT_TRUE(flash.blank());
}

}  // namespace
}  // namespace cellwarden::sim
