/// What must hold in a scenario, and the judge that watches one such sentence while virtual time
/// runs. Reads quantities only; knows neither boards nor plant.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/quantity.hpp"
#include "sim/wire_link.hpp"

namespace cellwarden::sim {

enum class Comparison : std::uint8_t { less, at_most, more, at_least, equal, unequal };

/// "house.cell_voltage_max < 3.7 V". Equal and unequal are for counts, contacts and lamps.
struct Term {
  static constexpr int every_pack = -1;
  int pack = every_pack;  ///< index; every_pack: true when it is true of each
  Quantity quantity = Quantity::last;
  Comparison comparison = Comparison::less;
  double limit = 0.0;
};

/// True when every term is.
using Condition = std::vector<Term>;

enum class MustForm : std::uint8_t {
  always,   ///< at every look from `from` to `until`
  never,    ///< at no look from `from` to `until`
  becomes,  ///< at some look from `from` to `until`
  at_end,   ///< at the last look
};

struct Must {
  std::string words;  ///< for people
  std::string text;   ///< the condition as written
  MustForm form = MustForm::always;
  Condition condition;
  SimTime from = 0;
  SimTime until = 0;  ///< included; the scenario's end when the file says nothing
  /// How long `always` and `never` may be broken without a pause; 0: not at all.
  SimTime grace = 0;
};

enum class VerdictState : std::uint8_t { held, broken, not_judged };

/// How it came out.
struct Verdict {
  VerdictState state = VerdictState::not_judged;
  SimTime at = 0;     ///< when it broke, became true or was looked at last
  bool seen = false;  ///< whether there was a look in its time; else `value` says nothing
  /// Of the first term's quantity: nearest to the limit or furthest beyond it (always, never), or
  /// at `at`.
  double value = 0.0;
};

/// Watches one Must. Looks come in order of time.
class MustJudge {
 public:
  explicit MustJudge(Must must) : must_(std::move(must)) {}

  void look(SimTime at, std::span<const PackValues> packs);

  /// @param complete  the scenario has run to its end; otherwise what was still possible is not
  ///                  judged
  [[nodiscard]] Verdict verdict(bool complete) const;
  [[nodiscard]] const Must& must() const { return must_; }

 private:
  void watch(SimTime at, bool good, double value);
  [[nodiscard]] bool worse(double value) const;

  Must must_;
  Verdict verdict_;
  SimTime looked_at_ = 0;
  SimTime bad_since_ = 0;
  bool bad_ = false;
  bool last_good_ = false;
};

/// Whether every term is true.
bool holds(const Condition& condition, std::span<const PackValues> packs);

}  // namespace cellwarden::sim
