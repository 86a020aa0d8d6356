// SPDX-License-Identifier: Apache-2.0
#include "core/relays.hpp"

#include <bitset>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "core/relays_table.hpp"

namespace cellwarden::core {
namespace {
using namespace literals;

constexpr int condition_count = 14;
using Truth = std::bitset<condition_count>;

RelayLimits limits_with(Voltage v_bypass, Voltage v_max) {
  return {.v_min = 2800_mV,
          .v_max = v_max,
          .v_bypass = v_bypass,
          .t_min_charge = 0_dC,
          .t_min_load = 0_dC,
          .t_max = 600_dC,
          .charge_restart = 95_percent,
          .discharge_restart = 10_percent,
          .v_min_hysteresis = {},
          .v_max_hysteresis = {}};
}

/// Below, at and above each threshold, by the smallest step there is.
std::vector<Voltage> voltage_classes(const RelayLimits& l) {
  std::vector<Voltage> classes;
  for (const Voltage limit : {l.v_min, l.v_bypass, l.v_max}) {
    for (const Voltage step : {-1_mV, 0_mV, 1_mV}) classes.push_back(limit + step);
  }
  return classes;
}
std::vector<Temperature> temperature_classes(const RelayLimits& l) {
  std::vector<Temperature> classes;
  for (const Temperature limit : {l.t_min_charge, l.t_max}) {
    for (const TemperatureDelta step : {-1_dK, 0_dK, 1_dK}) classes.push_back(limit + step);
  }
  return classes;
}
std::vector<Ratio> soc_classes(const RelayLimits& l) {
  std::vector<Ratio> classes;
  for (const Ratio limit : {l.charge_restart, l.discharge_restart}) {
    for (const Ratio step : {-Ratio::ppm(1), Ratio{}, Ratio::ppm(1)}) {
      classes.push_back(limit + step);
    }
  }
  return classes;
}

/// Every way one value stands among others: all the same; one odd at the first, middle or last
/// place; half and half.
template <class Value>
std::vector<std::vector<Value>> arrangements(std::size_t cells, const std::vector<Value>& classes) {
  std::vector<std::vector<Value>> result;
  for (const Value usual : classes) {
    for (const Value odd : classes) {
      if (odd == usual) {
        result.emplace_back(cells, usual);
        continue;
      }
      for (const std::size_t place : {std::size_t{0}, cells / 2, cells - 1}) {
        result.emplace_back(cells, usual);
        result.back()[place] = odd;
      }
      result.emplace_back(cells, usual);
      for (std::size_t i = 0; i < cells; i += 2) result.back()[i] = odd;
    }
  }
  return result;
}

template <class Value>
struct Judged {
  Value lowest, highest;
  Truth truth;  ///< every condition of the tables, for these values of all cells
};

Truth truth_of(const PackCase& pack, const RelayLimits& limits) {
  Truth truth;
  for (int c = 0; c < condition_count; ++c) {
    truth[static_cast<std::size_t>(c)] = holds(static_cast<Condition>(c), pack, limits);
  }
  return truth;
}

bool all_hold(const std::vector<Condition>& conditions, const Truth& truth) {
  return std::ranges::all_of(conditions,
                             [&](Condition c) { return truth[static_cast<std::size_t>(c)]; });
}
bool any_holds(const std::vector<Condition>& conditions, const Truth& truth) {
  return std::ranges::any_of(conditions,
                             [&](Condition c) { return truth[static_cast<std::size_t>(c)]; });
}

RelayConditions by_table(const RelayColumn& column, const Truth& truth) {
  return {.enable = all_hold(column.enable, truth), .disable = any_holds(column.disable, truth)};
}

/// REL-7 on top of a table: "disable" wins over "enable", between them nothing moves.
bool by_table(bool now, const RelayConditions& conditions) {
  if (conditions.disable) return false;
  return conditions.enable ? true : now;
}

bool same(const RelayConditions& a, const RelayConditions& b) {
  return a.enable == b.enable && a.disable == b.disable;
}

constexpr RelayConditions enabling{.enable = true};

GuardedRelay relay_that_is(bool closed) {
  GuardedRelay relay;
  if (!closed) return relay;
  relay.take(enabling, true, {}, {}, {});
  relay.take(enabling, true, {}, {}, {});
  return relay;
}

/// A relay that was closed or open, after two messages that say the same.
bool relay_after(bool closed, const RelayConditions& conditions) {
  static const GuardedRelay closed_relay = relay_that_is(true);
  GuardedRelay relay = closed ? closed_relay : GuardedRelay{};
  relay.take(conditions, true, {}, {}, {});
  relay.take(conditions, true, {}, {}, {});
  return relay.closed();
}

/// Lists every case of one pack size and holds the code against the tables.
class Enumeration {
 public:
  Enumeration(std::size_t cells, const RelayLimits& limits) : limits_(limits) {
    for (const auto& voltages : arrangements(cells, voltage_classes(limits))) {
      const auto [low, high] = std::ranges::minmax(voltages);
      voltages_.push_back({low, high, truth_of({voltages, {}, {}, true}, limits)});
    }
    for (const auto& temperatures : arrangements(cells, temperature_classes(limits))) {
      const auto [low, high] = std::ranges::minmax(temperatures);
      temperatures_.push_back({low, high, truth_of({{}, temperatures, {}, true}, limits)});
    }
  }

  void run() {
    for (const auto& v : voltages_) {
      for (const auto& t : temperatures_) {
        for (const Ratio soc : soc_classes(limits_)) check_states(v, t, soc);
        if (wrong_ > 0) return;  // one is enough
      }
    }
  }
  [[nodiscard]] std::uint64_t cases() const { return cases_; }
  [[nodiscard]] std::uint64_t wrong() const { return wrong_; }

 private:
  static constexpr std::array voltage_conditions{
      Condition::all_cells_below_v_bypass,    Condition::all_cells_below_v_max,
      Condition::all_cells_above_v_min,       Condition::any_cell_at_least_v_max,
      Condition::all_cells_at_least_v_bypass, Condition::any_cell_at_most_v_min};
  static constexpr std::array temperature_conditions{
      Condition::all_temperatures_above_t_min, Condition::all_temperatures_below_t_max,
      Condition::any_temperature_below_t_min, Condition::any_temperature_above_t_max};

  void check_states(const Judged<Voltage>& v, const Judged<Temperature>& t, Ratio soc) {
    for (const bool communication : {true, false}) {
      Truth truth = truth_of({{}, {}, soc, communication}, limits_);
      for (const Condition c : voltage_conditions) copy(c, v.truth, truth);
      for (const Condition c : temperature_conditions) copy(c, t.truth, truth);
      const RelayInputs in{.communication = communication,
                           .cells = {v.lowest, v.highest, t.lowest, t.highest},
                           .soc = soc};
      for (const bool critical : {false, true}) check(in, truth, critical);
    }
  }
  static void copy(Condition c, const Truth& from, Truth& to) {
    to[static_cast<std::size_t>(c)] = from[static_cast<std::size_t>(c)];
  }
  void check(RelayInputs in, const Truth& truth, bool critical) {
    in.critical_mode = critical;
    for (const RelayColumn& column : manual_tables()) {
      if (column.critical_mode != critical) continue;
      const RelayConditions table = by_table(column, truth);
      const RelayConditions code =
          column.load_relay ? load_conditions(in, limits_) : charge_conditions(in, limits_);
      ++cases_;
      const bool right = same(table, code) && relay_after(true, code) == by_table(true, table) &&
                         relay_after(false, code) == by_table(false, table);
      if (!right) ++wrong_;
    }
  }

  RelayLimits limits_;
  std::vector<Judged<Voltage>> voltages_;
  std::vector<Judged<Temperature>> temperatures_;
  std::uint64_t cases_ = 0;
  std::uint64_t wrong_ = 0;
};

// proves REL-1, REL-2, REL-3, REL-4, REL-5, REL-6, REL-7, REL-9
TEST(Relays, EveryClassOfEveryInputAgreesWithTheManualsTables) {
  std::uint64_t cases = 0;
  for (const std::size_t cells : {1U, 2U, 3U, 255U}) {
    for (const Voltage v_max : {3650_mV, 3500_mV, 3400_mV}) {  // V-bypass below, at, above
      Enumeration all{cells, limits_with(3500_mV, v_max)};
      all.run();
      EXPECT_EQ(all.wrong(), 0U) << cells << " cells, V-max " << v_max.in_millivolts() << " mV";
      cases += all.cases();
    }
  }
  EXPECT_GT(cases, 10'000'000U);
  RecordProperty("cases", std::to_string(cases));
}

}  // namespace
}  // namespace cellwarden::core
