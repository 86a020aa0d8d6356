/// Joins packs, charger, load and weather at one node.
// SPDX-License-Identifier: Apache-2.0
#include "plant/installation.hpp"

#include <cmath>

#include "plant/check.hpp"
#include "plant/hash.hpp"
#include "plant/random.hpp"

namespace cellwarden::plant {
namespace {

constexpr double substep_max_s = 1.0;
constexpr double day_s = 86400.0;

// Streams of the seed.
constexpr std::uint64_t weather_stream = 2;
constexpr std::uint64_t load_stream = 3;
constexpr std::uint64_t pack_stream = 5;

InstallationOptions checked(const InstallationOptions& options) {
  require_within("packs", static_cast<double>(options.packs.size()), 1, parallel_packs_max);
  require_within("start_hour", options.start_hour, 0.0, 24.0);
  for (const PackOptions& pack : options.packs) {
    if (pack.cell_count == options.packs.front().cell_count) continue;
    throw std::invalid_argument("packs: in parallel all have the same number of cells, got " +
                                std::to_string(options.packs.front().cell_count) + " and " +
                                std::to_string(pack.cell_count));
  }
  return options;
}

}  // namespace

InstallationOptions household(int cell_count, const CellParameters& cells, int packs) {
  const double each = cells.capacity_ah / 280.0 * packs;
  InstallationOptions options;
  options.packs.assign(static_cast<std::size_t>(packs > 0 ? packs : 0),
                       PackOptions{.cell_count = cell_count, .cells = cells});
  options.charger = {.panel_peak_w = 100.0 * each * cell_count,
                     .current_max_a = 35.0 * each,
                     .absorption_v = 3.55 * cell_count,
                     .float_v = 3.375 * cell_count,
                     .tail_current_a = 2.0 * each};
  options.load = {.inverter_max_w = 150.0 * each * cell_count,
                  .inverter_idle_w = 1.5 * each * cell_count,
                  .standby_w = 3.75 * each * cell_count,
                  .cut_off_v = 2.7 * cell_count,
                  .restart_v = 3.15 * cell_count};
  return options;
}

Installation::Installation(const InstallationOptions& options, std::uint64_t seed,
                           std::uint64_t weather_seed)
    : options_(checked(options)),
      weather_(options.weather, mix(weather_seed, weather_stream)),
      sides_(options.packs.size()),
      charger_(options.charger),
      load_(options.load, mix(seed, load_stream)) {
  time_s_.add(options.start_hour * 3600.0);
  sky_ = weather_.at(time_s());
  for (std::size_t i = 0; i < options.packs.size(); ++i) {
    packs_.emplace_back(options.packs[i], sky_.ambient_c, mix(mix(seed, pack_stream), i));
  }
  step(0.0, {});
}

void Installation::step(double dt_s, const Enable& enable) {
  require_within("dt_s", dt_s, 0.0, 1e9);
  const double parts = std::ceil(dt_s / substep_max_s);
  for (double part = 0.0; part < parts; part += 1.0) substep(dt_s / parts, enable);
  look(enable);
}

/// All packs as one: behind the resistance of them all in parallel.
BusBattery Installation::battery(double dt_s) {
  for (std::size_t i = 0; i < packs_.size(); ++i) {
    sides_[i] = dt_s > 0.0 ? packs_[i].series_ahead(dt_s) : packs_[i].series();
  }
  if (packs_.size() == 1) return {sides_[0].emf_v, sides_[0].ohm};
  double siemens = 0.0;
  double shorted_a = 0.0;
  for (const SeriesModel& side : sides_) {
    siemens += 1.0 / side.ohm;
    shorted_a += side.emf_v / side.ohm;
  }
  return {shorted_a / siemens, 1.0 / siemens};
}

double Installation::share_a(std::size_t pack, const BusFlow& flow) const {
  if (packs_.size() == 1) return flow.battery_a();
  return (flow.voltage_v - sides_[pack].emf_v) / sides_[pack].ohm;
}

BusFlow Installation::solve(const BusBattery& battery, const SourceLimits& sun, double load_w) {
  return solve_bus(battery, {&sun, 1}, load_w);
}

void Installation::substep(double dt_s, const Enable& enable) {
  const double middle_s = time_s() + 0.5 * dt_s;
  const Sky sky = weather_.at(middle_s);
  const SourceLimits sun = charger_.limits(sky.irradiance_w_per_m2, enable.charge);
  const BusFlow flow = solve(battery(dt_s), sun, load_.battery_w(middle_s, enable.load));
  for (std::size_t i = 0; i < packs_.size(); ++i) {
    packs_[i].advance(dt_s, share_a(i, flow), sky.ambient_c);
  }
  note(dt_s, flow);
  charger_.follow(dt_s, flow.voltage_v, flow.source_a[0], sun);
  load_.follow(flow.voltage_v);
  time_s_.add(dt_s);
}

void Installation::note(double dt_s, const BusFlow& flow) {
  double volt_seconds = 0.0;
  for (const Pack& pack : packs_) volt_seconds += pack.last_volt_seconds();
  volt_seconds /= static_cast<double>(packs_.size());
  const double in_j = flow.current_in_a * volt_seconds;
  ledger_.charge_in_c.add(flow.current_in_a * dt_s);
  ledger_.charge_out_c.add(flow.current_out_a * dt_s);
  ledger_.energy_in_j.add(in_j);
  ledger_.energy_out_j.add(flow.current_out_a * volt_seconds);
  ledger_.solar_j.add(flow.source_a[0] * volt_seconds);
  if (packs_.size() == 1) return;
  for (std::size_t i = 0; i < packs_.size(); ++i) {
    ledger_.node_j.add(share_a(i, flow) * (volt_seconds - packs_[i].last_volt_seconds()));
  }
}

void Installation::look(const Enable& enable) {
  sky_ = weather_.at(time_s());
  const SourceLimits sun = charger_.limits(sky_.irradiance_w_per_m2, enable.charge);
  flow_ = solve(battery(0.0), sun, load_.battery_w(time_s(), enable.load));
  for (std::size_t i = 0; i < packs_.size(); ++i) packs_[i].look(share_a(i, flow_));
}

double Installation::hour_of_day() const {
  const auto day = static_cast<std::int64_t>(time_s() / day_s);
  return (time_s() - static_cast<double>(day) * day_s) / 3600.0;
}

std::uint64_t Installation::state_hash() const {
  StateHash hash;
  for (const Pack& pack : packs_) hash.add(pack.state_hash());
  hash.add(time_s());
  hash.add(flow_.voltage_v);
  hash.add(flow_.current_in_a);
  hash.add(flow_.current_out_a);
  hash.add(static_cast<std::uint64_t>(charger_.stage()));
  hash.add(static_cast<std::uint64_t>(load_.cut_off()));
  hash.add(ledger_.energy_in_j.value());
  hash.add(ledger_.energy_out_j.value());
  return hash.value();
}

}  // namespace cellwarden::plant
