/// The OUT board's firmware on a virtual clock, a fake flash and a chain that exists as bytes: for
/// tests of what the board remembers and says.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/app_session.hpp"
#include "core/out_firmware.hpp"
#include "core/test_rigs.hpp"
#include "tests/support/fake_flash.hpp"

namespace cellwarden::tests {

struct FirmwareRig {
  struct Start {
    core::Instant at = core::Instant::milliseconds(1'000'000);
    int cells = 4;
    bool button = false;
    core::EventCause cause = core::EventCause::power_on;
  };
  FirmwareRig() : FirmwareRig(Start{}) {}
  explicit FirmwareRig(const Start& start) : FirmwareRig(start, core::FakeFlash{2048}) {}
  FirmwareRig(const Start& start, const core::FakeFlash& image)
      : flash(image), now(start.at), button(start.button), cells(core::usual_cells(start.cells)) {
    for (const std::uint8_t listed : core::cell_counts) {
      order.programmed_cells = listed;
      if (listed >= start.cells) break;
    }
    begin(start.cause);
  }

  /// Power goes and comes back: RAM is gone, the flash stays.
  void restart(core::EventCause cause = core::EventCause::power_on) {
    flash.power_up();
    begin(cause);
  }
  void begin(core::EventCause cause) {
    firmware = core::start_out_firmware(now, flash, core::ExtendedOptions{}, cause, button);
    next_at = now + order.period;
  }
  void take(std::optional<std::uint8_t> rx = std::nullopt) {
    last = step(firmware, now, {rx, cells.back(), clock, button}, flash);
  }
  void run_until(core::Instant until) {
    while (last.board.wake_at - now > core::Duration{} &&
           last.board.wake_at - until < core::Duration{}) {
      now = last.board.wake_at;
      take();
    }
    now = until;
    take();
  }
  void run_for(core::Duration time) { run_until(now + time); }
  /// Steps ten seconds apart and nothing from the chain: for days on end.
  void idle(std::int64_t seconds) {
    for (std::int64_t s = 0; s < seconds; s += 10) {
      now = now + core::Duration::milliseconds(10'000);
      take();
    }
    next_at = now + order.period;
  }
  void hear(const core::Bytes& bytes) {
    for (const std::uint8_t byte : bytes) {
      now = now + core::byte_time;
      take(byte);
    }
  }
  /// One healthy message, the OUT board's own cell last.
  void cycle(const wire::ChainFlags& flags = {}) {
    run_until(next_at);
    next_at = next_at + order.period;
    ++order.sequence;
    hear(core::message(order, {cells.begin(), cells.end() - 1}, flags));
    run_for(core::Duration::milliseconds(20));
  }
  void cycles(int count) {
    for (int i = 0; i < count; ++i) cycle();
  }
  [[nodiscard]] core::Relays relays() const { return last.contacts; }
  core::ChangeResult set(std::string_view name, std::int32_t value) {
    return core::change_setting(firmware, flash, *core::setting_with_name(name), value);
  }
  [[nodiscard]] std::int32_t value_of(std::string_view name) const {
    return firmware.memory.settings.at(*core::setting_with_name(name));
  }
  /// Events of a kind, oldest first.
  [[nodiscard]] std::vector<core::Event> events(core::EventKind kind) const {
    std::vector<core::Event> found;
    for (std::size_t age = core::event_slots; age > 0; --age) {
      const auto event = firmware.memory.log.recent(age - 1);
      if (event && event->kind == kind) found.push_back(*event);
    }
    return found;
  }

  core::FakeFlash flash;
  core::Instant now, next_at;
  bool button = false;
  wire::ChainOrder order = core::usual_order();
  std::vector<core::CellSample> cells;
  std::optional<core::WallClock> clock;
  core::OutFirmware firmware;
  core::OutFirmwareOutputs last;
};

/// A client of a rig's board.
struct Phone {
  explicit Phone(FirmwareRig& at, wire::AppDialect dialect = wire::AppDialect::gen3)
      : rig(at), session(dialect) {}
  /// Types a line and reads what comes back, line ends as '|'.
  std::string say(std::string_view line) {
    type(line);
    type("\r");
    return read();
  }
  void type(std::string_view text) {
    for (const char letter : text) {
      session.receive(static_cast<std::uint8_t>(letter), rig.firmware, rig.flash, rig.now);
    }
  }
  std::string read() {
    std::string text;
    while (const auto byte = session.next(rig.now)) {
      text.push_back(*byte == '\r' ? '|' : static_cast<char>(*byte));
    }
    return text;
  }
  FirmwareRig& rig;
  core::AppSession session;
};

}  // namespace cellwarden::tests
