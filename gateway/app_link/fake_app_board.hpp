/// A board's end of the app link for tests: settings, a PIN and a chain, in one function. Only for
/// tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/setting_values.hpp"
#include "gateway/app_link/client.hpp"

namespace cellwarden::gateway {

class FakeAppBoard {
 public:
  core::SettingValues values;
  wire::AppChain chain{.fault = 0, .break_before = {}, .cell_count = 4, .programmed_cells = 4};
  std::optional<core::Voltage> v_bypass = core::Voltage::millivolts(3500);
  std::vector<wire::AppEvent> events;
  std::uint16_t pin = 1234;
  bool logged_in = false;
  bool forgetful = false;  ///< its memory takes nothing
  int logins = 0;
  std::vector<std::string> heard;
  /// What comes instead of the answer, for the lines it wants: it gives what is sent.
  std::function<std::optional<std::string>(const std::string&)> instead = [](const std::string&) {
    return std::nullopt;
  };

  /// The answers to what a client has sent, each with its line end.
  std::string answer(const std::string& bytes) {
    std::string out;
    for (const char byte : bytes) {
      if (reader_.push(static_cast<std::uint8_t>(byte)) != wire::AppInput::line) continue;
      const std::string line(reader_.line());
      heard.push_back(line);
      const auto other = instead(line);
      out += other ? *other : line_for(line) + "\r";
    }
    return out;
  }

 private:
  std::string line_for(const std::string& line) {
    const auto parsed = wire::parse_app_command(line);
    if (!parsed.good()) return "KO";
    const wire::AppCommand& command = parsed.value();
    if (command.kind == wire::AppCommandKind::login) {
      ++logins;
      logged_in = command.pin == pin;
      return logged_in ? "OK" : "NA";
    }
    if (!logged_in) return "NA";
    return reply_to(command);
  }

  std::string reply_to(const wire::AppCommand& command) {
    using wire::AppCommandKind;
    if (command.kind == AppCommandKind::chain) return encoded(chain);
    if (command.kind == AppCommandKind::log_time) return encoded(wire::AppLogTime{1000});
    if (command.kind == AppCommandKind::version) {
      wire::AppVersion version;
      version.v_bypass = v_bypass;
      return encoded(version);
    }
    if (command.kind == AppCommandKind::change_pin ||
        command.kind == AppCommandKind::clear_energy) {
      if (forgetful) return refusal(wire::AppRefusal::not_stored, 0);
      if (command.kind == AppCommandKind::change_pin) pin = command.pin;
      return "OK";
    }
    if (command.kind == AppCommandKind::event && command.index < events.size()) {
      return encoded(events[command.index]);
    }
    const auto place = core::setting_with_id(command.index);
    if (!place || command.kind == AppCommandKind::event) {
      return refusal(wire::AppRefusal::unknown_index, 0);
    }
    if (command.kind == AppCommandKind::write_setting) return write(*place, command.value);
    const core::SettingRow& row = core::settings_table[*place];
    return encoded(wire::AppSetting{row.id, values.at(*place), row.minimum, row.maximum, row.preset,
                                    row.step});
  }

  std::string write(std::size_t place, std::int32_t value) {
    const auto changed = values.with(place, value, v_bypass);
    if (changed.good()) {
      values = changed.value();
      return "OK";
    }
    switch (changed.fault().reason) {
      case core::RefusalReason::below_minimum:
        return refusal(wire::AppRefusal::below_minimum, 0);
      case core::RefusalReason::above_maximum:
        return refusal(wire::AppRefusal::above_maximum, 0);
      case core::RefusalReason::off_step:
        return refusal(wire::AppRefusal::off_step, 0);
      case core::RefusalReason::order:
      case core::RefusalReason::v_bypass:
        break;
    }
    return refusal(wire::AppRefusal::order, changed.fault().other);
  }

  template <class Reply>
  static std::string encoded(const Reply& reply) {
    return std::string(wire::encode_app_reply(reply, wire::AppDialect::gen3).text());
  }
  static std::string refusal(wire::AppRefusal reason, std::uint8_t other) {
    wire::AppAnswer answer;
    answer.kind = wire::AppAnswerKind::refused;
    answer.reason = reason;
    if (reason == wire::AppRefusal::order) answer.other = other;
    return std::string(wire::format_app_answer(answer).text());
  }

  wire::AppLineReader reader_;
};

/// A client on a fake board, with a clock of its own.
struct AppBench {
  FakeAppBoard board;
  AppLinkClient client{1234};
  Time now{};

  /// Carries bytes back and forth until nothing moves.
  void settle() {
    for (std::string sent = client.take_output(); !sent.empty(); sent = client.take_output()) {
      give(board.answer(sent));
    }
  }
  void give(const std::string& bytes) {
    const std::vector<std::uint8_t> raw(bytes.begin(), bytes.end());
    client.receive(raw, now);
  }
  void open() {
    client.opened(now);
    settle();
  }
  void pass(milliseconds time) {
    for (const Time end = now + time; now < end;) {
      now += milliseconds(100);
      client.step(now);
      settle();
    }
  }
};

}  // namespace cellwarden::gateway
