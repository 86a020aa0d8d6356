// SPDX-License-Identifier: Apache-2.0
#include "scenarios/reader/amounts.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <utility>

namespace cellwarden::scenarios {
namespace {

constexpr std::string_view blanks = " \t";
constexpr sim::SimTime longest = 3'700 * day;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Takes a number off the front of `text`.
std::optional<double> take_number(std::string_view& text) {
  text = trimmed(text);
  double number = 0.0;
  // A plus is welcome in front of a number; from_chars does not know it.
  const bool plus = text.starts_with('+');
  const char* const begin = text.data() + (plus ? 1 : 0);
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(begin, end, number, std::chars_format::fixed);
  if (error != std::errc{} || !std::isfinite(number)) return std::nullopt;
  text = trimmed({rest, static_cast<std::size_t>(end - rest)});
  return number;
}

/// Takes a whole number of exactly `digits` digits off the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t digits) {
  int number = 0;
  if (text.size() < digits) return std::nullopt;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return number;
}

std::optional<double> seconds_in(std::string_view unit) {
  if (unit == "s") return 1.0;
  if (unit == "min") return 60.0;
  if (unit == "h") return 3600.0;
  if (unit == "d") return 86'400.0;
  return std::nullopt;
}

std::optional<sim::SimTime> in_reach(sim::SimTime time) {
  if (time > longest) return std::nullopt;
  return time;
}

}  // namespace

std::optional<Amount> parse_amount(std::string_view text) {
  const auto number = take_number(text);
  if (!number) return std::nullopt;
  return Amount{*number, std::string(text)};
}

std::optional<double> in_unit(const Amount& amount, std::string_view unit) {
  if (amount.unit.empty() || amount.unit == unit) return amount.number;
  if (unit == "°C" && amount.unit == "C") return amount.number;
  if (amount.unit == "m" + std::string(unit)) return amount.number / 1000.0;
  if (amount.unit == "k" + std::string(unit)) return amount.number * 1000.0;
  return std::nullopt;
}

std::optional<sim::SimTime> parse_duration(std::string_view text) {
  double total_s = 0.0;
  text = trimmed(text);
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    const auto number = take_number(text);
    if (!number || *number < 0.0) return std::nullopt;
    const std::size_t end = text.find_first_of(" \t0123456789");
    const auto unit = seconds_in(text.substr(0, end));
    if (!unit) return std::nullopt;
    total_s += *number * *unit;
    text = end == std::string_view::npos ? std::string_view{} : trimmed(text.substr(end));
  }
  const double us = std::round(total_s * 1e6);
  if (us > static_cast<double>(longest)) return std::nullopt;
  return static_cast<sim::SimTime>(us);
}

std::optional<sim::SimTime> parse_clock(std::string_view text) {
  text = trimmed(text);
  sim::SimTime days = 0;
  if (const std::size_t mark = text.find('d'); mark != std::string_view::npos) {
    std::string_view number = text.substr(0, mark);
    const std::size_t digits = number.size();
    const auto whole = digits >= 1 && digits <= 4 ? take_digits(number, digits) : std::nullopt;
    if (!whole) return std::nullopt;
    days = *whole;
    text = trimmed(text.substr(mark + 1));
  }
  // Hours and minutes, and seconds where they are given.
  sim::SimTime time = 0;
  constexpr std::pair<int, sim::SimTime> parts[] = {
      {24, 3600 * second}, {60, 60 * second}, {60, second}};
  for (const auto& [limit, unit] : parts) {
    if (limit == 60 && !text.starts_with(':')) return std::nullopt;
    if (limit == 60) text.remove_prefix(1);
    const auto part = take_digits(text, 2);
    if (!part || *part >= limit) return std::nullopt;
    time += *part * unit;
    if (text.empty() && unit < 3600 * second) return in_reach(days * day + time);
  }
  return std::nullopt;
}

std::string clock_text(sim::SimTime since_midnight) {
  const sim::SimTime s = since_midnight / second;
  std::array<char, 40> text{};
  const int written =
      s >= 86'400
          ? std::snprintf(text.data(), text.size(), "%dd %02d:%02d:%02d",
                          static_cast<int>(s / 86'400), static_cast<int>(s / 3600 % 24),
                          static_cast<int>(s / 60 % 60), static_cast<int>(s % 60))
          : std::snprintf(text.data(), text.size(), "%02d:%02d:%02d", static_cast<int>(s / 3600),
                          static_cast<int>(s / 60 % 60), static_cast<int>(s % 60));
  return {text.data(), static_cast<std::size_t>(written)};
}

std::string duration_text(sim::SimTime duration) {
  constexpr std::pair<sim::SimTime, const char*> units[] = {
      {day, " d"}, {3600 * second, " h"}, {60 * second, " min"}};
  std::string text;
  for (const auto& [unit, name] : units) {
    if (duration < unit) continue;
    text += (text.empty() ? "" : " ") + std::to_string(duration / unit) + name;
    duration %= unit;
  }
  if (duration == 0 && !text.empty()) return text;
  std::array<char, 24> rest{};
  const int written = std::snprintf(rest.data(), rest.size(), "%.6g s",
                                    static_cast<double>(duration) / static_cast<double>(second));
  return text + (text.empty() ? "" : " ") +
         std::string(rest.data(), static_cast<std::size_t>(written));
}

}  // namespace cellwarden::scenarios
