// SPDX-License-Identifier: Apache-2.0
#include "scenarios/reader/read_site.hpp"

#include <stdexcept>

#include "scenarios/reader/bad_scenario.hpp"

namespace cellwarden::scenarios {
namespace {

constexpr Limits share{0.0, 1.0};

/// @param needed_s  time of the run's end, since midnight of the first day
void read_weather(FileTable& root, plant::WeatherOptions& weather, double needed_s) {
  auto table = root.table("weather");
  if (!table) return;
  const auto number = [&](std::string_view key, Limits limits, double& into) {
    into = table->number(key, limits).value_or(into);
  };
  number("latitude_deg", {-66, 66}, weather.latitude_deg);
  weather.day_of_year = table->whole("day_of_year", {1, 365}).value_or(weather.day_of_year);
  number("cloudiness", share, weather.cloudiness);
  number("mean_temperature_c", {-40, 60}, weather.mean_temperature_c);
  number("daily_swing_k", {0, 30}, weather.daily_swing_k);
  number("day_to_day_k", {0, 20}, weather.day_to_day_k);
  const auto record =
      table->word("record", {"none", "aachen_2023", "boulder_20181014", "alamosa_20160101"});
  weather.record = static_cast<plant::SkyRecord>(record.value_or(0));
  weather.record_repeats = table->flag("record_repeats").value_or(false);
  weather.air_of_record = !table->flag("indoors").value_or(false);
  const double ends_s = plant::Weather(weather, 0).ends_s();
  if (needed_s > ends_s) refuse_short_record(*table, ends_s, needed_s);
  table->only_known();
}

/// Names tell packs apart in conditions and events.
std::string read_name(FileTable& table, const std::vector<std::string>& taken) {
  const auto given = table.text("name");
  const std::string name =
      given.value_or(taken.empty() ? "pack" : "pack_" + std::to_string(taken.size() + 1));
  bool good = !name.empty() && name.size() <= 32;
  for (const char c : name) {
    good = good && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '_' || c == '-');
  }
  if (!good) table.refuse_value("name", "1 to 32 letters, digits, \"-\" or \"_\"");
  for (const std::string& other : taken) {
    if (other == name) table.refuse_value("name", "a name that no other pack has");
  }
  return name;
}

void read_start(FileTable& root, sim::SiteOptions& site) {
  const auto text = root.text("start");
  if (!text) return;
  const auto time = parse_clock(*text);
  if (!time || *time >= day) root.refuse_value("start", "a time of day like \"06:30\"");
  site.start_hour = static_cast<double>(*time) / 3600e6;
}

}  // namespace

void refuse_short_record(const FileTable& table, double ends_s, double needed_s) {
  const auto moment = [](double time_s) {
    return clock_text(static_cast<sim::SimTime>(time_s * 1e6));
  };
  table.refuse("record", "the record ends at " + moment(ends_s) +
                             ", expected one that lasts until the end of the run at " +
                             moment(needed_s) + ", or record_repeats = true");
}

plant::CurrentSensorOptions read_sensor(FileTable& table, plant::CurrentSensorOptions sensor) {
  const double range = sensor.range_a;
  sensor.offset_a = table.number("offset_a", {-range, range}).value_or(sensor.offset_a);
  if (const auto gain = table.number("gain_error_percent", {-50, 50})) {
    sensor.gain_error = *gain / 100.0;
  }
  sensor.noise_a = table.number("noise_a", {0, range}).value_or(sensor.noise_a);
  sensor.drift_a_per_day =
      table.number("drift_a_per_day", {-range, range}).value_or(sensor.drift_a_per_day);
  sensor.reversed = table.flag("reversed").value_or(sensor.reversed);
  sensor.present = table.flag("present").value_or(sensor.present);
  return sensor;
}

void read_site(FileTable& root, sim::Scenario& scenario) {
  sim::SiteOptions& site = scenario.site;
  site.seed = static_cast<std::uint64_t>(root.whole("seed", {0, 2'000'000'000}).value_or(1));
  read_start(root, site);
  const double needed_s = site.start_hour * 3600.0 + static_cast<double>(scenario.duration) / 1e6;
  read_weather(root, site.weather, needed_s);
  std::vector<FileTable> packs = root.tables("pack");
  if (packs.empty()) root.refuse("pack", "there is no [[pack]], expected at least one");
  if (packs.size() > plant::parallel_packs_max) {
    root.refuse("pack", std::to_string(packs.size()) + " packs, expected at most " +
                            std::to_string(plant::parallel_packs_max));
  }
  sim::SiteBusOptions bus;
  for (FileTable& table : packs) {
    scenario.pack_names.push_back(read_name(table, scenario.pack_names));
    bus.packs.push_back(read_pack(table));
    if (packs.size() > 1) bus.packs.back().sensors.wiring = sim::SensorWiring::one;
    table.only_known();
    const int first = bus.packs.front().pack.cell_count;
    if (bus.packs.back().pack.cell_count == first) continue;
    table.refuse_value("cells",
                       std::to_string(first) + " as the first pack has: they are parallel");
  }
  const plant::PackOptions& first = bus.packs.front().pack;
  bus.plant = plant::household(first.cell_count, first.cells, static_cast<int>(bus.packs.size()));
  read_sources(root, bus.plant, needed_s);
  site.buses.push_back(bus);
}

}  // namespace cellwarden::scenarios
