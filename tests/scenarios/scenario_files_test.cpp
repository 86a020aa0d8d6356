/// Runs every scenario that ships with the project and asserts what it says must hold; the same
/// seed gives the same run. Under the sanitizers each runs for its first minutes only: the whole
/// runs are the other build's.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scenario_run.hpp"

#include "scenarios/reader/read_scenario.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define CELLWARDEN_SLOW_BUILD 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CELLWARDEN_SLOW_BUILD 1
#endif
#endif
#ifndef CELLWARDEN_SLOW_BUILD
#define CELLWARDEN_SLOW_BUILD 0
#endif

namespace cellwarden::tests {
namespace {

constexpr sim::SimTime second = 1'000'000;
constexpr const char* folder = CELLWARDEN_SOURCE_DIR "/scenarios/";

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

sim::Scenario scenario_named(const std::string& name) {
  const std::string file = folder + name + ".toml";
  std::ifstream stream(file);
  const std::string text(std::istreambuf_iterator<char>(stream), {});
  return scenarios::read_scenario(text, file);
}

sim::ScenarioResult run(const sim::Scenario& scenario, sim::SimTime duration) {
  sim::ScenarioRun run(scenario, duration);
  run.run_until(duration);
  return run.result();
}

class ScenarioFile : public testing::TestWithParam<std::string> {};

TEST_P(ScenarioFile, Holds) {
  const sim::Scenario scenario = scenario_named(GetParam());
  const sim::SimTime limit = CELLWARDEN_SLOW_BUILD != 0 ? 1200 * second : scenario.duration;
  const sim::ScenarioResult result = run(scenario, std::min(limit, scenario.duration));
  for (const sim::JudgedMust& judged : result.musts) {
    EXPECT_NE(judged.verdict.state, sim::VerdictState::broken)
        << judged.must.words << ": " << judged.must.text << "; at " << judged.verdict.at / second
        << " s: " << judged.verdict.value << "\nsee it: cellwarden simulate scenarios/"
        << GetParam() << ".toml --report x.html";
    if (result.ran < scenario.duration) continue;
    EXPECT_NE(judged.verdict.state, sim::VerdictState::not_judged) << judged.must.words;
  }
}

/// Faults and all: what is looked at between two whole messages is what a look at each second sees.
TEST_P(ScenarioFile, IsTheSameLookByLook) {
  const sim::Scenario scenario = scenario_named(GetParam());
  const sim::SimTime limit = (CELLWARDEN_SLOW_BUILD != 0 ? 300 : 7200) * second + second / 2;
  const sim::SimTime duration = std::min(limit, scenario.duration);
  sim::ScenarioRun each(scenario, duration);
  while (!each.over()) each.look();
  sim::ScenarioRun stretches(scenario, duration);
  // To a moment between two looks as well: it goes on from there.
  stretches.run_until(duration / 3);
  stretches.run_until(duration);
  const sim::ScenarioResult wanted = each.result();
  const sim::ScenarioResult result = stretches.result();
  EXPECT_EQ(result.ran, wanted.ran);
  EXPECT_EQ(result.trace_hash, wanted.trace_hash);
  EXPECT_EQ(result.marks.size(), wanted.marks.size());
  for (std::size_t i = 0; i < wanted.musts.size(); ++i) {
    EXPECT_EQ(result.musts[i].verdict.state, wanted.musts[i].verdict.state) << i;
    EXPECT_EQ(result.musts[i].verdict.at, wanted.musts[i].verdict.at) << i;
    EXPECT_EQ(result.musts[i].verdict.value, wanted.musts[i].verdict.value) << i;
  }
  for (std::size_t pack = 0; pack < wanted.packs.size(); ++pack) {
    const sim::PackRecord& record = stretches.record().packs()[pack];
    const sim::PackRecord& same = each.record().packs()[pack];
    EXPECT_EQ(result.packs[pack].energy_in_wh, wanted.packs[pack].energy_in_wh);
    EXPECT_EQ(record.looks, same.looks);
    EXPECT_EQ(record.cell_voltage, same.cell_voltage);
    for (std::size_t i = 0; i < sim::quantity_count; ++i) {
      const auto name = sim::row_of(static_cast<sim::Quantity>(i)).name;
      EXPECT_EQ(record.series[i].lowest, same.series[i].lowest) << name;
      EXPECT_EQ(record.series[i].highest, same.series[i].highest) << name;
      EXPECT_EQ(record.series[i].mean, same.series[i].mean) << name;
      EXPECT_EQ(record.changes[i].size(), same.changes[i].size()) << name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, ScenarioFile, testing::ValuesIn(scenario_names()),
                         [](const auto& file) { return file.param; });

/// The same numbers from g++ and clang: both builds run this test. Whoever changes physics or
/// boards writes the new ones here; two compilers must agree on them.
struct Trace {
  const char* name;
  std::uint64_t hash;  ///< of the first two minutes
};

TEST(Scenarios, OneSeedIsOneTraceOnEveryCompiler) {
  const Trace traces[] = {{"day_off_grid", 0x0b181ec4a58ee176},
                          {"faq_no_communication", 0x826d1f8e1d5fce35},
                          {"faq_packs_parallel", 0x63d7383e51a0613f}};
  for (const Trace& trace : traces) {
    const sim::Scenario scenario = scenario_named(trace.name);
    const std::uint64_t first = run(scenario, 120 * second).trace_hash;
    EXPECT_EQ(first, run(scenario, 120 * second).trace_hash) << trace.name;
    EXPECT_EQ(first, trace.hash) << trace.name << std::hex << " 0x" << first;
    sim::Scenario other = scenario;
    other.site.seed += 1;
    EXPECT_NE(first, run(other, 120 * second).trace_hash) << trace.name;
  }
}

}  // namespace
}  // namespace cellwarden::tests
