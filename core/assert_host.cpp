/// What a failed assert does in a Linux process: say where, then abort. The twin's relays open with
/// the process, as a real pack's do with the chip.
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstdlib>

#include "core/assert.hpp"

namespace cellwarden::core {

void on_bug(const char* place) {
  std::fprintf(stderr, "bug: %s\n", place);
  std::abort();
}

}  // namespace cellwarden::core
