/// The loops of cells, sixteen abreast: compiled for CPUs that have it, called only on those.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cells_kernel.hpp"

namespace cellwarden::plant {

#if defined(__AVX512VL__)
const CellsKernel* avx512_kernel() {
  static constexpr CellsKernel kernel{"avx512", KernelOf<16>::advance, KernelOf<16>::evaluate,
                                      KernelOf<16>::look};
  return &kernel;
}
#else
const CellsKernel* avx512_kernel() { return nullptr; }
#endif

}  // namespace cellwarden::plant
