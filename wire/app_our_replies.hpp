/// Replies to the queries that are ours (docs/wire/app_link.md, "ours"): encoded and decoded with
/// `encode_app_reply` and `decode_app_reply` of wire/app_replies.hpp. Both dialects are the same.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/units.hpp"
#include "wire/app_replies.hpp"

namespace cellwarden::wire {

/// `X<id>@`: a setting with its limits, all in the setting's unit.
struct AppSetting {
  std::uint8_t id = 0;
  std::int32_t value = 0, minimum = 0, maximum = 0, preset = 0;
  std::int32_t step = 0;
  friend constexpr bool operator==(const AppSetting&, const AppSetting&) = default;
};

/// `G<index>@`: one entry of the full log, 0 = newest. What the codes mean is the log's business.
struct AppEvent {
  std::uint8_t index = 0;
  std::uint32_t at_s = 0;  ///< on the clock of `TS@`
  std::uint8_t kind = 0;
  std::uint8_t cause = 0;
  std::uint8_t cell = 0;  ///< 1-based; 0: none
  std::int32_t value = 0;
  friend constexpr bool operator==(const AppEvent&, const AppEvent&) = default;
};

/// `LT@`: what an owner may ask of a battery that is sold on.
struct AppLifetime {
  core::Energy charged, discharged;  ///< step 1 Wh
  std::uint32_t charged_ah = 0, discharged_ah = 0;
  std::uint32_t full_cycles_hundredths = 0;         ///< full equivalent cycles
  std::uint32_t hot_minutes = 0, cold_minutes = 0;  ///< in extreme temperature
  std::uint32_t cold_charge_minutes = 0;            ///< charging in the cold
  std::uint32_t deep_discharges = 0;
  std::uint32_t running_hours = 0;
  friend constexpr bool operator==(const AppLifetime&, const AppLifetime&) = default;
};

/// `CH@`: the chain as the OUT board hears it.
struct AppChain {
  std::uint8_t fault = 0;  ///< 0: whole
  /// First cell heard after a break; negative: so many cells before the pack's end; empty: no
  /// break.
  std::optional<std::int16_t> break_before;
  std::uint8_t cell_count = 0;        ///< 0: never heard whole
  std::uint8_t programmed_cells = 0;  ///< 0: unknown
  std::uint32_t refused = 0;          ///< messages garbled or impossible, since the start
  friend constexpr bool operator==(const AppChain&, const AppChain&) = default;
};

}  // namespace cellwarden::wire
