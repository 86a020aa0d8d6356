// SPDX-License-Identifier: Apache-2.0
#include "core/app_answers.hpp"
#include "core/extended_output.hpp"
#include "wire/temperature.hpp"

namespace cellwarden::core {
namespace {

using wire::AppDialect;
using wire::AppLine;
using wire::AppRecordKind;

bool is_heard(const OutFirmware& firmware) {
  return firmware.board.link.cell_count() != 0 && !firmware.board.alarms.communication;
}

std::uint16_t raw_of(Temperature t) {
  return wire::raw_from_temperature(t, wire::TemperatureLine::sensor);
}

wire::AppPackRecord pack(const OutFirmware& firmware) {
  if (!is_heard(firmware)) return {};
  const PackCurrents& currents = firmware.board.currents;
  return {.voltage = firmware.board.link.head().sum,
          .in = currents.in,
          .battery = currents.net(),
          .out = currents.out};
}

wire::AppVoltageRecord voltages(const OutFirmware& firmware) {
  const wire::ChainHead& head = firmware.board.link.head();
  if (!is_heard(firmware)) return {};
  return {.lowest = wire::VoltageOfCell{head.lowest.voltage, head.lowest.cell},
          .highest = wire::VoltageOfCell{head.highest.voltage, head.highest.cell},
          .v_bypass = head.order.v_bypass};
}

wire::AppTemperatureRecord temperatures(const OutFirmware& firmware) {
  const wire::ChainHead& head = firmware.board.link.head();
  wire::AppTemperatureRecord record;
  if (device_log(firmware.memory.log, 0)) record.log_index = 0;
  if (!is_heard(firmware)) return record;
  record.coldest = {raw_of(head.coldest.temperature), head.coldest.cell};
  record.hottest = {raw_of(head.hottest.temperature), head.hottest.cell};
  return record;
}

wire::AppCellRecord cell_record(const OutFirmware& firmware, std::uint8_t number) {
  const HeardCell& cell = firmware.board.link.cell(number);
  wire::AppCellRecord record;
  record.number = number;
  record.count = static_cast<std::uint8_t>(firmware.board.link.cell_count());
  // A pack that is heard has every cell.
  if (is_heard(firmware)) {
    record.voltage = cell.reading.voltage;
    record.temperature_raw = raw_of(cell.reading.temperature);
  }
  record.status = frame_status(firmware.board, firmware.board.alarms.communication);
  record.second_status =
      wire::SecondStatus::from_byte(extended_value(firmware.board, firmware.settings, 16));
  return record;
}

wire::AppEnergyRecord energy(const OutFirmware& firmware) {
  const std::int64_t ppm = firmware.board.soc.share().in_ppm();
  const PackTotals& totals = firmware.board.totals;
  return {.collected_today = totals.collected_today.total(),
          .stored = stored_energy(firmware.board, firmware.settings),
          .consumed_today = totals.consumed_today.total(),
          .soc_percent = static_cast<std::uint8_t>(ppm / 10'000)};
}

wire::AppTotalsRecord totals_record(const OutFirmware& firmware) {
  wire::AppTotalsRecord record;
  record.collected = firmware.board.totals.collected.total();
  record.consumed = firmware.board.totals.consumed.total();
  if (const auto minute = firmware.minute_of_day) {
    record.time = {static_cast<std::uint8_t>(*minute / 60),
                   static_cast<std::uint8_t>(*minute % 60)};
  }
  return record;
}

wire::AppHealthRecord health(const OutFirmware& firmware) {
  const int cells = firmware.board.link.cell_count();
  wire::AppHealthRecord record;
  record.charge_efficiency_percent = 100;  // what coulomb counting takes it to be
  if (cells == 0) return record;
  const Charge capacity = charge_of(firmware.settings.capacity, firmware.settings.v_nominal, cells);
  Lifetime charged = firmware.board.lifetime;
  charged.discharged = charged.charged;
  record.charge_cycles_hundredths = charged.full_cycles_hundredths(capacity);
  record.discharge_cycles_hundredths = firmware.board.lifetime.full_cycles_hundredths(capacity);
  return record;
}

wire::AppBatteryRecord battery(const OutFirmware& firmware) {
  wire::AppBatteryRecord record;
  record.charged = firmware.board.totals.charged.total();
  record.discharged = firmware.board.totals.discharged.total();
  return record;
}

}  // namespace

AppLine app_record(const OutFirmware& firmware, AppRecordKind kind, std::uint8_t cell,
                   AppDialect dialect) {
  switch (kind) {
    case AppRecordKind::pack:
      return wire::encode_app_record(pack(firmware), dialect);
    case AppRecordKind::voltages:
      return wire::encode_app_record(voltages(firmware), dialect);
    case AppRecordKind::temperatures:
      return wire::encode_app_record(temperatures(firmware), dialect);
    case AppRecordKind::cell:
      return wire::encode_app_record(cell_record(firmware, cell), dialect);
    case AppRecordKind::energy:
      return wire::encode_app_record(energy(firmware), dialect);
    case AppRecordKind::totals:
      return wire::encode_app_record(totals_record(firmware), dialect);
    case AppRecordKind::health:
      return wire::encode_app_record(health(firmware), dialect);
    case AppRecordKind::battery:
    default:
      break;
  }
  return wire::encode_app_record(battery(firmware), dialect);
}

}  // namespace cellwarden::core
