/// What tests of the app link share: lines as strings and a record of any kind written by its kind.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "wire/app_records.hpp"
#include "wire/app_replies.hpp"

namespace cellwarden::tests {

template <class Record>
std::string text_of(const Record& record, wire::AppDialect dialect) {
  return std::string(wire::encode_app_record(record, dialect).text());
}

/// Writes the member that `record.kind` names.
inline std::string text_of_any(const wire::AppRecord& record, wire::AppDialect dialect) {
  switch (record.kind) {
    case wire::AppRecordKind::pack:
      return text_of(record.pack, dialect);
    case wire::AppRecordKind::voltages:
      return text_of(record.voltages, dialect);
    case wire::AppRecordKind::temperatures:
      return text_of(record.temperatures, dialect);
    case wire::AppRecordKind::cell:
      return text_of(record.cell, dialect);
    case wire::AppRecordKind::energy:
      return text_of(record.energy, dialect);
    case wire::AppRecordKind::totals:
      return text_of(record.totals, dialect);
    case wire::AppRecordKind::health:
      return text_of(record.health, dialect);
    case wire::AppRecordKind::battery:
      return text_of(record.battery, dialect);
  }
  return {};
}

template <class Reply>
std::string reply_text(const Reply& reply, wire::AppDialect dialect) {
  return std::string(wire::encode_app_reply(reply, dialect).text());
}

/// The text with its checksum behind it.
inline std::string with_checksum(const std::string& content) {
  constexpr const char* digits = "0123456789ABCDEF";
  const unsigned sum = wire::app_checksum(content);
  return content + "_" + digits[sum / 16] + digits[sum % 16];
}

}  // namespace cellwarden::tests
