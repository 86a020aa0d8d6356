/// The client's side of the app link (docs/wire/app_link.md): logs in, keeps the board awake, asks
/// how the chain is and what is set, and takes what others want to ask, one request at a time. No
/// clock, no I/O: bytes and the time come in, bytes go out.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/settings_table.hpp"
#include "gateway/clock.hpp"
#include "wire/app_commands.hpp"
#include "wire/app_lines.hpp"
#include "wire/app_our_replies.hpp"

namespace cellwarden::gateway {

enum class AppLinkState : std::uint8_t { connecting, locked, ready };

/// What came of one request.
struct AppOutcome {
  enum class Kind : std::uint8_t {
    lost,    ///< no answer, or the link went
    answer,  ///< `answer`
    reply,   ///< `line`
  };
  Kind kind = Kind::lost;
  wire::AppAnswer answer;
  std::string line;

  [[nodiscard]] bool done() const {
    return kind == Kind::answer && answer.kind == wire::AppAnswerKind::done;
  }
  [[nodiscard]] bool locked() const {
    return kind == Kind::answer && (answer.kind == wire::AppAnswerKind::locked ||
                                    answer.kind == wire::AppAnswerKind::wrong_pin);
  }
};
using AppDone = std::function<void(const AppOutcome&)>;

/// Not copyable: requests hold on to it.
class AppLinkClient {
 public:
  static constexpr milliseconds answer_within{2'000};
  static constexpr int tries = 3;
  static constexpr milliseconds poll_every{1'000};
  static constexpr milliseconds chain_every{2'000};
  static constexpr milliseconds login_again_after{5'000};
  static constexpr std::size_t most_requests = 256;

  explicit AppLinkClient(std::uint16_t pin) : pin_(pin) {}
  AppLinkClient(const AppLinkClient&) = delete;
  AppLinkClient& operator=(const AppLinkClient&) = delete;

  void opened(Time now);
  /// Everything asked is answered as lost.
  void lost(std::string text);
  void receive(std::span<const std::uint8_t> bytes, Time now);
  /// To be called several times a second.
  void step(Time now);
  /// What is to be sent now.
  [[nodiscard]] std::string take_output();
  /// Called when `ask` left something to send.
  std::function<void()> on_output = [] {};

  /// @param done  called once, perhaps at once; may ask again
  void ask(const wire::AppCommand& command, AppDone done);
  /// Gives the board a PIN; the right one is kept.
  void login(std::uint16_t pin, AppDone done);
  /// Gives the board a new PIN; it is kept once the board has taken it.
  void change_pin(std::uint16_t pin, AppDone done);

  [[nodiscard]] AppLinkState state() const { return state_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  /// The one in force, while ready.
  [[nodiscard]] std::uint16_t pin() const { return pin_; }
  /// Only while ready.
  [[nodiscard]] const std::optional<wire::AppChain>& chain() const { return chain_; }
  [[nodiscard]] std::optional<core::Voltage> v_bypass() const { return v_bypass_; }
  /// As last read; nothing when the board does not know this setting.
  /// @param place  in the settings table
  [[nodiscard]] const std::optional<wire::AppSetting>& setting(std::size_t place) const {
    return settings_.at(place);
  }

 private:
  struct Request {
    wire::AppCommand command;
    AppDone done;
    int sent = 0;
    Time sent_at;
  };

  void take_line(std::string_view line);
  void finish(const AppOutcome& outcome);
  void send_next();
  void resend_or_give_up();
  void remember(const wire::AppCommand& command, const std::string& line);
  void log_in_again();
  void logged_in();
  void drop_all();
  void read_setting(std::size_t place);
  void routine();

  std::uint16_t pin_;
  AppLinkState state_ = AppLinkState::connecting;
  std::string text_ = "not reached yet";
  wire::AppLineReader reader_;
  std::string output_;
  std::deque<Request> queue_;  ///< the first one is under way
  std::optional<wire::AppChain> chain_;
  std::optional<core::Voltage> v_bypass_;
  std::array<std::optional<wire::AppSetting>, core::settings_table.size()> settings_;
  Time now_;
  Time polled_at_;
  Time chain_at_;
  Time login_at_;
  std::size_t reread_ = 0;  ///< place of the setting to be read again next
  bool open_ = false;
  bool logging_in_ = false;  ///< a login is asked, or the first reading is under way
  bool login_due_ = false;
  bool login_failed_ = false;  ///< tried, and not ready since
};

}  // namespace cellwarden::gateway
