/// Where charge and energy went: sums that lose nothing to rounding, for tests and reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cellwarden::plant {

/// A running sum that carries what each addition rounds off.
/// @source  A. Neumaier, Z. Angew. Math. Mech. 54 (1974)
class Total {
 public:
  constexpr void add(double value) {
    const double sum = sum_ + value;
    const double larger = magnitude(sum_) >= magnitude(value) ? sum_ : value;
    const double smaller = magnitude(sum_) >= magnitude(value) ? value : sum_;
    rest_ += (larger - sum) + smaller;
    sum_ = sum;
  }
  [[nodiscard]] constexpr double value() const { return sum_ + rest_; }

 private:
  static constexpr double magnitude(double x) { return x < 0.0 ? -x : x; }
  double sum_ = 0.0;
  double rest_ = 0.0;
};

/// Since the start of the pack. Two balances hold:
/// energy_in - energy_out = links + stored + cell_heat + board_heat, and
/// cell_heat + board_heat = to_ambient + warmed.
struct Ledger {
  Total charge_in_c;     ///< coulombs from the charger
  Total charge_out_c;    ///< coulombs into the load
  Total board_charge_c;  ///< coulombs through the boards, summed over cells
  Total side_charge_c;   ///< coulombs lost inside cells, summed over cells
  Total energy_in_j;     ///< from the charger
  Total energy_out_j;    ///< into the load
  Total link_j;          ///< heat of links and cables
  Total stored_j;        ///< gained chemically by the cells
  Total cell_heat_j;     ///< made in cells
  Total board_heat_j;    ///< made on boards by bypass and supply
  Total to_ambient_j;    ///< given to the air
  Total warmed_j;        ///< taken up by the heat capacities of cells and boards

  /// What the electrical balance misses; 0 but for rounding.
  [[nodiscard]] double electrical_gap_j() const {
    return energy_in_j.value() - energy_out_j.value() - link_j.value() - stored_j.value() -
           cell_heat_j.value() - board_heat_j.value();
  }
  /// What the balance of heat misses; 0 but for rounding.
  [[nodiscard]] double heat_gap_j() const {
    return cell_heat_j.value() + board_heat_j.value() - to_ambient_j.value() - warmed_j.value();
  }
};

}  // namespace cellwarden::plant
