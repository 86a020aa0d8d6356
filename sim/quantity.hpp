/// What a scenario can ask about a pack at one instant: a name, a unit and a number each. How the
/// numbers are taken from boards and plant is elsewhere (sim/scenario_run).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cellwarden::sim {

/// "True" is the plant's, "shown" is what the boards say.
enum class Quantity : std::uint8_t {
  cell_voltage_max,     ///< true, at the terminals
  cell_voltage_min,     ///< true, at the terminals
  cell_spread,          ///< true, highest less lowest cell
  cell_soc_spread,      ///< true, fullest less emptiest cell
  pack_voltage,         ///< true
  current,              ///< true, + charges
  current_in,           ///< true, of charger and generator
  current_out,          ///< true, of the load
  current_shown,        ///< net, by the boards
  temperature_max,      ///< true, warmest cell
  temperature_min,      ///< true, coldest cell
  ambient,              ///< air
  sun,                  ///< on a horizontal square metre
  soc_true,             ///< on the scale of the set capacity; may leave 0..100
  soc_shown,            ///< by the boards
  soc_error,            ///< how far shown is from true, without a sign
  charge_relay,         ///< as the OUT board commands it; 1 = closed: charging allowed
  load_relay,           ///< as the OUT board commands it; 1 = closed: discharging allowed
  charge_contact,       ///< as it is: a welded one stays closed
  load_contact,         ///< as it is
  alarm_communication,  ///< E
  alarm_v_high,         ///< Vh
  alarm_v_low,          ///< Vl
  alarm_t_high,         ///< Th
  alarm_t_low,          ///< Tl
  generator,            ///< it runs
  broken_wire,          ///< by the boards: n = from board n to board n + 1; 0 = none
  bypassing,            ///< how many boards bleed
  pin,                  ///< as the OUT board asks for it
  radio_reset,          ///< the OUT board sets its radio up anew
  charge_openings,      ///< of the charge relay since the start
  load_openings,        ///< of the load relay since the start
  last                  ///< none; how many there are
};

inline constexpr std::size_t quantity_count = static_cast<std::size_t>(Quantity::last);

/// How a quantity's number is written and compared.
enum class QuantityKind : std::uint8_t {
  measure,  ///< a real number with a unit
  count,    ///< a whole number
  contact,  ///< open or closed
  lamp,     ///< on or off
};

struct QuantityRow {
  std::string_view name;
  std::string_view unit;  ///< of `measure`: V, A, %, °C
  QuantityKind kind;
  int decimals;  ///< shown of a `measure`
};

/// Name, unit and kind of a quantity.
const QuantityRow& row_of(Quantity quantity);
std::optional<Quantity> quantity_with_name(std::string_view name);

/// One pack at one instant, indexed by Quantity.
class PackValues {
 public:
  [[nodiscard]] double operator[](Quantity quantity) const {
    return values_[static_cast<std::size_t>(quantity)];
  }
  [[nodiscard]] double& operator[](Quantity quantity) {
    return values_[static_cast<std::size_t>(quantity)];
  }

 private:
  std::array<double, quantity_count> values_{};
};

}  // namespace cellwarden::sim
