/// Runs a scenario: moves the site, does what is to be done at its time, looks once a second,
/// judges and records. Knows no wall time and draws nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sim/recorder.hpp"
#include "sim/scenario.hpp"
#include "sim/scenario_result.hpp"
#include "sim/site.hpp"

namespace cellwarden::sim {

/// Time between two looks.
inline constexpr SimTime look_every = 1'000'000;
/// Marks that are kept of a run.
inline constexpr std::size_t marks_max = 4'000;

/// Not copyable: the site tells it what happens.
class ScenarioRun {
 public:
  /// @param duration  how long to run; shorter than the scenario leaves its end unjudged
  /// @throws std::invalid_argument  naming what is out of range in the site
  ScenarioRun(const Scenario& scenario, SimTime duration);
  ScenarioRun(const ScenarioRun&) = delete;
  ScenarioRun& operator=(const ScenarioRun&) = delete;

  /// Runs to the next look.
  void look();
  /// Runs to the last look by `until`. Every look is the same as with `look`, at less cost: boards
  /// that nothing disturbs are looked at between two messages, where they are.
  void run_until(SimTime until);
  [[nodiscard]] bool over() const { return now() >= duration_; }
  /// Time of the last look; the site stands a microsecond before it.
  [[nodiscard]] SimTime now() const { return site_.now() > 0 ? site_.now() + 1 : 0; }
  [[nodiscard]] SimTime duration() const { return duration_; }

  /// What is known at this moment.
  [[nodiscard]] ScenarioResult result();
  [[nodiscard]] const Recorder& record() const { return record_; }
  [[nodiscard]] Site& site() { return site_; }

 private:
  struct Step {
    SimTime at;
    std::size_t action;
    bool undo;
  };
  /// What is counted between looks, of one pack.
  struct Counted {
    core::Relays decided;
    double charge_openings = 0.0, load_openings = 0.0;
    double energy_in_j = 0.0, energy_out_j = 0.0;
  };

  [[nodiscard]] SiteHooks hooks();
  void add_mark(Mark mark);
  void plan();
  void act(const Step& step);
  void pass_whole(SimTime until);
  void take_look(SimTime at);
  void read_pack(int number, SimTime at);

  Scenario scenario_;
  SimTime duration_;
  std::vector<Mark> marks_;
  bool marks_cut_ = false;
  std::vector<Step> steps_;
  std::size_t next_step_ = 0;
  SimTime looked_at_ = 0;
  std::vector<plant::CurrentSensorOptions> sensors_before_;  ///< of each action that changes one
  std::vector<double> rated_to_set_;  ///< of each pack: rated charge over the set one
  std::vector<int> bus_of_;           ///< of each pack
  std::vector<Counted> counted_;
  std::vector<PackValues> values_;
  std::vector<MustJudge> judges_;
  Recorder record_;
  Site site_;
};

/// Does an action to a pack of the site, now.
void perform(Site& site, int pack, const Action& action);
/// Undoes it: mends the wire, ends the short. Does nothing to what cannot be undone.
void perform_undo(Site& site, int pack, const Action& action);
/// Whether an action can have an end.
bool can_end(ActionKind kind);

}  // namespace cellwarden::sim
