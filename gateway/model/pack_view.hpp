/// Everything the gateway knows of one pack at one instant, in the order of docs/api.md. Outlets
/// read this and nothing else. One sign (+ charges) and the units of core/units.hpp; `double`
/// begins behind it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/units.hpp"
#include "gateway/model/reading.hpp"
#include "wire/frame_reader.hpp"
#include "wire/key_values.hpp"

namespace cellwarden::gateway {

enum class LinkState : std::uint8_t {
  down,    ///< the port or file is not there
  silent,  ///< connected, but no frame for more than 5 s
  online,  ///< frames arrive
  ended,   ///< a replay is over
};

/// What came in spite of a right checksum and was left out.
struct Ignored {
  std::uint64_t cell_number = 0;  ///< the frame's cell was 0 or above the count
  std::uint64_t cell_count = 0;   ///< the count differed from the pack's
};

struct LinkView {
  LinkState state = LinkState::down;
  std::string text;                 ///< one sentence for people
  std::optional<milliseconds> age;  ///< of the last frame
  wire::FrameReaderCounts counts;
  std::uint64_t reconnects = 0;
  Ignored ignored;
};

enum class Zone : std::uint8_t {
  unknown,  ///< no fresh voltage or no trusted limits
  safe,
  balancing,     ///< at or above V-bypass
  out_of_range,  ///< above V-max or below V-min
};

struct CellView {
  Reading<core::Voltage> voltage;
  Reading<core::Temperature> temperature;
  Zone zone = Zone::unknown;
};

/// An extreme and the cell that has it.
template <class T>
struct Extreme {
  std::optional<std::uint8_t> cell;  ///< 1-based; empty when unknown
  Reading<T> value;
};

/// The five lamps.
struct AlarmsView {
  Reading<bool> communication, v_high, v_low, t_high, t_low;
};

struct LimitsView {
  Reading<core::Voltage> v_min, v_max, v_bypass;
};

/// Hours and minutes of the older product's clock.
struct TimeOfDay {
  std::uint8_t hours = 0;
  std::uint8_t minutes = 0;
  friend bool operator==(const TimeOfDay&, const TimeOfDay&) = default;
};

struct DetailsView {
  Reading<std::uint8_t> soh_percent, charge_efficiency_percent;
  Reading<core::Voltage> v_low, v_nominal, v_full;
  Reading<wire::Firmware> firmware;
  Reading<std::uint16_t> charge_cycles;
  Reading<core::Energy> charged_total, discharged_total;
  Reading<TimeOfDay> clock;
  Reading<bool> charge_relay_closed, load_relay_closed, early_warning;
};

struct PackView {
  LinkView link;
  Reading<core::Voltage> pack_voltage;
  Reading<std::uint8_t> soc_percent;
  Reading<bool> soc_calibrated;
  Reading<core::Current> current, current_in, current_out;
  Reading<core::Power> power, power_in, power_out;
  Reading<core::Energy> stored, capacity;
  Reading<core::Energy> collected_today, consumed_today, collected_total, consumed_total;
  Reading<bool> charge_allowed, discharge_allowed;
  AlarmsView alarms;
  LimitsView limits;
  Extreme<core::Voltage> lowest, highest;
  Extreme<core::Temperature> coldest, hottest;
  Reading<std::uint8_t> cell_count;
  std::vector<CellView> cells;  ///< [0] is cell 1, the most negative one
  DetailsView details;
};

}  // namespace cellwarden::gateway
