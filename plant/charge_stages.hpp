/// Bulk, absorption and float: how every charger here decides which voltage it holds. It knows no
/// source of power.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cellwarden::plant {

/// What a charger wants at this moment; off means all zero.
enum class ChargeStage : std::uint8_t { off, bulk, absorption, floating };

/// What a source can do at most; the bus takes the lowest of the three.
struct SourceLimits {
  double power_w = 0.0;
  double current_a = 0.0;
  double voltage_v = 0.0;
};

/// Voltages are those of the whole pack.
struct StageOptions {
  double absorption_v = 14.2;        ///< > 0
  double float_v = 13.5;             ///< > 0, at most `absorption_v`
  double absorption_max_s = 3600.0;  ///< then float, >= 0
  double tail_current_a = 2.0;       ///< below it for a minute of absorption: float, >= 0
};

/// Copyable.
class ChargeStages {
 public:
  /// @param owner  what the options are called in a refusal, e.g. "charger"
  /// @throws std::invalid_argument  naming the option that is out of range
  ChargeStages(const char* owner, const StageOptions& options);

  /// The voltage to be held now.
  [[nodiscard]] double voltage_v() const {
    return stage_ == ChargeStage::floating ? options_.float_v : options_.absorption_v;
  }

  /// Moves the stage on after `dt_s` seconds at this voltage and current of the charger.
  /// @param on  it could charge
  void follow(double dt_s, double voltage_v, double current_a, bool on);

  [[nodiscard]] ChargeStage stage() const { return stage_; }

 private:
  StageOptions options_;
  ChargeStage stage_ = ChargeStage::off;
  double absorbing_s_ = 0.0;
  double below_tail_s_ = 0.0;
  double below_float_s_ = 0.0;
};

}  // namespace cellwarden::plant
