/// The app link's replies to queries (`...@`): fields and a checksum. A value the sender does not
/// know, or a field an older product leaves out, is empty here. Steps, widths and dialects:
/// docs/wire/app_link.md.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/result.hpp"
#include "core/units.hpp"
#include "wire/app_link.hpp"
#include "wire/extended_frame.hpp"
#include "wire/key_values.hpp"

namespace cellwarden::wire {

/// `V@`. The meaning of fields 2 and 3 is not public.
struct AppVersion {
  std::optional<Firmware> firmware;  ///< gen2: up to 25.5, without patch
  std::optional<std::uint8_t> second, third;
  std::optional<Status> status;
  std::optional<core::Voltage> v_bypass;  ///< step 5 mV
  friend constexpr bool operator==(const AppVersion&, const AppVersion&) = default;
};

/// `S1@`.
struct AppSettings1 {
  std::optional<std::uint32_t> solar_peak_w, inverter_peak_w;  ///< step 10 W, at most 655,350
  std::optional<core::Energy> capacity;                        ///< step 100 Wh
  std::optional<std::uint16_t> pin;                            ///< 0..9999
  friend constexpr bool operator==(const AppSettings1&, const AppSettings1&) = default;
};

/// `S2@`; gen2 ends behind the restarts. Temperatures: the sensor line of wire/temperature.hpp.
struct AppSettings2 {
  std::optional<core::Voltage> v_min, v_max;             ///< step 5 mV
  std::optional<core::Temperature> t_charge_min, t_max;  ///< step 0.857 °C
  std::optional<std::uint8_t> charge_restart_percent, discharge_restart_percent;
  /// Decoded outside -40..80 °C: the one for charging, as the product's app has it.
  std::optional<core::Temperature> t_discharge_min;
  std::optional<core::Voltage> v_low, v_nominal;                    ///< step 5 mV
  std::optional<core::Voltage> v_min_hysteresis, v_max_hysteresis;  ///< step 10 mV
  friend constexpr bool operator==(const AppSettings2&, const AppSettings2&) = default;
};

/// `S3@`, gen3; a firmware may end early behind any field from the third on.
struct AppSettings3 {
  std::optional<std::uint8_t> sensor_type;
  std::optional<bool> critical_mode, charge_force_off, discharge_force_off, use_measured_capacity;
  std::optional<core::Duration> charge_restart_delay, discharge_restart_delay;  ///< step 5 s
  std::optional<core::Duration> charge_pause_delay, discharge_pause_delay;      ///< step 2 s
  std::optional<bool> soc_voltage_correction;
  std::optional<std::uint8_t> chemistry;
  std::optional<core::Current> tail_current;  ///< step 0.2 A
  friend constexpr bool operator==(const AppSettings3&, const AppSettings3&) = default;
};

/// `SRY0@` (charge relay), `SRY1@` (load relay), gen3.
struct AppRelaySettings {
  std::optional<std::uint8_t> force_position, function;
  std::optional<bool> invert;
  friend constexpr bool operator==(const AppRelaySettings&, const AppRelaySettings&) = default;
};

/// `TS@`: the board's clock that the log's entries refer to.
struct AppLogTime {
  std::optional<std::uint32_t> now_s;
  friend constexpr bool operator==(const AppLogTime&, const AppLogTime&) = default;
};

enum class AppLogKind : std::uint8_t {
  none = 0,
  v_low = 1,
  v_high = 2,
  t_low_charge = 3,
  t_high = 4,
  communication = 5,
  t_low_discharge = 6,
};

/// `L0@`..`L9@`. Kinds above the known ones are left as they come.
struct AppLogEntry {
  std::optional<std::uint32_t> at_s;
  AppLogKind kind = AppLogKind::none;
  std::optional<std::uint16_t> value;  ///< 5 mV a count, or a raw temperature, by kind
  std::uint8_t cell = 0;               ///< 1-based; 0: none
  friend constexpr bool operator==(const AppLogEntry&, const AppLogEntry&) = default;
};

inline constexpr std::size_t app_history_hours = 168;
inline constexpr std::size_t app_history_block_hours = 12;

/// `H0@`..`HD@`: block n holds hours 12 n .. 12 n + 11 of a ring of 168.
struct AppHistoryBlock {
  std::uint8_t newest = 0;  ///< place of the newest hour in the ring, 0..167
  std::array<std::optional<std::uint8_t>, app_history_block_hours> soc_percent;  ///< 0..100
  friend constexpr bool operator==(const AppHistoryBlock&, const AppHistoryBlock&) = default;
};

/// Writes a reply with its checksum, without the line's end. Values go to the nearest step; beyond
/// a field's range they are sent as its end, never wrapped.
/// @tparam Reply  a struct of this file or of wire/app_our_replies.hpp
template <class Reply>
AppLine encode_app_reply(const Reply& reply, AppDialect dialect);

/// Reads the reply to a query. Both dialects are read alike, but for the firmware's number.
/// @tparam Reply  which one was asked for: a reply does not name itself
template <class Reply>
core::Result<Reply, AppFault> decode_app_reply(std::string_view line, AppDialect dialect);

}  // namespace cellwarden::wire
