/// The twin: real boards on a simulated pack, on one virtual clock. What comes out is what the OUT
/// board's extended data output would send, byte for byte and with the time of each byte. It knows
/// nothing of wall time: whoever runs it decides how fast virtual time goes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "sim/wire_link.hpp"

namespace cellwarden::sim {

class Site;

/// Receives each byte of the extended data output when its stop bit has passed.
using ByteSink = std::function<void(SimTime at, std::uint8_t byte)>;

/// What pack to build. Every field has a sensible default: a 12 V pack on a summer morning.
struct TwinOptions {
  int cells = 4;                       ///< 2..255 boards, IN and OUT board included
  std::uint64_t seed = 1;              ///< same seed, same bytes
  double start_hour = 9.0;             ///< local time of day at which virtual time starts, 0..24
  bool fast_messages = false;          ///< option switch 1: a message every 0.5 s instead of 1.0 s
  bool clock_instead_of_keys = false;  ///< extended output as the older product has it
  bool frames_while_broken = false;    ///< frames with the E bit while the chain is broken
  std::string cell_type;    ///< name of a parameter set (plant/cell_parameters); empty: 280 Ah
  bool one_sensor = false;  ///< one on J1, which then shows the net current
  /// Folder for the boards' flash (in.flash, out.flash), made when it is not there; empty: the
  /// boards forget everything with the twin. The pack then starts with the charge they remember.
  std::filesystem::path flash_folder;
};

/// Not copyable, movable. Made in a few microseconds a cell.
class Twin {
 public:
  /// @throws std::invalid_argument  naming the option that is out of range
  /// @throws std::runtime_error     when the flash files cannot be read or written
  explicit Twin(const TwinOptions& options);
  Twin(Twin&&) noexcept;
  Twin& operator=(Twin&&) noexcept;
  ~Twin();

  /// Runs boards, wires and pack up to `until` and hands every byte sent in between to `sink`, in
  /// the order of their times. `until` before `now()` does nothing.
  void run_until(SimTime until, const ByteSink& sink);

  /// Microseconds of virtual time since the twin was made.
  [[nodiscard]] SimTime now() const;

  /// Cuts the wire from board `board` to the next one, or mends it.
  /// @param board  1 = the IN board, cells - 1 = the last wire
  /// @throws std::out_of_range  when there is no such wire
  void cut_wire(int board);
  void mend_wire(int board);

  /// A client of the OUT board's app link (docs/wire/app_link.md); several at once are fine.
  /// @param gen2  the older product's dialect
  /// @return      its number, for the calls below
  int open_app(bool gen2 = false);
  /// A byte from the client, at `now()`.
  void app_send(int client, std::uint8_t byte);
  /// The next byte for the client, if there is one.
  std::optional<std::uint8_t> app_next(int client);
  void close_app(int client);

  /// The site of this one pack: for its faults and its truth.
  [[nodiscard]] Site& site();

 private:
  struct World;
  std::unique_ptr<World> world_;
};

}  // namespace cellwarden::sim
