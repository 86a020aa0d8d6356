// SPDX-License-Identifier: Apache-2.0
#include "gateway/settings/config_file.hpp"

#include <gtest/gtest.h>

#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

std::string complaint(std::string_view text) {
  try {
    (void)parse_config(text, "c.toml");
  } catch (const UsageError& wrong) {
    return wrong.what();
  }
  return "none";
}

TEST(ConfigFile, ReadsEverything) {
  const ConfigFile config = parse_config(R"(
[gateway]
listen = "127.0.0.1:9000"
app = "/srv/app"

[[pack]]
id = "boat"
name = "The boat"
source = "serial:/dev/ttyUSB0"
solar_peak_w = 800
inverter_peak_w = 2000
temperature_line = "paper"

[[pack]]
source = "twin"
)",
                                         "c.toml");
  EXPECT_EQ(config.listen, "127.0.0.1:9000");
  EXPECT_EQ(config.app, "/srv/app");
  ASSERT_EQ(config.packs.size(), 2U);
  EXPECT_EQ(config.packs[0].id, "boat");
  EXPECT_EQ(config.packs[0].name, "The boat");
  EXPECT_EQ(config.packs[0].source.argument, "/dev/ttyUSB0");
  EXPECT_EQ(config.packs[0].solar_peak_w, 800);
  EXPECT_EQ(config.packs[0].inverter_peak_w, 2000);
  EXPECT_EQ(config.packs[0].temperature_line, wire::TemperatureLine::paper);
  EXPECT_EQ(config.packs[1].source.kind, SourceText::Kind::twin);
}

TEST(ConfigFile, AnEmptyFileSaysNothing) { EXPECT_TRUE(parse_config("", "c.toml").packs.empty()); }

TEST(ConfigFile, EveryComplaintNamesThePlaceAndWhatWasExpected) {
  struct Case {
    const char* text;
    const char* complaint;
  };
  const Case cases[] = {
      {"[gateway]\nlisten = 5\n", "c.toml:2:10: listen must be a text in \"quotes\""},
      {"[gateway]\nlisen = \"x\"\n",
       "c.toml:2:1: unknown key \"lisen\" in [gateway]; known: listen, app"},
      {"[gatway]\n", "c.toml:1:2: unknown key \"gatway\" in the file; known: gateway, pack"},
      {"gateway = 1\n", "c.toml:1:11: gateway must be a table: [gateway]"},
      {"[pack]\nsource = \"twin\"\n", "c.toml:1:1: pack must be a list of tables: [[pack]]"},
      {"[[pack]]\n", "c.toml:1:1: this pack has no source; expected e.g. source = \"twin\""},
      {"[[pack]]\nsource = \"x\"\n",
       "c.toml:2:10: source \"x\" is not known; expected twin, serial:DEVICE or replay:FILE"},
      {"[[pack]]\nsource = \"twin\"\nid = \"a b\"\n",
       "c.toml:3:6: id must be 1 to 64 letters, digits, \"-\" or \"_\""},
      {"[[pack]]\nsource = \"twin\"\nsolar_peak_w = 0\n",
       "c.toml:3:16: solar_peak_w must be a whole number of watts, 1 to 10000000"},
      {"[[pack]]\nsource = \"twin\"\nsolar_peak_w = 1.5\n",
       "c.toml:3:16: solar_peak_w must be a whole number of watts, 1 to 10000000"},
      {"[[pack]]\nsource = \"twin\"\ntemperature_line = \"x\"\n",
       "c.toml:3:20: temperature line \"x\" is not known; expected sensor or paper"},
  };
  for (const Case& c : cases) EXPECT_EQ(complaint(c.text), c.complaint) << c.text;
}

TEST(ConfigFile, WhatIsNoTomlIsOneLineWithItsPlace) {
  for (const char* text : {"[gateway\n", "a = \n", "\"", "listen = \"x\nfoo", "a = 1\na = 2\n"}) {
    const std::string what = complaint(text);
    EXPECT_TRUE(what.starts_with("c.toml:1:") || what.starts_with("c.toml:2:")) << what;
    EXPECT_EQ(what.find('\n'), std::string::npos) << what;
  }
}

}  // namespace
}  // namespace cellwarden::gateway
