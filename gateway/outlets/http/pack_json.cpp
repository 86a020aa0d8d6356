// SPDX-License-Identifier: Apache-2.0
#include "gateway/outlets/http/pack_json.hpp"

#include <array>
#include <concepts>
#include <string_view>

#include <boost/json.hpp>

#include "gateway/outlets/http/app_link_json.hpp"
#include "gateway/version.hpp"

namespace cellwarden::gateway::http {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

std::string_view word(Freshness state) {
  switch (state) {
    case Freshness::missing:
      return "missing";
    case Freshness::absent:
      return "absent";
    case Freshness::stale:
      return "stale";
    case Freshness::suspect:
      return "suspect";
    case Freshness::fresh:
      return "fresh";
  }
  return "missing";
}

std::string_view word(LinkState state) {
  switch (state) {
    case LinkState::down:
      return "down";
    case LinkState::silent:
      return "silent";
    case LinkState::online:
      return "online";
    case LinkState::ended:
      return "ended";
  }
  return "down";
}

std::string_view word(Zone zone) {
  switch (zone) {
    case Zone::unknown:
      return "unknown";
    case Zone::safe:
      return "safe";
    case Zone::balancing:
      return "balancing";
    case Zone::out_of_range:
      return "out_of_range";
  }
  return "unknown";
}

value number(core::Voltage v) { return v.in_millivolts(); }
value number(core::Current c) { return c.in_milliamperes(); }
value number(core::Temperature t) { return t.in_decicelsius(); }
value number(core::Energy e) { return e.in_watt_hours(); }
value number(bool b) { return b; }
value number(std::unsigned_integral auto n) { return std::uint64_t{n}; }
/// To the nearest watt, halves away from zero.
value number(core::Power p) {
  const std::int64_t uw = p.in_microwatts();
  return (uw + (uw < 0 ? -500'000 : 500'000)) / 1'000'000;
}
value number(wire::Firmware f) {
  return value(std::to_string(f.major) + "." + std::to_string(f.minor) + "." +
               std::to_string(f.patch));
}
value number(TimeOfDay t) {
  const auto two = [](unsigned n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return value(two(t.hours) + ":" + two(t.minutes));
}

template <class T, class Convert>
object reading(const Reading<T>& from, Convert convert) {
  return {{"value", from.value ? value(convert(*from.value)) : value(nullptr)},
          {"age_ms", from.age ? value(from.age->count()) : value(nullptr)},
          {"state", word(from.state)}};
}

template <class T>
object reading(const Reading<T>& from) {
  return reading(from, [](const T& v) { return number(v); });
}

template <class T>
value number_or_null(const std::optional<T>& n) {
  return n ? value(std::int64_t{*n}) : value(nullptr);
}

object link_object(const LinkView& link) {
  static constexpr std::array<std::string_view, wire::frame_fault_kinds> fault_words{
      "size", "checksum", "sign", "count", "soc", "order", "extra"};
  object refused;
  for (std::size_t i = 0; i < fault_words.size(); ++i) {
    refused[fault_words[i]] = link.counts.refused[i];
  }
  return {{"state", word(link.state)},
          {"text", link.text},
          {"age_ms", link.age ? value(link.age->count()) : value(nullptr)},
          {"frames", link.counts.frames},
          {"bytes", link.counts.bytes},
          {"dropped_bytes", link.counts.dropped_bytes},
          {"unconfirmed", link.counts.unconfirmed},
          {"reconnects", link.reconnects},
          {"refused", refused},
          {"ignored",
           {{"cell_number", link.ignored.cell_number}, {"cell_count", link.ignored.cell_count}}}};
}

array cells_array(const std::vector<CellView>& cells) {
  array list;
  list.reserve(cells.size());
  for (const CellView& cell : cells) {
    list.push_back(object{{"number", list.size() + 1},
                          {"voltage_mv", reading(cell.voltage)},
                          {"temperature_dc", reading(cell.temperature)},
                          {"zone", word(cell.zone)}});
  }
  return list;
}

object details_object(const DetailsView& details) {
  return {{"soh_percent", reading(details.soh_percent)},
          {"charge_efficiency_percent", reading(details.charge_efficiency_percent)},
          {"v_low_mv", reading(details.v_low)},
          {"v_nominal_mv", reading(details.v_nominal)},
          {"v_full_mv", reading(details.v_full)},
          {"firmware", reading(details.firmware)},
          {"charge_cycles", reading(details.charge_cycles)},
          {"charged_total_wh", reading(details.charged_total)},
          {"discharged_total_wh", reading(details.discharged_total)},
          {"clock", reading(details.clock)},
          {"charge_relay_closed", reading(details.charge_relay_closed)},
          {"load_relay_closed", reading(details.load_relay_closed)},
          {"early_warning", reading(details.early_warning)}};
}

template <class T>
object extreme(const Extreme<T>& from, std::string_view key) {
  return {{"number", number_or_null(from.cell)}, {key, reading(from.value)}};
}

void put_measured(object& pack, const PackView& view) {
  pack["pack_voltage_mv"] = reading(view.pack_voltage);
  pack["soc_permille"] = reading(view.soc_percent, [](std::uint8_t soc) { return soc * 10; });
  pack["soc_calibrated"] = reading(view.soc_calibrated);
  pack["current_ma"] = reading(view.current);
  pack["current_in_ma"] = reading(view.current_in);
  pack["current_out_ma"] = reading(view.current_out);
  pack["power_w"] = reading(view.power);
  pack["power_in_w"] = reading(view.power_in);
  pack["power_out_w"] = reading(view.power_out);
  pack["stored_wh"] = reading(view.stored);
  pack["capacity_wh"] = reading(view.capacity);
  pack["collected_today_wh"] = reading(view.collected_today);
  pack["consumed_today_wh"] = reading(view.consumed_today);
  pack["collected_total_wh"] = reading(view.collected_total);
  pack["consumed_total_wh"] = reading(view.consumed_total);
  pack["charge_allowed"] = reading(view.charge_allowed);
  pack["discharge_allowed"] = reading(view.discharge_allowed);
}

/// What counts as full in a picture: as the board has it, else as the configuration says.
value peak(const PackFeed& feed, std::size_t place, const std::optional<int>& configured) {
  if (feed.app_link != nullptr) {
    const auto& setting = feed.app_link->client().setting(place);
    if (setting && setting->value > 0) return setting->value;
  }
  return number_or_null(configured);
}

object pack_object(const PackFeed& feed, Time now) {
  const PackView view = feed.pack().view(now);
  const PackIdentity& who = feed.identity();
  object pack{{"id", who.id}, {"name", who.name}, {"source", who.source}};
  pack["link"] = link_object(view.link);
  pack["app_link"] = app_link_object(feed.app_link);
  pack["peaks"] = {{"solar_w", peak(feed, core::setting("solar_peak"), who.solar_peak_w)},
                   {"inverter_w", peak(feed, core::setting("inverter_peak"), who.inverter_peak_w)}};
  put_measured(pack, view);
  pack["alarms"] = {{"communication", reading(view.alarms.communication)},
                    {"v_high", reading(view.alarms.v_high)},
                    {"v_low", reading(view.alarms.v_low)},
                    {"t_high", reading(view.alarms.t_high)},
                    {"t_low", reading(view.alarms.t_low)}};
  pack["limits"] = {{"v_min_mv", reading(view.limits.v_min)},
                    {"v_max_mv", reading(view.limits.v_max)},
                    {"v_bypass_mv", reading(view.limits.v_bypass)}};
  pack["lowest_cell"] = extreme(view.lowest, "voltage_mv");
  pack["highest_cell"] = extreme(view.highest, "voltage_mv");
  pack["coldest_cell"] = extreme(view.coldest, "temperature_dc");
  pack["hottest_cell"] = extreme(view.hottest, "temperature_dc");
  pack["cell_count"] = reading(view.cell_count);
  pack["cells"] = cells_array(view.cells);
  pack["details"] = details_object(view.details);
  return pack;
}

array packs_array(const Packs& packs, Time now) {
  array list;
  for (const PackFeed& feed : packs.all()) list.push_back(pack_object(feed, now));
  return list;
}

}  // namespace

std::string pack_json(const PackFeed& feed, Time now) {
  return boost::json::serialize(pack_object(feed, now));
}

std::string packs_json(const Packs& packs, Time now) {
  return boost::json::serialize(object{{"packs", packs_array(packs, now)}});
}

std::string snapshot_message(const Packs& packs, Time now) {
  return boost::json::serialize(object{{"type", "snapshot"}, {"packs", packs_array(packs, now)}});
}

std::string pack_message(const PackFeed& feed, Time now) {
  return boost::json::serialize(object{{"type", "pack"}, {"pack", pack_object(feed, now)}});
}

std::string error_json(std::string_view code, std::string_view message) {
  return boost::json::serialize(object{{"error", {{"code", code}, {"message", message}}}});
}

std::string version_json() {
  return boost::json::serialize(object{{"name", "cellwarden"}, {"version", version}});
}

}  // namespace cellwarden::gateway::http
