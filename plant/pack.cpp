/// Joins cells, links and boards' senses.
// SPDX-License-Identifier: Apache-2.0
#include "plant/pack.hpp"

#include "plant/check.hpp"
#include "plant/hash.hpp"
#include "plant/random.hpp"

namespace cellwarden::plant {
namespace {

// Streams of the seed.
constexpr std::uint64_t spread_stream = 1;
constexpr std::uint64_t board_stream = 4;

PackOptions checked(const PackOptions& options) {
  require_within("cell_count", options.cell_count, cell_count_min, cell_count_max);
  require_within("link_ohm", options.link_ohm, 0.0, 1.0);
  require_within("bank_cable_ohm", options.bank_cable_ohm, 0.0, 1.0);
  const BoardOptions& boards = options.boards;
  require_within("boards.voltage_error_max_v", boards.voltage_error_max_v, 0.0, 1.0);
  require_within("boards.temperature_error_max_k", boards.temperature_error_max_k, 0.0, 50.0);
  require_within("boards.bypass_a", boards.bypass_a, 0.0, 10.0);
  require_within("boards.supply_a", boards.supply_a, 0.0, 1.0);
  require_within("boards.tap_wire_ohm", boards.tap_wire_ohm, 0.0, 1.0);
  return options;
}

}  // namespace

Pack::Pack(const PackOptions& options, double ambient_c, std::uint64_t seed)
    : options_(checked(options)),
      cells_(options.cells, options.cell_count, options.spread, options.start_soc, ambient_c,
             mix(seed, spread_stream)),
      faults_(options.cell_count),
      links_ohm_(options.link_ohm * (options.cell_count + 1) + options.bank_cable_ohm) {
  Random random(mix(seed, board_stream));
  const BoardOptions& boards = options_.boards;
  for (int cell = 0; cell < options_.cell_count; ++cell) {
    voltage_error_v_.push_back(
        random.normal_within(boards.voltage_error_max_v / 3.0, boards.voltage_error_max_v));
    temperature_error_k_.push_back(
        random.normal_within(boards.temperature_error_max_k / 3.0, boards.temperature_error_max_k));
    set_bypass_duty(cell, 0.0);
  }
  look(0.0);
}

void Pack::set_bypass_duty(int cell, double duty) {
  require_within("bypass_duty", duty, 0.0, 1.0);
  cells_.set_board_current_a(cell, options_.boards.supply_a + duty * options_.boards.bypass_a);
}

SeriesModel Pack::series() {
  SeriesModel now = cells_.series();
  now.ohm += links_ohm_;
  return now;
}

SeriesModel Pack::series_ahead(double dt_s) {
  SeriesModel ahead = cells_.series_ahead(dt_s);
  ahead.ohm += links_ohm_;
  return ahead;
}

void Pack::advance(double dt_s, double current_a, double ambient_c) {
  if (faults_.any()) {
    const double entered_j = faults_.act(cells_, dt_s, ambient_c);
    ledger_.external_j.add(entered_j);
    ledger_.warmed_j.add(entered_j);
  }
  cells_.advance(dt_s, current_a, ambient_c);
  current_a_ = current_a;
  note(dt_s);
}

void Pack::note(double dt_s) {
  const CellsEnergy cells = cells_.last_energy();
  const double link_v = links_ohm_ * current_a_;
  volt_seconds_ = cells.volt_seconds + link_v * dt_s;
  ledger_.charge_c.add(current_a_ * dt_s);
  ledger_.board_charge_c.add(cells.board_c);
  ledger_.side_charge_c.add(cells.side_c);
  ledger_.terminal_j.add(current_a_ * volt_seconds_);
  ledger_.link_j.add(link_v * current_a_ * dt_s);
  ledger_.stored_j.add(cells.stored_j);
  ledger_.cell_heat_j.add(cells.cell_heat_j);
  ledger_.board_heat_j.add(cells.board_heat_j);
  ledger_.to_ambient_j.add(cells.to_ambient_j);
  ledger_.warmed_j.add(cells.warmed_j);
}

void Pack::look(double current_a) {
  current_a_ = current_a;
  cells_.look(current_a);
}

double Pack::voltage_v() const {
  double sum_v = links_ohm_ * current_a_;
  for (const double cell_v : cells_.voltage_v()) sum_v += cell_v;
  return sum_v;
}

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

void Pack::read_boards_at_rest(std::span<double> voltage_v, std::span<double> temperature_c) const {
  const double supply_a = options_.boards.supply_a;
  // The boards' supplies cancel in a wire that two boards share; each end has one that is not.
  const double end_wire_v = options_.boards.tap_wire_ohm * supply_a;
  const std::size_t count = voltage_v.size();
  const auto terminals_v = cells_.voltage_v();
  const auto ohm = cells_.r0_ohm();
  const auto taken_a = cells_.board_current_a();
  const auto board_c = cells_.board_temperature_c();
  for (std::size_t i = 0; i < count; ++i) {
    voltage_v[i] = terminals_v[i] + ohm[i] * (taken_a[i] - supply_a) + voltage_error_v_[i];
    temperature_c[i] = board_c[i] + temperature_error_k_[i];
  }
  voltage_v.front() -= end_wire_v;
  voltage_v.back() -= end_wire_v;
}

double Pack::board_temperature_c(int cell) const {
  const auto i = static_cast<std::size_t>(cell);
  return cells_.board_temperature_c()[i] + temperature_error_k_[i];
}

std::uint64_t Pack::state_hash() const {
  StateHash hash;
  hash.add(cells_.state_hash());
  hash.add(current_a_);
  hash.add(ledger_.terminal_j.value());
  hash.add(std::span<const double>(voltage_error_v_));
  hash.add(std::span<const double>(temperature_error_k_));
  return hash.value();
}

}  // namespace cellwarden::plant
