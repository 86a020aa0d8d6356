/// The loops of cells, eight abreast: compiled for CPUs that have it, called only on those.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cells_kernel.hpp"

namespace cellwarden::plant {

#if defined(__AVX2__)
const CellsKernel* avx2_kernel() {
  static constexpr CellsKernel kernel{"avx2", KernelOf<8>::advance, KernelOf<8>::evaluate,
                                      KernelOf<8>::look};
  return &kernel;
}
#else
const CellsKernel* avx2_kernel() { return nullptr; }
#endif

}  // namespace cellwarden::plant
