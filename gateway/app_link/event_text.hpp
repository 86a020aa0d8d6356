/// What a board remembers and how its chain is, in words.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wire/app_our_replies.hpp"

namespace cellwarden::gateway {

/// "charge_opened"; "unknown" for a number this program does not know.
std::string_view event_kind_word(const wire::AppEvent& event);
/// "v_max"
std::string_view event_cause_word(const wire::AppEvent& event);
/// "CHARGE relay opened: cell 3 at V max, 3.655 V"
std::string event_text(const wire::AppEvent& event);

/// "broken", as docs/api.md names it.
std::string_view chain_fault_word(std::uint8_t fault);
/// The first cell heard behind a break; nothing when there is none or it is not known.
std::optional<int> break_before(const wire::AppChain& chain);
/// "the wire from cell 2 to cell 3 is broken"
std::string chain_text(const wire::AppChain& chain);

}  // namespace cellwarden::gateway
