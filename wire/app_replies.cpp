// SPDX-License-Identifier: Apache-2.0
#include "wire/app_replies.hpp"

#include "wire/app_fields.hpp"
#include "wire/app_our_replies.hpp"

namespace cellwarden::wire {
namespace {

using core::Temperature;

constexpr AppField voltage{.width = 4, .step = 5, .most = 0xFFFF};
constexpr AppField hysteresis{.step = 10};
constexpr AppField threshold{.width = 4, .most = 0xFFFF};
constexpr AppField watts{.width = 4, .step = 10, .most = 0xFFFF};
constexpr AppField capacity{.width = 4, .step = 100, .most = 0xFFFF};
constexpr AppField seconds_5{.width = 4, .step = 5'000, .most = 0xFFFF};
constexpr AppField seconds_2{.step = 2'000};
constexpr AppField tail_current{.step = 200};
constexpr AppField log_value{.width = 3, .most = 0xFFFF};
constexpr AppField place_in_history{.most = app_history_hours - 1};
constexpr AppField break_place{.has_sign = true};
constexpr std::uint8_t history_empty = 0xFF;
constexpr std::uint8_t percent_most = 100;

template <class T>
constexpr T lesser(T a, T b) {
  return a < b ? a : b;
}

void describe_firmware(AppFieldWriter& fields, const std::optional<Firmware>& firmware,
                       AppDialect dialect) {
  if (!firmware) return fields.field(std::optional<std::uint8_t>(), app_field::byte);
  if (dialect == AppDialect::gen2) {
    const std::uint32_t number =
        firmware->major * std::uint32_t{10} + lesser<std::uint32_t>(firmware->minor, 9);
    return push_hex(fields.open(), lesser<std::uint32_t>(number, 0xFF), 2);
  }
  AppLine& line = fields.open();
  push_hex(line, lesser<std::uint32_t>(firmware->major, 15), 1);
  push_hex(line, lesser<std::uint32_t>(firmware->minor, 15), 1);
  push_hex(line, firmware->patch, 1);
}

void describe_firmware(AppFieldReader& fields, std::optional<Firmware>& firmware,
                       AppDialect dialect) {
  const auto text = fields.text();
  if (!text) return;
  const auto number = hex_number(*text);
  if (!number) return fields.refuse(AppFault::bad_number);
  const auto part = [](std::uint32_t value) { return static_cast<std::uint8_t>(value); };
  if (dialect == AppDialect::gen2) {
    if (*number > 0xFF) return fields.refuse(AppFault::out_of_range);
    firmware = {part(*number / 10), part(*number % 10), 0};
    return;
  }
  if (text->size() < 2 || text->size() > 4) return fields.refuse(AppFault::out_of_range);
  const std::size_t patch_bits = 4 * (text->size() - 2);
  const std::uint32_t head = *number >> patch_bits;
  firmware = {part(head >> 4U), part(head & 0xFU), part(*number & ((1U << patch_bits) - 1))};
}

/// Four digits, each as the two hex digits of its character: 1234 is 31323334.
void describe_pin(AppFieldWriter& fields, const std::optional<std::uint16_t>& pin) {
  if (!pin) return fields.field(std::optional<std::uint32_t>(), app_field::time);
  CELLWARDEN_ASSERT(*pin <= app_pin_max);
  AppLine& line = fields.open();
  for (unsigned unit = 1000; unit > 0; unit /= 10) {
    line.push('3');
    push_hex(line, *pin / unit % 10, 1);
  }
}

void describe_pin(AppFieldReader& fields, std::optional<std::uint16_t>& pin) {
  const auto text = fields.text();
  if (!text) return;
  if (text->size() != 8) return fields.refuse(AppFault::bad_number);
  unsigned value = 0;
  for (std::size_t i = 0; i < text->size(); i += 2) {
    const char digit = (*text)[i + 1];
    if ((*text)[i] != '3' || digit < '0' || digit > '9') {
      return fields.refuse(AppFault::bad_number);
    }
    value = value * 10 + static_cast<unsigned>(digit - '0');
  }
  pin = static_cast<std::uint16_t>(value);
}

/// Twelve values in one field, two digits each.
void describe_history(AppFieldWriter& fields, const AppHistoryBlock& block) {
  AppLine& line = fields.open();
  for (const auto& percent : block.soc_percent) {
    push_hex(line, percent ? lesser(*percent, percent_most) : history_empty, 2);
  }
}

void describe_history(AppFieldReader& fields, AppHistoryBlock& block) {
  const auto text = fields.text();
  if (!text) return;
  if (text->size() != 2 * app_history_block_hours) return fields.refuse(AppFault::bad_number);
  for (std::size_t i = 0; i < app_history_block_hours; ++i) {
    const auto value = hex_number(slice(*text, 2 * i, 2));
    if (!value) return fields.refuse(AppFault::bad_number);
    if (*value == history_empty) continue;
    if (*value > percent_most) return fields.refuse(AppFault::out_of_range);
    block.soc_percent[i] = static_cast<std::uint8_t>(*value);
  }
}

template <class Codec, Either<AppVersion> Reply>
void describe(Codec& codec, Reply& reply, AppDialect dialect) {
  describe_firmware(codec, reply.firmware, dialect);
  codec.field(reply.second, app_field::byte);
  codec.field(reply.third, app_field::byte);
  codec.field(reply.status, app_field::byte);
  codec.field(reply.v_bypass, app_field::cell_voltage);
}

template <class Codec, Either<AppSettings1> Reply>
void describe(Codec& codec, Reply& reply, AppDialect) {
  codec.field(reply.solar_peak_w, watts);
  codec.field(reply.inverter_peak_w, watts);
  codec.field(reply.capacity, capacity);
  describe_pin(codec, reply.pin);
}

template <class Codec, Either<AppSettings2> Reply>
void describe(Codec& codec, Reply& reply, AppDialect dialect) {
  codec.field(reply.v_min, voltage);
  codec.field(reply.v_max, voltage);
  codec.field(reply.t_charge_min, threshold);
  codec.field(reply.t_max, threshold);
  codec.field(reply.charge_restart_percent, app_field::percent);
  codec.field(reply.discharge_restart_percent, app_field::percent);
  codec.tail(dialect == AppDialect::gen3);
  codec.field(reply.t_discharge_min, threshold);
  codec.field(reply.v_low, voltage);
  codec.field(reply.v_nominal, voltage);
  codec.field(reply.v_min_hysteresis, hysteresis);
  codec.field(reply.v_max_hysteresis, hysteresis);
}

template <class Codec, Either<AppSettings3> Reply>
void describe(Codec& codec, Reply& reply, AppDialect) {
  codec.field(reply.sensor_type, app_field::byte);
  codec.field(reply.critical_mode, app_field::flag);
  codec.tail(true);
  codec.field(reply.charge_force_off, app_field::flag);
  codec.field(reply.discharge_force_off, app_field::flag);
  codec.field(reply.use_measured_capacity, app_field::flag);
  codec.field(reply.charge_restart_delay, seconds_5);
  codec.field(reply.discharge_restart_delay, seconds_5);
  codec.field(reply.charge_pause_delay, seconds_2);
  codec.field(reply.discharge_pause_delay, seconds_2);
  codec.field(reply.soc_voltage_correction, app_field::flag);
  codec.field(reply.chemistry, app_field::byte);
  codec.field(reply.tail_current, tail_current);
}

template <class Codec, Either<AppRelaySettings> Reply>
void describe(Codec& codec, Reply& reply, AppDialect) {
  codec.field(reply.force_position, app_field::byte);
  codec.field(reply.function, app_field::byte);
  codec.field(reply.invert, app_field::flag);
}

template <class Codec, Either<AppLogTime> Reply>
void describe(Codec& codec, Reply& reply, AppDialect) {
  codec.field(reply.now_s, app_field::time);
}

template <class Codec, Either<AppLogEntry> Reply>
void describe(Codec& codec, Reply& reply, AppDialect) {
  codec.field(reply.at_s, app_field::time);
  codec.or_zero(reply.kind, app_field::byte);
  codec.field(reply.value, log_value);
  codec.or_zero(reply.cell, app_field::byte);
}

template <class Codec, Either<AppHistoryBlock> Reply>
void describe(Codec& codec, Reply& reply, AppDialect) {
  codec.required(reply.newest, place_in_history);
  describe_history(codec, reply);
}

template <class Codec, Either<AppSetting> Reply>
void describe(Codec& codec, Reply& reply, AppDialect) {
  codec.required(reply.id, app_field::byte);
  codec.required(reply.value, app_field::integer);
  codec.required(reply.minimum, app_field::integer);
  codec.required(reply.maximum, app_field::integer);
  codec.required(reply.preset, app_field::integer);
  codec.required(reply.step, app_field::integer);
}

template <class Codec, Either<AppEvent> Reply>
void describe(Codec& codec, Reply& reply, AppDialect) {
  codec.required(reply.index, app_field::byte);
  codec.required(reply.at_s, app_field::time);
  codec.required(reply.kind, app_field::byte);
  codec.required(reply.cause, app_field::byte);
  codec.required(reply.cell, app_field::byte);
  codec.required(reply.value, app_field::integer);
}

template <class Codec, Either<AppLifetime> Reply>
void describe(Codec& codec, Reply& reply, AppDialect) {
  codec.required(reply.charged, app_field::number);
  codec.required(reply.discharged, app_field::number);
  codec.required(reply.charged_ah, app_field::number);
  codec.required(reply.discharged_ah, app_field::number);
  codec.required(reply.full_cycles_hundredths, app_field::number);
  codec.required(reply.hot_minutes, app_field::number);
  codec.required(reply.cold_minutes, app_field::number);
  codec.required(reply.cold_charge_minutes, app_field::number);
  codec.required(reply.deep_discharges, app_field::number);
  codec.required(reply.running_hours, app_field::number);
}

template <class Codec, Either<AppChain> Reply>
void describe(Codec& codec, Reply& reply, AppDialect) {
  codec.required(reply.fault, app_field::byte);
  codec.field(reply.break_before, break_place);
  codec.required(reply.cell_count, app_field::byte);
  codec.required(reply.programmed_cells, app_field::byte);
  codec.required(reply.refused, app_field::number);
}

/// The product's app takes the T-min for charging where the one for discharging makes no sense.
void mend(AppSettings2& reply) {
  constexpr auto least = Temperature::decicelsius(-400), most = Temperature::decicelsius(800);
  auto& t_min = reply.t_discharge_min;
  if (t_min && (*t_min < least || *t_min > most)) t_min = reply.t_charge_min;
}
template <class Reply>
void mend(Reply&) {}

}  // namespace

template <class Reply>
AppLine encode_app_reply(const Reply& reply, AppDialect dialect) {
  AppFieldWriter fields;
  describe(fields, reply, dialect);
  return fields.with_checksum();
}

template <class Reply>
core::Result<Reply, AppFault> decode_app_reply(std::string_view line, AppDialect dialect) {
  const auto content = without_checksum(line);
  if (!content.good()) return content.fault();
  AppFieldReader fields(content.value());
  Reply reply;
  describe(fields, reply, dialect);
  mend(reply);
  return finished(fields, reply);
}

#define CELLWARDEN_APP_REPLY(Reply)                            \
  template AppLine encode_app_reply(const Reply&, AppDialect); \
  template core::Result<Reply, AppFault> decode_app_reply<Reply>(std::string_view, AppDialect)

CELLWARDEN_APP_REPLY(AppVersion);
CELLWARDEN_APP_REPLY(AppSettings1);
CELLWARDEN_APP_REPLY(AppSettings2);
CELLWARDEN_APP_REPLY(AppSettings3);
CELLWARDEN_APP_REPLY(AppRelaySettings);
CELLWARDEN_APP_REPLY(AppLogTime);
CELLWARDEN_APP_REPLY(AppLogEntry);
CELLWARDEN_APP_REPLY(AppHistoryBlock);
CELLWARDEN_APP_REPLY(AppSetting);
CELLWARDEN_APP_REPLY(AppEvent);
CELLWARDEN_APP_REPLY(AppLifetime);
CELLWARDEN_APP_REPLY(AppChain);

}  // namespace cellwarden::wire
