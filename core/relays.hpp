/// The safety core: which of the two relays may be closed. Everything that can close a relay goes
/// through here. Hold it beside the manual, section "Algorithm", tables "Normal mode" and "Critical
/// mode"; the same tables stand a second time as data in core/relays_test.cpp.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/units.hpp"

namespace cellwarden::core {

/// Lowest and highest reading over every cell of the pack, from one message.
struct CellExtremes {
  Voltage lowest, highest;
  Temperature coldest, hottest;
};

/// What the decision is made from.
struct RelayInputs {
  bool critical_mode = false;
  /// A whole, trustworthy message of every cell is no older than the timeout. When false, nothing
  /// else here is looked at.
  bool communication = false;
  CellExtremes cells;
  Ratio soc;
  /// When false nothing is closed that is open: a current sensor is beyond its range, so that the
  /// state of charge may be wrong, or the message may be one that was heard before.
  bool may_close = true;
};

/// The thresholds it is held against. What the manual does not know has a default that changes
/// nothing.
struct RelayLimits {
  Voltage v_min, v_max, v_bypass;
  Temperature t_min_charge, t_min_load, t_max;
  Ratio charge_restart, discharge_restart;
  Voltage v_min_hysteresis;  ///< LOAD closes again so far above V-min
  Voltage v_max_hysteresis;  ///< CHARGE closes again so far below V-max
  bool charge_forced_off = false;
  bool load_forced_off = false;
};

/// How long a relay waits. The defaults wait for nothing (manual).
struct RelayDelays {
  Duration charge_restart;  ///< CHARGE stays open at least so long
  Duration load_restart;    ///< LOAD stays open at least so long
  Duration charge_pause;    ///< "all cells at V-bypass" must last so long to open CHARGE
  Duration load_pause;      ///< "a cell at V-min" must last so long to open LOAD
};

/// One answer for each relay: closed (allowed) or open.
struct Relays {
  bool charge = false;
  bool load = false;
  friend constexpr bool operator==(const Relays&, const Relays&) = default;
};

/// One column pair of the manual's tables for one relay.
struct RelayConditions {
  bool enable = false;   ///< every condition under "Enable" holds
  bool disable = false;  ///< at least one condition under "Disable" holds
  /// ... and it is the one that the owner may have set a pause delay for.
  bool may_pause = false;
};

/// The manual's table "Normal mode" (REL-1, REL-2) or "Critical mode" (REL-5), column "Charge".
RelayConditions charge_conditions(const RelayInputs& in, const RelayLimits& limits);
/// The same tables (REL-3, REL-4; REL-6), column "Discharge/load".
RelayConditions load_conditions(const RelayInputs& in, const RelayLimits& limits);

/// One relay with its confirmation and its delays: opening is immediate (but for a pause delay),
/// closing needs the same answer from two messages in a row, so that no single bad message closes a
/// relay (REL-10). Copyable; the default is open.
class GuardedRelay {
 public:
  /// Takes the conditions of one message. "Disable" wins over "enable"; between the two the relay
  /// stays as it is (REL-7).
  /// @param may_close  false: what is open stays open
  void take(const RelayConditions& conditions, bool may_close, Duration restart, Duration pause,
            Instant now);
  /// Opens at once, and forgets every wish.
  void open(Instant now);
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  [[nodiscard]] bool pausing(const RelayConditions& conditions, Duration pause, Instant now);

  Instant opened_at_;
  Instant pause_at_;
  bool closed_ = false;
  bool wished_ = false;   ///< by the last message
  bool resting_ = false;  ///< `opened_at_` may be less than a restart delay ago
  bool pausing_ = false;  ///< `pause_at_` is when the pause condition began to hold
};

/// Both relays. Nothing else closes one.
/// @source  manual, "Algorithm"; REL-1..REL-7
class RelayGuard {
 public:
  /// Takes what one message says of every cell.
  void take(const RelayInputs& in, const RelayLimits& limits, const RelayDelays& delays,
            Instant now);
  /// Opens both at once.
  void open(Instant now);
  [[nodiscard]] Relays closed() const { return {charge_.closed(), load_.closed()}; }

 private:
  GuardedRelay charge_;
  GuardedRelay load_;
};

}  // namespace cellwarden::core
