// SPDX-License-Identifier: Apache-2.0
#include "sim/quantity.hpp"

namespace cellwarden::sim {
namespace {

using enum QuantityKind;

/// In the order of the enumeration.
constexpr QuantityRow rows[] = {
    {"cell_voltage_max", "V", measure, 3},
    {"cell_voltage_min", "V", measure, 3},
    {"cell_spread", "V", measure, 3},
    {"cell_soc_spread", "%", measure, 1},
    {"pack_voltage", "V", measure, 2},
    {"current", "A", measure, 1},
    {"current_in", "A", measure, 1},
    {"current_out", "A", measure, 1},
    {"current_shown", "A", measure, 2},
    {"temperature_max", "°C", measure, 1},
    {"temperature_min", "°C", measure, 1},
    {"ambient", "°C", measure, 1},
    {"sun", "W/m2", measure, 0},
    {"soc_true", "%", measure, 1},
    {"soc_shown", "%", measure, 1},
    {"soc_error", "%", measure, 1},
    {"charge_relay", "", contact, 0},
    {"load_relay", "", contact, 0},
    {"charge_contact", "", contact, 0},
    {"load_contact", "", contact, 0},
    {"alarm_communication", "", lamp, 0},
    {"alarm_v_high", "", lamp, 0},
    {"alarm_v_low", "", lamp, 0},
    {"alarm_t_high", "", lamp, 0},
    {"alarm_t_low", "", lamp, 0},
    {"generator", "", lamp, 0},
    {"broken_wire", "", count, 0},
    {"bypassing", "", count, 0},
    {"pin", "", count, 0},
    {"radio_reset", "", lamp, 0},
    {"charge_openings", "", count, 0},
    {"load_openings", "", count, 0},
};
static_assert(std::size(rows) == quantity_count);

}  // namespace

const QuantityRow& row_of(Quantity quantity) { return rows[static_cast<std::size_t>(quantity)]; }

std::optional<Quantity> quantity_with_name(std::string_view name) {
  for (std::size_t i = 0; i < quantity_count; ++i) {
    if (rows[i].name == name) return static_cast<Quantity>(i);
  }
  return std::nullopt;
}

}  // namespace cellwarden::sim
