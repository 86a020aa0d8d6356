// SPDX-License-Identifier: Apache-2.0
#include "gateway/settings/pack_setup.hpp"

#include <gtest/gtest.h>

#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

PackSetup pack_of(const char* source, const char* id = "") {
  PackSetup pack;
  pack.id = id;
  pack.source = parse_source(source);
  return pack;
}

TEST(PackSetup, IdsAndNamesComeFromTheSourceWhereNoneIsGiven) {
  const auto packs = complete({pack_of("twin"), pack_of("twin"), pack_of("serial:/dev/ttyUSB0"),
                               pack_of("My boat=serial:/dev/ttyUSB1"),
                               pack_of("replay:/x/day 1.hex"), pack_of("twin", "house")});
  const char* expected[][2] = {{"twin", "Twin"},       {"twin-2", "Twin"}, {"ttyusb0", "ttyUSB0"},
                               {"my-boat", "My boat"}, {"day-1", "day 1"}, {"house", "house"}};
  for (std::size_t i = 0; i < packs.size(); ++i) {
    EXPECT_EQ(packs[i].id, expected[i][0]);
    EXPECT_EQ(packs[i].name, expected[i][1]);
    EXPECT_TRUE(is_pack_id(packs[i].id));
  }
}

TEST(PackSetup, AMadeUpIdNeverTakesAGivenOne) {
  const auto packs = complete({pack_of("twin"), pack_of("serial:/dev/x", "twin")});
  EXPECT_EQ(packs[0].id, "twin-2");
  EXPECT_EQ(packs[1].id, "twin");
}

TEST(PackSetup, TheSameIdTwiceIsRefused) {
  EXPECT_THROW((void)complete({pack_of("twin", "a"), pack_of("twin", "a")}), UsageError);
}

TEST(PackSetup, OnlyTheTwinHasPeakPowersByItself) {
  const auto packs = complete({pack_of("twin"), pack_of("serial:/dev/x")});
  EXPECT_EQ(identity_of(packs[0]).solar_peak_w, 400);
  EXPECT_EQ(identity_of(packs[0]).inverter_peak_w, 600);
  EXPECT_FALSE(identity_of(packs[1]).solar_peak_w);
}

TEST(PackSetup, IdsThatCannotStandInAnAddressAreNone) {
  for (const char* id : {"", "a b", "a/b", "..", "ä", "a%20"}) EXPECT_FALSE(is_pack_id(id)) << id;
  EXPECT_FALSE(is_pack_id(std::string(65, 'a')));
  EXPECT_TRUE(is_pack_id(std::string(64, 'a')));
}

}  // namespace
}  // namespace cellwarden::gateway
