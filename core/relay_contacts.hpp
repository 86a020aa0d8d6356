/// Which pins of the OUT board's two relays are connected. The relays are latching changeover ones
/// with pin 2 in the middle: one pair is closed, the other open, always. What drives the coils is
/// the home's business.
/// Source: manual, "Controlling external components", "CHARGE relay" and "LOAD relay".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cellwarden::core {

/// The two makes of OUT board; their LOAD relays are wired the other way round.
enum class OutBoardMake : std::uint8_t { v1, v2 };

/// The pins of one relay.
struct RelayContacts {
  bool closed_1_2 = false;
  bool closed_2_3 = false;
  friend constexpr bool operator==(const RelayContacts&, const RelayContacts&) = default;
};

/// Charging allowed: pins 1 and 2 closed. Not allowed: pins 2 and 3 (OUT-2).
constexpr RelayContacts charge_contacts(bool allowed) { return {allowed, !allowed}; }

/// Discharging allowed: pins 2 and 3 closed on v2.x, pins 1 and 2 on v1.x. Not allowed: the others
/// (OUT-2).
constexpr RelayContacts load_contacts(bool allowed, OutBoardMake make) {
  const bool closed_1_2 = allowed == (make == OutBoardMake::v1);
  return {closed_1_2, !closed_1_2};
}

}  // namespace cellwarden::core
