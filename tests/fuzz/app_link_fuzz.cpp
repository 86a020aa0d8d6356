/// Feeds arbitrary bytes to the app link, as a board and as a client would read them. Whatever
/// comes: no crash, no line longer than allowed, and what is understood can be written again and
/// then means the same. The next whole line is always heard.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/assert.hpp"
#include "wire/app_commands.hpp"
#include "wire/app_lines.hpp"
#include "wire/app_our_replies.hpp"
#include "wire/app_records.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace cellwarden::wire {
namespace {

void check_command(std::string_view line) {
  const auto command = parse_app_command(line);
  if (!command.good()) return;
  const auto again = parse_app_command(format_app_command(command.value()).text());
  CELLWARDEN_ASSERT(again.good() && again.value() == command.value());
}

void check_answer(std::string_view line) {
  const auto answer = parse_app_answer(line);
  if (!answer || answer->reason == AppRefusal::unsaid) return;
  const auto again = parse_app_answer(format_app_answer(*answer).text());
  CELLWARDEN_ASSERT(again.has_value() && *again == *answer);
}

AppLine line_of(const AppRecord& record, AppDialect dialect) {
  switch (record.kind) {
    case AppRecordKind::pack:
      return encode_app_record(record.pack, dialect);
    case AppRecordKind::voltages:
      return encode_app_record(record.voltages, dialect);
    case AppRecordKind::temperatures:
      return encode_app_record(record.temperatures, dialect);
    case AppRecordKind::cell:
      return encode_app_record(record.cell, dialect);
    case AppRecordKind::energy:
      return encode_app_record(record.energy, dialect);
    case AppRecordKind::totals:
      return encode_app_record(record.totals, dialect);
    case AppRecordKind::health:
      return encode_app_record(record.health, dialect);
    case AppRecordKind::battery:
      return encode_app_record(record.battery, dialect);
  }
  CELLWARDEN_ASSERT(false);
}

/// Written once more, a line no longer changes. Of the older dialect only this much holds: it
/// leaves out fields that were read.
void check_record(std::string_view line, AppDialect dialect) {
  const auto record = decode_app_record(line, dialect);
  if (!record.good()) return;
  const AppLine once = line_of(record.value(), dialect);
  const auto again = decode_app_record(once.text(), dialect);
  CELLWARDEN_ASSERT(again.good());
  CELLWARDEN_ASSERT(dialect == AppDialect::gen2 || again.value() == record.value());
  CELLWARDEN_ASSERT(line_of(again.value(), dialect).text() == once.text());
}

template <class Reply>
void check_reply(std::string_view line, AppDialect dialect) {
  const auto reply = decode_app_reply<Reply>(line, dialect);
  if (!reply.good()) return;
  const AppLine once = encode_app_reply(reply.value(), dialect);
  const auto again = decode_app_reply<Reply>(once.text(), dialect);
  CELLWARDEN_ASSERT(again.good());
  CELLWARDEN_ASSERT(encode_app_reply(again.value(), dialect).text() == once.text());
}

void check_replies(std::string_view line, AppDialect dialect) {
  check_reply<AppVersion>(line, dialect);
  check_reply<AppSettings1>(line, dialect);
  check_reply<AppSettings2>(line, dialect);
  check_reply<AppSettings3>(line, dialect);
  check_reply<AppRelaySettings>(line, dialect);
  check_reply<AppLogTime>(line, dialect);
  check_reply<AppLogEntry>(line, dialect);
  check_reply<AppHistoryBlock>(line, dialect);
  check_reply<AppSetting>(line, dialect);
  check_reply<AppEvent>(line, dialect);
  check_reply<AppLifetime>(line, dialect);
  check_reply<AppChain>(line, dialect);
}

void check_line(std::string_view line) {
  CELLWARDEN_ASSERT(!line.empty() && line.size() <= app_line_max);
  check_command(line);
  check_answer(line);
  for (const AppDialect dialect : {AppDialect::gen2, AppDialect::gen3}) {
    check_record(line, dialect);
    check_replies(line, dialect);
  }
}

/// A line that another has not begun is heard, whatever came before.
void check_recovery(AppLineReader reader) {
  reader.push('\r');
  const std::string_view next = "S2@";
  for (const char letter : next) {
    CELLWARDEN_ASSERT(reader.push(static_cast<std::uint8_t>(letter)) == AppInput::nothing);
  }
  CELLWARDEN_ASSERT(reader.push('\r') == AppInput::line && reader.line() == next);
}

void run(const std::uint8_t* data, std::size_t size) {
  AppLineReader reader;
  for (std::size_t i = 0; i < size; ++i) {
    if (reader.push(data[i]) == AppInput::line) check_line(reader.line());
  }
  check_recovery(reader);
  // Decoders also stand on their own: lines that no reader would let through.
  check_command({reinterpret_cast<const char*>(data), size});
  check_replies({reinterpret_cast<const char*>(data), size}, AppDialect::gen3);
  check_record({reinterpret_cast<const char*>(data), size}, AppDialect::gen3);
}

constexpr std::array<std::string_view, 18> known_lines{
    "PW1234!",
    "D0-051!",
    "CK5171000!",
    "X03=+0E10!",
    "U_0AF0_+0014_+0014_+000A",
    "C_01_04_2BC_12C_03_30",
    "V_294_01_29E_10_2BC",
    "T_126_02_12D_0F_07",
    "E_000000_000000_000000_64",
    "M_00003D_00003A_16:20",
    "H_5F_08E8_08FC_63_0005E9_0005DE",
    "B_00003D_00003A_0005C8_000014",
    "333_03_05_03_2BC",
    "00FA_01F4_0013_31323334",
    "0230_02D0_010F_0155_5F_0A_00F8_0258_0280_05_FF",
    "0B_01_00_01_00_003C_FFFF_0F_FF_01_01_0C",
    "A7_0064FFFFFFFFFFFFFFFFFF63",
    "KO_06_1F",
};

/// `line` with its right checksum and an end.
std::string finished_line(std::string_view line) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const unsigned sum = app_checksum(line);
  return std::string(line) + "_" + digits[sum / 16] + digits[sum % 16] + "\r";
}

}  // namespace
}  // namespace cellwarden::wire

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cellwarden::wire::run(data, size);
  return 0;
}

/// Random bytes rarely have a right checksum: one time in two a known line is mutated and its
/// checksum mended.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  namespace wire = cellwarden::wire;
  if (seed % 2 == 0) return LLVMFuzzerMutate(data, size, most);
  std::string line(wire::known_lines.at((seed >> 1U) % wire::known_lines.size()));
  line.resize(line.size() + 8);
  const std::size_t changed =
      LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(line.data()), line.size() - 8, line.size());
  line.resize(changed);
  if (seed % 4 == 1) line = wire::finished_line(line);
  const std::size_t left = line.size() < most ? line.size() : most;
  for (std::size_t i = 0; i < left; ++i) data[i] = static_cast<std::uint8_t>(line[i]);
  return left;
}
