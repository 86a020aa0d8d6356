// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "plant/installation.hpp"

namespace cellwarden::plant {
namespace {

struct BadOption {
  const char* named;
  std::function<void(InstallationOptions&)> spoil;
};

TEST(Installation, RefusesBadOptionsAndNamesThem) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const BadOption cases[] = {
      {"cell_count", [](InstallationOptions& o) { o.packs[0].cell_count = 0; }},
      {"cell_count", [](InstallationOptions& o) { o.packs[0].cell_count = 1; }},
      {"cell_count", [](InstallationOptions& o) { o.packs[0].cell_count = 256; }},
      {"cell_count", [](InstallationOptions& o) { o.packs[0].cell_count = -4; }},
      {"capacity_ah", [](InstallationOptions& o) { o.packs[0].cells.capacity_ah = -280.0; }},
      {"start_soc", [=](InstallationOptions& o) { o.packs[0].start_soc = nan; }},
      {"start_soc", [](InstallationOptions& o) { o.packs[0].start_soc = 2.0; }},
      {"start_hour", [](InstallationOptions& o) { o.start_hour = 25.0; }},
      {"start_hour", [=](InstallationOptions& o) { o.start_hour = nan; }},
      {"link_ohm", [](InstallationOptions& o) { o.packs[0].link_ohm = -1.0; }},
      {"boards.bypass_a", [](InstallationOptions& o) { o.packs[0].boards.bypass_a = -1.0; }},
      {"boards.voltage_error_max_v",
       [=](InstallationOptions& o) { o.packs[0].boards.voltage_error_max_v = nan; }},
      {"boards.temperature_error_max_k",
       [](InstallationOptions& o) { o.packs[0].boards.temperature_error_max_k = 51; }},
      {"boards.tap_wire_ohm", [](InstallationOptions& o) { o.packs[0].boards.tap_wire_ohm = 2.0; }},
      {"boards.supply_a", [](InstallationOptions& o) { o.packs[0].boards.supply_a = -0.1; }},
      {"packs", [](InstallationOptions& o) { o.packs.clear(); }},
      {"packs", [](InstallationOptions& o) { o.packs.resize(17, o.packs[0]); }},
      {"packs", [](InstallationOptions& o) { o.packs.push_back({.cell_count = 5}); }},
      {"spread.soc", [](InstallationOptions& o) { o.packs[0].spread.soc = 0.5; }},
      {"weather.cloudiness", [](InstallationOptions& o) { o.weather.cloudiness = -0.1; }},
      {"charger.float_v", [](InstallationOptions& o) { o.charger.stages.float_v = 99.0; }},
      {"load.inverter_efficiency",
       [](InstallationOptions& o) { o.load.inverter_efficiency = 2.0; }}};
  for (const BadOption& c : cases) {
    InstallationOptions options = household(4);
    c.spoil(options);
    try {
      const Installation pack(options, 1);
      ADD_FAILURE() << c.named << " was accepted";
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find(c.named), std::string::npos) << error.what();
    }
  }
}

TEST(Installation, RefusesBadSteps) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Installation pack(household(4), 1);
  EXPECT_THROW(pack.step(-1.0, {}), std::invalid_argument);
  EXPECT_THROW(pack.step(nan, {}), std::invalid_argument);
  EXPECT_THROW(pack.step(std::numeric_limits<double>::infinity(), {}), std::invalid_argument);
  EXPECT_THROW(pack.pack(0).set_bypass_duty(1, -0.1), std::invalid_argument);
  EXPECT_THROW(pack.pack(0).set_bypass_duty(1, 1.1), std::invalid_argument);
  EXPECT_THROW(pack.pack(0).set_bypass_duty(1, nan), std::invalid_argument);
}

}  // namespace
}  // namespace cellwarden::plant
