// SPDX-License-Identifier: Apache-2.0
#include "sim/site_options.hpp"

#include <stdexcept>
#include <string>

namespace cellwarden::sim {
namespace {

/// The manual advises to set three quarters of the rated capacity.
constexpr double capacity_share = 0.75;
constexpr double nominal_v = 3.2;

core::SettingValues settings_for(const plant::PackOptions& pack) {
  const double rated_wh = pack.cells.capacity_ah * nominal_v * pack.cell_count;
  const auto hundreds = static_cast<std::int32_t>((rated_wh * capacity_share + 50.0) / 100.0);
  const core::SettingValues preset;
  // A pack too small or too large for the setting keeps the preset, as an installer would have to.
  const auto set = preset.with(core::setting("capacity"), hundreds * 100, std::nullopt);
  return set.good() ? set.value() : preset;
}

std::uint8_t sensor_code(int range_a) {
  std::uint8_t code = 0;
  for (const plant::CurrentSensorType& type : plant::current_sensor_types()) {
    if (type.range_a == range_a) return code;
    ++code;
  }
  return core::sensor_code_default;
}

}  // namespace

std::uint8_t programmed_for(int cells) {
  for (const std::uint8_t listed : core::cell_counts) {
    if (cells >= 2 && cells <= listed) return listed;
  }
  throw std::invalid_argument("cells: expected 2 to 255, got " + std::to_string(cells));
}

double shown_share(double real) {
  const double share = 1.0 - (1.0 - real) / capacity_share;
  return share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
}

double real_share(double shown) { return 1.0 - (1.0 - shown) * capacity_share; }

SitePackOptions commissioned(const plant::PackOptions& pack, const SensorPair& sensors) {
  SitePackOptions options{.pack = pack, .sensors = sensors, .chain = {}};
  ChainOptions& chain = options.chain;
  chain.cells = pack.cell_count;
  chain.pace = Pace::messages;
  // V-bypass 3.5 V (switch 7), blind spot on (switch 3).
  chain.switches.on = {false, false, true, false, false, false, true, false};
  chain.in_memory.factory.programmed_cells = programmed_for(pack.cell_count);
  chain.in_memory.factory.sensor_code = sensor_code(sensors.j1.range_a);
  chain.out_memory.settings = settings_for(pack);
  // The pack has been in use: the boards remember the charge, counted down from full.
  const auto ppm = static_cast<std::int32_t>(shown_share(pack.start_soc) * 1e6);
  chain.out_memory.soc = core::StateOfCharge::at(core::Ratio::ppm(ppm), true);
  return options;
}

SiteOptions household_site(int cells, int packs, const plant::CellParameters& parameters) {
  (void)programmed_for(cells);
  SiteBusOptions bus;
  bus.plant = plant::household(cells, parameters, packs);
  SensorPair sensors;
  if (packs > 1) sensors.wiring = SensorWiring::one;
  for (const plant::PackOptions& pack : bus.plant.packs) {
    bus.packs.push_back(commissioned(pack, sensors));
  }
  SiteOptions site;
  site.buses.push_back(bus);
  return site;
}

}  // namespace cellwarden::sim
