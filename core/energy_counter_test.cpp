// SPDX-License-Identifier: Apache-2.0
#include "core/energy_counter.hpp"

#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cellwarden::core {
namespace {
using namespace literals;

constexpr std::int64_t watt_hour_nj = 3'600'000'000'000;
constexpr Work nanojoules(std::int64_t nj) { return Work::nanojoules(nj); }

// proves SOC-3
TEST(EnergyCounter, CarriesWhatIsLessThanAWattHour) {
  EnergyCounter counter;
  counter.add(nanojoules(watt_hour_nj - 1));
  EXPECT_EQ(counter.total(), 0_Wh);
  counter.add(nanojoules(1));
  EXPECT_EQ(counter.total(), 1_Wh);
  counter.add(nanojoules(watt_hour_nj - 1));
  EXPECT_EQ(counter.total(), 1_Wh) << "nothing is carried twice";
}

TEST(EnergyCounter, NeverFalls) {
  EnergyCounter counter = EnergyCounter::at(7_Wh);
  counter.add(nanojoules(-10 * watt_hour_nj));
  counter.add(nanojoules(0));
  EXPECT_EQ(counter.total(), 7_Wh);
  counter.add(nanojoules(watt_hour_nj));
  EXPECT_EQ(counter.total(), 8_Wh);
}

// proves OUT-6
TEST(EnergyCounter, ClearTakesTheRestToo) {
  EnergyCounter counter = EnergyCounter::at(7_Wh);
  counter.add(nanojoules(watt_hour_nj - 1));
  counter.clear();
  counter.add(nanojoules(1));
  EXPECT_EQ(counter.total(), 0_Wh);
}

// proves SOC-3
RC_GTEST_PROP(EnergyCounter, IsTheSumOfWhatWasAddedCutToWattHours, ()) {
  EnergyCounter counter;
  std::int64_t whole = 0;
  std::int64_t rest = 0;
  for (const std::uint32_t part : *rc::gen::arbitrary<std::vector<std::uint32_t>>()) {
    const std::int64_t nj = std::int64_t{part} * 10'000'000;  // up to 255 cells, 2000 A, 3 s
    counter.add(nanojoules(nj));
    whole += nj / watt_hour_nj;
    rest += nj % watt_hour_nj;
  }
  RC_ASSERT(counter.total() == Energy::watt_hours(whole + rest / watt_hour_nj));
}

}  // namespace
}  // namespace cellwarden::core
