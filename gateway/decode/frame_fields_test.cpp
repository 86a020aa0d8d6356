// SPDX-License-Identifier: Apache-2.0
#include "gateway/decode/frame_fields.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/stream.hpp"

namespace cellwarden::gateway {
namespace {

using tests::plausible_frame;
using wire::TemperatureLine;

std::string text_of(const wire::ExtendedFrame& frame, const std::string& name) {
  for (const Field& field : fields_of(frame, TemperatureLine::sensor)) {
    if (field.name == name) return field.text;
  }
  return "no such field";
}

TEST(FrameFields, DecimalsKeepTheirZerosAndSigns) {
  EXPECT_EQ(decimal(335355, 3), "335.355");
  EXPECT_EQ(decimal(5, 3), "0.005");
  EXPECT_EQ(decimal(-125, 3), "-0.125");
  EXPECT_EQ(decimal(0, 1), "0.0");
  EXPECT_EQ(decimal(-12, 1), "-1.2");
}

TEST(FrameFields, NamesAreDifferentAndFitTheColumn) {
  std::set<std::string> names;
  for (const Field& field : fields_of(plausible_frame(4), TemperatureLine::sensor)) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    EXPECT_LT(field.name.size(), 26U);
  }
  EXPECT_GT(names.size(), 35U);
}

TEST(FrameFields, PeopleReadUnits) {
  wire::ExtendedFrame frame = plausible_frame(4);
  EXPECT_EQ(text_of(frame, "pack_voltage"), "13.200 V");
  EXPECT_EQ(text_of(frame, "current_in"), "+12.500 A");
  EXPECT_EQ(text_of(frame, "lowest_temperature"), "25.0 °C (raw 300)");
  EXPECT_EQ(text_of(frame, "key_meaning"), "state of health, %");
  frame.in.sign = wire::CurrentSign::minus;
  EXPECT_EQ(text_of(frame, "current_in"), "-12.500 A");
  frame.in.sign = wire::CurrentSign::absent;
  EXPECT_EQ(text_of(frame, "current_in"), "no sensor");
  frame.extra = wire::Extra::key_value(200, 1);
  EXPECT_EQ(text_of(frame, "key_meaning"), "not known");
  frame.extra = wire::Extra::clock(7, 5);
  EXPECT_EQ(text_of(frame, "clock"), "07:05");
}

TEST(FrameFields, ThePaperLineIsAChoice) {
  wire::ExtendedFrame frame = plausible_frame(4);
  frame.coldest.raw = 276;
  const auto fields = fields_of(frame, TemperatureLine::paper);
  for (const Field& field : fields) {
    if (field.name != "lowest_temperature") continue;
    EXPECT_EQ(field.text, "0.0 °C (raw 276)");
  }
}

TEST(FrameFields, EveryDoubtHasASentence) {
  EXPECT_TRUE(sentences(Doubts{}).empty());
  Doubts all{true, true, true, true, true, true, true, true, true, true, true, true, true};
  EXPECT_EQ(sentences(all).size(), 5U);
  all.voltages = all.temperatures = false;
  EXPECT_EQ(sentences(all).size(), 5U);
}

}  // namespace
}  // namespace cellwarden::gateway
