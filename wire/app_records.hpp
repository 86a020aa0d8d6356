/// The app link's stream: records that a board sends by itself once `E!` has been given. A value
/// the sender does not know is an `X...` on the wire and empty here. Steps, widths and dialects:
/// docs/wire/app_link.md. A record has no checksum.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/result.hpp"
#include "core/units.hpp"
#include "wire/app_link.hpp"
#include "wire/extended_frame.hpp"
#include "wire/key_values.hpp"

namespace cellwarden::wire {

/// "U": the pack. Currents: step 0.05 A in gen3, 0.125 A in gen2.
struct AppPackRecord {
  std::optional<core::Voltage> voltage;  ///< step 5 mV
  std::optional<core::Current> in;       ///< sensor 1, charge side
  std::optional<core::Current> battery;  ///< + = charging
  std::optional<core::Current> out;      ///< sensor 2, load side
  friend constexpr bool operator==(const AppPackRecord&, const AppPackRecord&) = default;
};

/// "V": the extreme cells. Step 5 mV.
struct AppVoltageRecord {
  std::optional<VoltageOfCell> lowest, highest;
  std::optional<core::Voltage> v_bypass;
  friend constexpr bool operator==(const AppVoltageRecord&, const AppVoltageRecord&) = default;
};

/// "T": the extreme temperatures as raw counts (wire/temperature.hpp).
struct AppTemperatureRecord {
  std::optional<TemperatureOfCell> coldest, hottest;
  std::optional<std::uint8_t> log_index;  ///< gen3: newest entry of the log, empty: none
  friend constexpr bool operator==(const AppTemperatureRecord&,
                                   const AppTemperatureRecord&) = default;
};

/// "C": one cell. A number that is 0 or above the count must be ignored.
struct AppCellRecord {
  std::uint8_t number = 0;
  std::uint8_t count = 0;
  std::optional<core::Voltage> voltage;  ///< step 5 mV
  std::optional<std::uint16_t> temperature_raw;
  std::optional<Status> status;
  std::optional<SecondStatus> second_status;  ///< gen3
  friend constexpr bool operator==(const AppCellRecord&, const AppCellRecord&) = default;
};

/// "E": energies of today and what is stored, step 1 Wh.
struct AppEnergyRecord {
  std::optional<core::Energy> collected_today, stored, consumed_today;
  std::optional<std::uint8_t> soc_percent;  ///< 0..100
  friend constexpr bool operator==(const AppEnergyRecord&, const AppEnergyRecord&) = default;
};

struct AppTimeOfDay {
  std::uint8_t hour = 0;    ///< 0..23
  std::uint8_t minute = 0;  ///< 0..59
  friend constexpr bool operator==(const AppTimeOfDay&, const AppTimeOfDay&) = default;
};

/// "M": totals, step 1 kWh, cut off; and the board's clock.
struct AppTotalsRecord {
  std::optional<core::Energy> collected, consumed;
  std::optional<AppTimeOfDay> time;
  friend constexpr bool operator==(const AppTotalsRecord&, const AppTotalsRecord&) = default;
};

/// "H", gen3: how old the battery is.
struct AppHealthRecord {
  std::optional<std::uint8_t> soh_percent;  ///< 0..100; 255 on the wire is empty
  std::optional<core::Energy> measured_capacity, measured_charge_capacity;  ///< step 1 Wh
  std::optional<std::uint8_t> charge_efficiency_percent;                    ///< 0..100
  std::optional<std::uint32_t> charge_cycles_hundredths, discharge_cycles_hundredths;
  friend constexpr bool operator==(const AppHealthRecord&, const AppHealthRecord&) = default;
};

/// "B", gen3: energy through the battery itself.
struct AppBatteryRecord {
  std::optional<core::Energy> charged, discharged;              ///< step 1 kWh, cut off
  std::optional<core::Energy> charged_today, discharged_today;  ///< step 1 Wh
  friend constexpr bool operator==(const AppBatteryRecord&, const AppBatteryRecord&) = default;
};

/// Which record a line was; the letter is the wire's.
enum class AppRecordKind : char {
  pack = 'U',
  voltages = 'V',
  temperatures = 'T',
  cell = 'C',
  energy = 'E',
  totals = 'M',
  health = 'H',
  battery = 'B',
};

/// Any record; only the member its kind names is filled.
struct AppRecord {
  AppRecordKind kind = AppRecordKind::pack;
  AppPackRecord pack;
  AppVoltageRecord voltages;
  AppTemperatureRecord temperatures;
  AppCellRecord cell;
  AppEnergyRecord energy;
  AppTotalsRecord totals;
  AppHealthRecord health;
  AppBatteryRecord battery;
  friend constexpr bool operator==(const AppRecord&, const AppRecord&) = default;
};

/// Writes one record without the line's end. Values go to the nearest step, energies are cut off;
/// beyond a field's range they are sent as its end, never wrapped.
/// @tparam Record  one of the eight structs above
template <class Record>
AppLine encode_app_record(const Record& record, AppDialect dialect);

/// Reads one record of either dialect; the dialect decides the step of the currents only.
core::Result<AppRecord, AppFault> decode_app_record(std::string_view line, AppDialect dialect);

}  // namespace cellwarden::wire
