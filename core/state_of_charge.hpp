/// The manual's state of charge: coulomb counting, set to 100 % when the pack is full. No estimate,
/// no voltage correction.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/units.hpp"

namespace cellwarden::core {

/// The charge a pack of `cells` cells holds when `energy` is its capacity at `v_nominal` a cell.
/// Rounded down to 1 mC.
/// @param v_nominal  above 0 mV
/// @param cells      1..255
Charge charge_of(Energy energy, Voltage v_nominal, int cells);

/// Charge counted in and out, between empty and full. Copyable.
class StateOfCharge {
 public:
  /// @param share       0..100 %
  /// @param calibrated  whether it rests on a full charge
  static StateOfCharge at(Ratio share, bool calibrated);

  /// Sets what "full" means; the share stays as it is (to 1 ppm). Does nothing when unchanged.
  /// @param full  1 C to 9.2e15 uC; the product's packs have 2.8e8 to 7.4e15 uC
  void set_full(Charge full);

  /// Counts `current` for `dt`; exact to the microcoulomb. Ends at empty and at full.
  void count(Current current, Duration dt);

  /// The pack is full: 100 %, and calibrated from now on (SOC-2).
  void reset_to_full();

  /// What was counted is not all that flowed (data lost, no sensor).
  void distrust() { calibrated_ = false; }

  [[nodiscard]] Ratio share() const;
  [[nodiscard]] bool calibrated() const { return calibrated_; }
  [[nodiscard]] Charge held() const { return held_; }

 private:
  Charge held_;
  Charge full_ = Charge::microcoulombs(1'000'000);
  bool calibrated_ = false;
};

inline void StateOfCharge::count(Current current, Duration dt) {
  held_ += current * dt;
  if (held_ < Charge{}) held_ = Charge{};
  if (held_ > full_) held_ = full_;
}

/// Divides twice by a thousandth, so that nothing is rounded but the last digit.
inline Ratio StateOfCharge::share() const {
  const std::int64_t held = held_.in_microcoulombs();
  const std::int64_t full = full_.in_microcoulombs();
  const std::int64_t thousandths = held * 1000 / full;
  const std::int64_t rest = held * 1000 % full;
  return Ratio::ppm(static_cast<std::int32_t>(thousandths * 1000 + rest * 1000 / full));
}

}  // namespace cellwarden::core
