/// Reads a scenario file: everything in it is checked before anything runs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "sim/scenario.hpp"

namespace cellwarden::scenarios {

/// @param text  the file's content: TOML, docs/scenarios.md
/// @param file  its name, for complaints
/// @throws BadScenario  with file and line, what was found and what was expected
sim::Scenario read_scenario(std::string_view text, const std::string& file);

}  // namespace cellwarden::scenarios
