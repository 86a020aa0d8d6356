/// The lists behind the records.
// SPDX-License-Identifier: Apache-2.0
#include "plant/records.hpp"

namespace cellwarden::plant {
namespace {

constexpr std::uint16_t aachen_irradiance[] = {
#include "plant/data/aachen_2023_irradiance.inc"
};
constexpr std::int16_t aachen_temperature[] = {
#include "plant/data/aachen_2023_temperature.inc"
};
constexpr std::uint16_t boulder_irradiance[] = {
#include "plant/data/boulder_20181014_irradiance.inc"
};
constexpr std::int16_t boulder_temperature[] = {
#include "plant/data/boulder_20181014_temperature.inc"
};
constexpr std::uint16_t alamosa_irradiance[] = {
#include "plant/data/alamosa_20160101_irradiance.inc"
};
constexpr std::int16_t alamosa_temperature[] = {
#include "plant/data/alamosa_20160101_temperature.inc"
};
constexpr std::uint16_t sceaux_household[] = {
#include "plant/data/sceaux_2006_household.inc"
};

constexpr double minute_s = 60.0;
constexpr double hour_s = 3600.0;

}  // namespace

SkySeries series_of(SkyRecord record) {
  switch (record) {
    case SkyRecord::none:
      break;
    case SkyRecord::aachen_2023:
      return {{aachen_irradiance, 10.0 * minute_s}, {aachen_temperature, hour_s}};
    case SkyRecord::boulder_20181014:
      return {{boulder_irradiance, minute_s}, {boulder_temperature, hour_s}};
    case SkyRecord::alamosa_20160101:
      return {{alamosa_irradiance, minute_s}, {alamosa_temperature, hour_s}};
  }
  return {};
}

Series<std::uint16_t> series_of(ConsumerRecord record) {
  if (record == ConsumerRecord::none) return {};
  return {sceaux_household, minute_s};
}

}  // namespace cellwarden::plant
