/// The A123 set against the measured tests in bench/data, and the reader of such tests.
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "bench/measured_cell.hpp"

namespace cellwarden::bench {
namespace {

struct Goal {
  int celsius;
  const char* file;
  double odd_mv_max;
};

// On blocks that were not fitted; the goals are 7.5 mV from 25 to 45 degrees Celsius and 15 mV at
// -25.
TEST(MeasuredCells, OneSetFollowsTheMeasuredCellAtEveryTemperature) {
  constexpr Goal goals[] = {{-25, "m25c", 15.0}, {-5, "m5c", 7.5}, {5, "5c", 7.5},
                            {25, "25c", 7.5},    {35, "35c", 7.5}, {45, "45c", 7.5}};
  for (const Goal& goal : goals) {
    const std::string path =
        std::string(CELLWARDEN_SOURCE_DIR) + "/bench/data/a123_26650_dynamic_" + goal.file + ".csv";
    const MeasuredTest test = read_test(path, goal.celsius);
    ASSERT_GT(test.current_a.size(), 30'000U) << path;
    const Score s = score(plant::a123_26650(), test);
    EXPECT_GT(s.odd_mv, 0.1) << "nothing was scored";
    EXPECT_LE(s.odd_mv, goal.odd_mv_max) << goal.celsius;
  }
}

// Another cell does not: the score can fail.
TEST(MeasuredCells, AnotherCellDoesNot) {
  plant::CellParameters other = plant::a123_26650();
  other.r0_ohm = plant::everywhere({0.2, 0.1, 0.05, 0.04, 0.03, 0.02, 0.02, 0.02});
  const std::string path =
      std::string(CELLWARDEN_SOURCE_DIR) + "/bench/data/a123_26650_dynamic_25c.csv";
  EXPECT_GT(score(other, read_test(path, 25.0)).odd_mv, 10.0);
}

TEST(MeasuredCells, TheTemperatureIsInTheName) {
  EXPECT_EQ(celsius_in_name("x/dyn_a123_26650_-15C_s1.csv"), -15.0);
  EXPECT_EQ(celsius_in_name("a123_26650_dynamic_m5c.csv"), -5.0);
  EXPECT_EQ(celsius_in_name("a123_26650_dynamic_45c.csv"), 45.0);
  EXPECT_EQ(celsius_in_name("A123_DYN_40_N15_s1.csv"), -15.0);
  EXPECT_EQ(celsius_in_name("A123_DYN_50_P15_s1.csv"), 15.0);
  EXPECT_EQ(celsius_in_name("a123_26650.csv"), std::nullopt);
}

/// What reading a file with this text complains of.
std::string complaint(const std::string& text) {
  const std::string path = testing::TempDir() + "measured_cells_test.csv";
  std::ofstream(path) << text;
  std::string what = "nothing";
  try {
    static_cast<void>(read_test(path, 25.0));
  } catch (const std::runtime_error& error) {
    what = error.what();
  }
  std::remove(path.c_str());
  return what;
}

TEST(MeasuredCells, BadFilesAreRefusedWithTheirLine) {
  EXPECT_EQ(complaint("# x\nt,I,V\n0,1,3.3\n1,-1,3.4\n"), "nothing");
  EXPECT_EQ(complaint("current_ma,voltage_100uv\n10,33000\n20,33001\n"), "nothing");
  EXPECT_NE(complaint("time,amps\n").find(":1: columns"), std::string::npos);
  EXPECT_NE(complaint("t,I,V\n0,1,3.3\n1,2\n").find(":3: no value for V"), std::string::npos);
  EXPECT_NE(complaint("t,I,V\n0,1,3.3\n1,oh,3.3\n").find(":3: \"oh\" is no number"),
            std::string::npos);
  EXPECT_NE(complaint("current_ma\n1\n2\n").find(":1: columns"), std::string::npos);
  EXPECT_NE(complaint("t,I,V\n0,1,3.3\n").find("two rows"), std::string::npos);
  EXPECT_NE(complaint("").find("two rows"), std::string::npos);
  EXPECT_THROW(static_cast<void>(read_test("/does/not/exist", 25.0)), std::runtime_error);
}

}  // namespace
}  // namespace cellwarden::bench
