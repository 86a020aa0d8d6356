/// Between the boards of one pack and the plant: converters and switches on one side, physics on
/// the other. Carries values over; decides nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plant/sensor.hpp"
#include "sim/board_chain.hpp"
#include "sim/timed_bus.hpp"

namespace cellwarden::sim {

/// Which cable carries which current sensor.
enum class SensorWiring : std::uint8_t {
  two,  ///< J1 on the charger's cable, J2 on the load's
  one,  ///< J1 on the battery's cable: net current, + = charging; nothing on J2 (ENV-4)
};

/// The current sensors as mounted and plugged into J1 and J2.
struct SensorPair {
  plant::CurrentSensorOptions j1 = {};
  plant::CurrentSensorOptions j2 = {};
  /// Packs in parallel have one cable each: only `one` can measure them.
  SensorWiring wiring = SensorWiring::two;
};

/// Lets the boards of one pack read the plant. The plant is advanced when somebody looks at it or
/// changes something, at least every 100 ms (the IN board looks that often).
class PackSenses : public Senses {
 public:
  /// @param bus   outlives the senses
  /// @param pack  which one on the bus
  /// @throws std::invalid_argument  naming the sensor option that is out of range
  PackSenses(TimedBus& bus, int pack, const SensorPair& sensors);

  core::CellSample cell(int cell, SimTime at) override;
  std::optional<core::CurrentSample> current_in(SimTime at) override;
  std::optional<core::CurrentSample> current_out(SimTime at) override;
  std::optional<core::WallClock> wall_clock(SimTime at) override;
  void read_all(SimTime at, Readings& readings) override;

  /// For the bench that turns, unplugs or disturbs a sensor.
  [[nodiscard]] plant::CurrentSensor& j1() { return j1_; }
  [[nodiscard]] plant::CurrentSensor& j2() { return j2_; }
  [[nodiscard]] const plant::Pack& pack() const { return bus_.plant().pack(pack_); }

 private:
  TimedBus& bus_;
  int pack_;
  std::vector<double> voltage_v_, temperature_c_;  ///< of all boards, to read them at once
  plant::CurrentSensor j1_;
  plant::CurrentSensor j2_;
  SensorWiring wiring_;
  SimTime start_minute_;  ///< of the day, at virtual time 0
};

}  // namespace cellwarden::sim
