/// `cellwarden settings` as an owner uses it, on a board and through a gateway.
// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gtest/gtest.h>

#include "tests/gateway/app_link_client.hpp"

namespace cellwarden::tests {
namespace {

struct Said {
  std::optional<int> status;
  std::string out, err;
};

Said settings(std::vector<std::string> arguments, const std::vector<std::string>& reach) {
  arguments.insert(arguments.begin(), "settings");
  arguments.insert(arguments.end(), reach.begin(), reach.end());
  Process process(arguments);
  Said said;
  said.status = process.wait();
  said.out = process.out();
  said.err = process.err();
  return said;
}

/// Sets, reads, exports, imports, and is refused.
void use(const std::vector<std::string>& reach) {
  const TemporaryFolder folder;
  const std::string file = folder.file("pack.toml");
  EXPECT_EQ(settings({"set", "v_min", "2.9 V"}, reach).out, "V min is 2.900 V\n");
  const Said one = settings({"get", "v_min"}, reach);
  EXPECT_EQ(one.status, 0) << one.err;
  EXPECT_NE(one.out.find("2.900 V            V min                       2.000 V to 5.000 V"),
            std::string::npos)
      << one.out;
  EXPECT_EQ(settings({"export", file}, reach).status, 0);
  EXPECT_NE(content_of(file).find("v_min = \"2.900 V\""), std::string::npos);
  EXPECT_EQ(settings({"set", "v_min", "2800"}, reach).status, 0);
  const Said refused = settings({"set", "v_min", "3.7 V"}, reach);
  EXPECT_EQ(refused.status, 2);
  EXPECT_TRUE(refused.err.starts_with(
      "cellwarden: V min 3.700 V refused: at most 3.550 V while V max is 3.650 V; "))
      << refused.err;
  const Said import = settings({"import", file}, reach);
  EXPECT_EQ(import.status, 0) << import.err;
  EXPECT_NE(settings({"get", "v_min"}, reach).out.find("2.900 V"), std::string::npos);
  std::ofstream(file) << "v_min = \"2.850 V\"\nt_max = \"99 C\"\n";
  const Said bad = settings({"import", file}, reach);
  EXPECT_EQ(bad.status, 2);
  EXPECT_EQ(bad.err, "cellwarden: " + file + ":2:1: T max 99.0 °C refused: at most 85.0 °C\n");
  EXPECT_NE(settings({"get", "v_min"}, reach).out.find("2.900 V"), std::string::npos);
  EXPECT_EQ(settings({"import", "--preset", "lfp"}, reach).out,
            "7 settings are as the preset lfp says\n");
}

// proves SET-4
TEST(Settings, OnTheBoardItself) {
  const Board board;
  use({"--app-link", board.place()});
  const Said locked = settings({"get"}, {"--app-link", board.place(), "--pin", "9999"});
  EXPECT_EQ(locked.status, 2);
  EXPECT_NE(locked.err.find("does not accept the PIN"), std::string::npos);
}

// proves SET-4
TEST(Settings, ThroughAGateway) {
  const Gateway gateway({"--source", "twin"});
  ASSERT_TRUE(link_reaches(gateway, "ready"));
  const std::string url = "http://127.0.0.1:" + std::to_string(gateway.port);
  use({"--gateway", url});
  const Said wrong = settings({"set", "v_min", "2.8 V"}, {"--gateway", url, "--pin", "1"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_EQ(wrong.err, "cellwarden: the PIN is wrong\n");
}

TEST(Settings, MistakesAreOneLine) {
  const Said nobody = settings({"get"}, {"--gateway", "http://127.0.0.1:1"});
  EXPECT_EQ(nobody.status, 2);
  EXPECT_NE(nobody.err.find("is cellwarden run running?"), std::string::npos);
  EXPECT_NE(settings({"set", "v_mim", "1"}, {}).err.find("there is no setting \"v_mim\""),
            std::string::npos);
  EXPECT_NE(settings({"set", "v_min", "2.9 A"}, {}).err.find("expected e.g. \"2.800 V\""),
            std::string::npos);
  EXPECT_NE(settings({"import"}, {}).err.find("lfp, nmc, lto"), std::string::npos);
  EXPECT_NE(settings({"import", "--preset", "x"}, {}).err.find("there is no preset"),
            std::string::npos);
}

}  // namespace
}  // namespace cellwarden::tests
