/// The report's style and script, taken into the program when it is built.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace cellwarden::gateway {

extern const std::string_view report_style;   ///< report.css
extern const std::string_view report_script;  ///< report.js

}  // namespace cellwarden::gateway
