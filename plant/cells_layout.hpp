/// Where each array of `Cells` lies, and what its loops are told. Knows no loop.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace cellwarden::plant {

/// One double a cell: what has a balance, and what is set from outside.
enum class Wide : std::uint8_t {
  soc,
  temperature,
  board_temperature,
  capacity,
  per_coulomb,
  self_discharge,
  board_current,
  stored_current,
  to_ambient,
  last
};

/// One float a cell: what follows from it. A sum that grows slowly has its rest behind it.
enum class Narrow : std::uint8_t {
  current1,
  current2,
  rest2,
  current3,
  rest3,
  hysteresis,
  hysteresis_rest,
  board_current,
  per_coulomb,
  point,
  row,  // where the patch of a cell begins
  ocv_low,
  ocv_along,
  ocv_rise,
  ocv_twist,
  r0_low,
  r0_along,
  r0_rise,
  r1_low,
  r1_along,
  r1_rise,
  r2_low,
  r2_along,
  r2_rise,
  r3_low,
  r3_along,
  r3_rise,
  gap_low,
  gap_along,
  gap_rise,
  ocv,
  ocv_slope,
  entropic,  // times the absolute temperature
  r0,
  r1,
  r2,
  r3,
  gap,
  emf,
  voltage,
  mean_voltage,
  mean_chemical,
  last
};

// The same for every pack: 255 cells, and cache lines more, so that arrays do not share cache sets;
// some in front, for the neighbour below the first cell.
inline constexpr std::size_t layout_front = 16;
inline constexpr std::size_t layout_stride = 304;
inline constexpr std::size_t lanes_max = 16;

template <class Field>
[[nodiscard]] constexpr std::size_t layout_offset(Field field) {
  return static_cast<std::size_t>(field) * layout_stride + layout_front;
}

/// What one step is told.
struct CellsStep {
  double dt_s, pack_a, ambient_c, inefficiency, neighbour_w_per_k;
  // Of what decays: the share lost at the end of the step, and its mean share over it.
  float lost1, mean1, lost2, mean2, lost3, mean3;
  float rate;  // of hysteresis
  // The mean of a board's excess over the air is power W + cell dT + board dTb.
  double board_power, board_cell, board_board, board_to_cell, board_to_air, per_board;
  // What a cell gives to the air is own W + above dT.
  double cell_own, cell_above, per_cell;
};

/// The arrays and who fills patches in; what every loop gets.
struct CellsArrays {
  double* wide;
  float* narrow;
  std::size_t count;
  double pack_a;
  void* owner;
  void (*take_patches)(void* owner, std::size_t block, std::size_t lanes);
  float (*exp_minus_one)(float x);
};

/// The same loops for one width of vector unit: every one gives the same bits.
struct CellsKernel {
  const char* name;
  void (*advance)(const CellsArrays& arrays, const CellsStep& step, bool third_pair, bool small);
  void (*evaluate)(const CellsArrays& arrays, bool third_pair);
  void (*look)(const CellsArrays& arrays);
};

/// Four floats at a time, on every CPU.
const CellsKernel& portable_kernel();
/// Eight and sixteen at a time, where the program was built with them; else null.
const CellsKernel* avx2_kernel();
const CellsKernel* avx512_kernel();
/// Those that this CPU can run, narrowest first, null for the others.
std::array<const CellsKernel*, 3> kernels_here();
/// The fastest here for so many cells: a wide one wastes the lanes that a short chain leaves empty.
const CellsKernel& best_kernel(int count);

}  // namespace cellwarden::plant
