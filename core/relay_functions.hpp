/// What the owner makes of the two relays: which of the decisions each one follows, turned round or
/// kept off (SET-5). Decides nothing: it can only pass on, or open.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/relays.hpp"

namespace cellwarden::core {

/// Numbers of the app link.
enum class RelayFunction : std::uint8_t {
  charge_allowed = 1,
  discharge_allowed = 2,
  main_relay = 3,     ///< closed while both are allowed: one contactor for charger and load
  early_warning = 4,  ///< closed while there is one
};

struct RelaySetup {
  RelayFunction function = RelayFunction::charge_allowed;
  bool inverted = false;
  bool forced_off = false;
};

/// Whether the contact is in its "allowed" position. An inverted relay is in it exactly when its
/// function says no: whoever inverts a relay also inverts what a dead board does.
constexpr bool contact_position(const RelaySetup& setup, Relays allowed, bool early_warning) {
  bool on = false;
  switch (setup.function) {
    case RelayFunction::charge_allowed:
      on = allowed.charge;
      break;
    case RelayFunction::discharge_allowed:
      on = allowed.load;
      break;
    case RelayFunction::main_relay:
      on = allowed.charge && allowed.load;
      break;
    case RelayFunction::early_warning:
      on = early_warning;
      break;
  }
  return (on && !setup.forced_off) != setup.inverted;
}

}  // namespace cellwarden::core
