/// What counts as a silence of the line.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/clock.hpp"

namespace cellwarden::gateway {

/// The shortest silence that ends a frame. The product sends 60 ms of bytes every 0.5 or 1.0 s.
inline constexpr milliseconds silence_after{200};

}  // namespace cellwarden::gateway
