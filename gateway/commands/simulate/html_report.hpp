/// The report of a scenario as one HTML file that needs nothing else: verdicts, figures, plots,
/// events. Writes what the result says; runs nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/recorder.hpp"
#include "sim/scenario_result.hpp"

namespace cellwarden::gateway {

/// @param file  the scenario's, for the footer
std::string html_report(const sim::ScenarioResult& result, const sim::Recorder& record,
                        const std::string& file);

}  // namespace cellwarden::gateway
