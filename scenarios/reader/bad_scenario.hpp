/// A scenario file that cannot be run as it is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace cellwarden::scenarios {

/// Its text is one line for people: "file:line: what was found, what was expected".
struct BadScenario : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace cellwarden::scenarios
