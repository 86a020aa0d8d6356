// SPDX-License-Identifier: Apache-2.0
#include "gateway/model/doubts.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/stream.hpp"

namespace cellwarden::gateway {
namespace {

using core::Energy;
using core::Voltage;
using tests::plausible_frame;
using wire::CurrentSign;
using wire::ExtendedFrame;
using wire::TemperatureLine;
using namespace core::literals;

constexpr TemperatureLine line = TemperatureLine::sensor;

struct Case {
  const char* why;
  void (*change)(ExtendedFrame&);
  bool Doubts::* expected;  ///< null: nothing is doubted
};

TEST(Doubts, EachContradictionWithinAFrameIsFound) {
  const Case cases[] = {
      {"nothing is wrong", [](ExtendedFrame&) {}, nullptr},
      {"the steps of 16 cells add up", [](auto& f) { f.pack_voltage = 52'880_mV; }, nullptr},
      {"pack above every cell", [](auto& f) { f.pack_voltage = 53'000_mV; }, &Doubts::voltages},
      {"pack below every cell", [](auto& f) { f.pack_voltage = 52'600_mV; }, &Doubts::voltages},
      {"one high cell the pack does not have", [](auto& f) { f.highest.voltage = 4'000_mV; },
       &Doubts::voltages},
      {"one low cell the pack does not have", [](auto& f) { f.lowest.voltage = 2'000_mV; },
       &Doubts::voltages},
      {"no cell has 168 V", [](auto& f) { f.highest.voltage = 168'000_mV; }, &Doubts::voltages},
      {"one sensor: only the sum is known",
       [](auto& f) { f.in.sign = f.out.sign = CurrentSign::absent; }, nullptr},
      {"one sign turned", [](auto& f) { f.sum.sign = CurrentSign::minus; }, &Doubts::currents},
      {"a bit of a current", [](auto& f) { f.in.magnitude_125ma ^= 0x80U; }, &Doubts::currents},
      {"no battery is that hot", [](auto& f) { f.hottest.raw = 500; }, &Doubts::temperatures},
      {"no battery is that cold", [](auto& f) { f.coldest.raw = 0; }, &Doubts::temperatures},
      {"the cell is above the highest", [](auto& f) { f.cell.voltage = 3'315_mV; },
       &Doubts::cell_voltage},
      {"the cell is below the lowest", [](auto& f) { f.cell.voltage = 3'285_mV; },
       &Doubts::cell_voltage},
      {"the cell was measured a moment later", [](auto& f) { f.cell.voltage = 3'310_mV; }, nullptr},
      {"the cell is hotter than the hottest", [](auto& f) { f.cell.temperature_raw = 303; },
       &Doubts::cell_temperature},
      {"a broken chain repeats old voltages", [](auto& f) { f.status.communication_error = true; },
       &Doubts::voltages},
      {"a broken chain repeats old cells", [](auto& f) { f.status.communication_error = true; },
       &Doubts::cell_voltage},
      {"twice the capacity is stored", [](auto& f) { f.stored = 30'001_Wh; }, &Doubts::stored},
      {"V-bypass above V-max", [](auto& f) { f.v_bypass = 3'700_mV; }, &Doubts::limits},
      {"V-min above V-bypass", [](auto& f) { f.v_min = 3'500_mV; }, &Doubts::limits},
  };
  for (const Case& c : cases) {
    ExtendedFrame frame = plausible_frame(16);
    c.change(frame);
    const Doubts doubts = doubts_within(frame, line);
    if (c.expected == nullptr) {
      EXPECT_FALSE(doubts.any()) << c.why;
    } else {
      EXPECT_TRUE(doubts.*c.expected) << c.why;
    }
  }
}

TEST(Doubts, EachJumpBetweenFramesIsFound) {
  const Case cases[] = {
      {"nothing changed", [](ExtendedFrame&) {}, nullptr},
      {"one per cent", [](auto& f) { f.soc_percent = 76; }, nullptr},
      {"two per cent in a second", [](auto& f) { f.soc_percent = 77; }, &Doubts::soc},
      {"two per cent down", [](auto& f) { f.soc_percent = 73; }, &Doubts::soc},
      {"1 % of the capacity", [](auto& f) { f.stored = 150_Wh; }, nullptr},
      {"more than that", [](auto& f) { f.stored = 151_Wh; }, &Doubts::stored},
      {"a counter of the day", [](auto& f) { f.collected_today = 151_Wh; },
       &Doubts::collected_today},
      {"the other", [](auto& f) { f.consumed_today = 151_Wh; }, &Doubts::consumed_today},
      {"1 kWh more", [](auto& f) { f.collected_total = 1000_Wh; }, nullptr},
      {"2 kWh more", [](auto& f) { f.collected_total = 2000_Wh; }, &Doubts::collected_total},
      {"the other", [](auto& f) { f.consumed_total = 2000_Wh; }, &Doubts::consumed_total},
      {"15 degrees in a second", [](auto& f) { f.hottest.raw = 318; }, &Doubts::temperatures},
      {"a cell more", [](auto& f) { f.cell_count = 17; }, &Doubts::settings},
      {"another capacity", [](auto& f) { f.capacity = 15'100_Wh; }, &Doubts::settings},
      {"another V-min", [](auto& f) { f.v_min = 2'805_mV; }, &Doubts::settings},
      {"another V-max", [](auto& f) { f.v_max = 3'605_mV; }, &Doubts::settings},
      {"another V-bypass", [](auto& f) { f.v_bypass = 3'505_mV; }, &Doubts::settings},
  };
  for (const Case& c : cases) {
    ExtendedFrame frame = plausible_frame(16);
    c.change(frame);
    const Doubts doubts = doubts_between(plausible_frame(16), frame, line);
    if (c.expected == nullptr) {
      EXPECT_FALSE(doubts.any()) << c.why;
    } else {
      EXPECT_TRUE(doubts.*c.expected) << c.why;
    }
  }
}

TEST(Doubts, ACounterThatFallsIsDoubted) {
  ExtendedFrame before = plausible_frame(16);
  before.collected_today = 5_Wh;
  EXPECT_TRUE(doubts_between(before, plausible_frame(16), line).collected_today);
}

/// Every cell at its own voltage, rounded or cut off to the frame's step.
RC_GTEST_PROP(Doubts, NoRealPackIsDoubted, ()) {
  const int count = *rc::gen::inRange(1, 256);
  const bool cuts_off = *rc::gen::arbitrary<bool>();
  const auto cells = *rc::gen::container<std::vector<int>>(static_cast<std::size_t>(count),
                                                           rc::gen::inRange(2000, 5000));
  const auto stepped = [cuts_off](int mv) {
    return Voltage::millivolts((mv + (cuts_off ? 0 : 2)) / 5 * 5);
  };
  ExtendedFrame frame = plausible_frame(count);
  int sum = 0;
  for (const int mv : cells) sum += mv;
  frame.pack_voltage = stepped(sum);
  frame.lowest.voltage = stepped(*std::min_element(cells.begin(), cells.end()));
  frame.highest.voltage = stepped(*std::max_element(cells.begin(), cells.end()));
  frame.cell.voltage = stepped(cells[*rc::gen::inRange<std::size_t>(0, cells.size())]);
  RC_ASSERT(!doubts_within(frame, line).any());
}

TEST(Doubts, OfEitherAreKept) {
  Doubts a;
  a.soc = true;
  Doubts b;
  b.consumed_total = true;
  EXPECT_TRUE((a | b).soc);
  EXPECT_TRUE((a | b).consumed_total);
  EXPECT_FALSE((a | b).stored);
}

}  // namespace
}  // namespace cellwarden::gateway
