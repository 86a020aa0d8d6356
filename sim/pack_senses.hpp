/// Between boards and plant: the boards' converters and switches on one side, the pack's physics on
/// the other. Carries values over; decides nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "plant/pack.hpp"
#include "plant/sensor.hpp"
#include "sim/board_chain.hpp"

namespace cellwarden::sim {

/// The two current sensors as plugged into J1 and J2.
struct SensorPair {
  plant::CurrentSensorOptions j1;
  plant::CurrentSensorOptions j2;
};

/// Drives a plant::Pack from the boards' outputs and lets the boards read it. The pack is advanced
/// when somebody looks at it or changes something, at least every 100 ms (the IN board looks that
/// often).
class PackSenses : public Senses {
 public:
  PackSenses(const plant::PackOptions& options, const SensorPair& sensors, std::uint64_t seed);

  core::CellSample cell(int cell, SimTime at) override;
  std::optional<core::CurrentSample> current_in(SimTime at) override;
  std::optional<core::CurrentSample> current_out(SimTime at) override;
  std::optional<core::WallClock> wall_clock(SimTime at) override;

  /// The boards moved a relay or a bypass at `at`.
  void set_relays(SimTime at, core::Relays relays);
  void set_bypass(SimTime at, int cell, core::Ratio level);

  [[nodiscard]] const plant::Pack& pack() const { return pack_; }
  [[nodiscard]] plant::Pack& pack() { return pack_; }

 private:
  void advance(SimTime until);
  [[nodiscard]] plant::Controls controls() const;

  plant::Pack pack_;
  plant::CurrentSensor j1_;
  plant::CurrentSensor j2_;
  std::vector<double> bypass_;
  core::Relays relays_;
  SimTime now_ = 0;
};

}  // namespace cellwarden::sim
