// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/settings_file.hpp"

#include <gtest/gtest.h>

#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

std::string complaint(std::string_view text) {
  try {
    (void)parse_settings_file(text, "f.toml");
  } catch (const UsageError& wrong) {
    return wrong.what();
  }
  return "none";
}

// proves SET-4
TEST(SettingsFile, WhatIsExportedIsImported) {
  std::vector<HeldSetting> held;
  for (std::size_t i = 0; i < core::settings_table.size(); ++i) {
    held.push_back({i, core::settings_table[i].preset});
  }
  const std::string text = settings_file(held);
  EXPECT_TRUE(text.starts_with("# Settings"));
  EXPECT_NE(text.find("v_min = \"2.800 V\""), std::string::npos);
  const auto changes = parse_settings_file(text, "f");
  ASSERT_EQ(changes.size(), held.size());
  for (std::size_t i = 0; i < held.size(); ++i) {
    EXPECT_EQ(changes[i].place, held[i].place);
    EXPECT_EQ(changes[i].value, held[i].value) << core::settings_table[i].name;
  }
}

TEST(SettingsFile, EveryMistakeNamesItsLine) {
  EXPECT_EQ(complaint("v_min = \"2.9 V\"\nv_mim = 3\n"),
            "f.toml:2:1: there is no setting \"v_mim\"; see cellwarden settings get");
  EXPECT_EQ(complaint("v_min = \"2.9 A\""),
            "f.toml:1:1: v_min is no value; expected e.g. \"2.800 V\"");
  EXPECT_EQ(complaint("v_min = 2.9"), "f.toml:1:1: v_min is no value; expected e.g. \"2.800 V\"");
  EXPECT_EQ(complaint("\n\nt_max = \"99 C\""),
            "f.toml:3:1: T max 99.0 °C refused: at most 85.0 °C");
  EXPECT_EQ(complaint("v_min = 3500\nv_max = 3400\n"),
            "f.toml:2:1: V max 3.400 V refused: at least 3.600 V while V min is 3.500 V");
  EXPECT_TRUE(complaint("v_min = \n").starts_with("f.toml:1:"));
  EXPECT_EQ(complaint("relay1_invert = true\nv_min = 2900\n"), "none");
}

// proves SET-4
TEST(SettingsFile, EveryPresetIsInOrderAndSaysItsSources) {
  for (const char* name : {"lfp", "nmc", "lto"}) {
    const std::string_view text = preset_file(name);
    const auto changes = parse_settings_file(text, name);
    EXPECT_EQ(changes.size(), 7U) << name;
    core::SettingValues::Draft draft{core::SettingValues{}};
    for (const SettingChange& change : changes) {
      EXPECT_EQ(draft.set(change.place, change.value), std::nullopt);
    }
    EXPECT_TRUE(draft.finish(std::nullopt).good()) << name;
  }
  EXPECT_THROW((void)preset_file("x"), UsageError);
}

}  // namespace
}  // namespace cellwarden::gateway
