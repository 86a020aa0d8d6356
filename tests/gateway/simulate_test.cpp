/// `cellwarden simulate` from outside: what it prints, writes and exits with.
// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gtest/gtest.h>

#include "tests/gateway/process.hpp"

namespace cellwarden::tests {
namespace {

constexpr const char* scenario_file = CELLWARDEN_SOURCE_DIR "/scenarios/faq_no_communication.toml";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Simulate, SaysWhatHeldAndExitsWithZero) {
  const TemporaryFolder folder;
  const std::string report = folder.file("report.html");
  Process process({"simulate", scenario_file, "--report", report});
  EXPECT_EQ(process.wait(), 0);
  const std::string said = process.out();
  EXPECT_TRUE(has(said, "held    the wire behind board 3 is named within 5 s (3 at 12:02:0"))
      << said;
  EXPECT_FALSE(has(said, "BROKEN")) << said;
  EXPECT_TRUE(has(said, "trace ") && has(said, "(seed 1)")) << said;
  EXPECT_TRUE(has(said, "times as fast as the clock on the wall")) << said;
  EXPECT_EQ(process.err(), "") << "no bar where there is no terminal";
  const std::string html = content_of(report);
  EXPECT_TRUE(has(html, "All 6 hold"));
  EXPECT_TRUE(has(html, "The wire from board 3 to 4 is cut"));
  for (const char* foreign : {"http:", "https:", "src=", "@import", "url("}) {
    EXPECT_FALSE(has(html, foreign)) << foreign << ": the report needs nothing but itself";
  }
  EXPECT_LT(html.size(), 2'000'000U);
}

TEST(Simulate, OneSeedIsOneRunAndAnotherIsAnother) {
  const auto trace = [](const std::string& seed) {
    Process process({"simulate", scenario_file, "--days", "0.001", "--seed", seed});
    EXPECT_EQ(process.wait(), 0);
    const std::string said = process.out();
    return said.substr(said.find("trace"), 30);
  };
  EXPECT_EQ(trace("7"), trace("7"));
  EXPECT_NE(trace("7"), trace("8"));
}

TEST(Simulate, WhatDoesNotHoldIsStatusOne) {
  const TemporaryFolder folder;
  const std::string file = folder.file("s.toml");
  const std::string report = folder.file("report.html");
  std::ofstream(file) << "title = \"<b>\"\nduration = \"1 min\"\n[[pack]]\ncells = 4\n[[must]]\n"
                         "what = \"it floats\"\nalways = \"cell_voltage_max > v_max\"\n";
  Process process({"simulate", file, "--report", report});
  EXPECT_EQ(process.wait(), 1);
  EXPECT_TRUE(has(process.out(), "BROKEN  it floats (from 09:00:01: ")) << process.out();
  EXPECT_TRUE(has(content_of(report), "1 of 1 broken"));
  EXPECT_TRUE(has(content_of(report), "<h1>&lt;b&gt;</h1>"));
}

TEST(Simulate, ABadFileNamesItsLineAndNothingRuns) {
  const TemporaryFolder folder;
  const std::string file = folder.file("s.toml");
  const std::string report = folder.file("report.html");
  std::ofstream(file) << "title = \"t\"\nduration = \"1 min\"\n[[pack]]\ncells = 256\n";
  Process process({"simulate", file, "--report", report});
  EXPECT_EQ(process.wait(), 2);
  EXPECT_EQ(process.err(),
            "cellwarden: " + file + ":4: cells is 256, expected a whole number from 2 to 255\n");
  EXPECT_EQ(process.out(), "");
  EXPECT_FALSE(std::filesystem::exists(report));
}

TEST(Simulate, OtherMistakesAreStatusTwo) {
  const struct {
    std::vector<std::string> arguments;
    const char* says;
  } cases[] = {{{"simulate"}, "FILE is required"},
               {{"simulate", "/nonexistent"}, "/nonexistent cannot be read"},
               {{"simulate", scenario_file, "--days", "0"}, "not in range"},
               {{"simulate", scenario_file, "--seed", "x"}, "--seed"},
               {{"simulate", scenario_file, "--report", "/nonexistent/x"},
                "/nonexistent/x cannot be written"}};
  for (const auto& c : cases) {
    Process process(c.arguments);
    EXPECT_EQ(process.wait(), 2);
    EXPECT_TRUE(has(process.err(), c.says)) << process.err();
    EXPECT_EQ(process.out(), "");
  }
}

TEST(Simulate, CtrlCLeavesAPartialTableAndReport) {
  const TemporaryFolder folder;
  const std::string report = folder.file("report.html");
  Process process({"simulate", scenario_file, "--days", "3650", "--report", report});
  ASSERT_TRUE(eventually([&] { return std::filesystem::exists(report); }));
  process.signal(SIGINT);
  EXPECT_EQ(process.wait(), 130);
  EXPECT_TRUE(has(process.out(), "PARTIAL: stopped after ")) << process.out();
  EXPECT_TRUE(has(process.out(), " of 3650 d")) << process.out();
  EXPECT_TRUE(has(content_of(report), "Partial report: the run was stopped after "));
  EXPECT_TRUE(has(content_of(report), "</html>"));
}

}  // namespace
}  // namespace cellwarden::tests
