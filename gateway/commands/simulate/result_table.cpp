// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/simulate/result_table.hpp"

#include "gateway/commands/simulate/value_words.hpp"

#include "scenarios/reader/amounts.hpp"

namespace cellwarden::gateway {
namespace {

using sim::Quantity;
using sim::VerdictState;

const char* state_word(VerdictState state) {
  switch (state) {
    case VerdictState::held:
      return "held    ";
    case VerdictState::broken:
      return "BROKEN  ";
    case VerdictState::not_judged:
      break;
  }
  return "open    ";
}

std::string kilowatt_hours(double wh) { return decimal(wh / 1000.0, 2) + " kWh"; }

std::string pack_lines(const sim::PackResult& pack, bool named) {
  const auto openings = [&](Quantity quantity) { return decimal(pack.last[quantity], 0); };
  return (named ? "pack " + pack.name + ", " : std::string()) + std::to_string(pack.cells) +
         " cells\n" +  //
         "  energy in   " + kilowatt_hours(pack.energy_in_wh) + ", counted by the BMS " +
         kilowatt_hours(pack.energy_in_shown_wh) + "\n" +  //
         "  energy out  " + kilowatt_hours(pack.energy_out_wh) + ", counted by the BMS " +
         kilowatt_hours(pack.energy_out_shown_wh) + "\n" +  //
         "  charge      " + decimal(pack.last[Quantity::soc_true], 1) + " % true, " +
         decimal(pack.last[Quantity::soc_shown], 1) + " % shown\n" +  //
         "  cells       " + decimal(pack.last[Quantity::cell_voltage_min], 3) + " to " +
         decimal(pack.last[Quantity::cell_voltage_max], 3) + " V at the end\n" +  //
         "  openings    charge relay " + openings(Quantity::charge_openings) + ", load relay " +
         openings(Quantity::load_openings) + "\n";
}

}  // namespace

std::string result_table(const sim::ScenarioResult& result) {
  std::string text = result.title + "\n";
  if (result.interrupted) {
    text += "PARTIAL: stopped after " + scenarios::duration_text(result.ran) + " of " +
            scenarios::duration_text(result.planned) + "\n";
  }
  text += "\n";
  for (const sim::JudgedMust& must : result.musts) {
    const std::string told = verdict_text(must, result.start_of_day);
    text += state_word(must.verdict.state) + must.must.words +
            (told.empty() ? "" : " (" + told + ")") + "\n";
    if (must.verdict.state == VerdictState::broken) text += "        " + must.must.text + "\n";
  }
  text += "\n";
  for (const sim::PackResult& pack : result.packs) {
    text += pack_lines(pack, result.packs.size() > 1);
  }
  return text + "trace         " + hash_text(result.trace_hash) + " (seed " +
         std::to_string(result.seed) + ")\n";
}

}  // namespace cellwarden::gateway
