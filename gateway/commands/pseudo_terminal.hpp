/// A pseudo-terminal that other programs open like a serial port, reached by a symbolic link.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace cellwarden::gateway {

class PseudoTerminal {
 public:
  /// Makes the terminal and the link. A link that a dead emulator left behind is replaced; anything
  /// else that stands there is left alone.
  /// @throws UsageError  when the link's place is taken or the system refuses
  explicit PseudoTerminal(std::string link);
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;
  /// Removes the link, if it is still ours.
  ~PseudoTerminal();

  /// Sends bytes as a wire does: never blocks, and what nobody listens to is lost.
  void send(std::span<const std::uint8_t> bytes);

  /// "/dev/pts/7"
  [[nodiscard]] const std::string& device() const { return device_; }

 private:
  [[nodiscard]] bool has_listener() const;
  void place_link() const;

  std::string link_;
  std::string device_;
  int master_ = -1;
  bool had_listener_ = false;
};

}  // namespace cellwarden::gateway
