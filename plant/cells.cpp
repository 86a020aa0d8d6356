/// Cells: making them and setting one of them. Moving them on is in cells_step.cpp.
// SPDX-License-Identifier: Apache-2.0
#include "plant/cells.hpp"

#include "plant/check.hpp"
#include "plant/random.hpp"

namespace cellwarden::plant {
namespace {

constexpr double seconds_per_hour = 3600.0;
constexpr double seconds_per_month = 30.0 * 86400.0;
constexpr double no_patch = -1e9;  // a row that is none: the patch is taken anew

int checked(int count) {
  require_within("cell_count", count, cell_count_min, cell_count_max);
  return count;
}

}  // namespace

Cells::Cells(const CellParameters& parameters, int count, const CellSpread& spread,
             double start_soc, double temperature_c, std::uint64_t seed)
    : count_(checked(count)),
      even_count_((static_cast<std::size_t>(count) + 1) / 2 * 2),
      tables_(std::make_shared<const CellTables>(parameters)),
      storage_(offset(Field::last), 0.0) {
  require_within("spread.capacity", spread.capacity, 0.0, 0.3);
  require_within("spread.resistance", spread.resistance, 0.0, 0.3);
  require_within("spread.soc", spread.soc, 0.0, 0.3);
  require_within("start_soc", start_soc, -0.05, 1.05);
  require_within("temperature_c", temperature_c, -60.0, 120.0);
  Random random(seed);
  for (int cell = 0; cell < count; ++cell) {
    const auto i = static_cast<std::size_t>(cell);
    const double larger = 1.0 + random.normal_within(spread.capacity, 3.0 * spread.capacity);
    const double worse = 1.0 + random.normal_within(spread.resistance, 3.0 * spread.resistance);
    const double fuller = random.normal_within(spread.soc, 3.0 * spread.soc);
    set_capacity_ah(cell, parameters.capacity_ah * larger);
    at(Field::resistance_factor)[i] = worse;
    at(Field::self_discharge)[i] = parameters.capacity_ah * seconds_per_hour *
                                   parameters.self_discharge_per_month / seconds_per_month;
    at(Field::soc)[i] = start_soc + fuller;
    at(Field::temperature)[i] = temperature_c;
    at(Field::board_temperature)[i] = temperature_c;
    at(Field::sign)[i] = -1.0;
  }
  for (std::size_t i = 0; i < even_count_; ++i) at(Field::row)[i] = no_patch;
  take_patches();
  look_up();
}

void Cells::set_board_current_a(int cell, double current_a) {
  at(Field::board_current)[cell] = current_a;
}

void Cells::set_soc(int cell, double soc) {
  at(Field::soc)[cell] = soc;
  look_up();
}

void Cells::set_temperature_c(int cell, double temperature_c) {
  at(Field::temperature)[cell] = temperature_c;
  look_up();
}

void Cells::set_capacity_ah(int cell, double capacity_ah) {
  at(Field::capacity)[cell] = capacity_ah;
  at(Field::per_coulomb)[cell] = 1.0 / (seconds_per_hour * capacity_ah);
}

void Cells::set_resistance_factor(int cell, double factor) {
  at(Field::resistance_factor)[cell] = factor;
  at(Field::row)[cell] = no_patch;
  take_patches();
  look_up();
}

void Cells::set_self_discharge_a(int cell, double current_a) {
  at(Field::self_discharge)[cell] = current_a;
}

void Cells::take_patches() {
  for (std::size_t i = 0; i < even_count_; ++i) {
    const double temperature_c = at(Field::temperature)[i];
    const int point = CellTables::point_below(CellTables::point_position(at(Field::soc)[i]));
    const int knot = CellTables::knot_below(CellTables::knot_position(temperature_c));
    const int row = CellTables::row_below(CellTables::row_position(temperature_c));
    // Where the patch begins, so that the loop only multiplies and subtracts.
    const double soc_origin = point - CellTables::guard_points;
    const double knot_origin = knot + first_knot_c / knot_step_k;
    const double row_origin = row + CellTables::first_row_c;
    const bool held =
        temperature_c < CellTables::ocv_coldest_c || temperature_c > CellTables::ocv_warmest_c;
    if (!held && soc_origin == at(Field::point)[i] && knot_origin == at(Field::knot)[i] &&
        row_origin == at(Field::row)[i]) {
      continue;
    }
    const OcvPatch open =
        held ? tables_->held_ocv_patch(point, temperature_c) : tables_->ocv_patch(point, knot);
    const ThermalPatch thermal =
        held ? ThermalPatch{tables_->at(temperature_c), {}} : tables_->thermal_patch(row);
    const double factor = at(Field::resistance_factor)[i];
    at(Field::point)[i] = soc_origin;
    at(Field::knot)[i] = knot_origin;
    at(Field::row)[i] = row_origin;
    at(Field::ocv_low)[i] = open.v;
    at(Field::ocv_along)[i] = open.along;
    at(Field::ocv_rise)[i] = open.rise;
    at(Field::ocv_twist)[i] = open.twist;
    at(Field::r0_low)[i] = factor * thermal.low.r0_ohm;
    at(Field::r0_step)[i] = factor * thermal.step.r0_ohm;
    at(Field::r1_low)[i] = factor * thermal.low.r1_ohm;
    at(Field::r1_step)[i] = factor * thermal.step.r1_ohm;
    at(Field::r2_low)[i] = factor * thermal.low.r2_ohm;
    at(Field::r2_step)[i] = factor * thermal.step.r2_ohm;
    at(Field::gap_low)[i] = thermal.low.hysteresis_v;
    at(Field::gap_step)[i] = thermal.step.hysteresis_v;
    at(Field::instant_low)[i] = thermal.low.instant_v;
    at(Field::instant_step)[i] = thermal.step.instant_v;
  }
}

}  // namespace cellwarden::plant
