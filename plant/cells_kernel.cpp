/// The loops of cells, four abreast, and the choice of the widest that the CPU has.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cells_kernel.hpp"

namespace cellwarden::plant {
const CellsKernel& portable_kernel() {
  static constexpr CellsKernel kernel{"portable", KernelOf<4>::advance, KernelOf<4>::evaluate,
                                      KernelOf<4>::look};
  return kernel;
}

std::array<const CellsKernel*, 3> kernels_here() {
  std::array<const CellsKernel*, 3> kernels{&portable_kernel(), nullptr, nullptr};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") != 0) {
    kernels[1] = avx2_kernel();
    if (__builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
        __builtin_cpu_supports("avx512dq") != 0) {
      kernels[2] = avx512_kernel();
    }
  }
#endif
  return kernels;
}

const CellsKernel& best_kernel(int count) {
  static const auto kernels = kernels_here();
  if (count > 8 && kernels[2] != nullptr) return *kernels[2];
  if (count > 4 && kernels[1] != nullptr) return *kernels[1];
  return *kernels[0];
}

}  // namespace cellwarden::plant
