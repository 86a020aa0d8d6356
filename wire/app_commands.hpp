/// The app link's commands: what a client sends, as text and as values, and the board's short
/// answers. Commands that nobody has published are ours and say so; docs/wire/app_link.md.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/result.hpp"
#include "wire/app_link.hpp"

namespace cellwarden::wire {

enum class AppCommandKind : std::uint8_t {
  login,           ///< PW<pin>!
  stream_on,       ///< E!
  stream_off,      ///< D!
  version,         ///< V@
  settings_1,      ///< S1@
  settings_2,      ///< S2@
  settings_3,      ///< S3@
  relay_settings,  ///< SRY<index>@, 0 charge, 1 load
  log_time,        ///< TS@
  log_entry,       ///< L<index>@, 0..9
  soc_history,     ///< H<index>@, 0..13 as one hex digit
  write,           ///< <byte>-<address>!
  change_pin,      ///< ours: PN<pin>!
  clear_energy,    ///< ours: CE!
  set_clock,       ///< ours: CK<day><minute>!
  read_setting,    ///< ours: X<index>@
  write_setting,   ///< ours: X<index>=<value>!
  event,           ///< ours: G<index>@
  lifetime,        ///< ours: LT@
  chain,           ///< ours: CH@
};
inline constexpr std::size_t app_command_kinds = 20;

inline constexpr std::uint16_t app_address_max = 0xFFF;
inline constexpr std::uint16_t minutes_a_day = 1440;
inline constexpr std::uint8_t app_log_entries = 10;
inline constexpr std::uint8_t app_history_blocks = 14;

/// One command; members its kind does not name are 0.
struct AppCommand {
  AppCommandKind kind = AppCommandKind::version;
  std::uint8_t index = 0;     ///< relay, log entry, block of the history, setting's id, event
  std::uint8_t byte = 0;      ///< write
  std::uint16_t address = 0;  ///< write: 0..app_address_max
  std::uint16_t pin = 0;      ///< 0..app_pin_max; "0012" is 12
  std::uint16_t day = 0;      ///< set_clock: days since 1 January 1970, the owner's local time
  std::uint16_t minute = 0;   ///< set_clock: of the day, 0..1439
  std::int32_t value = 0;     ///< write_setting, in the setting's unit
  friend constexpr bool operator==(const AppCommand&, const AppCommand&) = default;
};

/// Whether a command is one of ours: refusals of these carry their reason.
constexpr bool is_our_command(AppCommandKind kind) { return kind >= AppCommandKind::change_pin; }

/// Reads one command. Strict: upper case, every digit there, nothing behind it.
core::Result<AppCommand, AppFault> parse_app_command(std::string_view line);

/// Writes one command, without the line's end. Asserts on an index, address, PIN or minute beyond
/// the limits above.
AppLine format_app_command(const AppCommand& command);

enum class AppAnswerKind : std::uint8_t {
  done,       ///< OK
  refused,    ///< KO, or ours KO_<reason>_<checksum>
  locked,     ///< NA: not authorized
  wrong_pin,  ///< WRONG: listed by one client; we answer NA
};

/// Why one of our commands was refused, as sent behind KO. The numbers are the wire's: never
/// reused. One that is not here, from a newer board, is left as it comes.
enum class AppRefusal : std::uint8_t {
  unsaid = 0,         ///< a bare KO
  unknown_index = 1,  ///< no setting or event of that number
  below_minimum = 2,
  above_maximum = 3,
  off_step = 4,    ///< between two steps
  order = 5,       ///< contradicts another setting, see `AppAnswer::other`
  not_stored = 6,  ///< the memory did not take it; the old value is in force
};

struct AppAnswer {
  AppAnswerKind kind = AppAnswerKind::done;
  AppRefusal reason = AppRefusal::unsaid;            ///< with `refused`
  std::optional<std::uint8_t> other = std::nullopt;  ///< with `order`: the id of the other setting
  friend constexpr bool operator==(const AppAnswer&, const AppAnswer&) = default;
};

AppLine format_app_answer(const AppAnswer& answer);
/// @return  nothing when the line is no answer (a record, a reply, an echo, a wrong checksum)
std::optional<AppAnswer> parse_app_answer(std::string_view line);

}  // namespace cellwarden::wire
