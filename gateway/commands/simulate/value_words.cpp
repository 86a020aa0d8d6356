// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/simulate/value_words.hpp"

#include <array>
#include <cinttypes>
#include <cstdio>

#include "gateway/app_link/event_text.hpp"

#include "scenarios/reader/amounts.hpp"

namespace cellwarden::gateway {

std::string decimal(double number, int decimals) {
  std::array<char, 64> text{};
  const int written = std::snprintf(text.data(), text.size(), "%.*f", decimals, number);
  std::string words(text.data(), static_cast<std::size_t>(written));
  if (words.starts_with('-') && words.find_first_not_of("-0.") == std::string::npos) {
    words.erase(0, 1);
  }
  return words;
}

std::string quantity_text(sim::Quantity quantity, double value) {
  const sim::QuantityRow& row = sim::row_of(quantity);
  switch (row.kind) {
    case sim::QuantityKind::contact:
      return value > 0.5 ? "closed" : "open";
    case sim::QuantityKind::lamp:
      return value > 0.5 ? "on" : "off";
    case sim::QuantityKind::count:
      return quantity == sim::Quantity::pin && value < 1000 ? "0" + decimal(value, 0)
                                                            : decimal(value, 0);
    case sim::QuantityKind::measure:
      break;
  }
  return decimal(value, row.decimals) + " " + std::string(row.unit);
}

std::string time_text(sim::SimTime at, sim::SimTime start_of_day) {
  const sim::SimTime clock = start_of_day + at;
  const std::string time = scenarios::clock_text(clock % scenarios::day);
  if (clock < scenarios::day) return time;
  return "day " + std::to_string(clock / scenarios::day + 1) + " " + time;
}

namespace {

/// Whether the must is about how high something gets.
bool tells_highest(const sim::Must& must) {
  const sim::Comparison comparison = must.condition.front().comparison;
  const bool upper = comparison == sim::Comparison::less || comparison == sim::Comparison::at_most;
  return upper != (must.form == sim::MustForm::never);
}

}  // namespace

std::string verdict_text(const sim::JudgedMust& judged, sim::SimTime start_of_day) {
  const sim::Verdict& verdict = judged.verdict;
  if (!verdict.seen) return "its time was not reached";
  const sim::Term& first = judged.must.condition.front();
  const std::string value = quantity_text(first.quantity, verdict.value);
  const std::string when = time_text(verdict.at, start_of_day);
  const bool watched =
      judged.must.form == sim::MustForm::always || judged.must.form == sim::MustForm::never;
  const bool measured = sim::row_of(first.quantity).kind == sim::QuantityKind::measure;
  switch (verdict.state) {
    case sim::VerdictState::broken:
      if (!watched)
        return value + (judged.must.form == sim::MustForm::becomes ? " still at " : " at ") + when;
      return "from " + when + ": " + value;
    case sim::VerdictState::held:
      if (!watched) return value + " at " + when;
      if (!measured) return "";
      return std::string(tells_highest(judged.must) ? "highest " : "lowest ") + value;
    case sim::VerdictState::not_judged:
      break;
  }
  return "not judged: the run ended before";
}

std::string mark_text(const sim::Mark& mark) {
  if (!mark.event) {
    std::string words = mark.words;
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') {
      words[0] = static_cast<char>(words[0] - 'a' + 'A');
    }
    return words;
  }
  const core::Event& event = *mark.event;
  return event_text({.index = 0,
                     .at_s = event.at_s,
                     .kind = static_cast<std::uint8_t>(event.kind),
                     .cause = static_cast<std::uint8_t>(event.cause),
                     .cell = event.cell,
                     .value = event.value});
}

std::string hash_text(std::uint64_t hash) {
  std::array<char, 17> text{};
  (void)std::snprintf(text.data(), text.size(), "%016" PRIx64, hash);
  return {text.data(), 16};
}

}  // namespace cellwarden::gateway
