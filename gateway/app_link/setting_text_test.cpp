// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/setting_text.hpp"

#include <gtest/gtest.h>

namespace cellwarden::gateway {
namespace {

const core::SettingRow& row(std::string_view name) {
  return core::settings_table[core::setting_with_name(name).value()];
}

// proves SET-1
TEST(SettingText, EveryRowOfTheTableIsReadAsItIsWritten) {
  for (const core::SettingRow& row : core::settings_table) {
    for (const std::int32_t value : {row.minimum, row.preset, row.maximum}) {
      EXPECT_EQ(parse_value(row, value_text(row, value)), value) << row.name;
      EXPECT_EQ(parse_value(row, std::to_string(value)), value) << row.name;
    }
    EXPECT_NE(unit_word(core::unit_of(row)), "");
  }
}

TEST(SettingText, ShowsUnits) {
  EXPECT_EQ(value_text(row("v_min"), 2'800), "2.800 V");
  EXPECT_EQ(value_text(row("t_charge_min"), -5), "-0.5 °C");
  EXPECT_EQ(value_text(row("capacity"), 2'700), "2700 Wh");
  EXPECT_EQ(value_text(row("tail_current"), 200), "0.200 A");
  EXPECT_EQ(value_text(row("relay1_invert"), 1), "yes");
  EXPECT_EQ(value_text(row("t_discharge_min"), core::inherited_temperature), "as the other");
  EXPECT_EQ(range_text(row("v_min")), "2.000 V to 5.000 V");
}

TEST(SettingText, AChoiceIsItsWordAndSoIsWhatMayBeChosen) {
  EXPECT_EQ(value_text(row("relay1_function"), 3), "main relay");
  EXPECT_EQ(value_text(row("relay1_function"), 9), "9") << "of a newer board";
  EXPECT_EQ(range_text(row("chemistry")), "other, LFP, LTO, NMC, NCA");
  EXPECT_EQ(range_text(row("relay1_invert")), "yes or no");
  EXPECT_EQ(parse_value(row("relay2_force"), "kept off"), 1);
  EXPECT_EQ(parse_value(row("chemistry"), "NCA"), 4);
  EXPECT_EQ(parse_value(row("chemistry"), "lead"), std::nullopt);
  EXPECT_EQ(parse_value(row("chemistry"), "LFP|LTO"), std::nullopt);
}

TEST(SettingText, SaysWhatToWriteInsteadOfNonsense) {
  EXPECT_EQ(expected_text(row("v_min")), "expected e.g. \"2.800 V\"");
  EXPECT_EQ(expected_text(row("t_discharge_min")), "expected e.g. \"0.0 °C\" or \"as the other\"");
  EXPECT_EQ(expected_text(row("relay1_force")), "expected no, kept off");
  EXPECT_EQ(padded("5 °C", 6) + "|", "5 °C  |");
  EXPECT_EQ(padded("longer", 3), "longer");
}

TEST(SettingText, ReadsWhatPeopleWrite) {
  EXPECT_EQ(parse_value(row("v_min"), "2.9 V"), 2'900);
  EXPECT_EQ(parse_value(row("v_min"), "2.9V"), 2'900);
  EXPECT_EQ(parse_value(row("v_min"), "2900"), 2'900);
  EXPECT_EQ(parse_value(row("v_min"), " 2900 mV "), 2'900);
  EXPECT_EQ(parse_value(row("v_min"), "default"), 2'800);
  EXPECT_EQ(parse_value(row("t_max"), "60 C"), 600);
  EXPECT_EQ(parse_value(row("t_charge_min"), "-10 °C"), -100);
  EXPECT_EQ(parse_value(row("capacity"), "2.7 kWh"), 2'700);
  EXPECT_EQ(parse_value(row("charge_restart"), "95 %"), 95);
  EXPECT_EQ(parse_value(row("relay1_invert"), "no"), 0);
}

TEST(SettingText, RefusesWhatIsNoValue) {
  for (const char* text : {"", " ", "V", "x", "2.9 A", "2.9", "2.9001 V", "2..9 V", "2. V", "--2",
                           "+2", "99999999999", "1e3", "2.9 V V", "\n"}) {
    EXPECT_EQ(parse_value(row("v_min"), text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace cellwarden::gateway
