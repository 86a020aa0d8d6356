// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/client.hpp"

#include <utility>

namespace cellwarden::gateway {
namespace {

using wire::AppCommand;
using wire::AppCommandKind;

constexpr auto dialect = wire::AppDialect::gen3;

template <class Reply>
std::optional<Reply> read(std::string_view line) {
  const auto reply = wire::decode_app_reply<Reply>(line, dialect);
  if (!reply.good()) return std::nullopt;
  return reply.value();
}

/// Whether a line is the reply to a command; one of another number is an old one that came late.
bool replies_to(const AppCommand& command, std::string_view line) {
  if (command.kind == AppCommandKind::read_setting) {
    const auto setting = read<wire::AppSetting>(line);
    return setting && setting->id == command.index;
  }
  if (command.kind == AppCommandKind::event) {
    const auto event = read<wire::AppEvent>(line);
    return event && event->index == command.index;
  }
  if (command.kind == AppCommandKind::chain) return read<wire::AppChain>(line).has_value();
  if (command.kind == AppCommandKind::log_time) return read<wire::AppLogTime>(line).has_value();
  if (command.kind == AppCommandKind::version) return read<wire::AppVersion>(line).has_value();
  return false;
}

/// Whether OK is an answer to a command; a query's answer is its reply, or a refusal.
bool is_query(AppCommandKind kind) {
  return kind == AppCommandKind::read_setting || kind == AppCommandKind::event ||
         kind == AppCommandKind::chain || kind == AppCommandKind::log_time ||
         kind == AppCommandKind::version;
}

AppCommand command_of(AppCommandKind kind) {
  AppCommand command;
  command.kind = kind;
  return command;
}

}  // namespace

void AppLinkClient::opened(Time now) {
  now_ = now;
  open_ = true;
  reader_.reset();
  output_.clear();
  polled_at_ = now;
  // The board holds its answers back from who has not sent a byte.
  output_.push_back(wire::app_poll);
  text_ = "connected, logging in";
  login_failed_ = false;
  log_in_again();
}

void AppLinkClient::lost(std::string text) {
  open_ = false;
  text_ = std::move(text);
  drop_all();
}

void AppLinkClient::drop_all() {
  state_ = AppLinkState::connecting;
  chain_.reset();
  logging_in_ = false;
  login_due_ = false;
  std::deque<Request> dropped = std::move(queue_);
  queue_.clear();
  for (const Request& request : dropped) request.done({});
}

void AppLinkClient::ask(const AppCommand& command, AppDone done) {
  if (!open_ || queue_.size() >= most_requests) {
    done({});
    return;
  }
  queue_.push_back({command, std::move(done), 0, {}});
  send_next();
}

void AppLinkClient::send_next() {
  if (queue_.empty() || queue_.front().sent > 0) return;
  Request& request = queue_.front();
  request.sent = 1;
  request.sent_at = now_;
  output_ += wire::format_app_command(request.command).text();
  output_ += wire::app_line_end;
  on_output();
}

std::string AppLinkClient::take_output() { return std::exchange(output_, {}); }

void AppLinkClient::receive(std::span<const std::uint8_t> bytes, Time now) {
  now_ = now;
  for (const std::uint8_t byte : bytes) {
    if (reader_.push(byte) == wire::AppInput::line) take_line(reader_.line());
  }
}

/// Records that stream, echoes and garbled lines are no answer and are passed over.
void AppLinkClient::take_line(std::string_view line) {
  if (queue_.empty() || queue_.front().sent == 0) return;
  const AppCommand& command = queue_.front().command;
  AppOutcome outcome;
  if (const auto answer = wire::parse_app_answer(line)) {
    if (is_query(command.kind) && answer->kind == wire::AppAnswerKind::done) return;
    outcome.kind = AppOutcome::Kind::answer;
    outcome.answer = *answer;
  } else if (replies_to(command, line)) {
    outcome.kind = AppOutcome::Kind::reply;
    outcome.line = line;
    remember(command, outcome.line);
  } else {
    return;
  }
  finish(outcome);
}

void AppLinkClient::remember(const AppCommand& command, const std::string& line) {
  if (command.kind == AppCommandKind::chain) chain_ = read<wire::AppChain>(line);
  if (command.kind == AppCommandKind::version) {
    v_bypass_ = read<wire::AppVersion>(line).value_or(wire::AppVersion{}).v_bypass;
  }
  if (command.kind != AppCommandKind::read_setting) return;
  for (std::size_t i = 0; i < settings_.size(); ++i) {
    if (core::settings_table[i].id == command.index) settings_[i] = read<wire::AppSetting>(line);
  }
}

void AppLinkClient::finish(const AppOutcome& outcome) {
  const Request request = std::move(queue_.front());
  queue_.pop_front();
  const bool shut_out = outcome.locked() && request.command.kind != AppCommandKind::login;
  if (shut_out && !logging_in_) log_in_again();
  request.done(outcome);
  send_next();
}

void AppLinkClient::login(std::uint16_t pin, AppDone done) {
  AppCommand command = command_of(AppCommandKind::login);
  command.pin = pin;
  const bool known = state_ == AppLinkState::ready && pin == pin_;
  ask(command, [this, pin, known, done = std::move(done)](const AppOutcome& outcome) {
    if (outcome.done()) {
      pin_ = pin;
      if (!known) logged_in();
    } else if (outcome.kind == AppOutcome::Kind::answer) {
      state_ = AppLinkState::locked;
      text_ = "the board does not accept the PIN";
      chain_.reset();
    }
    done(outcome);
  });
}

void AppLinkClient::change_pin(std::uint16_t pin, AppDone done) {
  AppCommand command = command_of(AppCommandKind::change_pin);
  command.pin = pin;
  ask(command, [this, pin, done = std::move(done)](const AppOutcome& outcome) {
    if (outcome.done()) pin_ = pin;
    done(outcome);
  });
}

/// Once; a board that says no again is left alone: each wrong PIN makes it wait longer.
void AppLinkClient::log_in_again() {
  if (login_failed_) {
    state_ = AppLinkState::locked;
    text_ = "the board does not accept the PIN";
    chain_.reset();
    return;
  }
  login_failed_ = true;
  logging_in_ = true;
  state_ = AppLinkState::connecting;
  login(pin_, [this](const AppOutcome& outcome) {
    if (!outcome.done()) logging_in_ = false;
  });
}

void AppLinkClient::logged_in() {
  logging_in_ = true;
  state_ = AppLinkState::connecting;
  text_ = "logged in, reading the settings";
  settings_.fill(std::nullopt);
  ask(command_of(AppCommandKind::version), [](const AppOutcome&) {});
  ask(command_of(AppCommandKind::chain), [](const AppOutcome&) {});
  for (std::size_t i = 0; i < settings_.size(); ++i) read_setting(i);
  ask(command_of(AppCommandKind::log_time), [this](const AppOutcome& outcome) {
    logging_in_ = false;
    if (outcome.kind == AppOutcome::Kind::lost) return;
    if (outcome.locked()) {
      log_in_again();
      return;
    }
    login_failed_ = false;
    state_ = AppLinkState::ready;
    text_ = "logged in";
    chain_at_ = now_;
  });
}

void AppLinkClient::read_setting(std::size_t place) {
  AppCommand command = command_of(AppCommandKind::read_setting);
  command.index = core::settings_table[place].id;
  ask(command, [](const AppOutcome&) {});
}

void AppLinkClient::step(Time now) {
  now_ = now;
  if (!open_) return;
  if (now - polled_at_ >= poll_every) {
    polled_at_ = now;
    output_.push_back(wire::app_poll);
  }
  resend_or_give_up();
  routine();
}

void AppLinkClient::resend_or_give_up() {
  if (queue_.empty() || now_ - queue_.front().sent_at < answer_within) return;
  Request& request = queue_.front();
  const bool is_login = request.command.kind == AppCommandKind::login;
  if (request.sent < tries && !is_login) {
    ++request.sent;
    request.sent_at = now_;
    output_ += wire::format_app_command(request.command).text();
    output_ += wire::app_line_end;
    return;
  }
  text_ = "the board does not answer";
  drop_all();
  login_due_ = true;
  login_at_ = now_ + login_again_after;
}

/// Asks for the chain, and one setting each time: another client may have changed it.
void AppLinkClient::routine() {
  if (login_due_ && now_ >= login_at_) {
    login_due_ = false;
    login_failed_ = false;
    log_in_again();
  }
  if (state_ != AppLinkState::ready || now_ - chain_at_ < chain_every) return;
  if (!queue_.empty()) return;
  chain_at_ = now_;
  ask(command_of(AppCommandKind::chain), [](const AppOutcome&) {});
  ask(command_of(AppCommandKind::version), [](const AppOutcome&) {});
  read_setting(reread_);
  reread_ = (reread_ + 1) % settings_.size();
}

}  // namespace cellwarden::gateway
