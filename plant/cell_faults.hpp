/// What is done to single cells from outside or breaks inside them: heat, cold, leaks and shorts.
/// Capacity, resistance and charge of one cell are set at `Cells` itself.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "plant/cells.hpp"

namespace cellwarden::plant {

/// Copyable. Costs nothing while no cell has a fault.
class CellFaults {
 public:
  explicit CellFaults(int cell_count) : faults_(static_cast<std::size_t>(cell_count)) {}

  /// Heat that enters a cell from outside; below 0: is taken from it. 0 ends it.
  /// @param watts  -10,000..10,000
  /// @throws std::invalid_argument  when it is not; each of these also when there is no such cell
  void set_heat_w(int cell, double watts);
  /// The cell stands in air of its own (a heater, a draught); absent: in the pack's.
  /// @param celsius  -80..300
  void set_air_c(int cell, std::optional<double> celsius);
  /// Charge that leaks inside the cell beside its healthy self-discharge. 0 ends it.
  /// @param amperes  0..1e4
  void set_leak_a(int cell, double amperes);
  /// A short inside the cell: it discharges through this and its own resistance; absent: none.
  /// @param ohm  0.0001..1e6
  void set_short_ohm(int cell, std::optional<double> ohm);

  /// Any cell has one.
  [[nodiscard]] bool any() const { return any_; }

  /// Lets the faults act on the cells during the step of `dt_s` seconds that is to follow.
  /// @return  joules that entered from outside
  double act(Cells& cells, double dt_s, double ambient_c);

 private:
  struct Fault {
    double heat_w = 0.0;
    double leak_a = 0.0;
    std::optional<double> air_c;
    std::optional<double> short_ohm;
    bool leaks = false;  ///< the cell's self-discharge is not the healthy one
  };
  Fault& at(int cell);
  void count();
  static void leak(Fault& fault, Cells& cells, int cell, double dt_s);

  std::vector<Fault> faults_;
  bool any_ = false;
};

}  // namespace cellwarden::plant
