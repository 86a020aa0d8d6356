// SPDX-License-Identifier: Apache-2.0
#include "core/setting_values.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace cellwarden::core {
namespace {

struct Change {
  std::size_t place;
  std::int32_t value;
};

bool in_order(const SettingValues& values) {
  return std::ranges::all_of(setting_orders, [&](const SettingOrder& order) {
    const auto inherited = [&](std::size_t i) {
      return settings_table[i].inherit != 0 && values.at(i) == settings_table[i].inherit;
    };
    return inherited(order.lower) || values.at(order.lower) + order.gap <= values.at(order.upper);
  });
}

bool in_range(const SettingValues& values) {
  for (std::size_t i = 0; i < settings_table.size(); ++i) {
    const SettingRow& row = settings_table[i];
    const std::int32_t value = values.at(i);
    if (row.inherit != 0 && value == row.inherit) continue;
    if (value < row.minimum || value > row.maximum) return false;
    if ((value - row.minimum) % row.step != 0) return false;
  }
  return true;
}

SettingValues changed(SettingValues values, const std::vector<Change>& changes) {
  for (const Change& c : changes) values = values.with(c.place, c.value, std::nullopt).value();
  return values;
}

// proves SET-3
TEST(SettingValues, PresetsAreInRangeAndInOrder) {
  EXPECT_TRUE(in_range(SettingValues{}));
  EXPECT_TRUE(in_order(SettingValues{}));
}

// proves SET-3
TEST(SettingValues, RefusesWhatIsOutOfRangeOrBetweenTwoSteps) {
  for (std::size_t i = 0; i < settings_table.size(); ++i) {
    const SettingRow& row = settings_table[i];
    const SettingValues values;
    const auto reason = [&](std::int32_t value) {
      const auto result = values.with(i, value, std::nullopt);
      EXPECT_FALSE(result.good()) << row.name << " " << value;
      EXPECT_EQ(result.fault().id, row.id);
      EXPECT_EQ(result.fault().other, 0);
      return result.fault().reason;
    };
    EXPECT_EQ(reason(row.minimum - 1), RefusalReason::below_minimum) << row.name;
    EXPECT_EQ(reason(row.maximum + 1), RefusalReason::above_maximum) << row.name;
    EXPECT_EQ(reason(std::numeric_limits<std::int32_t>::min()), RefusalReason::below_minimum);
    EXPECT_EQ(reason(std::numeric_limits<std::int32_t>::max()), RefusalReason::above_maximum);
    if (row.step > 1) {
      EXPECT_EQ(reason(row.minimum + 1), RefusalReason::off_step) << row.name;
    }
    EXPECT_EQ(values, SettingValues{});
  }
}

struct OrderCase {
  std::string_view why;
  std::vector<Change> before;
  std::size_t place;
  std::int32_t value;
  int id, other;
};

// proves SET-3
TEST(SettingValues, RefusesWhatContradictsAnotherSettingAndNamesBoth) {
  constexpr auto at = [](std::string_view name) { return *setting_with_name(name); };
  const OrderCase cases[] = {
      {"V-min up to V-max", {}, at("v_min"), 3'555, 4, 5},
      {"V-max down to V-min", {}, at("v_max"), 2'895, 5, 4},
      {"V-min above V-low", {}, at("v_min"), 3'005, 4, 11},
      {"V-low below V-min", {}, at("v_low"), 2'795, 11, 4},
      {"V-low at V-max", {}, at("v_low"), 3'650, 11, 5},
      {"V-max at V-low", {}, at("v_max"), 3'000, 5, 11},
      {"V-min at the nominal", {{at("v_low"), 3'300}}, at("v_min"), 3'200, 4, 10},
      {"nominal at V-min", {}, at("v_nominal"), 2'800, 10, 4},
      {"nominal at V-max", {}, at("v_nominal"), 3'650, 10, 5},
      {"V-max at the nominal", {}, at("v_max"), 3'200, 5, 10},
      {"T-min 4.9 degrees below T-max", {}, at("t_charge_min"), 551, 6, 7},
      {"T-max 4.9 degrees above T-min", {}, at("t_max"), 49, 7, 6},
      {"T-min for discharging", {}, at("t_discharge_min"), 551, 14, 7},
      {"T-max, by the T-min of discharging",
       {{at("t_discharge_min"), 100}},
       at("t_max"),
       149,
       7,
       14},
      {"discharge restart at charge restart", {}, at("discharge_restart"), 95, 9, 8},
      {"charge restart at discharge restart", {}, at("charge_restart"), 10, 8, 9},
  };
  EXPECT_EQ(std::size(cases), 2 * setting_orders.size()) << "each rule, broken by either side";
  for (const OrderCase& c : cases) {
    const SettingValues values = changed({}, c.before);
    const auto result = values.with(c.place, c.value, std::nullopt);
    ASSERT_FALSE(result.good()) << c.why;
    EXPECT_EQ(result.fault(), (Refusal{RefusalReason::order, static_cast<std::uint8_t>(c.id),
                                       static_cast<std::uint8_t>(c.other)}))
        << c.why;
    EXPECT_EQ(values, changed({}, c.before)) << c.why;
  }
}

// proves SET-2, SET-3
TEST(SettingValues, KeepsVBypassOfTheSwitchesBetweenVMinAndVMax) {
  const SettingValues values;
  const struct {
    std::string_view why;
    std::size_t place;
    std::int32_t value;
    std::optional<Voltage> v_bypass;
    bool taken;
  } cases[] = {
      {"V-max one step below", setting("v_max"), 3'495, Voltage::millivolts(3500), false},
      {"V-max at it", setting("v_max"), 3'500, Voltage::millivolts(3500), true},
      {"V-min at it", setting("v_min"), 2'850, Voltage::millivolts(2850), false},
      {"V-min one step below", setting("v_min"), 2'845, Voltage::millivolts(2850), true},
      {"not known yet", setting("v_max"), 3'495, std::nullopt, true},
      {"another setting is not locked by moved switches", setting("capacity"), 2'800,
       Voltage::millivolts(4200), true},
  };
  for (const auto& c : cases) {
    const auto result = values.with(c.place, c.value, c.v_bypass);
    ASSERT_EQ(result.good(), c.taken) << c.why;
    if (c.taken) continue;
    EXPECT_EQ(result.fault(), (Refusal{RefusalReason::v_bypass, settings_table[c.place].id, 0}));
  }
}

// proves SET-2, SET-3
TEST(SettingValues, BlamesTheSettingThatIsAgainstVBypassNotTheOneThatCameLast) {
  SettingValues::Draft draft{SettingValues{}};
  EXPECT_EQ(draft.set(setting("v_max"), 3'450), std::nullopt);
  EXPECT_EQ(draft.set(setting("chemistry"), 2), std::nullopt);
  EXPECT_EQ(draft.finish(Voltage::millivolts(3'500)).fault(),
            (Refusal{RefusalReason::v_bypass, settings_table[setting("v_max")].id, 0}));
}

// proves SET-3
TEST(SettingValues, StayInRangeAndInOrderWhateverIsTried) {
  tests::check_cases(300, [] {
    SettingValues values;
    for (int step = 0; step < 40; ++step) {
      const auto place = *rc::gen::inRange<std::size_t>(0, settings_table.size());
      const SettingRow& row = settings_table[place];
      const std::int32_t span = (row.maximum - row.minimum) / row.step;
      const std::int32_t near = row.minimum + *rc::gen::inRange(-2, span + 3) * row.step;
      const std::int32_t value = *rc::gen::element(near, near + 1, row.inherit, row.maximum);
      const SettingValues before = values;
      const auto result = values.with(place, value, Voltage::millivolts(3'500));
      RC_ASSERT(values == before);
      if (result.good()) values = result.value();
      RC_ASSERT(!result.good() || values.at(place) == value);
      for (std::size_t i = 0; i < settings_table.size(); ++i) {
        RC_ASSERT(i == place || values.at(i) == before.at(i));
      }
      RC_ASSERT(in_range(values) && in_order(values));
    }
  });
}

const std::vector<Change> lto = {{setting("v_min"), 2'000}, {setting("v_low"), 2'100},
                                 {setting("v_max"), 2'800}, {setting("v_nominal"), 2'400},
                                 {setting("t_max"), 550},   {setting("t_charge_min"), -200},
                                 {setting("chemistry"), 2}};

// proves SET-4
TEST(SettingValues, AnImportMayComeInAnyOrder) {
  tests::check_cases(200, [] {
    SettingValues::Draft draft{SettingValues{}};
    std::vector<Change> left = lto;
    while (!left.empty()) {
      const auto i = *rc::gen::inRange<std::size_t>(0, left.size());
      RC_ASSERT(!draft.set(left[i].place, left[i].value));
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
    }
    const auto result = draft.finish(Voltage::millivolts(2'750));
    RC_ASSERT(result.good());
    for (const Change& c : lto) RC_ASSERT(result.value().at(c.place) == c.value);
  });
}

// proves SET-3, SET-4
TEST(SettingValues, AnImportThatContradictsItselfNamesTheTwoSettingsWhateverCameLast) {
  SettingValues::Draft draft{SettingValues{}};
  for (const Change& c : lto) ASSERT_FALSE(draft.set(c.place, c.value));
  ASSERT_FALSE(draft.set(setting("v_min"), 2'750));
  ASSERT_FALSE(draft.set(setting("capacity"), 1'000));
  const auto result = draft.finish(std::nullopt);
  ASSERT_FALSE(result.good());
  EXPECT_EQ(result.fault(), (Refusal{RefusalReason::order, 5, 4}));
  EXPECT_TRUE(draft.set(setting("t_max"), 851).has_value()) << "a bad value is said at once";
}

/// What the boards act on with every setting moved away from its preset.
// proves SET-1, SET-5
TEST(SettingValues, EachReachesTheBoardsInItsUnit) {
  SettingValues::Draft draft{SettingValues{}};
  for (std::size_t i = 0; i < settings_table.size(); ++i) {
    const SettingRow& row = settings_table[i];
    if (row.inherit != 0) continue;
    const bool up = row.preset + row.step <= row.maximum;
    ASSERT_FALSE(draft.set(i, up ? row.preset + row.step : row.preset - row.step)) << row.name;
  }
  ASSERT_FALSE(draft.set(setting("t_discharge_min"), -200));
  const Settings s = settings_from(draft.finish(std::nullopt).value());
  EXPECT_EQ(s.capacity, Energy::watt_hours(2'800));
  EXPECT_EQ(s.v_min, Voltage::millivolts(2'805));
  EXPECT_EQ(s.v_max, Voltage::millivolts(3'655));
  EXPECT_EQ(s.t_min, Temperature::decicelsius(1));
  EXPECT_EQ(s.t_max, Temperature::decicelsius(601));
  EXPECT_EQ(s.charge_restart, Ratio::percent(96));
  EXPECT_EQ(s.discharge_restart, Ratio::percent(11));
  EXPECT_EQ(s.v_nominal, Voltage::millivolts(3'205));
  EXPECT_EQ(s.v_low, Voltage::millivolts(3'005));
  EXPECT_EQ(s.v_min_hysteresis, Voltage::millivolts(10));
  EXPECT_EQ(s.v_max_hysteresis, Voltage::millivolts(10));
  EXPECT_EQ(s.t_min_discharge, Temperature::decicelsius(-200));
  EXPECT_EQ(s.delays.charge_restart, Duration::milliseconds(5'000));
  EXPECT_EQ(s.delays.load_restart, Duration::milliseconds(5'000));
  EXPECT_EQ(s.delays.charge_pause, Duration::milliseconds(2'000));
  EXPECT_EQ(s.delays.load_pause, Duration::milliseconds(2'000));
  EXPECT_TRUE(s.charge_forced_off && s.load_forced_off);
  EXPECT_TRUE(s.invert_charge_sensor && s.invert_load_sensor);
  EXPECT_EQ(s.tail_current, Current::milliamperes(200));
}

// proves SET-5
TEST(SettingValues, PresetsAreTheManualsBehaviourExactly) {
  const Settings s = settings_from(SettingValues{});
  const Settings manual;
  EXPECT_EQ(s.capacity, manual.capacity);
  EXPECT_EQ(s.v_min, manual.v_min);
  EXPECT_EQ(s.v_max, manual.v_max);
  EXPECT_EQ(s.t_min, manual.t_min);
  EXPECT_EQ(s.t_max, manual.t_max);
  EXPECT_EQ(s.charge_restart, manual.charge_restart);
  EXPECT_EQ(s.discharge_restart, manual.discharge_restart);
  EXPECT_EQ(s.v_nominal, manual.v_nominal);
  EXPECT_EQ(s.v_low, manual.v_low);
  EXPECT_EQ(s.v_min_hysteresis, Voltage{});
  EXPECT_EQ(s.v_max_hysteresis, Voltage{});
  EXPECT_EQ(s.t_min_discharge, std::nullopt);
  EXPECT_EQ(s.delays.charge_restart, Duration{});
  EXPECT_EQ(s.delays.load_restart, Duration{});
  EXPECT_EQ(s.delays.charge_pause, Duration{});
  EXPECT_EQ(s.delays.load_pause, Duration{});
  EXPECT_FALSE(s.charge_forced_off || s.load_forced_off);
  EXPECT_FALSE(s.invert_charge_sensor || s.invert_load_sensor);
  EXPECT_EQ(s.tail_current, Current{});
}

}  // namespace
}  // namespace cellwarden::core
