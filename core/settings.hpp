/// The owner's settings as the boards use them. Their limits and names are in one table
/// (core/settings_table).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/units.hpp"

namespace cellwarden::core {

/// Every field starts with its default; the defaults are the manual's where it gives one.
struct Settings {
  Energy capacity = Energy::watt_hours(2700);
  Voltage v_min = Voltage::millivolts(2800);
  Voltage v_max = Voltage::millivolts(3650);
  Voltage v_nominal = Voltage::millivolts(3200);  ///< manual's example: 4 x 200 Ah x 3.2 V
  Voltage v_low = Voltage::millivolts(3000);      ///< shown to receivers as an early warning
  Temperature t_min = Temperature::decicelsius(0);
  Temperature t_max = Temperature::decicelsius(600);
  Ratio charge_restart = Ratio::percent(95);
  Ratio discharge_restart = Ratio::percent(10);
};

}  // namespace cellwarden::core
