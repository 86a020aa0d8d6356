// SPDX-License-Identifier: Apache-2.0
#include "core/in_board.hpp"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/in_board_rig.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

// proves IN-1
TEST(InBoard, StartsAMessageEverySecondAndWithSwitchOneOnEveryHalf) {
  for (const bool fast : {false, true}) {
    InRig rig;
    rig.set(1, fast);
    rig.run_for(10'000_ms);
    rig.starts.clear();
    rig.run_for(60'000_ms);
    ASSERT_EQ(rig.starts.size(), fast ? 120U : 60U);
    for (std::size_t i = 1; i < rig.starts.size(); ++i) {
      EXPECT_EQ(rig.starts[i] - rig.starts[i - 1], fast ? 500_ms : 1000_ms);
    }
    EXPECT_EQ(rig.head().order.period, fast ? 500_ms : 1000_ms);
  }
}

// proves IN-1
RC_GTEST_PROP(InBoard, KeepsItsBeatHoweverLateItIsCalled, ()) {
  InRig rig(Instant::milliseconds(*rc::gen::arbitrary<std::uint32_t>()));
  const Instant start = rig.now;
  for (int i = 1; i <= 20; ++i) {
    const int late = *rc::gen::inRange(0, 400);
    rig.now = start + Duration::milliseconds(i * 1000 + late);
    rig.take();
    RC_ASSERT(static_cast<int>(rig.starts.size()) == i);
    RC_ASSERT(rig.last.wake_at - rig.now <= chain_rest_after);
    rig.run_for(100_ms);
  }
}

// proves IN-1
TEST(InBoard, BeginsANewBeatAfterALongSleep) {
  InRig rig;
  rig.run_for(1100_ms);
  rig.now = rig.now + 60'000_ms;
  rig.take();
  const Instant woken = rig.now;
  rig.run_for(10'000_ms);
  EXPECT_EQ(rig.starts.size(), 12U) << "it does not make up for what it missed";
  EXPECT_EQ(rig.starts.back(), woken + 10'000_ms);
}

// proves IN-9, IN-1
TEST(InBoard, ChangesItsBeatWithTheNextCycle) {
  InRig rig;
  rig.run_for(5'000_ms);
  for (const bool fast : {true, false, true}) {
    rig.run_for(10_ms);
    rig.set(1, fast);
    rig.starts.clear();
    const Duration before = rig.board.order.period;
    const Instant last = rig.board.cycle_at;
    const Duration period = message_period(rig.switches);
    rig.run_until(last + before + period + period + period);
    ASSERT_EQ(rig.starts.size(), 4U);
    EXPECT_EQ(rig.starts[0] - last, before) << "the cycle that runs ends as it began";
    EXPECT_EQ(rig.starts[1] - rig.starts[0], period);
    EXPECT_EQ(rig.starts[2] - rig.starts[1], period);
  }
}

// proves IN-9, IN-6, IN-7
TEST(InBoard, EverySwitchActsAtTheNextCycleAndNotBefore) {
  InRig rig;
  rig.run_for(1'500_ms);
  for (unsigned bits = 0; bits < 128; ++bits) {
    const wire::ChainOrder before = rig.board.order;
    for (int n = 1; n <= 7; ++n) rig.set(n, ((bits >> (n - 1)) & 1U) != 0);
    rig.take();
    EXPECT_EQ(rig.board.order, before);
    rig.run_for(1'000_ms);
    const wire::ChainOrder& order = rig.head().order;
    EXPECT_EQ(order.period, message_period(rig.switches));
    EXPECT_EQ(order.critical_mode, critical_mode_on(rig.switches));
    EXPECT_EQ(order.v_bypass, v_bypass(rig.switches));
  }
}

// proves IN-1
TEST(InBoard, LedFlashesEachCycleAndIsOnWhileBypassing) {
  InRig rig;
  rig.run_for(1'000_ms);
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(rig.last.led);
    rig.run_for(led_flash);
    EXPECT_FALSE(rig.last.led);
    rig.run_for(1'000_ms + -led_flash);
  }
  rig.cell.voltage = 3410_mV;
  rig.run_for(100_ms);
  for (int i = 0; i < 100; ++i) {
    rig.run_for(10_ms);
    EXPECT_TRUE(rig.last.led);
  }
}

// proves IN-1, CELL-4
TEST(InBoard, ItsMessageCarriesItsOwnCellAsTheFirst) {
  InRig rig;
  rig.cell = {3210_mV, 222_dC};
  rig.memory.factory.programmed_cells = 16;
  rig.board = start_in_board(rig.now, rig.memory);
  rig.run_for(1'100_ms);
  const wire::ChainHead head = rig.head();
  EXPECT_EQ(head.cell_count, 1);
  EXPECT_EQ(head.lowest, (wire::ChainVoltage{3210_mV, 1}));
  EXPECT_EQ(head.hottest, (wire::ChainTemperature{222_dC, 1}));
  EXPECT_EQ(head.order.programmed_cells, 16);
  EXPECT_EQ(head.order.sequence, 1);
  EXPECT_FALSE(head.flags.broken);
  EXPECT_TRUE(head.flags.restarted);
  rig.run_for(1'000_ms);
  EXPECT_FALSE(rig.head().flags.restarted);
  EXPECT_EQ(rig.head().order.sequence, 2);
}

// proves CELL-3, CELL-6
TEST(InBoard, BypassPausesUntilTheNeighbourHasMeasuredToo) {
  InRig rig;
  rig.cell.voltage = 3410_mV;
  rig.run_for(1'900_ms);
  ASSERT_EQ(rig.last.bypass, 100_percent);
  rig.run_for(100_ms);
  for (int ms = 0; ms < 1000; ++ms) {
    EXPECT_EQ(rig.last.bypass, ms < chain_quiet.in_milliseconds() ? Ratio{} : 100_percent) << ms;
    rig.run_for(1_ms);
  }
  // The neighbour reads when the byte of the flags reaches it.
  constexpr int neighbour_reads_ms = 16 + 2;
  EXPECT_GT(chain_quiet.in_milliseconds(), neighbour_reads_ms + 2);
}

// proves IN-8
TEST(InBoard, SwitchEightBackFromOnStoresSensorAndNumberOfCells) {
  InRig rig;
  rig.set_all("1111011");  // 2000 A, 96 cells
  rig.run_for(1'500_ms);
  EXPECT_TRUE(rig.stored.empty());
  rig.set(8, true);
  rig.run_for(2'000_ms);
  EXPECT_TRUE(rig.stored.empty()) << "ON alone stores nothing";
  rig.set(8, false);
  rig.take();
  ASSERT_EQ(rig.stored.size(), 1U);
  EXPECT_EQ(rig.stored[0].factory, (FactorySettings{7, 96}));
  rig.set_all("0000000");
  rig.run_for(5'000_ms);
  EXPECT_EQ(rig.head().order.programmed_cells, 96);
  rig.restart();
  rig.run_for(1'100_ms);
  EXPECT_EQ(rig.head().order.programmed_cells, 96) << "kept over power-off";
  EXPECT_EQ(rig.board.memory.factory.sensor_code, 7);
}

// proves IN-8
TEST(InBoard, WhileSwitchEightIsOnTheOthersGiveNoOrdersButCurrentsAreMeasured) {
  InRig rig;
  rig.set_all("0000001");  // 3.5 V
  rig.j1 = CurrentSample{10'000_mA};
  rig.run_for(2'100_ms);
  const wire::ChainOrder before = rig.head().order;
  EXPECT_EQ(before.in, 10'000_mA);
  rig.set_all("1101111");
  rig.set(8, true);
  rig.j1 = CurrentSample{30'000_mA};
  rig.run_for(3'000_ms);
  const wire::ChainOrder& order = rig.head().order;
  EXPECT_EQ(order.v_bypass, before.v_bypass);
  EXPECT_EQ(order.period, before.period);
  EXPECT_EQ(order.critical_mode, before.critical_mode);
  EXPECT_EQ(order.in, 30'000_mA) << "an old current must not be counted again";
}

// proves IN-8, OUT-8
TEST(InBoard, StartedWithSwitchEightOnItOrdersNothing) {
  InRig rig;
  rig.set(8, true);
  rig.run_for(3'100_ms);
  EXPECT_EQ(rig.head().order.v_bypass, std::nullopt);
  EXPECT_EQ(rig.head().order.in, std::nullopt);
  EXPECT_TRUE(rig.stored.empty());
}

// proves IN-10
TEST(InBoard, SaysWhatItKnowsInItsExtendedOutputOnceAMessage) {
  InRig rig;
  rig.j1 = CurrentSample{10'000_mA};
  rig.j2 = CurrentSample{4'000_mA};
  rig.cell = {3300_mV, 200_dC};
  rig.run_for(10'100_ms);
  ASSERT_EQ(rig.frames.size(), rig.starts.size());
  const auto frame = wire::decode_frame(rig.frames.back());
  ASSERT_TRUE(frame.good());
  EXPECT_EQ(frame.value().in.current(), 10'000_mA);
  EXPECT_EQ(frame.value().out.current(), 4'000_mA);
  EXPECT_EQ(frame.value().sum.current(), 6'000_mA);
  EXPECT_EQ(frame.value().pack_voltage, 3300_mV);
  EXPECT_EQ(frame.value().cell.number, 1);
  EXPECT_EQ(frame.value().cell_count, 1);
  EXPECT_EQ(frame.value().v_bypass, 3400_mV);
  EXPECT_TRUE(frame.value().status.communication_error) << "the pack is not in it";
  EXPECT_TRUE(frame.value().status.soc_not_calibrated);
}

// proves IN-10
TEST(InBoard, ASensorThatIsNotThereIsAnXInTheExtendedOutput) {
  for (const auto& [j1, j2] : {std::pair{true, false}, {false, true}, {false, false}}) {
    InRig rig;
    if (j1) rig.j1 = CurrentSample{10'000_mA};
    if (j2) rig.j2 = CurrentSample{10'000_mA};
    rig.run_for(2'100_ms);
    const auto frame = wire::decode_frame(rig.frames.back());
    ASSERT_TRUE(frame.good());
    EXPECT_EQ(frame.value().in.present(), j1);
    EXPECT_EQ(frame.value().out.present(), j2);
    EXPECT_EQ(frame.value().sum.present(), j1 || j2);
    if (j1 || j2) {
      EXPECT_EQ(frame.value().sum.current(), j1 ? 10'000_mA : -10'000_mA);
    }
  }
  InRig unordered;
  unordered.set(8, true);
  unordered.run_for(1'100_ms);
  EXPECT_EQ(wire::decode_frame(unordered.frames.back()).value().v_bypass, 0_mV);
}

// proves IN-1
RC_GTEST_PROP(InBoard, BehavesTheSameWhereverItsClockStands, ()) {
  const auto run = [](Instant start) {
    InRig rig(start);
    rig.cell.voltage = 3410_mV;
    rig.j1 = CurrentSample{12'000_mA};
    rig.run_for(20'000_ms);
    std::vector<int> seen;
    for (const Instant at : rig.starts) seen.push_back((at - start).in_milliseconds());
    seen.push_back(rig.head().order.in->in_milliamperes());
    seen.push_back(rig.last.led);
    return seen;
  };
  const auto before_wrap = *rc::gen::inRange<std::uint32_t>(0, 20'000);
  RC_ASSERT(run(Instant::milliseconds(0U - before_wrap)) == run(Instant::milliseconds(0)));
}

}  // namespace
}  // namespace cellwarden::core
