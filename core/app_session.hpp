/// One client on the app link: its line reader, whether it has given the PIN, what it is owed. The
/// board serves several at once; what they change is the one OutFirmware. Protocol:
/// docs/wire/app_link.md.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/out_firmware.hpp"
#include "wire/app_commands.hpp"
#include "wire/app_lines.hpp"

namespace cellwarden::core {

/// The board holds its output back unless the client has sent a byte within this time: the product
/// does so, its app polls every 0.33 s.
inline constexpr Duration app_poll_window = Duration::milliseconds(5'000);

class AppSession {
 public:
  explicit AppSession(wire::AppDialect dialect) : dialect_(dialect) {}

  /// Takes one byte of the client and does what a whole line asks for.
  void receive(std::uint8_t byte, OutFirmware& firmware, Flash& flash, Instant now);

  /// Adds what streams by itself. To be called at least once a second.
  void step(const OutFirmware& firmware, Instant now);

  /// The next byte to send, while the client listens.
  std::optional<std::uint8_t> next(Instant now);

 private:
  struct PendingWrite {
    std::uint16_t address = 0;  ///< of the high byte
    std::uint8_t high = 0;
  };

  void check_pin(const OutFirmware& firmware);
  void serve(OutFirmware& firmware, Flash& flash, Instant now);
  void obey(const wire::AppCommand& command, OutFirmware& firmware, Flash& flash, Instant now);
  wire::AppAnswer change(const wire::AppCommand& command, OutFirmware& firmware, Flash& flash,
                         Instant now);
  wire::AppAnswer write(const wire::AppCommand& command, OutFirmware& firmware, Flash& flash);
  void stream(const OutFirmware& firmware);
  void send(const wire::AppLine& line);

  wire::AppDialect dialect_;
  wire::AppLineReader reader_;
  std::optional<PendingWrite> pending_;
  std::array<std::uint8_t, 1024> out_{};
  std::size_t out_from_ = 0;
  std::size_t out_size_ = 0;
  Instant heard_at_;
  Instant streamed_at_;
  std::uint16_t pin_ = 0;  ///< given at login; another one in force: not authorized any more
  std::uint8_t next_cell_ = 1;
  std::uint8_t turn_ = 0;  ///< which of the slow records comes next
  bool authorized_ = false;
  bool streaming_ = false;
  bool listening_ = false;  ///< `heard_at_` is less than the poll window ago
};

}  // namespace cellwarden::core
