// SPDX-License-Identifier: Apache-2.0
#include "sim/timed_bus.hpp"

namespace cellwarden::sim {
namespace {

constexpr double us_per_s = 1e6;
constexpr SimTime believed_us = 60'000'000;

}  // namespace

TimedBus::TimedBus(const plant::InstallationOptions& options, std::uint64_t seed,
                   std::uint64_t weather_seed)
    : plant_(options, seed, weather_seed),
      contacts_(options.packs.size()),
      heard_(options.packs.size()) {}

void TimedBus::advance(SimTime until) {
  if (until <= now_ && !stale_) return;
  if (until > heard_until_) enable_.shown_soc.reset();
  const SimTime passed = until > now_ ? until - now_ : 0;
  plant_.step(static_cast<double>(passed) / us_per_s, enable_);
  now_ += passed;
  stale_ = false;
}

void TimedBus::set_contacts(SimTime at, int pack, core::Relays contacts) {
  advance(at);
  contacts_[static_cast<std::size_t>(pack)] = contacts;
  enable_.charge = true;
  enable_.load = true;
  for (const core::Relays& each : contacts_) {
    enable_.charge = enable_.charge && each.charge;
    enable_.load = enable_.load && each.load;
  }
  stale_ = true;
}

void TimedBus::hear_soc(SimTime at, int pack, core::Ratio shown) {
  heard_[static_cast<std::size_t>(pack)] = {shown, at + believed_us};
  core::Ratio lowest = shown;
  SimTime until = at + believed_us;
  for (const Heard& each : heard_) {
    if (each.soc < lowest) lowest = each.soc;
    if (each.until < until) until = each.until;
  }
  heard_until_ = until;
  enable_.shown_soc = lowest.in_ppm() / 1e6;
}

void TimedBus::set_bypass(SimTime at, int pack, int cell, core::Ratio level) {
  advance(at);
  plant_.pack(pack).set_bypass_duty(cell, level.in_ppm() / 1e6);
  stale_ = true;
}

}  // namespace cellwarden::sim
