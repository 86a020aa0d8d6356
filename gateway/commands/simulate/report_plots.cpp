// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/simulate/report_plots.hpp"

#include <algorithm>
#include <numeric>

#include "gateway/commands/simulate/value_words.hpp"

namespace cellwarden::gateway {
namespace {

using sim::PackRecord;
using sim::Quantity;
using sim::Series;

double volts(core::Voltage voltage) { return voltage.in_millivolts() / 1000.0; }
double celsius(core::Temperature temperature) { return temperature.in_decicelsius() / 10.0; }

/// The cells that get a line of their own: all, or the highest and lowest at the end.
std::vector<std::size_t> single_cells(const PackRecord& record, const PlotTime& time) {
  std::vector<std::size_t> cells(record.cell_voltage.size());
  std::iota(cells.begin(), cells.end(), std::size_t{0});
  if (cells.size() <= single_cells_max) return cells;
  std::size_t end = time.spans;
  while (end > 1 && !time.looked[end - 1]) --end;
  std::sort(cells.begin(), cells.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(record.cell_voltage[a][end - 1], a) <
           std::pair(record.cell_voltage[b][end - 1], b);
  });
  cells.erase(cells.begin() + 3, cells.end() - 3);
  return cells;
}

Plot cells_plot(const sim::PackResult& pack, const PackRecord& record, const PlotTime& time) {
  Plot plot{
      .title = "Cell voltages", .unit = "V", .decimals = 3, .bands = {}, .lines = {}, .limits = {}};
  plot.bands.push_back({"cells", record.of(Quantity::cell_voltage_min).lowest,
                        record.of(Quantity::cell_voltage_max).highest});
  for (const std::size_t cell : single_cells(record, time)) {
    plot.lines.push_back(
        {"cell " + std::to_string(cell + 1), "cells", record.cell_voltage[cell], true});
  }
  plot.lines.push_back({"highest", "cells", record.of(Quantity::cell_voltage_max).highest});
  plot.lines.push_back({"lowest", "cells", record.of(Quantity::cell_voltage_min).lowest});
  plot.limits = {{"V-max", volts(pack.settings.v_max)},
                 {"V-bypass", volts(pack.v_bypass)},
                 {"V-min", volts(pack.settings.v_min)}};
  return plot;
}

Plot charge_plot(const PackRecord& record) {
  Plot plot{.title = "State of charge",
            .unit = "%",
            .decimals = 1,
            .bands = {},
            .lines = {},
            .limits = {}};
  plot.lines.push_back({"true", "true", record.of(Quantity::soc_true).mean});
  plot.lines.push_back({"shown by the BMS", "good", record.of(Quantity::soc_shown).mean});
  return plot;
}

Plot current_plot(const PackRecord& record) {
  Plot plot{
      .title = "Currents", .unit = "A", .decimals = 1, .bands = {}, .lines = {}, .limits = {}};
  const auto negative = [](std::vector<float> values) {
    for (float& value : values) value = -value;
    return values;
  };
  const Series& in = record.of(Quantity::current_in);
  const Series& out = record.of(Quantity::current_out);
  plot.bands.push_back({"in", in.lowest, in.highest});
  plot.bands.push_back({"out", negative(out.highest), negative(out.lowest)});
  plot.lines.push_back({"in", "in", in.mean});
  plot.lines.push_back({"out", "out", negative(out.mean)});
  plot.lines.push_back({"battery", "true", record.of(Quantity::current).mean});
  return plot;
}

Plot temperature_plot(const sim::PackResult& pack, const PackRecord& record) {
  Plot plot{
      .title = "Temperatures", .unit = "°C", .decimals = 1, .bands = {}, .lines = {}, .limits = {}};
  plot.bands.push_back({"hot", record.of(Quantity::temperature_min).lowest,
                        record.of(Quantity::temperature_max).highest});
  plot.lines.push_back({"warmest cell", "hot", record.of(Quantity::temperature_max).highest});
  plot.lines.push_back({"air", "cold", record.of(Quantity::ambient).mean});
  plot.limits = {{"T-max", celsius(pack.settings.t_max)}, {"T-min", celsius(pack.settings.t_min)}};
  return plot;
}

/// Stretches in which a contact or lamp was on; what lies closer than a hair is drawn as one.
std::vector<Stretch> stretches(const PackRecord& record, Quantity quantity, const PlotTime& time,
                               sim::SimTime ran) {
  const sim::SimTime hair = time.span / 3;
  std::vector<Stretch> list;
  const auto& changes = record.changes[static_cast<std::size_t>(quantity)];
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (!changes[i].on) continue;
    const sim::SimTime to = i + 1 < changes.size() ? changes[i + 1].at : ran;
    if (!list.empty() && changes[i].at - list.back().to <= hair) {
      list.back().to = to;
    } else {
      list.push_back({changes[i].at, to});
    }
  }
  return list;
}

std::vector<Stretch> bypass_stretches(const PackRecord& record, const PlotTime& time) {
  std::vector<Stretch> list;
  const Series& boards = record.of(Quantity::bypassing);
  for (std::size_t i = 0; i < time.spans; ++i) {
    if (!time.looked[i] || boards.highest[i] < 0.5F) continue;
    const sim::SimTime from = time.span * static_cast<sim::SimTime>(i);
    if (!list.empty() && list.back().to == from) {
      list.back().to += time.span;
    } else {
      list.push_back({from, from + time.span});
    }
  }
  return list;
}

std::vector<StripRow> strip_rows(const PackRecord& record, const PlotTime& time, sim::SimTime ran) {
  std::vector<StripRow> rows{{"Charge", "good", "charge relay closed: charging allowed",
                              stretches(record, Quantity::charge_relay, time, ran)},
                             {"Load", "good", "load relay closed: discharging allowed",
                              stretches(record, Quantity::load_relay, time, ran)}};
  const auto bypass = bypass_stretches(record, time);
  if (!bypass.empty()) rows.push_back({"Bypass", "in", "at least one board balances", bypass});
  const struct {
    Quantity quantity;
    const char* name;
    const char* words;
  } lamps[] = {{Quantity::alarm_communication, "E", "communication error"},
               {Quantity::alarm_v_high, "Vh", "a cell above V-max"},
               {Quantity::alarm_v_low, "Vl", "a cell below V-min"},
               {Quantity::alarm_t_high, "Th", "a cell above T-max"},
               {Quantity::alarm_t_low, "Tl", "a cell below T-min"}};
  for (const auto& lamp : lamps) {
    const auto on = stretches(record, lamp.quantity, time, ran);
    if (!on.empty()) rows.push_back({lamp.name, "bad", lamp.words, on});
  }
  return rows;
}

}  // namespace

std::size_t shown_spans(const sim::Recorder& record) {
  const auto& looks = record.packs().front().looks;
  std::size_t spans = looks.size();
  while (spans > 1 && looks[spans - 1] == 0) --spans;
  return spans;
}

PlotTime plot_time(const sim::ScenarioResult& result, const sim::Recorder& record,
                   std::vector<PlotMark> marks) {
  PlotTime time{.start_of_day = result.start_of_day,
                .span = record.span(),
                .spans = shown_spans(record),
                .looked = {},
                .nights = {},
                .marks = std::move(marks)};
  const PackRecord& first = record.packs().front();
  const Series& sun = first.of(Quantity::sun);
  for (std::size_t i = 0; i < time.spans; ++i) {
    time.looked.push_back(first.looks[i] > 0);
    if (first.looks[i] == 0 || sun.highest[i] > 0.0F) continue;
    if (!time.nights.empty() && time.nights.back().second == i) {
      ++time.nights.back().second;
    } else {
      time.nights.emplace_back(i, i + 1);
    }
  }
  return time;
}

std::string pack_plots_html(const sim::PackResult& pack, const PackRecord& record,
                            const PlotTime& time, sim::SimTime ran) {
  return strip_html("Relays and alarms", strip_rows(record, time, ran), time) +
         plot_html(cells_plot(pack, record, time), time) + plot_html(charge_plot(record), time) +
         plot_html(current_plot(record), time) + plot_html(temperature_plot(pack, record), time);
}

}  // namespace cellwarden::gateway
