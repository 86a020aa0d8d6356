/// What the owner asked for cannot be done as asked.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace cellwarden::gateway {

/// Its text is one line for people; the program prints it and exits with status 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace cellwarden::gateway
