/// The result of a scenario as text for a terminal.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/scenario_result.hpp"

namespace cellwarden::gateway {

/// Several lines: what held and what broke, each pack's figures, the trace hash.
std::string result_table(const sim::ScenarioResult& result);

}  // namespace cellwarden::gateway
