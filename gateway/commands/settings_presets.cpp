// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "gateway/commands/settings_file.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

struct Preset {
  std::string_view name, text;
};

/// Files as an owner would write them. V-max must be at or above the V-bypass that the switches
/// set: the board refuses a preset that does not fit them.
constexpr std::array presets{
    Preset{"lfp", R"(# LFP (lithium iron phosphate)
chemistry = 1
v_min = "2.800 V"         # the manual's default
v_max = "3.650 V"         # the manual's default
v_low = "3.000 V"         # early warning: above V min, on the flat end of the discharge curve
v_nominal = "3.200 V"     # the manual's example, 4 x 200 Ah x 3.2 V
t_charge_min = "0.0 °C"   # the manual's default
t_max = "60.0 °C"         # the manual's default
)"},
    Preset{"nmc", R"(# NMC (lithium nickel manganese cobalt oxide); the manual says nothing about it
chemistry = 3
v_min = "3.000 V"         # general NMC data sheets: 2.5 V to 3.0 V, the careful end
v_max = "4.150 V"         # general NMC data sheets: 4.20 V at most, 0.05 V kept away
v_low = "3.300 V"         # early warning: about a tenth of the charge is left
v_nominal = "3.650 V"     # general NMC data sheets: 3.6 V to 3.7 V
t_charge_min = "0.0 °C"   # general NMC data sheets: charge at 0 °C to 45 °C
t_max = "45.0 °C"         # general NMC data sheets: the limit for charging
)"},
    Preset{"lto", R"(# LTO (lithium titanate); the manual says nothing about it
chemistry = 2
v_min = "2.000 V"         # general LTO data sheets: 1.5 V; 2.0 V is the least a board takes
v_max = "2.750 V"         # general LTO data sheets: 2.8 V at most, 0.05 V kept away
v_low = "2.100 V"         # early warning: above V min
v_nominal = "2.300 V"     # general LTO data sheets: 2.3 V
t_charge_min = "-20.0 °C" # general LTO data sheets: charge at -30 °C to 55 °C, kept away
t_max = "55.0 °C"         # general LTO data sheets: the limit for charging
)"}};

}  // namespace

std::string preset_names() {
  std::string names;
  for (const Preset& preset : presets) {
    names += (names.empty() ? "" : ", ") + std::string(preset.name);
  }
  return names;
}

std::string_view preset_file(std::string_view name) {
  for (const Preset& preset : presets) {
    if (preset.name == name) return preset.text;
  }
  throw UsageError("there is no preset \"" + std::string(name) + "\"; known: " + preset_names());
}

}  // namespace cellwarden::gateway
