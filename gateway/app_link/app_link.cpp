// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/app_link.hpp"

#include <memory>
#include <utility>

namespace cellwarden::gateway {
namespace {

/// Reads the log from its newest entry until the board has no more.
class EventsJob : public std::enable_shared_from_this<EventsJob> {
 public:
  EventsJob(AppLinkClient& client, EventsDone done) : client_(client), done_(std::move(done)) {}

  void start() {
    wire::AppCommand command;
    command.kind = wire::AppCommandKind::log_time;
    client_.ask(command, [this, self = shared_from_this()](const AppOutcome& outcome) {
      const auto time =
          wire::decode_app_reply<wire::AppLogTime>(outcome.line, wire::AppDialect::gen3);
      if (outcome.kind != AppOutcome::Kind::reply || !time.good()) {
        done_(std::nullopt);
        return;
      }
      now_s_ = time.value().now_s.value_or(0);
      next();
    });
  }

 private:
  static constexpr std::size_t most = 96;  ///< as many as a board keeps

  void next() {
    if (events_.size() == most) {
      done_(events_);
      return;
    }
    wire::AppCommand command;
    command.kind = wire::AppCommandKind::event;
    command.index = static_cast<std::uint8_t>(events_.size());
    client_.ask(command,
                [this, self = shared_from_this()](const AppOutcome& outcome) { take(outcome); });
  }

  void take(const AppOutcome& outcome) {
    if (outcome.kind == AppOutcome::Kind::lost || outcome.locked()) {
      done_(std::nullopt);
      return;
    }
    const auto event = wire::decode_app_reply<wire::AppEvent>(outcome.line, wire::AppDialect::gen3);
    if (outcome.kind != AppOutcome::Kind::reply || !event.good()) {
      done_(events_);
      return;
    }
    const std::uint32_t at_s = event.value().at_s;
    events_.push_back({now_s_ > at_s ? now_s_ - at_s : 0, event.value()});
    next();
  }

  AppLinkClient& client_;
  EventsDone done_;
  std::uint32_t now_s_ = 0;
  std::vector<AgedEvent> events_;
};

/// What came of a command that a board takes or not.
Refusals refusals_of(const std::string& what, const AppOutcome& outcome) {
  if (outcome.done()) return {};
  if (outcome.kind == AppOutcome::Kind::lost) return {what + ": the board does not answer"};
  if (outcome.locked()) return {what + ": not logged in any more"};
  const bool memory = outcome.answer.reason == wire::AppRefusal::not_stored;
  return {what + (memory ? ": the board's memory did not take it" : ": the board says no")};
}

}  // namespace

std::optional<std::uint16_t> parse_pin(std::string_view text) {
  if (text.size() != 4) return std::nullopt;
  unsigned pin = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    pin = pin * 10 + static_cast<unsigned>(c - '0');
  }
  return static_cast<std::uint16_t>(pin);
}

PinVerdict AppLink::check_pin(std::string_view pin, Time now) {
  if (delay_.left(now).count() > 0) return PinVerdict::wait;
  if (parse_pin(pin) == client_.pin()) {
    delay_.right();
    return PinVerdict::right;
  }
  delay_.wrong(now);
  return PinVerdict::wrong;
}

void AppLink::login(std::string_view pin, Time now,
                    const std::function<void(std::optional<PinVerdict>)>& done) {
  const auto number = parse_pin(pin);
  if (is_ready() || delay_.left(now).count() > 0) {
    done(check_pin(pin, now));
    return;
  }
  if (!number) {
    delay_.wrong(now);
    done(PinVerdict::wrong);
    return;
  }
  client_.login(*number, [this, now, done](const AppOutcome& outcome) {
    if (outcome.kind == AppOutcome::Kind::lost) {
      done(std::nullopt);
    } else if (outcome.done()) {
      delay_.right();
      done(PinVerdict::right);
    } else {
      delay_.wrong(now);
      done(PinVerdict::wrong);
    }
  });
}

void AppLink::change(std::vector<SettingChange> changes, bool checked, const ChangeDone& done) {
  if (changing_) {
    done({"another change is under way; try again"});
    return;
  }
  if (checked) {
    const Refusals refusals = check_changes(changes, ClientLook(client_), client_.v_bypass());
    if (!refusals.empty()) {
      done(refusals);
      return;
    }
    const ClientLook now(client_);
    std::erase_if(
        changes, [&](const SettingChange& change) { return now.at(change.place) == change.value; });
  }
  changing_ = true;
  make_changes(client_, std::move(changes), [this, done](const Refusals& refusals) {
    changing_ = false;
    done(refusals);
  });
}

void AppLink::change_pin(std::uint16_t pin, const ChangeDone& done) {
  client_.change_pin(
      pin, [done](const AppOutcome& outcome) { done(refusals_of("PIN not changed", outcome)); });
}

void AppLink::clear_energy(const ChangeDone& done) {
  wire::AppCommand command;
  command.kind = wire::AppCommandKind::clear_energy;
  client_.ask(command, [done](const AppOutcome& outcome) {
    done(refusals_of("Energy counters not cleared", outcome));
  });
}

void AppLink::read_events(const EventsDone& done) {
  std::make_shared<EventsJob>(client_, done)->start();
}

}  // namespace cellwarden::gateway
