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
  /// The current sensors are within their range. When false nothing is closed that is open: the
  /// state of charge may be wrong.
  bool currents_trusted = true;
};

/// The thresholds it is held against.
struct RelayLimits {
  Voltage v_min, v_max, v_bypass;
  Temperature t_min, t_max;
  Ratio charge_restart, discharge_restart;
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
};

/// The manual's table "Normal mode" (REL-1, REL-2) or "Critical mode" (REL-5), column "Charge".
RelayConditions charge_conditions(const RelayInputs& in, const RelayLimits& limits);
/// The same tables (REL-3, REL-4; REL-6), column "Discharge/load".
RelayConditions load_conditions(const RelayInputs& in, const RelayLimits& limits);

/// Decides which relays may be closed. "Off" wins over "on"; between the two conditions a relay
/// stays as it is.
/// @param now  how they are
/// @return     both open without communication
/// @source     manual, "Algorithm"; REL-1..REL-7
Relays decide(Relays now, const RelayInputs& in, const RelayLimits& limits);

/// The relays with their confirmation: opening is immediate, closing needs the same answer from two
/// messages in a row, so that no single bad message closes a relay (REL-10).
struct RelayGuard {
  Relays closed;
  Relays wished;  ///< by the last decision
  /// Takes the decision of one message.
  void take(const RelayInputs& in, const RelayLimits& limits);
  /// Opens both at once, and forgets every wish.
  void open() { *this = {}; }
};

}  // namespace cellwarden::core
