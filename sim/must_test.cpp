// SPDX-License-Identifier: Apache-2.0
#include "sim/must.hpp"

#include <gtest/gtest.h>

namespace cellwarden::sim {
namespace {

constexpr SimTime second = 1'000'000;

/// Highest cell voltage at the looks at 0, 1, 2 ... s.
Verdict judged(const Must& must, const std::vector<double>& volts, bool complete = true) {
  MustJudge judge(must);
  for (std::size_t i = 0; i < volts.size(); ++i) {
    PackValues pack;
    pack[Quantity::cell_voltage_max] = volts[i];
    judge.look(static_cast<SimTime>(i) * second, {&pack, 1});
  }
  return judge.verdict(complete);
}

Must voltage(MustForm form, Comparison comparison, double limit) {
  Must must;
  must.form = form;
  must.condition = {{Term::every_pack, Quantity::cell_voltage_max, comparison, limit}};
  must.until = 100 * second;
  return must;
}

struct Case {
  const char* why;
  Must must;
  std::vector<double> volts;
  VerdictState state;
  SimTime at_s;
  double value;
  bool complete = true;
};

Must with(Must must, SimTime from_s, SimTime until_s, SimTime grace_s = 0) {
  must.from = from_s * second;
  must.until = until_s * second;
  must.grace = grace_s * second;
  return must;
}

TEST(Must, SaysWhatHeldWhenItBrokeAndTheTellingValue) {
  using enum VerdictState;
  const Must always = voltage(MustForm::always, Comparison::less, 3.65);
  const Must never = voltage(MustForm::never, Comparison::at_least, 3.65);
  const Must becomes = voltage(MustForm::becomes, Comparison::more, 3.5);
  const Must at_end = voltage(MustForm::at_end, Comparison::less, 3.4);
  const Must low = voltage(MustForm::always, Comparison::at_least, 3.0);
  const Case cases[] = {
      {"holds; the highest is told", always, {3.3, 3.6, 3.4}, held, 2, 3.6},
      {"breaks at once; the worst is told", always, {3.3, 3.66, 3.7, 3.4}, broken, 1, 3.7},
      {"a lower bound tells the lowest", low, {3.3, 3.1, 3.4}, held, 2, 3.1},
      {"never is always the other way", never, {3.3, 3.65}, broken, 1, 3.65},
      {"never that holds", never, {3.3, 3.6, 3.2}, held, 2, 3.6},
      {"before its time does not count", with(always, 2, 9), {3.7, 3.7, 3.3}, held, 2, 3.3},
      {"after its time does not count", with(always, 0, 1), {3.3, 3.3, 3.9}, held, 1, 3.3},
      {"as long as the grace", with(always, 0, 9, 2), {3.3, 3.7, 3.7, 3.7, 3.3}, held, 4, 3.7},
      {"longer than the grace: broken from its start",
       with(always, 0, 9, 2),
       {3.3, 3.7, 3.7, 3.7, 3.71},
       broken,
       1,
       3.71},
      {"the grace starts anew", with(always, 0, 9, 1), {3.7, 3.7, 3.3, 3.7, 3.7}, held, 4, 3.7},
      {"becomes at its first time", becomes, {3.3, 3.6, 3.7}, held, 1, 3.6},
      {"never becomes", becomes, {3.3, 3.4}, broken, 1, 3.4},
      {"too late", with(becomes, 0, 1), {3.3, 3.4, 3.6}, broken, 1, 3.4},
      {"at the end alone", at_end, {3.6, 3.3}, held, 1, 3.3},
      {"not at the end", at_end, {3.3, 3.6}, broken, 1, 3.6},
      {"an end that was not reached", at_end, {3.3, 3.6}, not_judged, 1, 3.6, false},
      {"could still break", always, {3.3, 3.6}, not_judged, 1, 3.6, false},
      {"has broken already", always, {3.3, 3.8}, broken, 1, 3.8, false},
      {"its time is over", with(always, 0, 1), {3.3, 3.6, 3.3}, held, 1, 3.6, false},
      {"its time never came", with(always, 50, 60), {3.3, 3.9}, not_judged, 0, 0.0},
  };
  for (const Case& c : cases) {
    const Verdict verdict = judged(c.must, c.volts, c.complete);
    EXPECT_EQ(verdict.state, c.state) << c.why;
    EXPECT_EQ(verdict.at, c.at_s * second) << c.why;
    EXPECT_EQ(verdict.value, c.value) << c.why;
  }
}

TEST(Must, OfSeveralPacksAlwaysMeansEachAndNeverMeansNone) {
  std::vector<PackValues> packs(2);
  packs[0][Quantity::charge_relay] = 1;
  const Term closed{Term::every_pack, Quantity::charge_relay, Comparison::equal, 1};
  const Term second_closed{1, Quantity::charge_relay, Comparison::equal, 1};
  const Term first_not_open{0, Quantity::charge_relay, Comparison::unequal, 0};
  EXPECT_FALSE(holds({closed}, packs));
  EXPECT_FALSE(holds({second_closed}, packs));
  EXPECT_TRUE(holds({first_not_open}, packs));
  Must never;
  never.form = MustForm::never;
  never.condition = {closed};
  MustJudge judge(never);
  judge.look(0, packs);
  EXPECT_EQ(judge.verdict(true).state, VerdictState::broken);
}

TEST(Must, EveryQuantityHasANameOfItsOwn) {
  for (std::size_t i = 0; i < quantity_count; ++i) {
    const auto quantity = static_cast<Quantity>(i);
    EXPECT_EQ(quantity_with_name(row_of(quantity).name), quantity);
  }
  EXPECT_EQ(quantity_with_name("nothing"), std::nullopt);
}

}  // namespace
}  // namespace cellwarden::sim
