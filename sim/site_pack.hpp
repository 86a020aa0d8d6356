/// One pack of a site with its BMS: what it shows, what is true, and what can be done to it. Faults
/// act on the plant, the wires or the boards' pins and power, never on the boards' minds. Boards
/// and cells are numbered as owners do: 1 is the most negative one, with the IN board.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sim/site_options.hpp"

namespace cellwarden::sim {

/// One of the OUT board's two relays.
enum class RelayName : std::uint8_t { charge, load };

/// One of the IN board's connectors for a current sensor.
enum class Jack : std::uint8_t { j1, j2 };

/// Lowest, mean and highest over the cells.
struct Spread {
  double lowest = 0.0;
  double mean = 0.0;
  double highest = 0.0;
};

/// A moment of one pack.
struct PackReading {
  SimTime at = 0;
  // The truth.
  Spread soc;            ///< of each cell's own capacity
  Spread voltage_v;      ///< at the cells' terminals
  Spread temperature_c;  ///< of the cells, not of their boards
  double pack_voltage_v = 0.0;
  double current_a = 0.0;  ///< net, + charges
  core::Relays contacts;   ///< as they are: a welded one stays closed
  // What the OUT board knows.
  double shown_soc = 0.0;  ///< 0..1
  core::Relays decided;    ///< what it commands
  core::Alarms alarms;
  core::LinkFault link = core::LinkFault::starting;
  std::optional<int> break_before;  ///< see core::PackLink
};

/// What happens, told as it happens; `pack` is the number in the site, from 0.
struct SiteHooks {
  std::function<void(SimTime, int pack, const wire::FrameBytes&)> extended;  ///< OUT board's output
  std::function<void(SimTime, int pack, const wire::FrameBytes&)> in_extended;  ///< IN board's
  std::function<void(SimTime, int pack, core::Relays)> contacts;     ///< whenever one moves
  std::function<void(SimTime, int pack, const core::Event&)> event;  ///< new in the board's log
  std::function<void(SimTime, int pack)> before_whole;               ///< see sim::Hooks
};

/// Not copyable: boards and senses know each other's place. Made and run by `Site`.
class SitePack {
 public:
  /// @param index  on its bus
  SitePack(const SitePackOptions& options, TimedBus& bus, int index, int number,
           const SiteHooks& hooks);
  SitePack(const SitePack&) = delete;
  SitePack& operator=(const SitePack&) = delete;

  [[nodiscard]] int cells() const { return chain_.cells(); }
  /// Brings the plant up to the pack's time and looks.
  [[nodiscard]] PackReading read() { return read(chain_.now()); }
  /// The plant at `at`, before the boards have done anything at that time.
  /// @param at  not before the pack's time, nor behind what happens next
  [[nodiscard]] PackReading read(SimTime at);
  [[nodiscard]] const BoardChain& chain() const { return chain_; }
  [[nodiscard]] BoardChain& chain() { return chain_; }
  [[nodiscard]] const plant::Pack& plant() const { return senses_.pack(); }
  [[nodiscard]] core::Relays contacts() const { return contacts_; }
  /// Over everything it has sent and its relays have done, with the times.
  [[nodiscard]] std::uint64_t trace_hash() const { return trace_; }

  // Wires. Each of these throws std::out_of_range when there is no such wire, board or cell.
  /// The wire from `board` to the next one.
  void cut_wire(int board);
  void mend_wire(int board);
  /// Every bit of every byte is wrong with this chance; 0 ends it.
  /// @param bit_error_rate  0..1
  void disturb_wire(int board, double bit_error_rate, std::uint64_t seed);

  // Boards.
  void restart_board(int board);
  void hang_board(int board);
  /// Dead until it is restarted.
  void power_off_board(int board);
  void power_off();  ///< every board
  void power_on();   ///< every board without power
  /// See BoardChain; the IN board (1) and the OUT board (`cells()`) have a flash.
  void fail_flash(int board, FlashFault fault, std::uint64_t seed);
  void cut_power_at_write(int board, int operation, std::uint64_t seed);
  /// How much too fast a board's clock runs from now on.
  /// @param ppm  -100,000..100,000
  void set_clock_error(int board, std::int32_t ppm);

  // Cells.
  void short_cell(int cell, std::optional<double> ohm);
  void leak_cell(int cell, double amperes);
  void heat_cell(int cell, double watts);
  void set_cell_air(int cell, std::optional<double> celsius);
  /// @param share  of what it was when new, above 0
  void weaken_cell(int cell, double capacity_share, double resistance_factor);
  void set_cell_soc(int cell, double soc);

  // Sensors, relays, switches, button.
  /// To plug, turn or stick it. Its drift and offset need the time: see below.
  [[nodiscard]] plant::CurrentSensor& sensor(Jack jack) {
    return jack == Jack::j1 ? senses_.j1() : senses_.j2();
  }
  void set_sensor_offset(Jack jack, double amperes);
  void drift_sensor(Jack jack, double amperes_per_day);
  /// A welded contact stays closed once it is; the board's decision stays visible.
  void weld_relay(RelayName relay, bool welded);
  /// @param number  1..8
  void set_switch(int number, bool on);
  void press_button(bool pressed) { chain_.out_button = pressed; }

  /// A client of the OUT board's app link (docs/wire/app_link.md); several at once are fine.
  /// @param gen2  the older product's dialect
  int open_app(bool gen2 = false);
  void app_send(int client, std::uint8_t byte);
  std::optional<std::uint8_t> app_next(int client);
  void close_app(int client) { apps_.erase(client); }
  /// Sends a whole line of a fresh client that gives `pin` first, and returns the last reply.
  std::string app_ask(std::string_view pin, std::string_view line);

 private:
  [[nodiscard]] Hooks chain_hooks();
  void move_contacts(SimTime at);
  [[nodiscard]] WireLink& wire(int board);
  [[nodiscard]] int board_index(int board) const;
  [[nodiscard]] int cell_index(int cell) const;
  /// The plant's cell, its time brought up to the boards'.
  [[nodiscard]] plant::Pack& touched();
  void add_trace(std::uint64_t bits);

  TimedBus& bus_;
  int index_;
  int number_;
  const SiteHooks& hooks_;
  PackSenses senses_;
  core::Relays contacts_, welded_;
  std::uint64_t trace_ = 0;
  std::map<int, core::AppSession> apps_;
  int next_app_ = 1;
  BoardChain chain_;
};

}  // namespace cellwarden::sim
