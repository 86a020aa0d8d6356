// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "plant/pack.hpp"

namespace cellwarden::plant {
namespace {

struct BadOption {
  const char* named;
  std::function<void(PackOptions&)> spoil;
};

TEST(Pack, RefusesBadOptionsAndNamesThem) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const BadOption cases[] = {
      {"cell_count", [](PackOptions& o) { o.cell_count = 0; }},
      {"cell_count", [](PackOptions& o) { o.cell_count = 1; }},
      {"cell_count", [](PackOptions& o) { o.cell_count = 256; }},
      {"cell_count", [](PackOptions& o) { o.cell_count = -4; }},
      {"capacity_ah", [](PackOptions& o) { o.cells.capacity_ah = -280.0; }},
      {"start_soc", [=](PackOptions& o) { o.start_soc = nan; }},
      {"start_soc", [](PackOptions& o) { o.start_soc = 2.0; }},
      {"start_hour", [](PackOptions& o) { o.start_hour = 25.0; }},
      {"start_hour", [=](PackOptions& o) { o.start_hour = nan; }},
      {"link_ohm", [](PackOptions& o) { o.link_ohm = -1.0; }},
      {"boards.bypass_a", [](PackOptions& o) { o.boards.bypass_a = -1.0; }},
      {"boards.voltage_error_max_v", [=](PackOptions& o) { o.boards.voltage_error_max_v = nan; }},
      {"boards.temperature_error_max_k",
       [](PackOptions& o) { o.boards.temperature_error_max_k = 51; }},
      {"boards.tap_wire_ohm", [](PackOptions& o) { o.boards.tap_wire_ohm = 2.0; }},
      {"boards.supply_a", [](PackOptions& o) { o.boards.supply_a = -0.1; }},
      {"spread.soc", [](PackOptions& o) { o.spread.soc = 0.5; }},
      {"weather.cloudiness", [](PackOptions& o) { o.weather.cloudiness = -0.1; }},
      {"charger.float_v", [](PackOptions& o) { o.charger.float_v = 99.0; }},
      {"load.inverter_efficiency", [](PackOptions& o) { o.load.inverter_efficiency = 2.0; }}};
  for (const BadOption& c : cases) {
    PackOptions options = household_pack(4);
    c.spoil(options);
    try {
      const Pack pack(options, 1);
      ADD_FAILURE() << c.named << " was accepted";
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(c.named), std::string::npos) << error.what();
    }
  }
}

TEST(Pack, RefusesBadSteps) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Pack pack(household_pack(4), 1);
  const std::vector<double> three(3, 0.0);
  const std::vector<double> negative{0.0, -0.1, 0.0, 0.0};
  const std::vector<double> broken{0.0, nan, 0.0, 0.0};
  EXPECT_THROW(pack.step(-1.0, {}), std::invalid_argument);
  EXPECT_THROW(pack.step(nan, {}), std::invalid_argument);
  EXPECT_THROW(pack.step(std::numeric_limits<double>::infinity(), {}), std::invalid_argument);
  EXPECT_THROW(pack.step(1.0, {.bypass_duty = three}), std::invalid_argument);
  EXPECT_THROW(pack.step(1.0, {.bypass_duty = negative}), std::invalid_argument);
  EXPECT_THROW(pack.step(1.0, {.bypass_duty = broken}), std::invalid_argument);
}

}  // namespace
}  // namespace cellwarden::plant
