// SPDX-License-Identifier: Apache-2.0
#include "wire/app_commands.hpp"

#include "wire/app_fields.hpp"

namespace cellwarden::wire {
namespace {

using Kind = AppCommandKind;
using Parsed = core::Result<AppCommand, AppFault>;

/// What a number in a command is.
enum class Part : std::uint8_t {
  none,
  index,    ///< one or two hex digits
  pin,      ///< four decimal digits
  clock,    ///< four hex digits of days, three of minutes
  setting,  ///< two hex digits, `=`, a sign or none, 1 to 8 hex digits
};

/// A command as text: head, the part that varies, end.
struct Shape {
  Kind kind;
  std::string_view head;
  Part part = Part::none;
  char end = '@';
  std::uint8_t index_digits = 0;
  std::uint8_t index_most = 0;
};

/// Longer heads stand before the shorter ones they begin with.
constexpr Shape shapes[] = {
    {Kind::login, "PW", Part::pin, '!'},
    {Kind::stream_on, "E", Part::none, '!'},
    {Kind::stream_off, "D", Part::none, '!'},
    {Kind::version, "V"},
    {Kind::settings_1, "S1"},
    {Kind::settings_2, "S2"},
    {Kind::settings_3, "S3"},
    {Kind::relay_settings, "SRY", Part::index, '@', 1, 1},
    {Kind::log_time, "TS"},
    {Kind::lifetime, "LT"},
    {Kind::log_entry, "L", Part::index, '@', 1, app_log_entries - 1},
    {Kind::soc_history, "H", Part::index, '@', 1, app_history_blocks - 1},
    {Kind::change_pin, "PN", Part::pin, '!'},
    {Kind::clear_energy, "CE", Part::none, '!'},
    {Kind::set_clock, "CK", Part::clock, '!'},
    {Kind::chain, "CH"},
    {Kind::read_setting, "X", Part::index, '@', 2, 0xFF},
    {Kind::write_setting, "X", Part::setting, '!', 2, 0xFF},
    {Kind::event, "G", Part::index, '@', 2, 0xFF},
};

bool is_write(std::string_view line) {
  return line.size() == 7 && line[2] == '-' && line.back() == '!';
}

Parsed parse_write(std::string_view line) {
  const auto byte = hex_number(slice(line, 0, 2));
  const auto address = hex_number(slice(line, 3, 3));
  if (!byte || !address) return AppFault::bad_number;
  AppCommand command{.kind = Kind::write};
  command.byte = static_cast<std::uint8_t>(*byte);
  command.address = static_cast<std::uint16_t>(*address);
  return command;
}

Parsed parse_pin(std::string_view digits, AppCommand command) {
  if (digits.size() != 4) return AppFault::bad_number;
  unsigned pin = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return AppFault::bad_number;
    pin = pin * 10 + static_cast<unsigned>(digit - '0');
  }
  command.pin = static_cast<std::uint16_t>(pin);
  return command;
}

Parsed parse_index(std::string_view digits, const Shape& shape, AppCommand command) {
  const auto index = hex_number(digits);
  if (!index || digits.size() != shape.index_digits) return AppFault::bad_number;
  if (*index > shape.index_most) return AppFault::out_of_range;
  command.index = static_cast<std::uint8_t>(*index);
  return command;
}

Parsed parse_clock(std::string_view digits, AppCommand command) {
  if (digits.size() != 7) return AppFault::bad_number;
  const auto day = hex_number(slice(digits, 0, 4));
  const auto minute = hex_number(slice(digits, 4));
  if (!day || !minute) return AppFault::bad_number;
  if (*minute >= minutes_a_day) return AppFault::out_of_range;
  command.day = static_cast<std::uint16_t>(*day);
  command.minute = static_cast<std::uint16_t>(*minute);
  return command;
}

Parsed parse_setting(std::string_view middle, const Shape& shape, AppCommand command) {
  const std::size_t equals = middle.find('=');
  if (equals == std::string_view::npos) return AppFault::bad_number;
  const Parsed with_index = parse_index(slice(middle, 0, equals), shape, command);
  const auto value = signed_hex_number(slice(middle, equals + 1));
  if (!with_index.good() || !value) return AppFault::bad_number;
  command = with_index.value();
  command.value = static_cast<std::int32_t>(*value);
  if (command.value != *value) return AppFault::out_of_range;
  return command;
}

Parsed parse_part(std::string_view middle, const Shape& shape) {
  const AppCommand command{.kind = shape.kind};
  if (shape.part == Part::index) return parse_index(middle, shape, command);
  if (shape.part == Part::pin) return parse_pin(middle, command);
  if (shape.part == Part::clock) return parse_clock(middle, command);
  if (shape.part == Part::setting) return parse_setting(middle, shape, command);
  return command;
}

void push_pin(AppLine& line, std::uint16_t pin) {
  CELLWARDEN_ASSERT(pin <= app_pin_max);
  for (unsigned unit = 1000; unit > 0; unit /= 10) push_hex(line, pin / unit % 10, 1);
}

void push_clock(AppLine& line, const AppCommand& command) {
  CELLWARDEN_ASSERT(command.minute < minutes_a_day);
  push_hex(line, command.day, 4);
  push_hex(line, command.minute, 3);
}

void push_part(AppLine& line, const Shape& shape, const AppCommand& command) {
  if (shape.part == Part::pin) push_pin(line, command.pin);
  if (shape.part == Part::clock) push_clock(line, command);
  if (shape.index_digits > 0) {
    CELLWARDEN_ASSERT(command.index <= shape.index_most);
    push_hex(line, command.index, shape.index_digits);
  }
  if (shape.part == Part::setting) {
    line.push('=');
    push_signed_hex(line, command.value, 4);
  }
}

AppLine format_write(const AppCommand& command) {
  CELLWARDEN_ASSERT(command.address <= app_address_max);
  AppLine line;
  push_hex(line, command.byte, 2);
  line.push('-');
  push_hex(line, command.address, 3);
  line.push('!');
  return line;
}

constexpr std::string_view refused_with_reason = "KO_";

std::optional<AppAnswer> parse_refusal(std::string_view line) {
  const auto content = without_checksum(line);
  if (!content.good() || !content.value().starts_with(refused_with_reason)) return std::nullopt;
  AppFieldReader fields(slice(content.value(), refused_with_reason.size()));
  AppAnswer answer{.kind = AppAnswerKind::refused};
  fields.required(answer.reason, app_field::byte);
  fields.tail(true);
  fields.field(answer.other, app_field::byte);
  if (fields.finish()) return std::nullopt;
  return answer;
}

}  // namespace

core::Result<AppCommand, AppFault> parse_app_command(std::string_view line) {
  if (is_write(line)) return parse_write(line);
  for (const Shape& shape : shapes) {
    if (line.size() < shape.head.size() + 1 || line.back() != shape.end) continue;
    if (!line.starts_with(shape.head)) continue;
    const std::string_view middle =
        slice(line, shape.head.size(), line.size() - shape.head.size() - 1);
    if (shape.part == Part::none && !middle.empty()) continue;
    return parse_part(middle, shape);
  }
  return AppFault::unknown;
}

AppLine format_app_command(const AppCommand& command) {
  if (command.kind == Kind::write) return format_write(command);
  AppLine line;
  for (const Shape& shape : shapes) {
    if (shape.kind != command.kind) continue;
    line.push(shape.head);
    push_part(line, shape, command);
    line.push(shape.end);
  }
  CELLWARDEN_ASSERT(!line.empty());
  return line;
}

AppLine format_app_answer(const AppAnswer& answer) {
  if (answer.kind == AppAnswerKind::done) return AppFieldWriter("OK").line();
  if (answer.kind == AppAnswerKind::locked) return AppFieldWriter("NA").line();
  if (answer.kind == AppAnswerKind::wrong_pin) return AppFieldWriter("WRONG").line();
  AppFieldWriter fields("KO");
  if (answer.reason == AppRefusal::unsaid) return fields.line();
  fields.required(answer.reason, app_field::byte);
  fields.tail(answer.other.has_value());
  fields.field(answer.other, app_field::byte);
  return fields.with_checksum();
}

std::optional<AppAnswer> parse_app_answer(std::string_view line) {
  if (line == "OK") return AppAnswer{.kind = AppAnswerKind::done};
  if (line == "KO") return AppAnswer{.kind = AppAnswerKind::refused};
  if (line == "NA") return AppAnswer{.kind = AppAnswerKind::locked};
  if (line == "WRONG") return AppAnswer{.kind = AppAnswerKind::wrong_pin};
  return parse_refusal(line);
}

}  // namespace cellwarden::wire
