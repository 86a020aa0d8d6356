/// Where charge and energy went: sums that lose nothing to rounding, for tests and reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cellwarden::plant {

/// A running sum that carries what each addition rounds off.
/// @source  D. E. Knuth, The Art of Computer Programming 2, 4.2.2: the exact error of a sum
class Total {
 public:
  constexpr void add(double value) {
    const double sum = sum_ + value;
    const double taken = sum - sum_;
    rest_ += (sum_ - (sum - taken)) + (value - taken);
    sum_ = sum;
  }
  [[nodiscard]] constexpr double value() const { return sum_ + rest_; }

 private:
  double sum_ = 0.0;
  double rest_ = 0.0;
};

/// Of one pack since its start. Two balances hold:
/// terminal = links + stored + cell_heat + board_heat, and
/// cell_heat + board_heat + external = to_ambient + warmed.
struct PackLedger {
  Total charge_c;        ///< net coulombs into the pack
  Total board_charge_c;  ///< coulombs through the boards, summed over cells
  Total side_charge_c;   ///< coulombs lost inside cells, summed over cells
  Total terminal_j;      ///< net energy into the pack
  Total link_j;          ///< heat of links and cables
  Total stored_j;        ///< gained chemically by the cells
  Total cell_heat_j;     ///< made in cells
  Total board_heat_j;    ///< made on boards by bypass and supply
  Total external_j;      ///< heat brought to single cells from outside
  Total to_ambient_j;    ///< given to the air
  Total warmed_j;        ///< taken up by the heat capacities of cells and boards

  /// What the electrical balance misses; 0 but for rounding.
  [[nodiscard]] double electrical_gap_j() const {
    return terminal_j.value() - link_j.value() - stored_j.value() - cell_heat_j.value() -
           board_heat_j.value();
  }
  /// What the balance of heat misses; 0 but for rounding.
  [[nodiscard]] double heat_gap_j() const {
    return cell_heat_j.value() + board_heat_j.value() + external_j.value() - to_ambient_j.value() -
           warmed_j.value();
  }
};

/// Of one bus since its start: energy_in - energy_out = the packs' terminal energy + node, where
/// node is what a step leaves between packs in parallel whose voltages bend differently within it;
/// 0 with one pack.
struct BusLedger {
  Total charge_in_c;   ///< coulombs from chargers
  Total charge_out_c;  ///< coulombs into the load
  Total solar_j;       ///< from the sun into the bus
  Total generator_j;   ///< from the generator into the bus
  Total energy_in_j;   ///< from chargers: both of them
  Total energy_out_j;  ///< into the load
  Total node_j;
};

}  // namespace cellwarden::plant
