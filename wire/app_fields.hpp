/// Fields of a line, split by underscores: a writer and a reader with the same members, so that a
/// line's layout is written down once (`describe`) and serves both ways. Inner part of the app
/// link: include wire/app_records.hpp or wire/app_replies.hpp instead.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "core/result.hpp"
#include "core/units.hpp"
#include "wire/app_link.hpp"
#include "wire/extended_frame.hpp"
#include "wire/key_values.hpp"
#include "wire/temperature.hpp"

namespace cellwarden::wire {

/// The value of up to 8 hex digits; nothing for none, lower case or anything else.
std::optional<std::uint32_t> hex_number(std::string_view digits);
/// The value of a sign, if there is one, and 1 to 8 hex digits.
std::optional<std::int64_t> signed_hex_number(std::string_view text);
/// Appends at least `width` hex digits.
void push_hex(AppLine& line, std::uint32_t value, unsigned width);
/// Appends a sign and at least `width` hex digits; `value` has at most 32 bits besides its sign.
void push_signed_hex(AppLine& line, std::int64_t value, unsigned width);

/// What stands before a reply's checksum, which must be right: two upper-case hex digits.
core::Result<std::string_view, AppFault> without_checksum(std::string_view line);

/// How a number stands in a field. A count is value / step.
struct AppField {
  unsigned width = 2;  ///< least number of digits written; read are 1 to 8
  std::int64_t step = 1;
  std::int64_t most = 0xFF;  ///< greatest count
  bool has_sign = false;     ///< from -most on, and written with its sign
  bool cut = false;  ///< cut off instead of rounded: a counter shows only what it has counted
  bool empty_is_ff = false;  ///< a count of 255 stands for an empty value, instead of X
};

namespace app_field {
inline constexpr AppField byte{};
inline constexpr AppField raw_temperature{.width = 3, .most = 0xFFFF};
inline constexpr AppField number{.width = 4, .most = 0xFFFF'FFFF};
inline constexpr AppField time{.width = 8, .most = 0xFFFF'FFFF};
inline constexpr AppField integer{.width = 4, .most = 0x7FFF'FFFF, .has_sign = true};
inline constexpr AppField flag{.most = 1};
inline constexpr AppField percent{.most = 100};
inline constexpr AppField percent_or_ff{.most = 100, .empty_is_ff = true};
inline constexpr AppField pack_voltage{.width = 4, .step = 5, .most = 0xFF'FFFF};
inline constexpr AppField cell_voltage{.width = 3, .step = 5, .most = 0xFFFF};
inline constexpr AppField watt_hours{.width = 6, .most = 0xFFFF'FFFF, .cut = true};
inline constexpr AppField kilowatt_hours{
    .width = 6, .step = 1000, .most = 0xFFFF'FFFF, .cut = true};
}  // namespace app_field

/// A value as the integer behind it: millivolts, milliamperes, watt-hours, milliseconds, a raw
/// count for a temperature, a status byte, or itself.
template <class T>
constexpr std::int64_t to_integer(const T& value) {
  if constexpr (std::same_as<T, core::Voltage>) {
    return value.in_millivolts();
  } else if constexpr (std::same_as<T, core::Current>) {
    return value.in_milliamperes();
  } else if constexpr (std::same_as<T, core::Energy>) {
    return value.in_watt_hours();
  } else if constexpr (std::same_as<T, core::Duration>) {
    return value.in_milliseconds();
  } else if constexpr (std::same_as<T, core::Temperature>) {
    return raw_from_temperature(value, TemperatureLine::sensor);
  } else if constexpr (std::same_as<T, Status> || std::same_as<T, SecondStatus>) {
    return value.to_byte();
  } else {
    return static_cast<std::int64_t>(value);
  }
}

/// The way back; `integer` fits because the field's greatest count does.
template <class T>
constexpr T from_integer(std::int64_t integer) {
  if constexpr (std::same_as<T, core::Voltage>) {
    return core::Voltage::millivolts(static_cast<std::int32_t>(integer));
  } else if constexpr (std::same_as<T, core::Current>) {
    return core::Current::milliamperes(static_cast<std::int32_t>(integer));
  } else if constexpr (std::same_as<T, core::Energy>) {
    return core::Energy::watt_hours(integer);
  } else if constexpr (std::same_as<T, core::Duration>) {
    return core::Duration::milliseconds(static_cast<std::int32_t>(integer));
  } else if constexpr (std::same_as<T, core::Temperature>) {
    return temperature_from_raw(static_cast<std::uint16_t>(integer), TemperatureLine::sensor);
  } else if constexpr (std::same_as<T, Status> || std::same_as<T, SecondStatus>) {
    return T::from_byte(static_cast<std::uint8_t>(integer));
  } else {
    return static_cast<T>(integer);
  }
}

/// Appends one field a call. An empty value becomes X and zeros, as long as the field.
class AppFieldWriter {
 public:
  explicit AppFieldWriter(std::string_view head = {}) { line_.push(head); }

  template <class T>
  void field(const std::optional<T>& value, const AppField& how) {
    put(value ? std::optional<std::int64_t>(to_integer(*value)) : std::nullopt, how);
  }
  template <class T>
  void required(const T& value, const AppField& how) {
    put(to_integer(value), how);
  }
  template <class T>
  void or_zero(const T& value, const AppField& how) {
    put(to_integer(value), how);
  }
  /// From here on fields are written only when `wanted`.
  void tail(bool wanted) { muted_ = !wanted; }
  /// A field whose text the caller appends.
  AppLine& open();

  [[nodiscard]] const AppLine& line() const { return line_; }
  AppLine with_checksum();

 private:
  void put(std::optional<std::int64_t> value, const AppField& how);

  AppLine line_;
  bool muted_ = false;
};

/// Takes one field a call. The first fault stays; behind it every value is left as it was.
class AppFieldReader {
 public:
  explicit AppFieldReader(std::string_view fields) : rest_(fields) {}

  template <class T>
  void field(std::optional<T>& value, const AppField& how) {
    if (const auto integer = take(how)) value = from_integer<T>(*integer);
  }
  /// A field that must not be empty.
  template <class T>
  void required(T& value, const AppField& how) {
    const auto integer = take(how);
    if (!integer) return refuse(AppFault::bad_number);
    value = from_integer<T>(*integer);
  }
  /// A field that is 0 when it is empty.
  template <class T>
  void or_zero(T& value, const AppField& how) {
    value = from_integer<T>(take(how).value_or(0));
  }
  /// From here on the line may end.
  void tail(bool) { may_end_ = true; }
  /// The next field's text; nothing when it is an X..., missing, or a fault came before.
  std::optional<std::string_view> text();
  /// Keeps the first fault.
  void refuse(AppFault fault) {
    if (!fault_) fault_ = fault;
  }
  /// The first fault; text behind the last field that was asked for is one.
  std::optional<AppFault> finish();

 private:
  std::optional<std::int64_t> take(const AppField& how);

  std::string_view rest_;
  bool over_ = false;
  bool may_end_ = false;
  std::optional<AppFault> fault_;
};

/// A record or a reply: const for the writer, not for the reader.
template <class Given, class Wanted>
concept Either = std::same_as<std::remove_const_t<Given>, Wanted>;

/// What `describe` has read, or why not.
template <class Value>
core::Result<Value, AppFault> finished(AppFieldReader& fields, const Value& value) {
  if (const auto fault = fields.finish()) return *fault;
  return value;
}

}  // namespace cellwarden::wire
