/// Which plots a pack gets in the report, from what was recorded of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "gateway/commands/simulate/plot.hpp"
#include "sim/scenario_result.hpp"

namespace cellwarden::gateway {

/// More cells than this are shown as their band and the few that end furthest apart.
inline constexpr std::size_t single_cells_max = 16;

/// How many spans the plots show: those of the run as far as it went.
std::size_t shown_spans(const sim::Recorder& record);

/// Axis, nights and marks that all plots share.
/// @param marks  the scenario's own events, already numbered
PlotTime plot_time(const sim::ScenarioResult& result, const sim::Recorder& record,
                   std::vector<PlotMark> marks);

/// Cells, state of charge, currents, temperatures, relays and alarms of one pack.
std::string pack_plots_html(const sim::PackResult& pack, const sim::PackRecord& record,
                            const PlotTime& time, sim::SimTime ran);

}  // namespace cellwarden::gateway
