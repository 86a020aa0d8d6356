// SPDX-License-Identifier: Apache-2.0
#include "sim/site.hpp"

#include <stdexcept>
#include <string>

#include "plant/hash.hpp"
#include "plant/random.hpp"

namespace cellwarden::sim {
namespace {

constexpr double seconds_per_hour = 3600.0;
constexpr SimTime us_per_s = 1'000'000;

// Streams of the seed.
constexpr std::uint64_t sky_stream = 11;
constexpr std::uint64_t bus_stream = 12;

plant::InstallationOptions plant_of(const SiteBusOptions& bus, const SiteOptions& site) {
  plant::InstallationOptions plant = bus.plant;
  plant.weather = site.weather;
  plant.start_hour = site.start_hour;
  plant.packs.clear();
  for (const SitePackOptions& pack : bus.packs) plant.packs.push_back(pack.pack);
  return plant;
}

}  // namespace

Site::Site(const SiteOptions& options, SiteHooks hooks)
    : hooks_(std::make_unique<SiteHooks>(std::move(hooks))) {
  if (options.buses.empty()) throw std::invalid_argument("buses: expected at least one");
  const std::uint64_t sky_seed = plant::mix(options.seed, sky_stream);
  for (const SiteBusOptions& bus : options.buses) {
    const std::uint64_t seed = plant::mix(plant::mix(options.seed, bus_stream), buses_.size());
    buses_.push_back(std::make_unique<TimedBus>(plant_of(bus, options), seed, sky_seed));
    int index = 0;
    for (const SitePackOptions& pack : bus.packs) {
      packs_.push_back(
          std::make_unique<SitePack>(pack, *buses_.back(), index++, pack_count(), *hooks_));
    }
  }
}

std::optional<SimTime> Site::ends_at() const {
  double ends_s = plant::never_s;
  for (const auto& bus : buses_) {
    const plant::Installation& plant = bus->plant();
    const double from_s = plant.options().start_hour * seconds_per_hour;
    if (plant.ends_s() - from_s < ends_s) ends_s = plant.ends_s() - from_s;
  }
  if (ends_s == plant::never_s) return std::nullopt;
  return static_cast<SimTime>(ends_s) * us_per_s;
}

void Site::refuse_behind_end(SimTime until) const {
  if (const auto end = ends_at(); end && until > *end) {
    throw std::out_of_range("run_until: the record of sun or consumers ends after " +
                            std::to_string(*end / us_per_s) + " s, asked for " +
                            std::to_string(until / us_per_s) + " s");
  }
}

void Site::run_whole_until(SimTime until) {
  refuse_behind_end(until);
  if (packs_.size() > 1) return;
  BoardChain& chain = packs_.front()->chain();
  chain.run_whole_until(until);
  if (chain.now() > now_) now_ = chain.now();
}

void Site::run_until(SimTime until) {
  refuse_behind_end(until);
  while (packs_.size() > 1) {
    SitePack* next = packs_.front().get();
    for (const auto& pack : packs_) {
      if (pack->chain().next_event() < next->chain().next_event()) next = pack.get();
    }
    BoardChain& chain = next->chain();
    const SimTime at = chain.next_event();
    if (at > until) break;
    // A whole message looks at the plant when it starts, and not again before the next cycle.
    const SimTime whole = chain.whole_until().value_or(at);
    chain.run_until(whole < until ? whole : at);
  }
  for (const auto& pack : packs_) pack->chain().run_until(until);
  if (until > now_) now_ = until;
}

const plant::Installation& Site::bus(int number) {
  TimedBus& bus = *buses_.at(static_cast<std::size_t>(number));
  bus.advance(now_);
  return bus.plant();
}

std::uint64_t Site::trace_hash() {
  plant::StateHash hash;
  hash.add(static_cast<std::uint64_t>(now_));
  for (const auto& pack : packs_) hash.add(pack->trace_hash());
  for (int number = 0; number < bus_count(); ++number) hash.add(bus(number).state_hash());
  return hash.value();
}

}  // namespace cellwarden::sim
