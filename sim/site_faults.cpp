/// What can be done to a pack of a site.
// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <stdexcept>
#include <string>

#include "plant/check.hpp"
#include "plant/random.hpp"
#include "sim/site_pack.hpp"

namespace cellwarden::sim {
namespace {

[[noreturn]] void refuse(const char* what, int number, int most) {
  throw std::out_of_range(std::string(what) + ": expected 1 to " + std::to_string(most) + ", got " +
                          std::to_string(number));
}

/// Flips bits of bytes at random.
struct BitErrors {
  plant::Random random;
  double rate;

  std::deque<std::uint8_t> operator()(std::uint8_t byte) {
    for (unsigned bit = 0; bit < 8U; ++bit) {
      if (random.uniform(0.0, 1.0) < rate) byte = static_cast<std::uint8_t>(byte ^ (1U << bit));
    }
    return {byte};
  }
};

}  // namespace

int SitePack::board_index(int board) const {
  if (board < 1 || board > cells()) refuse("board", board, cells());
  return board - 1;
}

int SitePack::cell_index(int cell) const {
  if (cell < 1 || cell > cells()) refuse("cell", cell, cells());
  return cell - 1;
}

WireLink& SitePack::wire(int board) {
  if (board < 1 || board >= cells()) refuse("wire", board, cells() - 1);
  return chain_.wire(board - 1);
}

void SitePack::cut_wire(int board) { wire(board).cut(); }
void SitePack::mend_wire(int board) { wire(board).mend(); }

void SitePack::disturb_wire(int board, double bit_error_rate, std::uint64_t seed) {
  plant::require_within("bit_error_rate", bit_error_rate, 0.0, 1.0);
  WireLink& disturbed = wire(board);
  if (bit_error_rate == 0.0) {
    disturbed.disturb({});
  } else {
    disturbed.disturb(BitErrors{plant::Random(seed), bit_error_rate});
  }
}

void SitePack::restart_board(int board) { chain_.restart_board(board_index(board)); }
void SitePack::hang_board(int board) { chain_.hang_board(board_index(board)); }
void SitePack::power_off_board(int board) { chain_.power_off_board(board_index(board)); }

void SitePack::power_off() {
  for (int board = 1; board <= cells(); ++board) power_off_board(board);
}

void SitePack::power_on() {
  for (int board = 1; board <= cells(); ++board) {
    if (!chain_.powered(board - 1)) restart_board(board);
  }
}

void SitePack::fail_flash(int board, FlashFault fault, std::uint64_t seed) {
  chain_.fail_flash(board_index(board), fault, seed);
}

void SitePack::cut_power_at_write(int board, int operation, std::uint64_t seed) {
  chain_.cut_power_at_write(board_index(board), operation, seed);
}

void SitePack::set_clock_error(int board, std::int32_t ppm) {
  chain_.set_clock_error(board_index(board), ppm);
}

void SitePack::set_sensor_offset(Jack jack, double amperes) {
  bus_.advance(chain_.now());
  sensor(jack).set_offset_a(amperes, bus_.plant().time_s());
}

void SitePack::drift_sensor(Jack jack, double amperes_per_day) {
  bus_.advance(chain_.now());
  sensor(jack).set_drift(amperes_per_day, bus_.plant().time_s());
}

plant::Pack& SitePack::touched() {
  bus_.advance(chain_.now());
  bus_.touch();
  return bus_.plant().pack(index_);
}

void SitePack::short_cell(int cell, std::optional<double> ohm) {
  touched().faults().set_short_ohm(cell_index(cell), ohm);
}

void SitePack::leak_cell(int cell, double amperes) {
  touched().faults().set_leak_a(cell_index(cell), amperes);
}

void SitePack::heat_cell(int cell, double watts) {
  touched().faults().set_heat_w(cell_index(cell), watts);
}

void SitePack::set_cell_air(int cell, std::optional<double> celsius) {
  touched().faults().set_air_c(cell_index(cell), celsius);
}

void SitePack::weaken_cell(int cell, double capacity_share, double resistance_factor) {
  const int index = cell_index(cell);
  plant::require_within("capacity_share", capacity_share, 0.01, 2.0);
  plant::require_within("resistance_factor", resistance_factor, 0.1, 100.0);
  plant::Cells& cells = touched().cells();
  cells.set_capacity_ah(index, cells.parameters().capacity_ah * capacity_share);
  cells.set_resistance_factor(index, resistance_factor);
}

void SitePack::set_cell_soc(int cell, double soc) {
  const int index = cell_index(cell);
  plant::require_within("soc", soc, -0.05, 1.05);
  touched().cells().set_soc(index, soc);
}

void SitePack::weld_relay(RelayName relay, bool welded) {
  (relay == RelayName::charge ? welded_.charge : welded_.load) = welded;
  move_contacts(chain_.now());
}

void SitePack::set_switch(int number, bool on) {
  if (number < 1 || number > 8) refuse("switch", number, 8);
  chain_.switches.on[static_cast<std::size_t>(number - 1)] = on;
}

}  // namespace cellwarden::sim
