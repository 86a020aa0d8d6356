/// A generator with its controller and its charger: starts when the battery is low, on the clock or
/// by hand, runs at least for a while, charges with constant power, current and voltage. Its fuel
/// never ends.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "plant/charge_stages.hpp"

namespace cellwarden::plant {

/// Voltages are those of the whole pack.
struct GeneratorOptions {
  double power_w = 2000.0;       ///< at its alternating-current output, > 0
  double efficiency = 0.88;      ///< of its charger, above 0..1
  double current_max_a = 100.0;  ///< of its charger, >= 0
  StageOptions stages = {};
  double start_soc = 0.2;        ///< as the BMS shows it, 0..1; 0: does not look at it
  double stop_soc = 0.9;         ///< 0..1, at least `start_soc`
  double start_v = 0.0;          ///< below it for a minute, >= 0; 0: does not look at it
  double run_min_s = 1800.0;     ///< once started, >= 0
  double daily_from_hour = 0.0;  ///< local time of day, 0..24
  double daily_to_hour = 0.0;    ///< 0..24; the same as `daily_from_hour`: no schedule
};

/// What the owner's switch says.
enum class GeneratorSwitch : std::uint8_t { automatic, on, off };

/// What the controller sees.
struct GeneratorView {
  double hour_of_day = 0.0;
  double voltage_v = 0.0;
  double current_a = 0.0;                ///< of its charger
  std::optional<double> shown_soc = {};  ///< 0..1; absent: the BMS says nothing
  bool charge_enabled = false;
};

/// Copyable. Used as: `limits` before a step, `follow` with what came out of it.
class Generator {
 public:
  /// @throws std::invalid_argument  naming the option that is out of range
  explicit Generator(const GeneratorOptions& options);

  /// What its charger can do; all zero while it stands still or may not charge.
  [[nodiscard]] SourceLimits limits(bool charge_enabled) const;
  /// At its output, 0 while it stands still.
  [[nodiscard]] double output_w() const { return running_ ? options_.power_w : 0.0; }

  void follow(double dt_s, const GeneratorView& view);

  void turn(GeneratorSwitch position) { switch_ = position; }
  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] ChargeStage stage() const { return stages_.stage(); }
  /// How often it started.
  [[nodiscard]] int starts() const { return starts_; }
  /// Running time since the start.
  [[nodiscard]] double run_s() const { return run_s_; }

 private:
  [[nodiscard]] bool wanted(const GeneratorView& view) const;
  [[nodiscard]] bool enough(const GeneratorView& view) const;
  [[nodiscard]] bool on_schedule(double hour) const;

  GeneratorOptions options_;
  ChargeStages stages_;
  GeneratorSwitch switch_ = GeneratorSwitch::automatic;
  bool running_ = false;
  double low_s_ = 0.0;    ///< so long the voltage has been low
  double since_s_ = 0.0;  ///< so long it has run
  double run_s_ = 0.0;
  int starts_ = 0;
};

}  // namespace cellwarden::plant
