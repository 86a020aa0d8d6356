/// Asserts that stay on in release. A failed one is a bug of ours, never a condition of the pack.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cellwarden::core {

/// Called when an assert fails. Every home of the boards defines it: on a chip it opens both
/// relays, stores the place and restarts; in a process it prints the place and aborts.
/// @param place  "file:line: condition", static storage
[[noreturn]] void on_bug(const char* place);

}  // namespace cellwarden::core

#define CELLWARDEN_STRINGIFY_(x) #x
#define CELLWARDEN_STRINGIFY(x) CELLWARDEN_STRINGIFY_(x)
/// Stops the board when `condition` does not hold.
#define CELLWARDEN_ASSERT(condition) \
  (static_cast<bool>(condition)      \
       ? static_cast<void>(0)        \
       : ::cellwarden::core::on_bug(__FILE__ ":" CELLWARDEN_STRINGIFY(__LINE__) ": " #condition))
