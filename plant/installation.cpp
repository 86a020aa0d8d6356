/// Joins packs, devices and weather at one node.
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

Installation::Installation(const InstallationOptions& options, std::uint64_t seed,
                           std::uint64_t weather_seed)
    : options_(checked(options)),
      weather_(options.weather, mix(weather_seed, weather_stream)),
      sides_(options.packs.size()),
      charger_(options.charger),
      load_(options.load, mix(seed, load_stream)) {
  if (options.combined) combined_.emplace(*options.combined);
  if (options.generator) generator_.emplace(*options.generator);
  time_s_.add(options.start_hour * 3600.0);
  sky_ = weather_.at(time_s());
  for (std::size_t i = 0; i < options.packs.size(); ++i) {
    packs_.emplace_back(options.packs[i], sky_.ambient_c, mix(mix(seed, pack_stream), i));
  }
  step(0.0, {});
}

void Installation::step(double dt_s, const Enable& enable) {
  require_within("dt_s", dt_s, 0.0, 1e9);
  if (dt_s == 0.0) {
    look(enable);
    return;
  }
  if (dt_s <= substep_max_s) {
    substep(dt_s, enable);
    return;
  }
  const double parts = std::ceil(dt_s / substep_max_s);
  for (double part = 0.0; part < parts; part += 1.0) substep(dt_s / parts, enable);
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

double Installation::solar_a(const BusFlow& flow, const Sky& sky) const {
  if (!combined_) return flow.source_a[0];
  const double sun_w = charger_.panel_w(sky.irradiance_w_per_m2);
  const double all_w = sun_w + (generator_ ? generator_->output_w() : 0.0);
  return all_w > 0.0 ? flow.current_in_a * (sun_w / all_w) : 0.0;
}

Installation::Demand Installation::demand(double time_s, const Sky& sky, const Enable& enable) {
  Demand demand;
  if (!combined_) {
    demand.sources[0] = charger_.limits(sky.irradiance_w_per_m2, enable.charge);
    if (generator_) demand.sources[1] = generator_->limits(enable.charge);
    demand.load_w = load_.battery_w(time_s, enable.load);
    return demand;
  }
  const double sun_w = charger_.panel_w(sky.irradiance_w_per_m2);
  const bool low = load_.cut_off();
  const CombinedFlow flow =
      combined_->flow({.supply_w = sun_w + (generator_ ? generator_->output_w() : 0.0),
                       .consumers_w = low ? 0.0 : load_.consumers_w(time_s),
                       .idle_w = low ? 0.0 : options_.load.inverter_idle_w,
                       .charge = enable.charge,
                       .load = enable.load});
  demand.sources[0] = flow.charge;
  demand.load_w = flow.load_w;
  return demand;
}

BusFlow Installation::solve(const BusBattery& battery, const Demand& demand) const {
  const std::size_t sources = generator_ && !combined_ ? 2 : 1;
  return solve_bus(battery, {demand.sources.data(), sources}, demand.load_w);
}

void Installation::substep(double dt_s, const Enable& enable) {
  const double middle_s = time_s() + 0.5 * dt_s;
  sky_ = weather_.at(middle_s);
  const Demand wanted = demand(middle_s, sky_, enable);
  flow_ = solve(battery(dt_s), wanted);
  for (std::size_t i = 0; i < packs_.size(); ++i) {
    packs_[i].advance(dt_s, share_a(i, flow_), sky_.ambient_c);
  }
  note(dt_s, flow_, sky_);
  follow(dt_s, wanted, flow_, enable);
  time_s_.add(dt_s);
}

void Installation::follow(double dt_s, const Demand& demand, const BusFlow& flow,
                          const Enable& enable) {
  if (combined_) {
    combined_->follow(dt_s, flow.voltage_v, flow.source_a[0], demand.sources[0]);
  } else {
    charger_.follow(dt_s, flow.voltage_v, flow.source_a[0], demand.sources[0]);
  }
  if (generator_) {
    generator_->follow(dt_s, {.hour_of_day = hour_of_day(),
                              .voltage_v = flow.voltage_v,
                              .current_a = flow.source_a[combined_ ? 0 : 1],
                              .shown_soc = enable.shown_soc,
                              .charge_enabled = enable.charge});
  }
  load_.follow(flow.voltage_v);
}

void Installation::note(double dt_s, const BusFlow& flow, const Sky& sky) {
  double volt_seconds = packs_[0].last_volt_seconds();
  if (packs_.size() > 1) {
    for (std::size_t i = 1; i < packs_.size(); ++i) volt_seconds += packs_[i].last_volt_seconds();
    volt_seconds /= static_cast<double>(packs_.size());
  }
  const double sun_a = solar_a(flow, sky);
  ledger_.charge_in_c.add(flow.current_in_a * dt_s);
  ledger_.charge_out_c.add(flow.current_out_a * dt_s);
  ledger_.energy_in_j.add(flow.current_in_a * volt_seconds);
  ledger_.energy_out_j.add(flow.current_out_a * volt_seconds);
  ledger_.solar_j.add(sun_a * volt_seconds);
  if (generator_) ledger_.generator_j.add((flow.current_in_a - sun_a) * volt_seconds);
  if (packs_.size() == 1) return;
  for (std::size_t i = 0; i < packs_.size(); ++i) {
    ledger_.node_j.add(share_a(i, flow) * (volt_seconds - packs_[i].last_volt_seconds()));
  }
}

void Installation::look(const Enable& enable) {
  sky_ = weather_.at(time_s());
  const Demand wanted = demand(time_s(), sky_, enable);
  flow_ = solve(battery(0.0), wanted);
  for (std::size_t i = 0; i < packs_.size(); ++i) packs_[i].look(share_a(i, flow_));
}

void Installation::turn_generator(GeneratorSwitch position) {
  if (!generator_) throw std::invalid_argument("generator: there is none");
  generator_->turn(position);
}

double Installation::hour_of_day() const {
  const auto day = static_cast<std::int64_t>(time_s() / day_s);
  return (time_s() - static_cast<double>(day) * day_s) / 3600.0;
}

double Installation::ends_s() const {
  const double sky_s = weather_.ends_s();
  const double load_s = load_.ends_s();
  return sky_s < load_s ? sky_s : load_s;
}

std::uint64_t Installation::state_hash() const {
  StateHash hash;
  for (const Pack& pack : packs_) hash.add(pack.state_hash());
  hash.add(time_s());
  hash.add(flow_.voltage_v);
  hash.add(flow_.current_in_a);
  hash.add(flow_.current_out_a);
  hash.add(static_cast<std::uint64_t>(charge_stage()));
  hash.add(static_cast<std::uint64_t>(generator_ && generator_->running()));
  hash.add(static_cast<std::uint64_t>(load_.cut_off()));
  hash.add(ledger_.energy_in_j.value());
  hash.add(ledger_.energy_out_j.value());
  return hash.value();
}

}  // namespace cellwarden::plant
