/// Joins cells, boards' senses, charger, load and weather.
// SPDX-License-Identifier: Apache-2.0
#include "plant/pack.hpp"

#include <cmath>
#include <string>

#include "plant/check.hpp"
#include "plant/hash.hpp"
#include "plant/random.hpp"

namespace cellwarden::plant {
namespace {

constexpr double substep_max_s = 1.0;
constexpr double day_s = 86400.0;

// Streams of the seed.
constexpr std::uint64_t spread_stream = 1;
constexpr std::uint64_t weather_stream = 2;
constexpr std::uint64_t load_stream = 3;
constexpr std::uint64_t board_stream = 4;

PackOptions checked(const PackOptions& options) {
  require_within("cell_count", options.cell_count, cell_count_min, cell_count_max);
  require_within("start_hour", options.start_hour, 0.0, 24.0);
  require_within("link_ohm", options.link_ohm, 0.0, 1.0);
  const BoardOptions& boards = options.boards;
  require_within("boards.voltage_error_max_v", boards.voltage_error_max_v, 0.0, 1.0);
  require_within("boards.temperature_error_max_k", boards.temperature_error_max_k, 0.0, 50.0);
  require_within("boards.bypass_a", boards.bypass_a, 0.0, 10.0);
  require_within("boards.supply_a", boards.supply_a, 0.0, 1.0);
  require_within("boards.tap_wire_ohm", boards.tap_wire_ohm, 0.0, 1.0);
  return options;
}

void require_controls(const Controls& controls, int cell_count) {
  const std::size_t given = controls.bypass_duty.size();
  if (given != 0 && given != static_cast<std::size_t>(cell_count)) {
    throw std::invalid_argument("bypass_duty: " + std::to_string(given) + " duties for " +
                                std::to_string(cell_count) + " cells");
  }
  for (const double duty : controls.bypass_duty) require_within("bypass_duty", duty, 0.0, 1.0);
}

}  // namespace

PackOptions household_pack(int cell_count, const CellParameters& cells) {
  const double per_cell = cells.capacity_ah / 280.0;
  PackOptions options;
  options.cell_count = cell_count;
  options.cells = cells;
  options.charger = {.panel_peak_w = 100.0 * per_cell * cell_count,
                     .current_max_a = 35.0 * per_cell,
                     .absorption_v = 3.55 * cell_count,
                     .float_v = 3.375 * cell_count,
                     .tail_current_a = 2.0 * per_cell};
  options.load = {.inverter_max_w = 150.0 * per_cell * cell_count,
                  .inverter_idle_w = 1.5 * per_cell * cell_count,
                  .standby_w = 3.75 * per_cell * cell_count,
                  .cut_off_v = 2.7 * cell_count,
                  .restart_v = 3.15 * cell_count};
  return options;
}

Pack::Pack(const PackOptions& options, std::uint64_t seed)
    : options_(checked(options)),
      cells_(options.cells, options.cell_count, options.spread, options.start_soc,
             Weather(options.weather, mix(seed, weather_stream))
                 .ambient_c(options.start_hour * 3600.0),
             mix(seed, spread_stream)),
      weather_(options.weather, mix(seed, weather_stream)),
      charger_(options.charger),
      load_(options.load, mix(seed, load_stream)) {
  time_s_.add(options.start_hour * 3600.0);
  Random random(mix(seed, board_stream));
  const BoardOptions& boards = options_.boards;
  for (int cell = 0; cell < options_.cell_count; ++cell) {
    voltage_error_v_.push_back(
        random.normal_within(boards.voltage_error_max_v / 3.0, boards.voltage_error_max_v));
    temperature_error_k_.push_back(
        random.normal_within(boards.temperature_error_max_k / 3.0, boards.temperature_error_max_k));
  }
  step(0.0, {});
}

void Pack::step(double dt_s, const Controls& controls) {
  require_within("dt_s", dt_s, 0.0, 1e9);
  require_controls(controls, cell_count());
  set_board_currents(controls);
  const double parts = std::ceil(dt_s / substep_max_s);
  for (double part = 0.0; part < parts; part += 1.0) substep(dt_s / parts, controls);
  look(controls);
}

void Pack::set_board_currents(const Controls& controls) {
  for (int cell = 0; cell < cell_count(); ++cell) {
    const double duty =
        controls.bypass_duty.empty() ? 0.0 : controls.bypass_duty[static_cast<std::size_t>(cell)];
    cells_.set_board_current_a(cell, options_.boards.supply_a + duty * options_.boards.bypass_a);
  }
}

void Pack::substep(double dt_s, const Controls& controls) {
  const double middle_s = time_s() + 0.5 * dt_s;
  const SeriesModel ahead = cells_.series_ahead(dt_s);
  const SourceLimits limits =
      charger_.limits(weather_.irradiance_w_per_m2(middle_s), controls.charge_relay_closed);
  const BusFlow flow = solve_bus({ahead.emf_v, ahead.ohm + links_ohm()}, limits,
                                 load_.battery_w(middle_s, controls.load_relay_closed));
  cells_.advance(dt_s, flow.battery_a(), weather_.ambient_c(middle_s));
  note(dt_s, flow);
  charger_.follow(dt_s, flow.voltage_v, flow.current_in_a, limits);
  load_.follow(flow.voltage_v);
  time_s_.add(dt_s);
}

void Pack::note(double dt_s, const BusFlow& flow) {
  const CellsEnergy cells = cells_.last_energy();
  const double current_a = flow.battery_a();
  const double link_v = links_ohm() * current_a;
  const double volt_seconds = cells.volt_seconds + link_v * dt_s;
  ledger_.charge_in_c.add(flow.current_in_a * dt_s);
  ledger_.charge_out_c.add(flow.current_out_a * dt_s);
  ledger_.board_charge_c.add(cells.board_c);
  ledger_.side_charge_c.add(cells.side_c);
  ledger_.energy_in_j.add(flow.current_in_a * volt_seconds);
  ledger_.energy_out_j.add(flow.current_out_a * volt_seconds);
  ledger_.link_j.add(link_v * current_a * dt_s);
  ledger_.stored_j.add(cells.stored_j);
  ledger_.cell_heat_j.add(cells.cell_heat_j);
  ledger_.board_heat_j.add(cells.board_heat_j);
  ledger_.to_ambient_j.add(cells.to_ambient_j);
  ledger_.warmed_j.add(cells.warmed_j);
}

void Pack::look(const Controls& controls) {
  const SeriesModel now = cells_.series();
  const SourceLimits limits =
      charger_.limits(weather_.irradiance_w_per_m2(time_s()), controls.charge_relay_closed);
  flow_ = solve_bus({now.emf_v, now.ohm + links_ohm()}, limits,
                    load_.battery_w(time_s(), controls.load_relay_closed));
  cells_.look(flow_.battery_a());
}

double Pack::links_ohm() const { return options_.link_ohm * (options_.cell_count + 1); }

double Pack::bypass_a(int cell) const {
  if (cell < 0 || cell >= cell_count()) return 0.0;
  return cells_.board_current_a()[static_cast<std::size_t>(cell)];
}

double Pack::board_voltage_v(int cell, bool own_bypass_paused) const {
  const auto i = static_cast<std::size_t>(cell);
  const double taken_a = bypass_a(cell);
  const double own_a = own_bypass_paused ? options_.boards.supply_a : taken_a;
  const double cell_v = cells_.voltage_v()[i] + cells_.r0_ohm()[i] * (taken_a - own_a);
  // Two wires carry the board's own current, each shared with a neighbour whose current runs the
  // other way in it.
  const double wire_v =
      options_.boards.tap_wire_ohm * (2.0 * own_a - bypass_a(cell - 1) - bypass_a(cell + 1));
  return cell_v - wire_v + voltage_error_v_[i];
}

double Pack::board_temperature_c(int cell) const {
  const auto i = static_cast<std::size_t>(cell);
  return cells_.board_temperature_c()[i] + temperature_error_k_[i];
}

double Pack::hour_of_day() const {
  const auto day = static_cast<std::int64_t>(time_s() / day_s);
  return (time_s() - static_cast<double>(day) * day_s) / 3600.0;
}

std::uint64_t Pack::state_hash() const {
  StateHash hash;
  hash.add(cells_.state_hash());
  hash.add(time_s());
  hash.add(flow_.voltage_v);
  hash.add(flow_.current_in_a);
  hash.add(flow_.current_out_a);
  hash.add(static_cast<std::uint64_t>(charger_.stage()));
  hash.add(static_cast<std::uint64_t>(load_.cut_off()));
  hash.add(ledger_.energy_in_j.value());
  hash.add(ledger_.energy_out_j.value());
  hash.add(std::span<const double>(voltage_error_v_));
  hash.add(std::span<const double>(temperature_error_k_));
  return hash.value();
}

}  // namespace cellwarden::plant
