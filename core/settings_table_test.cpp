// SPDX-License-Identifier: Apache-2.0
#include "core/settings_table.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/setting_values.hpp"

namespace cellwarden::core {
namespace {

struct PinnedRow {
  int id;
  std::string_view name;
  int address;
};
/// What programs outside and stored settings go by. Lines are added, never changed or taken away.
constexpr PinnedRow pinned[] = {
    {1, "solar_peak", 0x010},
    {2, "inverter_peak", 0x020},
    {3, "capacity", 0x030},
    {4, "v_min", 0x040},
    {5, "v_max", 0x050},
    {6, "t_charge_min", 0x060},
    {7, "t_max", 0x070},
    {8, "charge_restart", 0xA00},
    {9, "discharge_restart", 0xA01},
    {10, "v_nominal", 0x046},
    {11, "v_low", 0x044},
    {12, "v_min_hysteresis", 0x042},
    {13, "v_max_hysteresis", 0x052},
    {14, "t_discharge_min", 0x062},
    {15, "charge_restart_delay", 0x082},
    {16, "discharge_restart_delay", 0x084},
    {17, "charge_pause_delay", 0x086},
    {18, "discharge_pause_delay", 0x087},
    {19, "charge_force_off", 0x019},
    {20, "discharge_force_off", 0x01A},
    {21, "invert_charge_sensor", 0x08E},
    {22, "invert_load_sensor", 0x08F},
    {23, "tail_current", 0x092},
    {24, "relay1_function", 0x340},
    {25, "relay1_invert", 0x341},
    {26, "relay1_force", 0x342},
    {27, "relay2_function", 0x360},
    {28, "relay2_invert", 0x361},
    {29, "relay2_force", 0x362},
    {30, "chemistry", 0x015},
};

// proves SET-1, SET-5
TEST(SettingsTable, KeepsEveryIdNameAndAddressForEver) {
  ASSERT_EQ(settings_table.size(), std::size(pinned)) << "a new setting is pinned here too";
  for (std::size_t i = 0; i < settings_table.size(); ++i) {
    EXPECT_EQ(settings_table[i].id, pinned[i].id);
    EXPECT_EQ(settings_table[i].name, pinned[i].name);
    EXPECT_EQ(settings_table[i].address, pinned[i].address) << pinned[i].name;
  }
}

TEST(SettingsTable, HasNoIdNameTitleOrAddressTwice) {
  std::set<int> ids, addresses;
  std::set<std::string_view> names, titles;
  for (const SettingRow& row : settings_table) {
    EXPECT_TRUE(row.id >= 1 && row.id <= 254) << row.name;
    EXPECT_TRUE(ids.insert(row.id).second) << row.name;
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_TRUE(titles.insert(row.title).second) << row.name;
    for (std::size_t i = 0; i < wire::coded_bytes(row.coding); ++i) {
      EXPECT_TRUE(addresses.insert(row.address + static_cast<int>(i)).second) << row.name;
    }
  }
}

// proves SET-3
TEST(SettingsTable, PresetsAreInRangeAndOnAStep) {
  for (const SettingRow& row : settings_table) {
    EXPECT_GT(row.step, 0) << row.name;
    EXPECT_LT(row.minimum, row.maximum) << row.name;
    EXPECT_EQ((row.maximum - row.minimum) % row.step, 0) << row.name;
    if (row.inherit != 0) {
      EXPECT_TRUE(row.inherit < row.minimum || row.inherit > row.maximum) << row.name;
    }
    if (row.inherit != 0 && row.preset == row.inherit) continue;
    EXPECT_TRUE(row.preset >= row.minimum && row.preset <= row.maximum) << row.name;
    EXPECT_EQ((row.preset - row.minimum) % row.step, 0) << row.name;
  }
}

// proves OUTW-2
TEST(SettingsTable, EveryValueGoesThroughItsCodeOnTheWireAndBack) {
  for (const SettingRow& row : settings_table) {
    const std::int32_t tolerance = row.coding == wire::AppCoding::raw_temperature ? 4 : 0;
    for (std::int32_t value = row.minimum; value <= row.maximum; value += row.step) {
      const auto raw = wire::to_coded(row.coding, value);
      ASSERT_TRUE(raw.has_value()) << row.name << " " << value;
      ASSERT_NEAR(wire::from_coded(row.coding, *raw), value, tolerance) << row.name;
    }
    if (row.inherit == 0) continue;
    const auto raw = wire::to_coded(row.coding, row.inherit);
    ASSERT_TRUE(raw.has_value()) << row.name;
    EXPECT_LT(wire::from_coded(row.coding, *raw), row.minimum - tolerance) << row.name;
  }
}

TEST(SettingsTable, HasAUnitForEveryCoding) {
  const struct {
    std::string_view name;
    SettingUnit unit;
  } cases[] = {{"v_min", SettingUnit::millivolts},
               {"v_min_hysteresis", SettingUnit::millivolts},
               {"solar_peak", SettingUnit::watts},
               {"capacity", SettingUnit::watt_hours},
               {"t_max", SettingUnit::decicelsius},
               {"charge_restart", SettingUnit::percent},
               {"charge_restart_delay", SettingUnit::seconds},
               {"charge_pause_delay", SettingUnit::seconds},
               {"tail_current", SettingUnit::milliamperes},
               {"relay1_function", SettingUnit::choice},
               {"relay1_invert", SettingUnit::flag}};
  for (const auto& c : cases) {
    EXPECT_EQ(unit_of(settings_table[*setting_with_name(c.name)]), c.unit) << c.name;
  }
}

TEST(SettingsTable, FindsASettingByIdNameAndEveryAddressOfIt) {
  EXPECT_EQ(setting_with_id(5), setting("v_max"));
  EXPECT_EQ(setting_with_id(0), std::nullopt);
  EXPECT_EQ(setting_with_id(255), std::nullopt);
  EXPECT_EQ(setting_with_name("v_max"), setting("v_max"));
  EXPECT_EQ(setting_with_name("V_max"), std::nullopt);
  EXPECT_EQ(setting_with_name(""), std::nullopt);
  EXPECT_EQ(setting_at_address(0x050), setting("v_max"));
  EXPECT_EQ(setting_at_address(0x051), setting("v_max"));
  EXPECT_EQ(setting_at_address(0x04F), std::nullopt);
  EXPECT_EQ(setting_at_address(0x052), setting("v_max_hysteresis"));
  EXPECT_EQ(setting_at_address(0x053), std::nullopt);
  EXPECT_EQ(setting_at_address(0xFFF), std::nullopt);
}

}  // namespace
}  // namespace cellwarden::core
