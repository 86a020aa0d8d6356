/// The owner's settings as the boards use them. Their limits and names are in one table
/// (core/settings_table).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/relays.hpp"
#include "core/units.hpp"

namespace cellwarden::core {

/// Every field starts with its default. Those the manual knows have its value where it gives one;
/// the others change nothing about the manual's behaviour (SET-5).
struct Settings {
  Energy capacity = Energy::watt_hours(2700);
  Voltage v_min = Voltage::millivolts(2800);
  Voltage v_max = Voltage::millivolts(3650);
  Temperature t_min = Temperature::decicelsius(0);  ///< for charging, and for both by default
  Temperature t_max = Temperature::decicelsius(600);
  Ratio charge_restart = Ratio::percent(95);
  Ratio discharge_restart = Ratio::percent(10);

  Voltage v_nominal = Voltage::millivolts(3200);  ///< manual's example: 4 x 200 Ah x 3.2 V
  Voltage v_low = Voltage::millivolts(3000);      ///< early warning
  Voltage v_min_hysteresis;
  Voltage v_max_hysteresis;
  std::optional<Temperature> t_min_discharge;  ///< absent: as t_min
  RelayDelays delays;
  bool charge_forced_off = false;
  bool load_forced_off = false;
  bool invert_charge_sensor = false;
  bool invert_load_sensor = false;
  Current tail_current;  ///< full only when no more than this flows in; 0: not looked at
};

}  // namespace cellwarden::core
