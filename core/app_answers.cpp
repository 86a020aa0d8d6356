// SPDX-License-Identifier: Apache-2.0
#include "core/app_answers.hpp"

#include "core/extended_output.hpp"
#include "wire/app_our_replies.hpp"
#include "wire/temperature.hpp"

namespace cellwarden::core {
namespace {

using wire::AppCommandKind;
using wire::AppDialect;
using wire::AppLine;
using wire::AppRecordKind;

constexpr std::int64_t uc_per_ah = 3'600'000'000;
constexpr std::int64_t ms_per_minute = 60'000;

std::uint16_t raw_of(Temperature t) {
  return wire::raw_from_temperature(t, wire::TemperatureLine::sensor);
}
std::uint32_t minutes(std::int64_t ms) { return static_cast<std::uint32_t>(ms / ms_per_minute); }
std::uint32_t ampere_hours(Charge charge) {
  return static_cast<std::uint32_t>(charge.in_microcoulombs() / uc_per_ah);
}

/// Settings by their place in the table.
struct Values {
  const SettingValues& values;
  [[nodiscard]] std::uint8_t byte(std::size_t i) const {
    return static_cast<std::uint8_t>(values.at(i));
  }
  [[nodiscard]] bool flag(std::size_t i) const { return values.at(i) != 0; }
};

wire::Status status_of(const OutFirmware& firmware) {
  return frame_status(firmware.board, firmware.board.alarms.communication);
}

AppLine version(const OutFirmware& firmware, AppDialect dialect) {
  const auto v_bypass = firmware.board.link.head().order.v_bypass;
  const wire::Firmware number{firmware_major, firmware_minor, firmware_patch};
  return wire::encode_app_reply(wire::AppVersion{.firmware = number,
                                                 .second = std::nullopt,
                                                 .third = std::nullopt,
                                                 .status = status_of(firmware),
                                                 .v_bypass = v_bypass},
                                dialect);
}

AppLine settings_1(const OutFirmware& firmware, AppDialect dialect) {
  const SettingValues& v = firmware.memory.settings;
  return wire::encode_app_reply(
      wire::AppSettings1{
          .solar_peak_w = static_cast<std::uint32_t>(v.at(setting("solar_peak"))),
          .inverter_peak_w = static_cast<std::uint32_t>(v.at(setting("inverter_peak"))),
          .capacity = firmware.settings.capacity,
          .pin = firmware.memory.pin},
      dialect);
}

AppLine settings_2(const OutFirmware& firmware, AppDialect dialect) {
  const Settings& s = firmware.settings;
  const Values v{firmware.memory.settings};
  return wire::encode_app_reply(
      wire::AppSettings2{.v_min = s.v_min,
                         .v_max = s.v_max,
                         .t_charge_min = s.t_min,
                         .t_max = s.t_max,
                         .charge_restart_percent = v.byte(setting("charge_restart")),
                         .discharge_restart_percent = v.byte(setting("discharge_restart")),
                         .t_discharge_min = s.t_min_discharge.value_or(s.t_min),
                         .v_low = s.v_low,
                         .v_nominal = s.v_nominal,
                         .v_min_hysteresis = s.v_min_hysteresis,
                         .v_max_hysteresis = s.v_max_hysteresis},
      dialect);
}

AppLine settings_3(const OutFirmware& firmware, AppDialect dialect) {
  const Settings& s = firmware.settings;
  const Values v{firmware.memory.settings};
  const bool critical = firmware.board.link.head().order.critical_mode;
  return wire::encode_app_reply(
      wire::AppSettings3{.sensor_type = std::nullopt,
                         .critical_mode = critical,
                         .charge_force_off = v.flag(setting("charge_force_off")),
                         .discharge_force_off = v.flag(setting("discharge_force_off")),
                         .use_measured_capacity = false,
                         .charge_restart_delay = s.delays.charge_restart,
                         .discharge_restart_delay = s.delays.load_restart,
                         .charge_pause_delay = s.delays.charge_pause,
                         .discharge_pause_delay = s.delays.load_pause,
                         .soc_voltage_correction = false,
                         .chemistry = v.byte(setting("chemistry")),
                         .tail_current = s.tail_current},
      dialect);
}

AppLine relay_settings(const OutFirmware& firmware, std::uint8_t relay, AppDialect dialect) {
  const Values v{firmware.memory.settings};
  const bool first = relay == 0;
  return wire::encode_app_reply(
      wire::AppRelaySettings{
          .force_position = v.byte(first ? setting("relay1_force") : setting("relay2_force")),
          .function = v.byte(first ? setting("relay1_function") : setting("relay2_function")),
          .invert = v.flag(first ? setting("relay1_invert") : setting("relay2_invert"))},
      dialect);
}

wire::AppLogKind log_kind(EventCause cause) {
  switch (cause) {
    case EventCause::v_min:
      return wire::AppLogKind::v_low;
    case EventCause::v_max:
      return wire::AppLogKind::v_high;
    case EventCause::t_charge_min:
      return wire::AppLogKind::t_low_charge;
    case EventCause::t_max:
      return wire::AppLogKind::t_high;
    case EventCause::t_discharge_min:
      return wire::AppLogKind::t_low_discharge;
    case EventCause::communication:
      return wire::AppLogKind::communication;
    case EventCause::none:
    case EventCause::full:
    case EventCause::forced_off:
    case EventCause::allowed:
    case EventCause::owner:
    case EventCause::button:
    case EventCause::power_on:
    case EventCause::watchdog:
      break;
  }
  return wire::AppLogKind::none;
}

/// A voltage to the nearest 5 mV, a temperature as its raw count; a break has no value.
std::uint16_t log_value(const Event& event, wire::AppLogKind kind) {
  if (kind == wire::AppLogKind::communication) return 0;
  if (kind == wire::AppLogKind::v_low || kind == wire::AppLogKind::v_high) {
    return static_cast<std::uint16_t>((event.value + 2) / 5);
  }
  return raw_of(Temperature::decicelsius(event.value));
}

AppLine log_entry(const OutFirmware& firmware, std::uint8_t age, AppDialect dialect) {
  wire::AppLogEntry entry;
  if (const auto event = device_log(firmware.memory.log, age)) {
    entry.at_s = event->at_s;
    entry.kind = log_kind(event->cause);
    entry.value = log_value(*event, entry.kind);
    entry.cell = event->cell;
  }
  return wire::encode_app_reply(entry, dialect);
}

AppLine history_block(const OutFirmware& firmware, std::uint8_t block, AppDialect dialect) {
  const SocHistory& history = firmware.memory.history;
  wire::AppHistoryBlock reply;
  reply.newest = history.newest;
  for (std::size_t i = 0; i < reply.soc_percent.size(); ++i) {
    const std::uint8_t percent = history.percent[block * reply.soc_percent.size() + i];
    if (percent <= 100) reply.soc_percent[i] = percent;
  }
  return wire::encode_app_reply(reply, dialect);
}

std::optional<AppLine> one_setting(const OutFirmware& firmware, std::uint8_t id,
                                   AppDialect dialect) {
  const auto place = setting_with_id(id);
  if (!place) return std::nullopt;
  const SettingRow& row = settings_table[*place];
  return wire::encode_app_reply(wire::AppSetting{.id = id,
                                                 .value = firmware.memory.settings.at(*place),
                                                 .minimum = row.minimum,
                                                 .maximum = row.maximum,
                                                 .preset = row.preset,
                                                 .step = row.step},
                                dialect);
}

std::optional<AppLine> one_event(const OutFirmware& firmware, std::uint8_t age,
                                 AppDialect dialect) {
  const auto event = firmware.memory.log.recent(age);
  if (!event) return std::nullopt;
  return wire::encode_app_reply(wire::AppEvent{.index = age,
                                               .at_s = event->at_s,
                                               .kind = static_cast<std::uint8_t>(event->kind),
                                               .cause = static_cast<std::uint8_t>(event->cause),
                                               .cell = event->cell,
                                               .value = event->value},
                                dialect);
}

AppLine lifetime(const OutFirmware& firmware, AppDialect dialect) {
  const Lifetime& life = firmware.board.lifetime;
  const int cells = firmware.board.link.cell_count();
  const Charge capacity =
      cells == 0 ? Charge{}
                 : charge_of(firmware.settings.capacity, firmware.settings.v_nominal, cells);
  return wire::encode_app_reply(
      wire::AppLifetime{.charged = firmware.board.totals.charged.total(),
                        .discharged = firmware.board.totals.discharged.total(),
                        .charged_ah = ampere_hours(life.charged),
                        .discharged_ah = ampere_hours(life.discharged),
                        .full_cycles_hundredths = life.full_cycles_hundredths(capacity),
                        .hot_minutes = minutes(life.hot_ms),
                        .cold_minutes = minutes(life.cold_ms),
                        .cold_charge_minutes = minutes(life.cold_charge_ms),
                        .deep_discharges = life.deep_discharges,
                        .running_hours = minutes(life.running_ms) / 60},
      dialect);
}

AppLine chain(const OutFirmware& firmware, AppDialect dialect) {
  wire::AppChain reply;
  reply.fault = static_cast<std::uint8_t>(firmware.fault);
  if (const auto place = firmware.board.link.break_before()) {
    reply.break_before = static_cast<std::int16_t>(*place);
  }
  reply.cell_count = static_cast<std::uint8_t>(firmware.board.link.cell_count());
  reply.programmed_cells = firmware.board.link.head().order.programmed_cells;
  reply.refused = firmware.board.link.refused();
  return wire::encode_app_reply(reply, dialect);
}

}  // namespace

std::optional<Event> device_log(const EventLog& log, std::size_t age) {
  std::size_t alarms = 0;
  for (std::size_t i = 0; i < event_slots; ++i) {
    const auto event = log.recent(i);
    if (!event || event->kind != EventKind::alarm_on) continue;
    if (alarms++ == age) return event;
  }
  return std::nullopt;
}

std::optional<AppLine> app_reply(const OutFirmware& firmware, const wire::AppCommand& command,
                                 AppDialect dialect) {
  switch (command.kind) {
    case AppCommandKind::version:
      return version(firmware, dialect);
    case AppCommandKind::settings_1:
      return settings_1(firmware, dialect);
    case AppCommandKind::settings_2:
      return settings_2(firmware, dialect);
    case AppCommandKind::settings_3:
      return settings_3(firmware, dialect);
    case AppCommandKind::relay_settings:
      return relay_settings(firmware, command.index, dialect);
    case AppCommandKind::log_time:
      return wire::encode_app_reply(wire::AppLogTime{firmware.memory.device_s}, dialect);
    case AppCommandKind::log_entry:
      return log_entry(firmware, command.index, dialect);
    case AppCommandKind::soc_history:
      return history_block(firmware, command.index, dialect);
    case AppCommandKind::read_setting:
      return one_setting(firmware, command.index, dialect);
    case AppCommandKind::event:
      return one_event(firmware, command.index, dialect);
    case AppCommandKind::lifetime:
      return lifetime(firmware, dialect);
    case AppCommandKind::chain:
      return chain(firmware, dialect);
    case AppCommandKind::login:
    case AppCommandKind::stream_on:
    case AppCommandKind::stream_off:
    case AppCommandKind::write:
    case AppCommandKind::change_pin:
    case AppCommandKind::clear_energy:
    case AppCommandKind::set_clock:
    case AppCommandKind::write_setting:
    default:
      break;
  }
  return std::nullopt;
}

}  // namespace cellwarden::core
