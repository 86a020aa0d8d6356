/// One pack's app link as outlets use it: who may change something, what the board remembers. Only
/// one change at a time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/app_link/changes.hpp"
#include "gateway/app_link/client.hpp"
#include "gateway/app_link/pin_delay.hpp"

namespace cellwarden::gateway {

/// An entry of the board's log.
struct AgedEvent {
  std::uint32_t age_s = 0;
  wire::AppEvent event;
};
/// Nothing when the board did not answer.
using EventsDone = std::function<void(const std::optional<std::vector<AgedEvent>>&)>;

enum class PinVerdict : std::uint8_t { right, wrong, wait };

/// A PIN is four digits.
std::optional<std::uint16_t> parse_pin(std::string_view text);

class AppLink {
 public:
  explicit AppLink(std::uint16_t pin) : client_(pin) {}

  [[nodiscard]] AppLinkClient& client() { return client_; }
  [[nodiscard]] const AppLinkClient& client() const { return client_; }
  [[nodiscard]] bool is_ready() const { return client_.state() == AppLinkState::ready; }

  /// Compares with the PIN in force, which the board has confirmed in the last seconds: it is not
  /// asked, because each wrong PIN makes it wait longer. Only while ready.
  PinVerdict check_pin(std::string_view pin, Time now);
  [[nodiscard]] std::chrono::seconds wait_left(Time now) const { return delay_.left(now); }

  /// Logs in with a PIN; the board is asked unless it has confirmed another one.
  /// @param done  called once: right, wrong or wait; nothing when the board did not answer
  void login(std::string_view pin, Time now,
             const std::function<void(std::optional<PinVerdict>)>& done);

  /// All or none.
  /// @param checked  whether everything is checked here first; else the board alone judges
  void change(std::vector<SettingChange> changes, bool checked, const ChangeDone& done);

  /// The board's PIN, for everybody who logs in from now on.
  /// @param done  called once; the refusals as with `change`
  void change_pin(std::uint16_t pin, const ChangeDone& done);

  /// Zeroes the energy counters of the board.
  void clear_energy(const ChangeDone& done);

  void read_events(const EventsDone& done);

 private:
  AppLinkClient client_;
  PinDelay delay_;
  bool changing_ = false;
};

}  // namespace cellwarden::gateway
