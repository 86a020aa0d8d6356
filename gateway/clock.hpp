/// The gateway's one clock. Only sources, outlets and commands read it; the model takes a Time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace cellwarden::gateway {

/// Steady, 64 bits wide: ages stay right when the date is set and after months without a frame.
using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;
using std::chrono::milliseconds;

}  // namespace cellwarden::gateway
