/// The program's version, as the top CMakeLists.txt states it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace cellwarden::gateway {

inline constexpr std::string_view version = CELLWARDEN_VERSION;

}  // namespace cellwarden::gateway
