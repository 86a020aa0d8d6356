/// The second half of `bench/run twin`: real boards and real bytes in the loop.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cellwarden::bench {

/// Prints what a simulated second of 16 cells costs with all boards, part by part, beside the plain
/// kernels, and how long a year takes.
void print_boards();

}  // namespace cellwarden::bench
