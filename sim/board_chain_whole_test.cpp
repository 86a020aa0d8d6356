// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/setting_values.hpp"
#include "plant/random.hpp"
#include "sim/chain_comparison.hpp"

namespace cellwarden::sim {
namespace {

using plant::Random;

int up_to(Random& random, int most) { return static_cast<int>(random.uniform(0.0, most + 1.0)); }
bool one_in(Random& random, int count) { return up_to(random, count - 1) == 0; }

/// Mostly a healthy cell; near V-bypass, and sometimes anything.
core::CellSample some_cell(Random& random, int base_mv) {
  core::CellSample cell{core::Voltage::millivolts(base_mv + up_to(random, 30)),
                        core::Temperature::decicelsius(200 + up_to(random, 50))};
  if (one_in(random, 400)) cell.voltage = core::Voltage::millivolts(up_to(random, 9000) - 100);
  if (one_in(random, 400)) {
    cell.temperature = core::Temperature::decicelsius(up_to(random, 2500) - 900);
  }
  if (one_in(random, 900)) cell.voltage.reset();
  if (one_in(random, 900)) cell.temperature.reset();
  if (one_in(random, 20))
    cell.temperature = core::Temperature::decicelsius(500 + up_to(random, 99));
  return cell;
}

std::optional<core::CurrentSample> some_current(Random& random) {
  if (one_in(random, 5)) return std::nullopt;
  return core::CurrentSample{core::Current::milliamperes(up_to(random, 240'000) - 120'000),
                             one_in(random, 30)};
}

Readings some_readings(Random& random, int cells) {
  Readings readings;
  constexpr int bases_mv[] = {2790, 3300, 3385, 3485, 3640};
  const int base_mv = bases_mv[up_to(random, 4)];
  for (int i = 0; i < cells; ++i) readings.cells.push_back(some_cell(random, base_mv));
  readings.in = some_current(random);
  readings.out = some_current(random);
  if (!one_in(random, 4)) {
    readings.clock = core::WallClock{static_cast<std::uint16_t>(up_to(random, 1)),
                                     static_cast<std::uint16_t>(up_to(random, 1439))};
  }
  return readings;
}

core::SettingValues some_settings(Random& random) {
  core::SettingValues values;
  const auto set = [&](std::size_t place, std::int32_t value) {
    const auto changed = values.with(place, value, std::nullopt);
    if (changed.good() && one_in(random, 3)) values = changed.value();
  };
  set(core::setting("v_max_hysteresis"), 50);
  set(core::setting("v_min_hysteresis"), 50);
  set(core::setting("t_discharge_min"), -100);
  set(core::setting("charge_restart_delay"), 5);
  set(core::setting("discharge_restart_delay"), 5);
  set(core::setting("charge_pause_delay"), 4);
  set(core::setting("discharge_pause_delay"), 2);
  set(core::setting("invert_load_sensor"), 1);
  set(core::setting("tail_current"), 20'000);
  set(core::setting("relay2_function"), 4);
  set(core::setting("charge_force_off"), one_in(random, 4) ? 1 : 0);
  return values;
}

ChainOptions some_options(Random& random, int cells) {
  ChainOptions options = chain_of(cells, one_in(random, 3));
  for (const int number : {2, 3, 4, 5, 6, 7}) {
    options.switches.on[static_cast<std::size_t>(number - 1)] = one_in(random, 6);
  }
  options.extended = {one_in(random, 2), one_in(random, 2)};
  options.out_memory.settings = some_settings(random);
  if (one_in(random, 3)) {
    options.clock_start =
        core::Instant::milliseconds(0U - static_cast<std::uint32_t>(up_to(random, 30'000)));
  }
  return options;
}

ChainOptions in_pace(ChainOptions options, Pace pace) {
  options.pace = pace;
  return options;
}

/// The two chains, and what is done to both.
struct SideBySide {
  SideBySide(const ChainOptions& options, std::uint64_t seed)
      : random(seed),
        start(options.clock_start),
        senses(options.cells),
        by_bytes(options, senses),
        whole(in_pace(options, Pace::messages), senses) {}

  void run_until(SimTime until) {
    by_bytes.chain.run_until(until);
    whole.chain.run_until(until);
  }

  /// Some cycles with readings that change from one to the next; then both must tell the same.
  void run_stretch(int cycles) {
    senses.from = end_of_cycle(by_bytes.chain, start) + 1;
    const core::Duration period = core::message_period(by_bytes.chain.switches);
    senses.period = SimTime{period.in_milliseconds()} * millisecond;
    senses.rows.clear();
    for (int i = 0; i < cycles; ++i) {
      senses.rows.push_back(some_readings(random, by_bytes.chain.cells()));
    }
    run_until(senses.from + cycles * senses.period - 1);
  }

  /// Something happens between two messages.
  void disturb() {
    const int board = up_to(random, whole.chain.cells() - 1);
    const bool slow = one_in(random, 2);
    const auto flip = static_cast<std::size_t>(up_to(random, 7));
    const int what = up_to(random, 12);
    for (BoardChain* chain : {&by_bytes.chain, &whole.chain}) {
      if (what == 0) chain->restart_board(board);
      if (what == 1) chain->switches.on[flip] = !chain->switches.on[flip];
      if (what == 2) chain->wire(board % (chain->cells() - 1)).cut();
      if (what == 3) chain->hang_board(board);
      if (what == 4) chain->out_button = !chain->out_button;
      if (what == 5) chain->switches.on[0] = slow;
      if (what == 6) chain->power_off_board(board);
      if (what > 9) {
        for (int wire = 0; wire < chain->cells() - 1; ++wire) chain->wire(wire).mend();
      }
    }
    whole.chain.pace = one_in(random, 5) ? Pace::bytes : Pace::messages;
  }

  Random random;
  core::Instant start;
  RowSenses senses;
  ToldChain by_bytes;
  ToldChain whole;
};

/// Mostly packs as they are; now and then the longest ones.
int some_count(Random& random) {
  return one_in(random, 12) ? 2 + up_to(random, 253) : 2 + up_to(random, 30);
}

RC_GTEST_PROP(WholeMessages, AreWhatTheBytesAre, (std::uint64_t seed)) {
  Random random(seed);
  const int cells = some_count(random);
  SideBySide chains(some_options(random, cells), seed);
  chains.run_until(5 * second);
  for (int stretch = 0; stretch < 12; ++stretch) {
    chains.run_stretch(1 + up_to(random, cells > 60 ? 1 : 6));
    const std::string expected = chains.by_bytes.tale();
    const std::string told = chains.whole.tale();
    if (expected != told) {
      RC_FAIL("stretch " + std::to_string(stretch) + " of " + std::to_string(cells) + " cells:\n" +
              first_difference(expected, told));
    }
    if (one_in(random, 3)) chains.disturb();
  }
}

/// A quarter of an hour, an hour and a day of the OUT board's duties come due in it.
TEST(WholeMessages, StoreWhatTheBytesStoreAndWhen) {
  SideBySide chains(chain_of(8), 7);
  chains.run_until(5 * second);
  for (int stretch = 0; stretch < 9; ++stretch) {
    chains.run_stretch(500);
    const std::string expected = chains.by_bytes.tale();
    ASSERT_EQ(first_difference(expected, chains.whole.tale()), "") << stretch;
  }
  EXPECT_GT(chains.whole.chain.whole_messages(), 4400U);
}

}  // namespace
}  // namespace cellwarden::sim
