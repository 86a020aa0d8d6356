/// What the board answers to a query and what it streams: from its state to the values of one line.
/// The text is wire/app_*'s business, who may ask is core/app_session's.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/out_firmware.hpp"
#include "wire/app_commands.hpp"
#include "wire/app_records.hpp"

namespace cellwarden::core {

/// The reply to a query.
/// @return  nothing when there is no setting, event or relay of that number
std::optional<wire::AppLine> app_reply(const OutFirmware& firmware, const wire::AppCommand& command,
                                       wire::AppDialect dialect);

/// One record of the stream. Without communication what is measured is sent as unknown.
/// @param cell  1..count: whose readings a cell record carries
wire::AppLine app_record(const OutFirmware& firmware, wire::AppRecordKind kind, std::uint8_t cell,
                         wire::AppDialect dialect);

/// Newest entry of the 10-entry device log (alarms only), and the others by age.
/// @param age  0..9
std::optional<Event> device_log(const EventLog& log, std::size_t age);

}  // namespace cellwarden::core
