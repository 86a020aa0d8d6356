/// What charges and discharges the packs of a scenario. Voltages stand in the file for each cell.
// SPDX-License-Identifier: Apache-2.0
#include "scenarios/reader/read_site.hpp"

namespace cellwarden::scenarios {
namespace {

constexpr Limits watts{0.0, 1e6};
constexpr Limits amperes{0.0, 1e5};
constexpr Limits cell_volts{1.0, 5.0};
constexpr Limits share{0.1, 1.0};

void read_number(FileTable& table, std::string_view key, Limits limits, double& into,
                 double times = 1.0) {
  if (const auto value = table.number(key, limits)) into = *value * times;
}

void read_seconds(FileTable& table, std::string_view key, double& into) {
  if (const auto time = table.duration(key)) into = static_cast<double>(*time) / 1e6;
}

void read_stages(FileTable& table, int cells, plant::StageOptions& stages) {
  read_number(table, "absorption_cell_v", cell_volts, stages.absorption_v, cells);
  read_number(table, "float_cell_v", cell_volts, stages.float_v, cells);
  read_number(table, "tail_current_a", amperes, stages.tail_current_a);
  read_seconds(table, "absorption_max", stages.absorption_max_s);
  if (stages.float_v > stages.absorption_v) {
    table.refuse_value("float_cell_v", "at most absorption_cell_v");
  }
}

void read_charger(FileTable& table, int cells, plant::ChargerOptions& charger) {
  read_number(table, "panel_peak_w", watts, charger.panel_peak_w);
  read_number(table, "efficiency", share, charger.efficiency);
  read_number(table, "current_max_a", amperes, charger.current_max_a);
  read_stages(table, cells, charger.stages);
  table.only_known();
}

void read_load(FileTable& table, int cells, double needed_s, plant::LoadOptions& load) {
  read_number(table, "inverter_max_w", watts, load.inverter_max_w);
  read_number(table, "inverter_idle_w", watts, load.inverter_idle_w);
  read_number(table, "inverter_efficiency", share, load.inverter_efficiency);
  read_number(table, "standby_w", watts, load.standby_w);
  read_number(table, "cut_off_cell_v", cell_volts, load.cut_off_v, cells);
  read_number(table, "restart_cell_v", cell_volts, load.restart_v, cells);
  if (load.restart_v < load.cut_off_v) {
    table.refuse_value("restart_cell_v", "at least cut_off_cell_v");
  }
  const auto record = table.word("record", {"none", "sceaux_2006"});
  load.record = static_cast<plant::ConsumerRecord>(record.value_or(0));
  read_number(table, "record_mean_w", watts, load.record_mean_w);
  load.record_repeats = table.flag("record_repeats").value_or(false);
  const double ends_s = plant::HouseholdLoad(load, 0).ends_s();
  if (needed_s > ends_s) refuse_short_record(table, ends_s, needed_s);
  table.only_known();
}

void read_generator(FileTable& table, int cells, plant::GeneratorOptions& generator) {
  constexpr Limits percent{0.0, 100.0};
  constexpr Limits hours{0.0, 24.0};
  read_number(table, "power_w", {1, 1e6}, generator.power_w);
  read_number(table, "efficiency", share, generator.efficiency);
  read_number(table, "current_max_a", amperes, generator.current_max_a);
  read_stages(table, cells, generator.stages);
  read_number(table, "start_soc_percent", percent, generator.start_soc, 0.01);
  read_number(table, "stop_soc_percent", percent, generator.stop_soc, 0.01);
  if (generator.stop_soc < generator.start_soc) {
    table.refuse_value("stop_soc_percent", "at least start_soc_percent");
  }
  read_number(table, "start_cell_v", {0, 5}, generator.start_v, cells);
  read_seconds(table, "run_min", generator.run_min_s);
  read_number(table, "daily_from_hour", hours, generator.daily_from_hour);
  read_number(table, "daily_to_hour", hours, generator.daily_to_hour);
  table.only_known();
}

void read_combined(FileTable& table, int cells, plant::CombinedOptions& combined) {
  read_number(table, "charge_max_w", watts, combined.charge_max_w);
  read_number(table, "charge_max_a", amperes, combined.charge_max_a);
  read_number(table, "efficiency", share, combined.efficiency);
  read_stages(table, cells, combined.stages);
  table.only_known();
}

}  // namespace

void read_sources(FileTable& root, plant::InstallationOptions& plant, double needed_s) {
  const plant::PackOptions& pack = plant.packs.front();
  const int cells = pack.cell_count;
  const int packs = static_cast<int>(plant.packs.size());
  if (auto table = root.table("charger")) read_charger(*table, cells, plant.charger);
  if (auto table = root.table("load")) read_load(*table, cells, needed_s, plant.load);
  if (auto table = root.table("generator")) {
    plant.generator = plant::household_generator(cells, pack.cells, packs);
    read_generator(*table, cells, *plant.generator);
  }
  if (auto table = root.table("combined")) {
    const int signals = table->whole("enable_signals", {1, 2}).value_or(2);
    plant.combined = plant::household_combined(cells, signals, pack.cells, packs);
    read_combined(*table, cells, *plant.combined);
  }
}

}  // namespace cellwarden::scenarios
