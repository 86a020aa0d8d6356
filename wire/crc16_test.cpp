// SPDX-License-Identifier: Apache-2.0
#include "wire/crc16.hpp"

#include <array>
#include <cstddef>
#include <string_view>

#include <gtest/gtest.h>

#include "wire/bytes.hpp"

namespace cellwarden::wire {
namespace {

TEST(Crc16, MatchesItsPublishedCheckValue) {
  constexpr std::string_view digits = "123456789";
  Crc16 crc;
  for (const char digit : digits) crc.add(static_cast<std::uint8_t>(digit));
  EXPECT_EQ(crc.value(), 0x29B1);
  EXPECT_EQ(crc16({}), 0xFFFF);
  EXPECT_EQ(Crc16{0x1234}.value(), 0x1234) << "goes on from where another one ended";
}

/// What core/chain_node lives by: a changed byte changes the check by the same bits, whatever else
/// is in the message.
TEST(Crc16, AChangeInsideChangesTheCheckByItsPlaceOnly) {
  std::array<std::uint8_t, 33> one{}, other{};
  for (std::size_t i = 0; i < one.size(); ++i) other[i] = static_cast<std::uint8_t>(i * 37);
  const unsigned before = unsigned{crc16(one)} ^ crc16(other);
  one[9] ^= 0x5AU;
  other[9] ^= 0x5AU;
  EXPECT_EQ(unsigned{crc16(one)} ^ crc16(other), before);
}

TEST(BigEndian, PutsTheMostSignificantByteFirst) {
  const std::array<std::uint8_t, 4> bytes{0x12, 0x34, 0x56, 0x78};
  EXPECT_EQ(read_big_endian(bytes), 0x1234'5678U);
  EXPECT_EQ(read_big_endian(std::span(bytes).first(1)), 0x12U);
  std::array<std::uint8_t, 3> written{};
  write_big_endian(written, 0x1234'5678);
  EXPECT_EQ(written, (std::array<std::uint8_t, 3>{0x34, 0x56, 0x78})) << "higher bits are dropped";
}

}  // namespace
}  // namespace cellwarden::wire
