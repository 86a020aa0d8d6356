// SPDX-License-Identifier: Apache-2.0
#include "core/app_session.hpp"

#include "core/app_answers.hpp"

namespace cellwarden::core {
namespace {

using wire::AppAnswer;
using wire::AppAnswerKind;
using wire::AppCommand;
using wire::AppCommandKind;
using wire::AppRecordKind;
using wire::AppRefusal;

constexpr Duration stream_every = Duration::milliseconds(1000);

constexpr AppAnswer done{};
constexpr AppAnswer locked{.kind = AppAnswerKind::locked, .reason = {}, .other = {}};

AppAnswer refused(AppRefusal reason, std::uint8_t other = 0) {
  AppAnswer answer{.kind = AppAnswerKind::refused, .reason = reason, .other = {}};
  if (reason == AppRefusal::order) answer.other = other;
  return answer;
}

AppRefusal reason_of(RefusalReason reason) {
  switch (reason) {
    case RefusalReason::below_minimum:
      return AppRefusal::below_minimum;
    case RefusalReason::above_maximum:
      return AppRefusal::above_maximum;
    case RefusalReason::off_step:
      return AppRefusal::off_step;
    case RefusalReason::order:
    case RefusalReason::v_bypass:
    default:
      break;
  }
  return AppRefusal::order;
}

AppAnswer answer_of(const ChangeResult& result) {
  if (result.not_stored) return refused(AppRefusal::not_stored);
  if (!result.refusal) return done;
  return refused(reason_of(result.refusal->reason), result.refusal->other);
}

AppAnswer stored(bool good) { return good ? done : refused(AppRefusal::not_stored); }

/// The value a write means. The count nearest to a limit is the limit, also where the coding's own
/// value of it lies a tenth of a degree beyond.
std::int32_t value_of(const SettingRow& row, std::uint32_t raw) {
  if (raw == wire::to_coded(row.coding, row.minimum)) return row.minimum;
  if (raw == wire::to_coded(row.coding, row.maximum)) return row.maximum;
  const std::int32_t value = wire::from_coded(row.coding, raw);
  const bool outside = value < row.minimum || value > row.maximum;
  return row.inherit != 0 && outside ? row.inherit : value;
}

}  // namespace

void AppSession::send(const wire::AppLine& line) {
  const std::string_view text = line.text();
  if (out_size_ + text.size() + 1 > out_.size()) return;  // the client does not listen
  const auto put = [this](char letter) {
    out_[(out_from_ + out_size_) % out_.size()] = static_cast<std::uint8_t>(letter);
    ++out_size_;
  };
  for (const char letter : text) put(letter);
  put(wire::app_line_end);
}

std::optional<std::uint8_t> AppSession::next(Instant now) {
  listening_ = listening_ && now - heard_at_ < app_poll_window;
  if (!listening_ || out_size_ == 0) return std::nullopt;
  const std::uint8_t byte = out_[out_from_];
  out_from_ = (out_from_ + 1) % out_.size();
  --out_size_;
  return byte;
}

void AppSession::receive(std::uint8_t byte, OutFirmware& firmware, Flash& flash, Instant now) {
  heard_at_ = now;
  listening_ = true;
  check_pin(firmware);
  const wire::AppInput input = reader_.push(byte);
  if (input == wire::AppInput::line) {
    serve(firmware, flash, now);
  } else if (input == wire::AppInput::bad_line || input == wire::AppInput::too_long) {
    pending_.reset();
    send(wire::format_app_answer(authorized_ ? refused(AppRefusal::unsaid) : locked));
  }
}

/// Who changes the PIN, or resets it, means to shut everybody else out.
void AppSession::check_pin(const OutFirmware& firmware) {
  authorized_ = authorized_ && pin_ == firmware.memory.pin;
}

/// The older product echoes what it is told.
void AppSession::serve(OutFirmware& firmware, Flash& flash, Instant now) {
  if (dialect_ == wire::AppDialect::gen2) {
    wire::AppLine echo;
    echo.push(reader_.line());
    send(echo);
  }
  const auto command = wire::parse_app_command(reader_.line());
  const bool is_write = command.good() && command.value().kind == AppCommandKind::write;
  if (!is_write) pending_.reset();
  if (!command.good()) {
    send(wire::format_app_answer(authorized_ ? refused(AppRefusal::unsaid) : locked));
    return;
  }
  obey(command.value(), firmware, flash, now);
}

void AppSession::obey(const AppCommand& command, OutFirmware& firmware, Flash& flash, Instant now) {
  if (command.kind == AppCommandKind::login) {
    const std::uint16_t pin = firmware.memory.pin;
    authorized_ = firmware.pin_guard.accepts(command.pin, pin, now);
    pin_ = pin;
    send(wire::format_app_answer(authorized_ ? done : locked));
    return;
  }
  if (!authorized_) {
    send(wire::format_app_answer(locked));
    return;
  }
  if (const auto reply = app_reply(firmware, command, dialect_)) {
    send(*reply);
    return;
  }
  AppAnswer answer = change(command, firmware, flash, now);
  if (!wire::is_our_command(command.kind)) answer.reason = AppRefusal::unsaid;
  if (answer.reason != AppRefusal::order) answer.other.reset();
  send(wire::format_app_answer(answer));
}

AppAnswer AppSession::change(const AppCommand& command, OutFirmware& firmware, Flash& flash,
                             Instant now) {
  if (command.kind == AppCommandKind::stream_on || command.kind == AppCommandKind::stream_off) {
    streaming_ = command.kind == AppCommandKind::stream_on;
    streamed_at_ = now + -stream_every;
    return done;
  }
  if (command.kind == AppCommandKind::write) return write(command, firmware, flash);
  if (command.kind == AppCommandKind::change_pin) {
    const bool good = change_pin(firmware, flash, command.pin, EventKind::pin_changed);
    pin_ = firmware.memory.pin;
    return stored(good);
  }
  if (command.kind == AppCommandKind::clear_energy) return stored(clear_energy(firmware, flash));
  if (command.kind == AppCommandKind::set_clock) {
    set_clock(firmware, now, {command.day, command.minute});
    return done;
  }
  const auto place = setting_with_id(command.index);
  if (command.kind != AppCommandKind::write_setting || !place) {
    return refused(AppRefusal::unknown_index);
  }
  return answer_of(change_setting(firmware, flash, *place, command.value));
}

/// A setting of two bytes is two writes, the high byte first; the second one puts it in force.
AppAnswer AppSession::write(const AppCommand& command, OutFirmware& firmware, Flash& flash) {
  const std::optional<PendingWrite> high = pending_;
  pending_.reset();
  const auto place = setting_at_address(command.address);
  if (!place) return refused(AppRefusal::unknown_index);
  const SettingRow& row = settings_table[*place];
  const bool is_first = command.address == row.address;
  if (wire::coded_bytes(row.coding) == 2 && is_first) {
    pending_ = PendingWrite{command.address, command.byte};
    return done;
  }
  std::uint32_t raw = command.byte;
  if (!is_first) {
    if (!high || high->address != row.address) return refused(AppRefusal::unsaid);
    raw |= std::uint32_t{high->high} << 8U;
  }
  return answer_of(change_setting(firmware, flash, *place, value_of(row, raw)));
}

/// Nothing is streamed to a client that does not listen: it would read old values as new ones when
/// it comes back.
void AppSession::step(const OutFirmware& firmware, Instant now) {
  listening_ = listening_ && now - heard_at_ < app_poll_window;
  check_pin(firmware);
  if (!streaming_ || !authorized_ || !listening_) {
    streamed_at_ = now + -stream_every;
    return;
  }
  if (now - streamed_at_ < stream_every) return;
  streamed_at_ = now;
  stream(firmware);
}

/// Fast records every second, one cell a second, one of the slow ones a second.
void AppSession::stream(const OutFirmware& firmware) {
  const int cells = firmware.board.link.cell_count();
  const auto record = [&](AppRecordKind kind) {
    send(app_record(firmware, kind, next_cell_, dialect_));
  };
  record(AppRecordKind::pack);
  record(AppRecordKind::voltages);
  record(AppRecordKind::temperatures);
  if (cells > 0) {
    next_cell_ = static_cast<std::uint8_t>(next_cell_ % cells + 1);
    record(AppRecordKind::cell);
  }
  record(AppRecordKind::energy);
  const bool gen2 = dialect_ == wire::AppDialect::gen2;
  turn_ = static_cast<std::uint8_t>((turn_ + 1) % 3);
  if (gen2 || turn_ == 0) {
    record(AppRecordKind::totals);
  } else {
    record(turn_ == 1 ? AppRecordKind::health : AppRecordKind::battery);
  }
}

}  // namespace cellwarden::core
