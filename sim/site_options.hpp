/// What a site is made of: packs with their BMS on one or more buses under one sky, and ready-made
/// ones that fit together.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "plant/installation.hpp"
#include "sim/board_chain.hpp"
#include "sim/pack_senses.hpp"

namespace cellwarden::sim {

/// One pack and its BMS.
struct SitePackOptions {
  plant::PackOptions pack;
  SensorPair sensors;
  ChainOptions chain;  ///< `cells` as the pack has them
};

/// One bus. Packs on it are in parallel, their CHARGE relays in series and their LOAD relays too.
struct SiteBusOptions {
  std::vector<SitePackOptions> packs;
  /// Charger, load and the rest; its `packs`, `weather` and `start_hour` are not looked at.
  plant::InstallationOptions plant;
};

/// One site: same seed, same trace.
struct SiteOptions {
  std::uint64_t seed = 1;
  double start_hour = 9.0;        ///< local time of day at virtual time 0, 0..24
  plant::WeatherOptions weather;  ///< of every bus
  std::vector<SiteBusOptions> buses;
};

/// The next number of cells in the list of option switch 8 (IN-8).
/// @throws std::invalid_argument  when `cells` is not 2..255
std::uint8_t programmed_for(int cells);

/// A pack as its installer leaves it: V-bypass 3.5 V, blind spot on, factory settings for its cells
/// and sensors, three quarters of the rated capacity set, state of charge counted down from full.
SitePackOptions commissioned(const plant::PackOptions& pack, const SensorPair& sensors = {});

/// What the boards of such a pack show when its cells are `real` full, and the other way round;
/// 0..1. They count from a quarter full, as the manual advises.
double shown_share(double real);
double real_share(double shown);

/// A household with `packs` packs in parallel on one bus.
/// @throws std::invalid_argument  when `cells` is not 2..255
SiteOptions household_site(int cells, int packs = 1,
                           const plant::CellParameters& parameters = plant::prismatic_280ah());

}  // namespace cellwarden::sim
