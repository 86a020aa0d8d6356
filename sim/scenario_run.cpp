// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario_run.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace cellwarden::sim {
namespace {

constexpr double us_per_s = 1e6;
constexpr double joules_per_wh = 3600.0;
constexpr double seconds_per_hour = 3600.0;

std::vector<int> cells_of(const SiteOptions& site) {
  std::vector<int> cells;
  for (const SiteBusOptions& bus : site.buses) {
    for (const SitePackOptions& pack : bus.packs) cells.push_back(pack.pack.cell_count);
  }
  return cells;
}

double lamp(bool on) { return on ? 1.0 : 0.0; }

/// How much more charge the cells hold than the capacity that is set says: the boards count from
/// that much above empty.
double rated_to_set(const SitePackOptions& pack) {
  const core::Settings settings = core::settings_from(pack.chain.out_memory.settings);
  const core::Charge set =
      core::charge_of(settings.capacity, settings.v_nominal, pack.pack.cell_count);
  const double set_c = static_cast<double>(set.in_microcoulombs()) / 1e6;
  return pack.pack.cells.capacity_ah * seconds_per_hour / set_c;
}

/// Which wire the OUT board names: n = from board n to board n + 1; 0 = none.
double named_wire(const PackReading& reading, int cells) {
  if (!reading.break_before) return 0.0;
  const int before = *reading.break_before;
  return before > 0 ? before - 1 : cells + before;
}

int bypassing(const SitePack& pack) {
  int count = 0;
  for (int board = 0; board < pack.cells(); ++board) {
    if (pack.chain().bypass(board) > core::Ratio{}) ++count;
  }
  return count;
}

void take_boards(PackValues& values, const PackReading& reading, const SitePack& pack) {
  values[Quantity::charge_relay] = lamp(reading.decided.charge);
  values[Quantity::load_relay] = lamp(reading.decided.load);
  values[Quantity::charge_contact] = lamp(reading.contacts.charge);
  values[Quantity::load_contact] = lamp(reading.contacts.load);
  values[Quantity::alarm_communication] = lamp(reading.alarms.communication);
  values[Quantity::alarm_v_high] = lamp(reading.alarms.v_high);
  values[Quantity::alarm_v_low] = lamp(reading.alarms.v_low);
  values[Quantity::alarm_t_high] = lamp(reading.alarms.t_high);
  values[Quantity::alarm_t_low] = lamp(reading.alarms.t_low);
  values[Quantity::broken_wire] = named_wire(reading, pack.cells());
  values[Quantity::bypassing] = bypassing(pack);
  const core::OutFirmware& out = pack.chain().out_firmware();
  values[Quantity::pin] = out.memory.pin;
  values[Quantity::radio_reset] = lamp(out.radio_reset);
  const auto net = out.board.currents.net();
  values[Quantity::current_shown] = net ? net->in_milliamperes() / 1000.0 : 0.0;
}

void take_truth(PackValues& values, const PackReading& reading) {
  values[Quantity::cell_voltage_max] = reading.voltage_v.highest;
  values[Quantity::cell_voltage_min] = reading.voltage_v.lowest;
  values[Quantity::cell_spread] = reading.voltage_v.highest - reading.voltage_v.lowest;
  values[Quantity::cell_soc_spread] = 100.0 * (reading.soc.highest - reading.soc.lowest);
  values[Quantity::pack_voltage] = reading.pack_voltage_v;
  values[Quantity::current] = reading.current_a;
  values[Quantity::temperature_max] = reading.temperature_c.highest;
  values[Quantity::temperature_min] = reading.temperature_c.lowest;
}

void take_charge(PackValues& values, const PackReading& reading, double rated_to_set) {
  const double shown = 100.0 * reading.shown_soc;
  const double real = 100.0 * (1.0 - (1.0 - reading.soc.mean) * rated_to_set);
  // The boards cannot say less than empty or more than full.
  const double sayable = std::min(std::max(real, 0.0), 100.0);
  values[Quantity::soc_true] = real;
  values[Quantity::soc_shown] = shown;
  values[Quantity::soc_error] = shown > sayable ? shown - sayable : sayable - shown;
}

/// With one pack on its bus charger and load are seen apart; of several, each has its share.
void take_flows(PackValues& values, const plant::Installation& bus) {
  const double net = values[Quantity::current];
  const bool alone = bus.pack_count() == 1;
  values[Quantity::current_in] = alone ? bus.current_in_a() : std::max(net, 0.0);
  values[Quantity::current_out] = alone ? bus.current_out_a() : std::max(-net, 0.0);
  values[Quantity::ambient] = bus.ambient_c();
  values[Quantity::generator] = lamp(bus.generator() && bus.generator()->running());
  values[Quantity::sun] = bus.irradiance_w_per_m2();
}

}  // namespace

ScenarioRun::ScenarioRun(const Scenario& scenario, SimTime duration)
    : scenario_(scenario),
      duration_(duration),
      record_(duration, look_every, cells_of(scenario.site)),
      site_(scenario.site, hooks()) {
  for (const SiteBusOptions& bus : scenario.site.buses) {
    const auto number = static_cast<int>(&bus - scenario.site.buses.data());
    for (const SitePackOptions& pack : bus.packs) {
      rated_to_set_.push_back(rated_to_set(pack));
      bus_of_.push_back(number);
    }
  }
  const auto packs = static_cast<std::size_t>(site_.pack_count());
  counted_.resize(packs);
  values_.resize(packs);
  for (const Must& must : scenario.musts) judges_.emplace_back(must);
  for (int pack = 0; pack < site_.pack_count(); ++pack) {
    site_.pack(pack).chain().pace = Pace::messages;
  }
  plan();
}

SiteHooks ScenarioRun::hooks() {
  SiteHooks hooks;
  hooks.event = [this](SimTime at, int pack, const core::Event& event) {
    add_mark({.at = at, .pack = pack, .words = {}, .event = event});
  };
  hooks.before_whole = [this](SimTime at, int) {
    if (site_.pack_count() == 1 && at > looked_at_ && at % look_every == 0) take_look(at);
  };
  return hooks;
}

void ScenarioRun::add_mark(Mark mark) {
  if (marks_.size() >= marks_max) {
    marks_cut_ = true;
    return;
  }
  marks_.push_back(std::move(mark));
}

/// What is to be done, in order of time; what ends goes before what begins at the same moment.
void ScenarioRun::plan() {
  sensors_before_.resize(scenario_.actions.size());
  for (std::size_t i = 0; i < scenario_.actions.size(); ++i) {
    const TimedAction& timed = scenario_.actions[i];
    steps_.push_back({timed.at, i, false});
    if (timed.until) steps_.push_back({*timed.until, i, true});
  }
  std::sort(steps_.begin(), steps_.end(), [](const Step& a, const Step& b) {
    return std::tuple(a.at, !a.undo, a.action) < std::tuple(b.at, !b.undo, b.action);
  });
}

void ScenarioRun::act(const Step& step) {
  const TimedAction& timed = scenario_.actions[step.action];
  add_mark({.at = step.at,
            .pack = timed.pack,
            .words = step.undo ? timed.until_words : timed.words,
            .event = {}});
  if (step.undo) {
    Action back = timed.action;
    if (back.kind == ActionKind::sensor) {
      back.sensor = sensors_before_[step.action];
      perform(site_, timed.pack, back);
    } else {
      perform_undo(site_, timed.pack, back);
    }
    return;
  }
  if (timed.action.kind == ActionKind::sensor) {
    const Jack jack = timed.action.number == 1 ? Jack::j1 : Jack::j2;
    sensors_before_[step.action] = site_.pack(timed.pack).sensor(jack).options();
  }
  perform(site_, timed.pack, timed.action);
}

void ScenarioRun::look() {
  // Just before the second is full: messages start on full seconds, and one that has not started
  // yet can pass whole (docs/decisions/0010-whole-messages.md).
  const SimTime next = ((site_.now() + 1) / look_every + 1) * look_every;
  const SimTime at = std::min(next, duration_);
  const SimTime until = at - 1;
  while (next_step_ < steps_.size() && steps_[next_step_].at < until) {
    const Step& step = steps_[next_step_++];
    site_.run_until(step.at);
    act(step);
  }
  site_.run_until(until);
  if (at > looked_at_) take_look(at);
}

void ScenarioRun::run_until(SimTime until) {
  const SimTime end = std::min(until, duration_);
  while (now() + look_every <= end || (now() < end && end == duration_)) {
    pass_whole(end);
    look();
  }
}

/// Whole messages up to a second before the end or before something is to be done.
void ScenarioRun::pass_whole(SimTime until) {
  SimTime end = until;
  if (next_step_ < steps_.size()) end = std::min(end, steps_[next_step_].at);
  end = (end / look_every - 1) * look_every;
  // Looks are at full seconds: a cycle that starts at another time has none of its own.
  const auto cycle_ends = site_.pack(0).chain().whole_until();
  if (end <= now() || !cycle_ends || *cycle_ends + 1 != now() + look_every) return;
  site_.run_whole_until(end - 1);
  if (now() > looked_at_) take_look(now());
}

/// The plant at `at`, the boards as they are before it: what happens at `at` is after the look.
void ScenarioRun::take_look(SimTime at) {
  looked_at_ = at;
  for (int number = 0; number < site_.pack_count(); ++number) read_pack(number, at);
  for (MustJudge& judge : judges_) judge.look(at, values_);
}

void ScenarioRun::read_pack(int number, SimTime at) {
  const auto index = static_cast<std::size_t>(number);
  SitePack& pack = site_.pack(number);
  const PackReading reading = pack.read(at);
  PackValues& values = values_[index];
  Counted& counted = counted_[index];
  take_truth(values, reading);
  take_boards(values, reading, pack);
  take_charge(values, reading, rated_to_set_[index]);
  take_flows(values, site_.bus(bus_of_[index]));
  const double seconds = static_cast<double>(look_every) / us_per_s;
  counted.energy_in_j += values[Quantity::current_in] * reading.pack_voltage_v * seconds;
  counted.energy_out_j += values[Quantity::current_out] * reading.pack_voltage_v * seconds;
  if (counted.decided.charge && !reading.decided.charge) counted.charge_openings += 1.0;
  if (counted.decided.load && !reading.decided.load) counted.load_openings += 1.0;
  counted.decided = reading.decided;
  values[Quantity::charge_openings] = counted.charge_openings;
  values[Quantity::load_openings] = counted.load_openings;
  record_.look(at, index, values, pack.plant().cells().voltage_v());
}

ScenarioResult ScenarioRun::result() {
  const bool complete = over() && duration_ >= scenario_.duration;
  ScenarioResult result;
  result.title = scenario_.title;
  result.words = scenario_.words;
  result.seed = scenario_.site.seed;
  result.start_of_day = SimTime{std::llround(scenario_.site.start_hour * 3600.0 * us_per_s)};
  result.planned = duration_;
  result.ran = now();
  result.interrupted = !over();
  result.marks = marks_;
  result.marks_cut = marks_cut_;
  result.trace_hash = site_.trace_hash();
  for (const MustJudge& judge : judges_) {
    result.musts.push_back({judge.must(), judge.verdict(complete)});
  }
  std::size_t index = 0;
  for (const SiteBusOptions& bus : scenario_.site.buses) {
    for (const SitePackOptions& options : bus.packs) {
      const core::PackTotals& totals =
          site_.pack(static_cast<int>(index)).chain().out_board().totals;
      PackResult pack;
      pack.name = scenario_.pack_names[index];
      pack.cells = options.pack.cell_count;
      pack.settings = core::settings_from(options.chain.out_memory.settings);
      pack.v_bypass = core::v_bypass(options.chain.switches);
      pack.last = values_[index];
      pack.energy_in_wh = counted_[index].energy_in_j / joules_per_wh;
      pack.energy_out_wh = counted_[index].energy_out_j / joules_per_wh;
      pack.energy_in_shown_wh = static_cast<double>(totals.collected.total().in_watt_hours());
      pack.energy_out_shown_wh = static_cast<double>(totals.consumed.total().in_watt_hours());
      result.packs.push_back(pack);
      ++index;
    }
  }
  return result;
}

}  // namespace cellwarden::sim
