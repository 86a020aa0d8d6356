// SPDX-License-Identifier: Apache-2.0
#include "core/state_of_charge.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cellwarden::core {
namespace {
using namespace literals;

constexpr std::int64_t uc(Charge charge) { return charge.in_microcoulombs(); }

// proves SOC-1
TEST(StateOfCharge, TakesTheManualsExampleForWhatItIs) {
  // 4 cells of 200 Ah at 3.2 V are 2560 Wh.
  EXPECT_EQ(uc(charge_of(2560_Wh, 3200_mV, 4)), std::int64_t{200} * 3600 * 1'000'000);
}

// proves SOC-1
TEST(StateOfCharge, HoldsTheSmallestAndTheLargestPackWithoutOverflow) {
  for (const std::int64_t wh : {std::int64_t{100}, std::int64_t{6'553'500}}) {
    for (const int cells : {2, 255}) {
      for (const Voltage nominal : {1600_mV, 2300_mV, 3200_mV, 5000_mV}) {
        const Charge full = charge_of(Energy::watt_hours(wh), nominal, cells);
        const double volts = nominal.in_millivolts() * cells / 1000.0;
        const double expected = static_cast<double>(wh) * 3600 / volts * 1e6;
        EXPECT_LE(static_cast<double>(uc(full)), expected);
        EXPECT_NEAR(static_cast<double>(uc(full)), expected, 1000.0 + expected * 1e-15);
        for (const int percent : {0, 1, 50, 99, 100}) {
          StateOfCharge soc = StateOfCharge::at(Ratio::percent(percent), true);
          soc.set_full(full);
          EXPECT_NEAR(soc.share().in_ppm(), percent * 10'000, 1) << wh << " Wh, " << cells;
        }
      }
    }
  }
}

// proves SOC-1
RC_GTEST_PROP(StateOfCharge, CountsExactlyWhatFlowed, ()) {
  StateOfCharge soc = StateOfCharge::at(50_percent, true);
  soc.set_full(charge_of(Energy::watt_hours(100'000), 3200_mV, 16));
  const Charge start = soc.held();
  std::int64_t flowed = 0;
  for (int i = 0; i < 100; ++i) {
    const int ma = *rc::gen::inRange(-400'000, 400'001);
    const Duration dt = *rc::gen::element(500_ms, 1000_ms, 1500_ms, 3000_ms);
    soc.count(Current::milliamperes(ma), dt);
    flowed += std::int64_t{ma} * dt.in_milliseconds();
  }
  RC_ASSERT(uc(soc.held() - start) == flowed);
}

// proves SOC-1
RC_GTEST_PROP(StateOfCharge, FifteenYearsOfSmallCurrentsLoseNothing, ()) {
  // What a second counts is the same at every second: so many of them in one go are the same sum.
  constexpr std::int64_t seconds = std::int64_t{15} * 365 * 86'400;
  const int ma = *rc::gen::inRange(1, 2'000);
  StateOfCharge soc = StateOfCharge::at(50_percent, true);
  soc.set_full(charge_of(Energy::watt_hours(6'553'500), 3200_mV, 2));
  const Charge start = soc.held();
  std::int64_t counted = 0;
  for (std::int64_t left = seconds; left > 0;) {
    const std::int64_t now = left < 2'000'000 ? left : 2'000'000;
    // In for a while, out for as long less one second.
    soc.count(Current::milliamperes(ma), Duration::milliseconds(static_cast<int>(now) * 1000));
    soc.count(Current::milliamperes(-ma), Duration::milliseconds(static_cast<int>(now - 1) * 1000));
    counted += std::int64_t{ma} * 1000;
    left -= now;
  }
  RC_ASSERT(uc(soc.held() - start) == counted);
}

// proves SOC-1
TEST(StateOfCharge, EndsAtEmptyAndAtFull) {
  StateOfCharge soc = StateOfCharge::at(50_percent, true);
  const Charge full = charge_of(2560_Wh, 3200_mV, 4);
  soc.set_full(full);
  for (int i = 0; i < 300; ++i) soc.count(8'388'607_mA, 3000_ms);
  EXPECT_EQ(soc.held(), full);
  EXPECT_EQ(soc.share(), 100_percent);
  soc.count(-1_mA, 1_ms);
  EXPECT_EQ(uc(full - soc.held()), 1) << "nothing is kept above full";
  EXPECT_LT(soc.share(), 100_percent);
  for (int i = 0; i < 300; ++i) soc.count(-8'388'607_mA, 3000_ms);
  EXPECT_EQ(soc.held(), Charge{});
  soc.count(1_mA, 1_ms);
  EXPECT_EQ(uc(soc.held()), 1) << "nor below empty";
}

// proves SOC-2
TEST(StateOfCharge, AFullPackIsOneHundredPercentAndCalibrated) {
  StateOfCharge soc = StateOfCharge::at(12_percent, false);
  EXPECT_FALSE(soc.calibrated());
  soc.set_full(charge_of(2560_Wh, 3200_mV, 4));
  soc.reset_to_full();
  EXPECT_EQ(soc.share(), 100_percent);
  EXPECT_TRUE(soc.calibrated());
  soc.distrust();
  EXPECT_FALSE(soc.calibrated());
  EXPECT_EQ(soc.share(), 100_percent);
}

// proves SOC-1
RC_GTEST_PROP(StateOfCharge, ANewCapacityKeepsTheShare, ()) {
  const int ppm = *rc::gen::inRange(0, 1'000'001);
  StateOfCharge soc = StateOfCharge::at(Ratio::ppm(ppm), true);
  RC_ASSERT(soc.share() == Ratio::ppm(ppm));
  int before = ppm;
  for (int i = 0; i < 5; ++i) {
    const int hundreds = *rc::gen::inRange(1, 65'536);
    const int cells = *rc::gen::inRange(2, 256);
    soc.set_full(charge_of(Energy::watt_hours(hundreds * 100), 3200_mV, cells));
    const int after = soc.share().in_ppm();
    const bool kept = after <= before && after >= before - 1;
    RC_ASSERT(kept);
    soc.set_full(charge_of(Energy::watt_hours(hundreds * 100), 3200_mV, cells));
    RC_ASSERT(soc.share().in_ppm() == after);  // unchanged: nothing happens
    before = after;
  }
}

TEST(StateOfCharge, AFewMicrocoulombsSurviveTheSameCapacityAgain) {
  StateOfCharge soc = StateOfCharge::at(50_percent, true);
  const Charge full = charge_of(2560_Wh, 3200_mV, 4);
  soc.set_full(full);
  soc.count(1_mA, 7_ms);
  const Charge held = soc.held();
  soc.set_full(full);
  EXPECT_EQ(soc.held(), held);
}

// proves SOC-1
RC_GTEST_PROP(StateOfCharge, TheShareRisesWithTheChargeAndNeverLeavesItsRange, ()) {
  StateOfCharge soc = StateOfCharge::at(Ratio::ppm(*rc::gen::inRange(0, 1'000'001)), true);
  soc.set_full(charge_of(Energy::watt_hours(*rc::gen::inRange(100, 6'553'501)), 3200_mV,
                         *rc::gen::inRange(2, 256)));
  for (int i = 0; i < 50; ++i) {
    const Ratio before = soc.share();
    const int ma = *rc::gen::inRange(-8'388'607, 8'388'608);
    soc.count(Current::milliamperes(ma), 1000_ms);
    const bool follows = ma >= 0 ? soc.share() >= before : soc.share() <= before;
    RC_ASSERT(follows);
    RC_ASSERT(soc.share() >= 0_percent && soc.share() <= 100_percent);
  }
}

}  // namespace
}  // namespace cellwarden::core
