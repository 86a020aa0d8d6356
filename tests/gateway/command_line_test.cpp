/// What the program says to an owner who made a mistake: one line, exit status 2.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/gateway/http_client.hpp"

namespace cellwarden::tests {
namespace {

struct Mistake {
  std::vector<std::string> arguments;
  const char* says;
};

void expect_refused(const Mistake& mistake) {
  Process process(mistake.arguments);
  const auto status = process.wait();
  const std::string said = process.err();
  EXPECT_EQ(status, 2) << said;
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
  EXPECT_TRUE(said.starts_with("cellwarden: ")) << said;
  EXPECT_NE(said.find(mistake.says), std::string::npos) << said;
  EXPECT_EQ(process.out(), "");
}

TEST(CommandLine, AMistakeIsOneLineAndStatusTwo) {
  const Mistake mistakes[] = {
      {{}, "say what to do: run, decode, emulate, capture, settings or simulate"},
      {{"--frobnicate"}, "--frobnicate"},
      {{"fly"}, "\"fly\" is not known here"},
      {{"run", "--frobnicate"}, "\"--frobnicate\" is not known here"},
      {{"run", "--speed", "0"}, "not in range 1 to 100000"},
      {{"run", "--cells", "256"}, "not in range 2 to 255"},
      {{"run", "--seed", "x"}, "--seed"},
      {{"run", "--source", "tcp:1"}, "expected twin, serial:DEVICE or replay:FILE"},
      {{"run", "--source", "replay:/nonexistent"}, "/nonexistent cannot be read"},
      {{"run", "--listen", "8321"}, "expected ADDRESS:PORT"},
      {{"run", "--listen", "203.0.113.1:0"}, "cannot be listened on"},
      {{"run", "--app", "/nonexistent"}, "holds no index.html"},
      {{"run", "--config", "/nonexistent"}, "/nonexistent cannot be read"},
      {{"run", "--temperature-line", "x"}, "not in {sensor,paper}"},
      {{"decode"}, "FILE is required"},
      {{"decode", "/nonexistent"}, "/nonexistent cannot be read"},
      {{"decode", "/"}, "/ is a folder"},
      {{"capture"}, "--source is required"},
      {{"capture", "--source", "serial:/nonexistent"}, "/nonexistent is not there"},
      {{"capture", "--source", "serial:/dev/null"}, "/dev/null is not a serial port"},
      {{"capture", "--source", "twin", "--out", "/nonexistent/x"},
       "/nonexistent/x cannot be written"},
      {{"capture", "--source", "twin", "--seconds", "0"}, "not in range"},
      {{"emulate"}, "--pty LINK, --app-link tcp:127.0.0.1:PORT or both"},
      {{"emulate", "--pty", "/"}, "/ exists and is no link"},
  };
  for (const Mistake& mistake : mistakes) expect_refused(mistake);
}

TEST(CommandLine, ABusyPortIsNamed) {
  const Gateway first({});
  const std::string port = std::to_string(first.port);
  expect_refused(
      {{"run", "--listen", "127.0.0.1:" + port}, "is in use, perhaps by another cellwarden"});
}

TEST(CommandLine, AConfigThatDoesNotParseNamesItsPlace) {
  const TemporaryFolder folder;
  const std::string file = folder.file("c.toml");
  std::ofstream(file) << "[gateway]\nlisen = \"127.0.0.1:0\"\n";
  expect_refused({{"run", "--config", file}, ":2:1: unknown key \"lisen\" in [gateway]"});
  std::ofstream(file) << "[gateway\n";
  expect_refused({{"run", "--config", file}, file.c_str()});
}

TEST(CommandLine, AConfigGivesThePacks) {
  const TemporaryFolder folder;
  const std::string file = folder.file("c.toml");
  std::ofstream(file) << "[[pack]]\nid = \"house\"\nname = \"The house\"\nsource = \"twin\"\n"
                         "[[pack]]\nsource = \"serial:/nonexistent\"\nsolar_peak_w = 5000\n";
  const Gateway gateway({"--config", file});
  const auto packs = json_of(get(gateway.port, "/api/v1/packs")).at("packs").as_array();
  ASSERT_EQ(packs.size(), 2U);
  EXPECT_EQ(packs[0].at("id"), "house");
  EXPECT_EQ(packs[1].at("peaks").at("solar_w"), 5000) << "no board says otherwise";
  EXPECT_EQ(packs[1].at("link").at("text"), "/nonexistent is not there; trying again");
}

TEST(CommandLine, HelpAndVersionAreNoMistakes) {
  for (const std::vector<std::string>& asked :
       std::vector<std::vector<std::string>>{{"--help"}, {"run", "--help"}, {"--version"}}) {
    Process process(asked);
    EXPECT_EQ(process.wait(), 0);
    EXPECT_NE(process.out(), "");
    EXPECT_EQ(process.err(), "");
  }
}

TEST(CommandLine, BothStopSignalsEndTheGatewayCleanly) {
  for (const int number : {SIGINT, SIGTERM}) {
    Gateway gateway({});
    gateway.process.signal(number);
    EXPECT_EQ(gateway.process.wait(), 0);
  }
}

}  // namespace
}  // namespace cellwarden::tests
