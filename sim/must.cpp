// SPDX-License-Identifier: Apache-2.0
#include "sim/must.hpp"

namespace cellwarden::sim {
namespace {

bool compare(double value, Comparison comparison, double limit) {
  switch (comparison) {
    case Comparison::less:
      return value < limit;
    case Comparison::at_most:
      return value <= limit;
    case Comparison::more:
      return value > limit;
    case Comparison::at_least:
      return value >= limit;
    case Comparison::equal:
      return value >= limit && value <= limit;
    case Comparison::unequal:
      break;
  }
  return value < limit || value > limit;
}

bool upper_bound(Comparison comparison) {
  return comparison == Comparison::less || comparison == Comparison::at_most;
}

bool holds(const Term& term, std::span<const PackValues> packs) {
  if (term.pack != Term::every_pack) {
    const PackValues& pack = packs[static_cast<std::size_t>(term.pack)];
    return compare(pack[term.quantity], term.comparison, term.limit);
  }
  for (const PackValues& pack : packs) {
    if (!compare(pack[term.quantity], term.comparison, term.limit)) return false;
  }
  return true;
}

/// "Never" is about any pack: one of them is enough.
bool holds_anywhere(const Condition& condition, std::span<const PackValues> packs) {
  for (std::size_t i = 0; i < packs.size(); ++i) {
    bool all = true;
    for (Term term : condition) {
      if (term.pack == Term::every_pack) term.pack = static_cast<int>(i);
      all = all && holds(term, packs);
    }
    if (all) return true;
  }
  return false;
}

}  // namespace

bool holds(const Condition& condition, std::span<const PackValues> packs) {
  for (const Term& term : condition) {
    if (!holds(term, packs)) return false;
  }
  return true;
}

/// Whether `value` says more about the must than what was kept: for "always x < 5" the highest.
bool MustJudge::worse(double value) const {
  if (!verdict_.seen) return true;
  const bool up = upper_bound(must_.condition.front().comparison);
  const bool high_is_bad = must_.form == MustForm::never ? !up : up;
  return high_is_bad ? value > verdict_.value : value < verdict_.value;
}

void MustJudge::look(SimTime at, std::span<const PackValues> packs) {
  looked_at_ = at;
  if (at < must_.from || (at > must_.until && must_.form != MustForm::at_end)) return;
  const Term& first = must_.condition.front();
  const bool good = must_.form == MustForm::never ? !holds_anywhere(must_.condition, packs)
                                                  : holds(must_.condition, packs);
  if (first.pack != Term::every_pack) {
    watch(at, good, packs[static_cast<std::size_t>(first.pack)][first.quantity]);
    return;
  }
  // Of several packs the one that says most.
  double value = packs[0][first.quantity];
  const bool up = upper_bound(first.comparison);
  const bool high = must_.form == MustForm::never ? !up : up;
  for (const PackValues& pack : packs) {
    const double other = pack[first.quantity];
    if (high ? other > value : other < value) value = other;
  }
  watch(at, good, value);
}

void MustJudge::watch(SimTime at, bool good, double value) {
  last_good_ = good;
  if (must_.form == MustForm::at_end || must_.form == MustForm::becomes) {
    if (verdict_.state == VerdictState::held) return;
    verdict_.at = at;
    verdict_.value = value;
    verdict_.seen = true;
    if (must_.form == MustForm::becomes && good) verdict_.state = VerdictState::held;
    return;
  }
  if (!bad_ && !good) bad_since_ = at;
  bad_ = !good;
  if (verdict_.state == VerdictState::broken) {
    if (bad_ && worse(value)) verdict_.value = value;
    return;
  }
  if (worse(value)) verdict_.value = value;
  verdict_.seen = true;
  verdict_.at = at;
  if (bad_ && (must_.grace == 0 || at - bad_since_ > must_.grace)) {
    verdict_.state = VerdictState::broken;
    verdict_.at = bad_since_;
  }
}

Verdict MustJudge::verdict(bool complete) const {
  Verdict verdict = verdict_;
  if (verdict.state != VerdictState::not_judged) return verdict;
  // Nothing was ever looked at: the file asks for a time that the run never reached.
  if (!verdict.seen) return verdict;
  const bool over = complete || (looked_at_ > must_.until && must_.form != MustForm::at_end);
  if (!over) return verdict;
  switch (must_.form) {
    case MustForm::always:
    case MustForm::never:
      verdict.state = VerdictState::held;
      break;
    case MustForm::becomes:
      verdict.state = VerdictState::broken;
      break;
    case MustForm::at_end:
      verdict.state = last_good_ ? VerdictState::held : VerdictState::broken;
      break;
  }
  return verdict;
}

}  // namespace cellwarden::sim
