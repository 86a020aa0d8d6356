/// A combined charger and inverter: one device on one battery cable. Its alternating-current side
/// joins sun, generator and consumers; what is left over charges, what is missing is inverted.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plant/charge_stages.hpp"

namespace cellwarden::plant {

/// Its inverter's limits are those of the household (LoadOptions); voltages of the whole pack.
struct CombinedOptions {
  int enable_signals = 2;        ///< 2: charging and inverting apart; 1: both relays in series
  double charge_max_w = 1000.0;  ///< into the battery, >= 0
  double charge_max_a = 70.0;    ///< >= 0
  double efficiency = 0.92;      ///< in each direction, above 0..1
  StageOptions stages = {};
};

/// What happens on its alternating-current side, and what the relays allow.
struct CombinedSide {
  double supply_w = 0.0;     ///< sun and generator
  double consumers_w = 0.0;  ///< asked for; 0 while the voltage is too low
  double idle_w = 0.0;       ///< taken while it inverts or waits to
  bool charge = false;       ///< the CHARGE relay is closed
  bool load = false;         ///< the LOAD relay is closed
};

/// At most one of the two is not zero.
struct CombinedFlow {
  SourceLimits charge;  ///< what it can charge with
  double load_w = 0.0;  ///< what it takes from the battery
};

/// Copyable. Used as: `flow` before a step, `follow` with what came out of it.
class Combined {
 public:
  /// @throws std::invalid_argument  naming the option that is out of range
  explicit Combined(const CombinedOptions& options);

  [[nodiscard]] CombinedFlow flow(const CombinedSide& side) const;
  void follow(double dt_s, double voltage_v, double current_a, const SourceLimits& charge) {
    stages_.follow(dt_s, voltage_v, current_a, charge.power_w > 0.0);
  }
  [[nodiscard]] ChargeStage stage() const { return stages_.stage(); }

 private:
  CombinedOptions options_;
  ChargeStages stages_;
};

}  // namespace cellwarden::plant
