// SPDX-License-Identifier: Apache-2.0
#include "wire/app_fields.hpp"

namespace cellwarden::wire {
namespace {

constexpr std::size_t digits_most = 8;

/// The digit's value; 16 for what is none.
constexpr unsigned hex_digit(char letter) {
  if (letter >= '0' && letter <= '9') return static_cast<unsigned>(letter - '0');
  if (letter >= 'A' && letter <= 'F') return static_cast<unsigned>(letter - 'A') + 10;
  return 16;
}

constexpr char digit_of(unsigned value) {
  return static_cast<char>(value < 10 ? '0' + value : 'A' + value - 10);
}

/// X and whatever stands for digits behind it.
bool is_empty_value(std::string_view text) {
  if (text.empty() || text.front() != 'X' || text.size() > digits_most + 1) return false;
  for (const char letter : slice(text, 1)) {
    if (letter != 'X' && hex_digit(letter) > 15) return false;
  }
  return true;
}

/// The count nearest to value / step, or the one it has reached; ends at the field's ends.
std::int64_t count_of(std::int64_t value, const AppField& how) {
  const auto step = static_cast<std::uint64_t>(how.step);
  const auto bits = static_cast<std::uint64_t>(value);
  const std::uint64_t size = value < 0 ? 0 - bits : bits;
  std::uint64_t count = size / step;
  if (!how.cut && size % step >= step - size % step) ++count;
  const auto most = static_cast<std::uint64_t>(how.most);
  const auto ended = static_cast<std::int64_t>(count < most ? count : most);
  if (value >= 0) return ended;
  return how.has_sign ? -ended : 0;
}

}  // namespace

std::optional<std::uint32_t> hex_number(std::string_view digits) {
  if (digits.empty() || digits.size() > digits_most) return std::nullopt;
  std::uint32_t value = 0;
  for (const char letter : digits) {
    const unsigned digit = hex_digit(letter);
    if (digit > 15) return std::nullopt;
    value = (value << 4U) | digit;
  }
  return value;
}

std::optional<std::int64_t> signed_hex_number(std::string_view text) {
  const char sign = text.empty() ? '\0' : text.front();
  if (sign == '+' || sign == '-') text.remove_prefix(1);
  const auto size = hex_number(text);
  if (!size) return std::nullopt;
  return sign == '-' ? -std::int64_t{*size} : std::int64_t{*size};
}

void push_hex(AppLine& line, std::uint32_t value, unsigned width) {
  for (unsigned at = digits_most; at > 0; --at) {
    const std::uint32_t left = value >> (4 * (at - 1));
    if (at <= width || left != 0) line.push(digit_of(left & 0xFU));
  }
}

void push_signed_hex(AppLine& line, std::int64_t value, unsigned width) {
  line.push(value < 0 ? '-' : '+');
  push_hex(line, static_cast<std::uint32_t>(value < 0 ? -value : value), width);
}

core::Result<std::string_view, AppFault> without_checksum(std::string_view line) {
  const std::size_t end = line.rfind('_');
  if (end == std::string_view::npos) return AppFault::too_few_fields;
  const std::string_view digits = slice(line, end + 1);
  const std::string_view content = slice(line, 0, end);
  const auto sum = hex_number(digits);
  if (digits.size() != 2 || !sum || *sum != app_checksum(content)) return AppFault::checksum;
  return content;
}

AppLine& AppFieldWriter::open() {
  if (!line_.empty()) line_.push('_');
  return line_;
}

void AppFieldWriter::put(std::optional<std::int64_t> value, const AppField& how) {
  if (muted_) return;
  AppLine& line = open();
  if (!value && how.empty_is_ff) return push_hex(line, 0xFF, how.width);
  if (!value) {
    line.push('X');
    for (unsigned i = how.has_sign ? 0 : 1; i < how.width; ++i) line.push('0');
    return;
  }
  const std::int64_t count = count_of(*value, how);
  if (how.has_sign) return push_signed_hex(line, count, how.width);
  push_hex(line, static_cast<std::uint32_t>(count), how.width);
}

AppLine AppFieldWriter::with_checksum() {
  AppLine line = line_;
  line.push('_');
  push_hex(line, app_checksum(line_.text()), 2);
  return line;
}

std::optional<std::string_view> AppFieldReader::text() {
  if (fault_) return std::nullopt;
  if (over_) {
    if (!may_end_) refuse(AppFault::too_few_fields);
    return std::nullopt;
  }
  const std::size_t end = rest_.find('_');
  const std::string_view field = slice(rest_, 0, end);
  over_ = end == std::string_view::npos;
  if (!over_) rest_.remove_prefix(end + 1);
  if (is_empty_value(field)) return std::nullopt;
  return field;
}

std::optional<std::int64_t> AppFieldReader::take(const AppField& how) {
  const auto field = text();
  if (!field) return std::nullopt;
  const auto count = signed_hex_number(*field);
  if (!count) {
    refuse(AppFault::bad_number);
    return std::nullopt;
  }
  if (how.empty_is_ff && *count == 0xFF) return std::nullopt;
  if (*count > how.most || *count < (how.has_sign ? -how.most : 0)) {
    refuse(AppFault::out_of_range);
    return std::nullopt;
  }
  return *count * how.step;
}

std::optional<AppFault> AppFieldReader::finish() {
  if (!over_) refuse(AppFault::too_many_fields);
  return fault_;
}

}  // namespace cellwarden::wire
