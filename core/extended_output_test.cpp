// SPDX-License-Identifier: Apache-2.0
#include "core/extended_output.hpp"

#include <array>
#include <string_view>

#include <gtest/gtest.h>

#include "core/test_rigs.hpp"
#include "wire/temperature.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

std::uint16_t raw(Temperature t) {
  return wire::raw_from_temperature(t, wire::TemperatureLine::sensor);
}

/// A pack of four that has been heard for a while, each value unlike every other.
OutRig heard_pack() {
  OutRig rig({.soc = StateOfCharge::at(Ratio::ppm(456'789), true)});
  rig.cells = {{3301_mV, 201_dC}, {3202_mV, 252_dC}, {3403_mV, 154_dC}, {3304_mV, 205_dC}};
  rig.cycles(4);
  rig.board.totals.collected = EnergyCounter::at(Energy::watt_hours(123'456'789));
  rig.board.totals.consumed = EnergyCounter::at(Energy::watt_hours(98'765'432));
  rig.board.totals.collected_today = EnergyCounter::at(Energy::watt_hours(4'321));
  rig.board.totals.consumed_today = EnergyCounter::at(Energy::watt_hours(1'234));
  rig.board.totals.charged = EnergyCounter::at(Energy::watt_hours(66'051'999));      // 0x01'02'03
  rig.board.totals.discharged = EnergyCounter::at(Energy::watt_hours(263'430'000));  // 0x04'05'06
  rig.settings.capacity = Energy::watt_hours(19'200);
  rig.settings.v_min = 2805_mV;
  rig.settings.v_max = 3655_mV;
  return rig;
}

// proves IN-10, OUTW-1
TEST(ExtendedOutput, FillsEveryFieldOfTheFrame) {
  OutRig rig = heard_pack();
  rig.board.next_cell = 3;
  const auto frame = extended_frame(rig.board, rig.settings, std::nullopt, false);
  EXPECT_EQ(frame.pack_voltage, 13'210_mV);
  EXPECT_EQ(frame.lowest, (wire::VoltageOfCell{3202_mV, 2}));
  EXPECT_EQ(frame.highest, (wire::VoltageOfCell{3403_mV, 3}));
  EXPECT_EQ(frame.coldest, (wire::TemperatureOfCell{raw(154_dC), 3}));
  EXPECT_EQ(frame.hottest, (wire::TemperatureOfCell{raw(252_dC), 2}));
  EXPECT_EQ(frame.cell, (wire::SpecificCell{3, 3403_mV, raw(154_dC)}));
  EXPECT_EQ(frame.cell_count, 4);
  EXPECT_EQ(frame.collected_today, 4'321_Wh);
  EXPECT_EQ(frame.consumed_today, 1'234_Wh);
  EXPECT_EQ(frame.collected_total, 123'456'789_Wh);
  EXPECT_EQ(frame.consumed_total, 98'765'432_Wh);
  EXPECT_EQ(frame.soc_percent, 45) << "cut off, not rounded";
  EXPECT_EQ(frame.stored, 8'770_Wh);
  EXPECT_EQ(frame.capacity, 19'200_Wh);
  EXPECT_EQ(frame.v_min, 2805_mV);
  EXPECT_EQ(frame.v_max, 3655_mV);
  EXPECT_EQ(frame.v_bypass, 3500_mV);
}

struct CurrentCase {
  std::string_view why;
  std::optional<Current> in, out;
  std::array<char, 3> signs;
  Current sum;
};

// proves IN-2
TEST(ExtendedOutput, GivesEachCurrentItsSignAndAnXToAMissingSensor) {
  const CurrentCase cases[] = {
      {.why = "both",
       .in = 30'000_mA,
       .out = 10'000_mA,
       .signs = {'+', '+', '+'},
       .sum = 20'000_mA},
      {.why = "more out than in",
       .in = 10'000_mA,
       .out = 30'000_mA,
       .signs = {'+', '+', '-'},
       .sum = -20'000_mA},
      {.why = "J1 alone, discharging",
       .in = -5'000_mA,
       .out = {},
       .signs = {'-', 'X', '-'},
       .sum = -5'000_mA},
      {.why = "J2 alone", .in = {}, .out = 5'000_mA, .signs = {'X', '+', '-'}, .sum = -5'000_mA},
      {.why = "none", .in = {}, .out = {}, .signs = {'X', 'X', 'X'}, .sum = 0_mA},
  };
  for (const CurrentCase& c : cases) {
    OutRig rig;
    rig.order.in = c.in;
    rig.order.out = c.out;
    rig.cycles(2);
    const auto frame = extended_frame(rig.board, rig.settings, std::nullopt, false);
    EXPECT_EQ(static_cast<char>(frame.in.sign), c.signs[0]) << c.why;
    EXPECT_EQ(static_cast<char>(frame.out.sign), c.signs[1]) << c.why;
    EXPECT_EQ(static_cast<char>(frame.sum.sign), c.signs[2]) << c.why;
    EXPECT_EQ(frame.in.current(), c.in.value_or(Current{})) << c.why;
    EXPECT_EQ(frame.out.current(), c.out.value_or(Current{})) << c.why;
    EXPECT_EQ(frame.sum.current(), c.sum) << c.why;
  }
}

struct StatusCase {
  std::string_view why;
  CellSample cell;
  bool error;
  bool calibrated;
  wire::Status expected;
};

// proves REL-8
TEST(ExtendedOutput, CarriesRelaysAndWarningLightsInItsStatus) {
  const StatusCase cases[] = {
      {.why = "all well",
       .cell = usual_cell,
       .error = false,
       .calibrated = true,
       .expected = {.charge_allowed = true, .discharge_allowed = true}},
      {.why = "E",
       .cell = usual_cell,
       .error = true,
       .calibrated = true,
       .expected = {.charge_allowed = true,
                    .discharge_allowed = true,
                    .communication_error = true}},
      {.why = "Vh",
       .cell = {3651_mV, 200_dC},
       .error = false,
       .calibrated = true,
       .expected = {.discharge_allowed = true, .above_v_max = true}},
      {.why = "Vl",
       .cell = {2799_mV, 200_dC},
       .error = false,
       .calibrated = true,
       .expected = {.charge_allowed = true, .below_v_min = true}},
      {.why = "Th",
       .cell = {3300_mV, 602_dC},
       .error = false,
       .calibrated = true,
       .expected = {.above_t_max = true}},
      {.why = "Tl",
       .cell = {3300_mV, Temperature::decicelsius(-2)},
       .error = false,
       .calibrated = true,
       .expected = {.below_t_min = true}},
      {.why = "never full yet",
       .cell = usual_cell,
       .error = false,
       .calibrated = false,
       .expected = {.charge_allowed = true, .discharge_allowed = true, .soc_not_calibrated = true}},
  };
  for (const StatusCase& c : cases) {
    OutRig rig({.soc = StateOfCharge::at(50_percent, c.calibrated)});
    rig.cells[2] = c.cell;
    rig.cycles(4);
    EXPECT_EQ(extended_frame(rig.board, rig.settings, std::nullopt, c.error).status, c.expected)
        << c.why;
  }
}

struct KeyCase {
  std::uint8_t key;
  std::string_view why;
  std::uint8_t value;
};

// proves OUT-1, OUTW-1
TEST(ExtendedOutput, AnswersEachOfThe19Keys) {
  const OutRig rig = heard_pack();
  const KeyCase cases[] = {
      {0, "state of health: unknown", 255},
      {1, "charge efficiency", 100},
      {2, "V-low 3.000 V = 600 steps, high", 2},
      {3, "low", 88},
      {4, "V-nominal 3.200 V = 640 steps, high", 2},
      {5, "low", 128},
      {6, "firmware 3.3", 0x33},
      {7, "firmware .11", 11},
      {8, "66052 kWh in packs of 19.2 kWh: 3440 cycles, high", 0x0D},
      {9, "low", 0x70},
      {10, "charged kWh, high", 0x01},
      {11, "middle", 0x02},
      {12, "low", 0x03},
      {13, "discharged kWh, high", 0x04},
      {14, "middle", 0x05},
      {15, "low", 0x06},
      {16, "both relays closed, nothing else", 0x30},
      {17, "V-full 3.500 V = 700 steps, high", 2},
      {18, "low", 188},
  };
  for (const KeyCase& c : cases) {
    EXPECT_EQ(extended_value(rig.board, rig.settings, c.key), c.value) << int{c.key} << c.why;
  }
}

struct Status2Case {
  std::string_view why;
  CellSample cell;
  std::uint8_t expected;
};

// proves OUTW-1
TEST(ExtendedOutput, TheSecondStatusByteWarnsEarlyAndOfTheCold) {
  const Status2Case cases[] = {
      {.why = "at V-low", .cell = {3000_mV, 200_dC}, .expected = 0x30},
      {.why = "below V-low", .cell = {2999_mV, 200_dC}, .expected = 0x32},
      {.why = "below V-min", .cell = {2799_mV, 200_dC}, .expected = 0x12},
      {.why = "below T-min", .cell = {3300_mV, Temperature::decicelsius(-2)}, .expected = 0x0C},
  };
  for (const Status2Case& c : cases) {
    OutRig rig;
    rig.cells[2] = c.cell;
    rig.cycles(4);
    EXPECT_EQ(extended_value(rig.board, rig.settings, 16), c.expected) << c.why;
  }
}

TEST(ExtendedOutput, ACounterBeyondItsKeysEndsAtTheLargest) {
  OutRig rig = heard_pack();
  rig.board.totals.charged = EnergyCounter::at(Energy::watt_hours(20'000'000'000));
  rig.settings.capacity = Energy::watt_hours(100);
  for (int key = 8; key <= 12; ++key) {
    EXPECT_EQ(extended_value(rig.board, rig.settings, static_cast<std::uint8_t>(key)), 255) << key;
  }
}

struct ClockCase {
  std::string_view why;
  std::optional<WallClock> clock;
  std::uint8_t hours, minutes;
};

// proves OUTW-1
TEST(ExtendedOutput, TheOlderProductsClockIsAnOption) {
  const ClockCase cases[] = {
      {.why = "the paper's example",
       .clock = WallClock{1, 22 * 60 + 32},
       .hours = 22,
       .minutes = 32},
      {.why = "midnight", .clock = WallClock{1, 0}, .hours = 0, .minutes = 0},
      {.why = "the last minute", .clock = WallClock{1, 1439}, .hours = 23, .minutes = 59},
      {.why = "nobody has set one", .clock = {}, .hours = 0, .minutes = 0},
  };
  for (const ClockCase& c : cases) {
    OutRig rig({.options = {.clock_instead_of_keys = true}});
    rig.cycles(2);
    EXPECT_EQ(extended_frame(rig.board, rig.settings, c.clock, false).extra,
              wire::Extra::clock(c.hours, c.minutes))
        << c.why;
  }
}

}  // namespace
}  // namespace cellwarden::core
