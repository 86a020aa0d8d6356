/// One bus of the plant on virtual time: advanced when somebody looks at it or changes something.
/// Carries over what the relays' contacts and the bypasses of its packs do; decides nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/relays.hpp"
#include "core/units.hpp"
#include "plant/installation.hpp"
#include "sim/wire_link.hpp"

namespace cellwarden::sim {

class TimedBus {
 public:
  /// See plant::Installation.
  TimedBus(const plant::InstallationOptions& options, std::uint64_t seed,
           std::uint64_t weather_seed);

  /// Brings the plant to `until`; a moment that is past changes nothing.
  void advance(SimTime until);

  /// The contacts of a pack's two relays moved. CHARGE contacts of all packs are in series, LOAD
  /// contacts too: any pack stops the charger or the load of all (ENV-1).
  void set_contacts(SimTime at, int pack, core::Relays contacts);
  /// A pack's OUT board told the state of charge; the generator's controller goes by the lowest,
  /// and by none once one has been silent for a minute.
  void hear_soc(SimTime at, int pack, core::Ratio shown);
  void set_bypass(SimTime at, int pack, int cell, core::Ratio level);
  /// What somebody changed in the plant by hand is seen by the next who looks.
  void touch() { stale_ = true; }

  [[nodiscard]] const plant::Installation& plant() const { return plant_; }
  [[nodiscard]] plant::Installation& plant() { return plant_; }
  [[nodiscard]] SimTime now() const { return now_; }

 private:
  plant::Installation plant_;
  struct Heard {
    core::Ratio soc;
    SimTime until = -1;
  };

  std::vector<core::Relays> contacts_;
  std::vector<Heard> heard_;
  plant::Enable enable_;
  SimTime now_ = 0;
  SimTime heard_until_ = 0;  ///< `enable_.shown_soc` is believed up to here
  bool stale_ = false;       ///< something changed since the last look
};

}  // namespace cellwarden::sim
