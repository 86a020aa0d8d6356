// SPDX-License-Identifier: Apache-2.0
#include "wire/app_records.hpp"

#include "wire/app_fields.hpp"

namespace cellwarden::wire {
namespace {

constexpr AppField amperes(AppDialect dialect) {
  return {.width = 4,
          .step = dialect == AppDialect::gen3 ? 50 : 125,
          .most = 0xFF'FFFF,
          .has_sign = true};
}

/// A value and the number of its cell; the number of an empty value means nothing.
template <class Codec, class Pair, class Value>
void describe_pair(Codec& codec, Pair& pair, std::optional<Value> value, const AppField& how) {
  std::uint8_t cell = pair ? pair->cell : std::uint8_t{0};
  codec.field(value, how);
  codec.or_zero(cell, app_field::byte);
  if constexpr (!std::is_const_v<Pair>) {
    if (value) pair = {*value, cell};
  }
}

template <class Codec, class Pair>
void describe_voltage(Codec& codec, Pair& pair) {
  using Value = std::optional<core::Voltage>;
  describe_pair(codec, pair, pair ? Value(pair->voltage) : Value(), app_field::cell_voltage);
}

template <class Codec, class Pair>
void describe_temperature(Codec& codec, Pair& pair) {
  using Value = std::optional<std::uint16_t>;
  describe_pair(codec, pair, pair ? Value(pair->raw) : Value(), app_field::raw_temperature);
}

void describe_time(AppFieldWriter& fields, const std::optional<AppTimeOfDay>& time) {
  if (!time) return fields.field(std::optional<std::uint8_t>(), app_field::byte);
  AppLine& line = fields.open();
  push_hex(line, time->hour, 2);
  line.push(':');
  push_hex(line, time->minute, 2);
}

void describe_time(AppFieldReader& fields, std::optional<AppTimeOfDay>& time) {
  const auto text = fields.text();
  if (!text) return;
  const std::size_t colon = text->find(':');
  const auto hour = hex_number(slice(*text, 0, colon));
  const auto minute = hex_number(colon < text->size() ? slice(*text, colon + 1) : "");
  if (!hour || !minute) return fields.refuse(AppFault::bad_number);
  if (*hour > 23 || *minute > 59) return fields.refuse(AppFault::out_of_range);
  time = {static_cast<std::uint8_t>(*hour), static_cast<std::uint8_t>(*minute)};
}

template <class Codec, Either<AppPackRecord> Record>
void describe(Codec& codec, Record& record, AppDialect dialect) {
  codec.field(record.voltage, app_field::pack_voltage);
  codec.field(record.in, amperes(dialect));
  codec.field(record.battery, amperes(dialect));
  codec.field(record.out, amperes(dialect));
}

template <class Codec, Either<AppVoltageRecord> Record>
void describe(Codec& codec, Record& record, AppDialect) {
  describe_voltage(codec, record.lowest);
  describe_voltage(codec, record.highest);
  codec.field(record.v_bypass, app_field::cell_voltage);
}

template <class Codec, Either<AppTemperatureRecord> Record>
void describe(Codec& codec, Record& record, AppDialect dialect) {
  describe_temperature(codec, record.coldest);
  describe_temperature(codec, record.hottest);
  codec.tail(dialect == AppDialect::gen3);
  codec.field(record.log_index, app_field::byte);
}

template <class Codec, Either<AppCellRecord> Record>
void describe(Codec& codec, Record& record, AppDialect dialect) {
  codec.or_zero(record.number, app_field::byte);
  codec.or_zero(record.count, app_field::byte);
  codec.field(record.voltage, app_field::cell_voltage);
  codec.field(record.temperature_raw, app_field::raw_temperature);
  codec.field(record.status, app_field::byte);
  codec.tail(dialect == AppDialect::gen3 && record.second_status);
  codec.field(record.second_status, app_field::byte);
}

template <class Codec, Either<AppEnergyRecord> Record>
void describe(Codec& codec, Record& record, AppDialect) {
  codec.field(record.collected_today, app_field::watt_hours);
  codec.field(record.stored, app_field::watt_hours);
  codec.field(record.consumed_today, app_field::watt_hours);
  codec.field(record.soc_percent, app_field::percent);
}

template <class Codec, Either<AppTotalsRecord> Record>
void describe(Codec& codec, Record& record, AppDialect) {
  codec.field(record.collected, app_field::kilowatt_hours);
  codec.field(record.consumed, app_field::kilowatt_hours);
  describe_time(codec, record.time);
}

template <class Codec, Either<AppHealthRecord> Record>
void describe(Codec& codec, Record& record, AppDialect) {
  constexpr AppField capacity{.width = 4, .most = 0xFFFF'FFFF, .cut = true};
  constexpr AppField cycles{.width = 6, .most = 0xFFFF'FFFF};
  codec.field(record.soh_percent, app_field::percent_or_ff);
  codec.field(record.measured_capacity, capacity);
  codec.field(record.measured_charge_capacity, capacity);
  codec.field(record.charge_efficiency_percent, app_field::percent_or_ff);
  codec.field(record.charge_cycles_hundredths, cycles);
  codec.field(record.discharge_cycles_hundredths, cycles);
}

template <class Codec, Either<AppBatteryRecord> Record>
void describe(Codec& codec, Record& record, AppDialect) {
  codec.field(record.charged, app_field::kilowatt_hours);
  codec.field(record.discharged, app_field::kilowatt_hours);
  codec.field(record.charged_today, app_field::watt_hours);
  codec.field(record.discharged_today, app_field::watt_hours);
}

/// Calls `act(kind, member)` for the record's member that has this letter.
/// @return  false when no record has it
template <class Act>
bool with_record(char letter, AppRecord& record, Act act) {
  switch (static_cast<AppRecordKind>(letter)) {
    case AppRecordKind::pack:
      act(record.pack);
      return true;
    case AppRecordKind::voltages:
      act(record.voltages);
      return true;
    case AppRecordKind::temperatures:
      act(record.temperatures);
      return true;
    case AppRecordKind::cell:
      act(record.cell);
      return true;
    case AppRecordKind::energy:
      act(record.energy);
      return true;
    case AppRecordKind::totals:
      act(record.totals);
      return true;
    case AppRecordKind::health:
      act(record.health);
      return true;
    case AppRecordKind::battery:
      act(record.battery);
      return true;
  }
  return false;
}

template <class Record>
constexpr AppRecordKind kind_of() {
  if constexpr (std::same_as<Record, AppPackRecord>) return AppRecordKind::pack;
  if constexpr (std::same_as<Record, AppVoltageRecord>) return AppRecordKind::voltages;
  if constexpr (std::same_as<Record, AppTemperatureRecord>) return AppRecordKind::temperatures;
  if constexpr (std::same_as<Record, AppCellRecord>) return AppRecordKind::cell;
  if constexpr (std::same_as<Record, AppEnergyRecord>) return AppRecordKind::energy;
  if constexpr (std::same_as<Record, AppTotalsRecord>) return AppRecordKind::totals;
  if constexpr (std::same_as<Record, AppHealthRecord>) return AppRecordKind::health;
  if constexpr (std::same_as<Record, AppBatteryRecord>) return AppRecordKind::battery;
}

}  // namespace

template <class Record>
AppLine encode_app_record(const Record& record, AppDialect dialect) {
  const char letter = static_cast<char>(kind_of<Record>());
  AppFieldWriter fields({&letter, 1});
  describe(fields, record, dialect);
  return fields.line();
}

template AppLine encode_app_record(const AppPackRecord&, AppDialect);
template AppLine encode_app_record(const AppVoltageRecord&, AppDialect);
template AppLine encode_app_record(const AppTemperatureRecord&, AppDialect);
template AppLine encode_app_record(const AppCellRecord&, AppDialect);
template AppLine encode_app_record(const AppEnergyRecord&, AppDialect);
template AppLine encode_app_record(const AppTotalsRecord&, AppDialect);
template AppLine encode_app_record(const AppHealthRecord&, AppDialect);
template AppLine encode_app_record(const AppBatteryRecord&, AppDialect);

core::Result<AppRecord, AppFault> decode_app_record(std::string_view line, AppDialect dialect) {
  if (line.size() < 2 || line[1] != '_') return AppFault::unknown;
  AppFieldReader fields(slice(line, 2));
  AppRecord record;
  const bool known = with_record(line[0], record, [&](auto& member) {
    record.kind = static_cast<AppRecordKind>(line[0]);
    describe(fields, member, dialect);
  });
  if (!known) return AppFault::unknown;
  return finished(fields, record);
}

}  // namespace cellwarden::wire
