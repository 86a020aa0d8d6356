/// A site: one or more packs, each with its whole BMS, on one virtual clock. Packs on one bus are
/// in parallel; several buses share the sky alone. Whoever runs it decides how fast time goes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sim/site_options.hpp"
#include "sim/site_pack.hpp"

namespace cellwarden::sim {

/// Not copyable, movable.
class Site {
 public:
  /// @throws std::invalid_argument  naming the option that is out of range
  explicit Site(const SiteOptions& options, SiteHooks hooks = {});
  Site(Site&&) noexcept = default;
  Site& operator=(Site&&) noexcept = default;
  ~Site() = default;

  /// Runs boards, wires and plant up to and including `until`, all in the order of time; before
  /// `now()` it does nothing. At Pace::messages packs on one bus take turns by cycles: what one
  /// does within a cycle the others meet in their next one.
  /// @throws std::out_of_range  when `until` is behind `ends_at()`; nothing has run then
  void run_until(SimTime until);
  /// As `run_until`, but only whole messages that follow each other from here, and only with one
  /// pack: packs on one bus take turns. Does nothing when the next cycle is not whole.
  /// @throws std::out_of_range  as `run_until`
  void run_whole_until(SimTime until);
  /// Up to here the measured records of sun and consumers go; absent: they repeat, or there are
  /// none.
  [[nodiscard]] std::optional<SimTime> ends_at() const;
  [[nodiscard]] SimTime now() const { return now_; }

  [[nodiscard]] int pack_count() const { return static_cast<int>(packs_.size()); }
  /// @param number  0..pack_count() - 1, bus by bus
  [[nodiscard]] SitePack& pack(int number) { return *packs_.at(static_cast<std::size_t>(number)); }
  [[nodiscard]] int bus_count() const { return static_cast<int>(buses_.size()); }
  /// Charger, load, weather and ledger of a bus, brought up to `now()`.
  [[nodiscard]] const plant::Installation& bus(int number);

  /// Equal for equal runs, on every compiler and CPU: everything sent, every relay, the plant.
  [[nodiscard]] std::uint64_t trace_hash();

 private:
  void refuse_behind_end(SimTime until) const;

  std::unique_ptr<SiteHooks> hooks_;
  std::vector<std::unique_ptr<TimedBus>> buses_;
  std::vector<std::unique_ptr<SitePack>> packs_;
  SimTime now_ = 0;
};

}  // namespace cellwarden::sim
