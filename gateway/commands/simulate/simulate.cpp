/// `cellwarden simulate`: runs a scenario file, prints what held, writes the report.
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>

#include "gateway/captures/capture.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/simulate/html_report.hpp"
#include "gateway/commands/simulate/progress_bar.hpp"
#include "gateway/commands/simulate/result_table.hpp"
#include "gateway/commands/simulate/value_words.hpp"
#include "gateway/usage_error.hpp"
#include "sim/scenario_run.hpp"

#include "scenarios/reader/amounts.hpp"
#include "scenarios/reader/bad_scenario.hpp"
#include "scenarios/reader/read_scenario.hpp"

namespace cellwarden::gateway {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int broken_status = 1;
constexpr int interrupted_status = 130;
/// Simulated time without a look at the clock or at whether somebody asked to stop.
constexpr sim::SimTime between_drawing = 60'000'000;
constexpr auto redraw_every = std::chrono::milliseconds(200);

volatile std::sig_atomic_t stop_asked = 0;
extern "C" void ask_to_stop(int) { stop_asked = 1; }

/// The report's file, opened before anything runs: what cannot be written is known at once.
std::ofstream open_report(const std::string& file) {
  std::ofstream stream(file, std::ios::binary);
  if (!stream) throw UsageError(file + " cannot be written");
  return stream;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// "1 d in 2.1 s: 41143 times as fast as the clock on the wall"
std::string speed_text(sim::SimTime ran, double wall_s) {
  const double times = static_cast<double>(ran) / 1e6 / (wall_s > 1e-3 ? wall_s : 1e-3);
  return scenarios::duration_text(ran) + " in " + decimal(wall_s, 1) + " s: " + decimal(times, 0) +
         " times as fast as the clock on the wall";
}

/// Runs until the end or until somebody asks to stop.
void run_scenario(sim::ScenarioRun& run) {
  ProgressBar bar(::isatty(STDERR_FILENO) == 1);
  const Clock::time_point start = Clock::now();
  Clock::time_point drawn = start;
  while (!run.over() && stop_asked == 0) {
    run.run_until(run.now() + between_drawing);
    const Clock::time_point now = Clock::now();
    if (now - drawn < redraw_every) continue;
    drawn = now;
    const double share = static_cast<double>(run.now()) / static_cast<double>(run.duration());
    const double left_s = seconds_since(start) * (1.0 - share) / share;
    bar.show(share, "day " + std::to_string(run.now() / scenarios::day + 1) + ", " +
                        decimal(left_s, 0) + " s to go");
  }
}

sim::SimTime wanted_duration(const SimulateOptions& options, const sim::Scenario& scenario) {
  if (!options.days) return scenario.duration;
  return static_cast<sim::SimTime>(*options.days * static_cast<double>(scenarios::day));
}

}  // namespace

int simulate(const SimulateOptions& options) {
  sim::Scenario scenario;
  try {
    scenario = scenarios::read_scenario(read_file(options.file), options.file);
  } catch (const scenarios::BadScenario& wrong) {
    throw UsageError(wrong.what());
  }
  if (options.seed) scenario.site.seed = *options.seed;
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
  std::ofstream report;
  if (options.report) report = open_report(*options.report);
  sim::ScenarioRun run(scenario, wanted_duration(options, scenario));
  const Clock::time_point start = Clock::now();
  run_scenario(run);
  const double wall_s = seconds_since(start);
  const sim::ScenarioResult result = run.result();
  std::cout << result_table(result) << "speed         " << speed_text(result.ran, wall_s) << '\n';
  if (options.report) {
    report << html_report(result, run.record(), options.file) << std::flush;
    if (!report) throw UsageError(*options.report + " cannot be written");
    std::cout << "report        " << *options.report << (result.interrupted ? " (partial)" : "")
              << '\n';
  }
  std::cout.flush();
  if (!std::cout) throw UsageError("the output cannot be written");
  if (result.interrupted) return interrupted_status;
  return result.held() ? 0 : broken_status;
}

}  // namespace cellwarden::gateway
