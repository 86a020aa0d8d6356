/// The owner's settings, one line each: this table is the only place that knows a name, a limit, a
/// default or an address. Storage, app link, gateway and App all read it; a setting is added by
/// adding a line. What a setting does is elsewhere (core/settings takes those the boards act on).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "wire/app_coding.hpp"

namespace cellwarden::core {

/// Unit of a setting's number.
enum class SettingUnit : std::uint8_t {
  millivolts,
  decicelsius,  ///< tenths of a degree
  watts,
  watt_hours,
  milliamperes,
  seconds,
  percent,
  choice,  ///< one of an enumeration
  flag,    ///< 0 or 1
};

/// One setting. `id` and `address` are for ever: stored in flash and known to programs outside.
struct SettingRow {
  std::uint8_t id;                              ///< 1..254, never used again for another
  std::string_view name;                        ///< in files, API and command line
  std::string_view title;                       ///< for people
  std::int32_t minimum, maximum, preset, step;  ///< in `unit_of(row)`; the default is `preset`
  std::uint16_t address;                        ///< of the app link's write command
  wire::AppCoding coding;
  /// A value outside minimum..maximum that means "like" another setting; 0: there is none.
  std::int32_t inherit = 0;
  /// Of a choice: the words for minimum, minimum + 1, ..., a '|' between them.
  std::string_view choices = {};
};

/// A temperature that no cell can have: "as the other one".
inline constexpr std::int32_t inherited_temperature = -1000;

constexpr SettingUnit unit_of(const SettingRow& row) {
  switch (row.coding) {
    case wire::AppCoding::volts_5mv:
    case wire::AppCoding::volts_10mv:
      return SettingUnit::millivolts;
    case wire::AppCoding::watts_10:
      return SettingUnit::watts;
    case wire::AppCoding::watt_hours_100:
      return SettingUnit::watt_hours;
    case wire::AppCoding::raw_temperature:
      return SettingUnit::decicelsius;
    case wire::AppCoding::percent:
      return SettingUnit::percent;
    case wire::AppCoding::seconds_5:
    case wire::AppCoding::seconds_2:
      return SettingUnit::seconds;
    case wire::AppCoding::amps_200ma:
      return SettingUnit::milliamperes;
    case wire::AppCoding::choice:
      return SettingUnit::choice;
    case wire::AppCoding::flag:
    default:
      break;
  }
  return SettingUnit::flag;
}

// Addresses up to 362 are the product's (docs/wire/app_link.md); A00 and up are ours, for what
// nobody has published. Defaults beyond the manual's settings leave its behaviour as it is (SET-5).
// clang-format off
inline constexpr auto settings_table = [] {
  using enum wire::AppCoding;
  using Row = SettingRow;
  constexpr std::string_view functions =
      "charge allowed|discharge allowed|main relay|early warning";
  constexpr std::string_view forces = "no|kept off";
  return std::array{
      Row{1, "solar_peak", "Solar peak power", 0, 655'350, 400, 10, 0x010, watts_10},
      Row{2, "inverter_peak", "Inverter peak power", 0, 655'350, 600, 10, 0x020, watts_10},
      Row{3, "capacity", "Battery capacity", 100, 6'553'500, 2'700, 100, 0x030, watt_hours_100},
      Row{4, "v_min", "V min", 2'000, 5'000, 2'800, 5, 0x040, volts_5mv},
      Row{5, "v_max", "V max", 2'000, 5'000, 3'650, 5, 0x050, volts_5mv},
      Row{6, "t_charge_min", "T min", -400, 850, 0, 1, 0x060, raw_temperature},
      Row{7, "t_max", "T max", -400, 850, 600, 1, 0x070, raw_temperature},
      Row{8, "charge_restart", "Charge restart", 1, 100, 95, 1, 0xA00, percent},
      Row{9, "discharge_restart", "Discharge restart", 0, 99, 10, 1, 0xA01, percent},
      Row{10, "v_nominal", "Nominal cell voltage", 2'000, 5'000, 3'200, 5, 0x046, volts_5mv},
      Row{11, "v_low", "V low (early warning)", 2'000, 5'000, 3'000, 5, 0x044, volts_5mv},
      Row{12, "v_min_hysteresis", "V min hysteresis", 0, 1'000, 0, 10, 0x042, volts_10mv},
      Row{13, "v_max_hysteresis", "V max hysteresis", 0, 1'000, 0, 10, 0x052, volts_10mv},
      Row{14, "t_discharge_min", "T min for discharging", -400, 850, inherited_temperature, 1,
          0x062, raw_temperature, inherited_temperature},
      Row{15, "charge_restart_delay", "Charge restart delay", 0, 86'400, 0, 5, 0x082, seconds_5},
      Row{16, "discharge_restart_delay", "Load restart delay", 0, 86'400, 0, 5, 0x084, seconds_5},
      Row{17, "charge_pause_delay", "Charge pause delay", 0, 510, 0, 2, 0x086, seconds_2},
      Row{18, "discharge_pause_delay", "Load pause delay", 0, 30, 0, 2, 0x087, seconds_2},
      Row{19, "charge_force_off", "Charge relay kept off", 0, 1, 0, 1, 0x019, flag},
      Row{20, "discharge_force_off", "Load relay kept off", 0, 1, 0, 1, 0x01A, flag},
      Row{21, "invert_charge_sensor", "Charge sensor turned round", 0, 1, 0, 1, 0x08E, flag},
      Row{22, "invert_load_sensor", "Load sensor turned round", 0, 1, 0, 1, 0x08F, flag},
      Row{23, "tail_current", "Full-charge tail current", 0, 51'000, 0, 200, 0x092, amps_200ma},
      Row{24, "relay1_function", "Charge relay function", 1, 4, 1, 1, 0x340, choice, 0, functions},
      Row{25, "relay1_invert", "Charge relay inverted", 0, 1, 0, 1, 0x341, flag},
      Row{26, "relay1_force", "Charge relay forced", 0, 1, 0, 1, 0x342, choice, 0, forces},
      Row{27, "relay2_function", "Load relay function", 1, 4, 2, 1, 0x360, choice, 0, functions},
      Row{28, "relay2_invert", "Load relay inverted", 0, 1, 0, 1, 0x361, flag},
      Row{29, "relay2_force", "Load relay forced", 0, 1, 0, 1, 0x362, choice, 0, forces},
      Row{30, "chemistry", "Chemistry", 0, 4, 1, 1, 0x015, choice, 0, "other|LFP|LTO|NMC|NCA"},
  };
}();
// clang-format on

static_assert(std::ranges::all_of(settings_table,
                                  [](const SettingRow& row) {
                                    const auto bars = std::ranges::count(row.choices, '|');
                                    return row.choices.empty()
                                               ? row.coding != wire::AppCoding::choice
                                               : bars == row.maximum - row.minimum;
                                  }),
              "a choice needs a word for each of its values");

/// Not constant: to reach it while compiling is the error message.
void no_setting_of_that_name();

/// Place of a setting in the table, known while compiling; a name that is not there does not
/// compile.
consteval std::size_t setting(std::string_view name) {
  for (std::size_t i = 0; i < settings_table.size(); ++i) {
    if (settings_table[i].name == name) return i;
  }
  no_setting_of_that_name();
  return 0;
}

/// How one setting must stand to another: `lower` + `gap` <= `upper`, in the unit of both. `lower`
/// and `upper` are places in the table. A `lower` that is inherited is not looked at.
struct SettingOrder {
  std::size_t lower, upper;
  std::int32_t gap;
};
inline constexpr std::array setting_orders{
    SettingOrder{setting("v_min"), setting("v_max"), 100},
    SettingOrder{setting("v_min"), setting("v_low"), 0},
    SettingOrder{setting("v_low"), setting("v_max"), 5},
    SettingOrder{setting("v_min"), setting("v_nominal"), 5},
    SettingOrder{setting("v_nominal"), setting("v_max"), 5},
    SettingOrder{setting("t_charge_min"), setting("t_max"), 50},
    SettingOrder{setting("t_discharge_min"), setting("t_max"), 50},
    SettingOrder{setting("discharge_restart"), setting("charge_restart"), 1},
};
static_assert(std::ranges::all_of(setting_orders,
                                  [](const SettingOrder& order) {
                                    return settings_table[order.upper].inherit == 0;
                                  }),
              "an upper setting that inherits: setting_values has to look at that too");

}  // namespace cellwarden::core
