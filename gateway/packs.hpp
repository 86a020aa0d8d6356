/// The packs of one gateway: who they are, their models, and who wants to know when a frame came.
/// Sources feed it, outlets read it; neither knows the other.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/app_link/app_link.hpp"
#include "gateway/model/pack.hpp"
#include "gateway/sources/source.hpp"

namespace cellwarden::gateway {

/// What the owner says of a pack; the BMS knows none of it.
struct PackIdentity {
  std::string id;      ///< letters, digits, '-' and '_'; stays the same for ever
  std::string name;    ///< as shown
  std::string source;  ///< as given on the command line
  std::optional<int> solar_peak_w;
  std::optional<int> inverter_peak_w;
};

/// One pack, fed by one source. Says on the log when its link changes.
class PackFeed : public SourceSink {
 public:
  PackFeed(PackIdentity identity, wire::TemperatureLine line)
      : identity_(std::move(identity)), pack_(line) {}

  void bytes(std::span<const std::uint8_t> bytes, Time now) override;
  void silence(Time now) override;
  void port(PortState state, std::string text, Time now) override;

  /// Says on the log when the link is silent now. Call it about once a second.
  void watch(Time now);

  /// Called after each batch of bytes that held at least one frame, and after each port event.
  std::function<void()> on_change = [] {};

  /// How to reach the board's app link; null: this pack has none. Outlives this object's use.
  AppLink* app_link = nullptr;
  /// Cuts, or mends, the wire from a board to the next; false: no such wire. Empty: no twin.
  std::function<bool(int board, bool cut)> set_wire;

  [[nodiscard]] const PackIdentity& identity() const { return identity_; }
  [[nodiscard]] const Pack& pack() const { return pack_; }

 private:
  PackIdentity identity_;
  Pack pack_;
  std::optional<LinkState> said_;
};

/// All packs in the order of the command line; few enough for a linear search.
class Packs {
 public:
  PackFeed& add(PackIdentity identity, wire::TemperatureLine line) {
    return feeds_.emplace_back(std::move(identity), line);
  }
  [[nodiscard]] const std::deque<PackFeed>& all() const { return feeds_; }
  [[nodiscard]] std::deque<PackFeed>& all() { return feeds_; }

  /// @return null when there is no such pack
  [[nodiscard]] const PackFeed* find(std::string_view id) const {
    for (const PackFeed& feed : feeds_) {
      if (feed.identity().id == id) return &feed;
    }
    return nullptr;
  }

 private:
  std::deque<PackFeed> feeds_;  ///< a deque: feeds do not move, sources hold on to them
};

}  // namespace cellwarden::gateway
