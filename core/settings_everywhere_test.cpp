/// Whatever stands in the settings table works in the board: nothing here names a setting. A row
/// that is added is tested by being there. Gateway and API: tests/gateway/app_link_test.cpp.
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/firmware_rig.hpp"
#include "wire/app_our_replies.hpp"
#include "wire/app_replies.hpp"

namespace cellwarden::core {
namespace {

using tests::FirmwareRig;
using tests::Phone;

std::string hex(std::uint32_t number, int digits) {
  constexpr const char* letters = "0123456789ABCDEF";
  std::string text;
  for (int i = digits - 1; i >= 0; --i) text += letters[(number >> (4 * i)) & 0xFU];
  return text;
}

/// "X05=+0E10!" or "X05=-000A!"
std::string write_line(const SettingRow& row, std::int64_t value) {
  const auto size = static_cast<std::uint32_t>(value < 0 ? -value : value);
  return "X" + hex(row.id, 2) + "=" + (value < 0 ? "-" : "+") + hex(size, 8) + "!";
}

/// What the product's own write command is for the value: one line a byte.
std::vector<std::string> published_lines(const SettingRow& row, std::int32_t value) {
  const std::uint32_t raw = wire::to_coded(row.coding, value).value();
  std::vector<std::string> lines;
  for (std::size_t bytes = wire::coded_bytes(row.coding), i = 0; i < bytes; ++i) {
    const std::uint32_t byte = (raw >> (8 * (bytes - 1 - i))) & 0xFFU;
    lines.push_back(hex(byte, 2) + "-" + hex(row.address + static_cast<std::uint32_t>(i), 3) + "!");
  }
  return lines;
}

/// A value of the row that is not its preset and stands rightly to all the others: near the preset,
/// so that no order is broken. Temperatures: one that a count of the wire comes back as.
std::optional<std::int32_t> other_value(std::size_t place) {
  const SettingRow& row = settings_table[place];
  for (std::int32_t value = row.minimum; value <= row.maximum; value += row.step) {
    const bool survives =
        wire::from_coded(row.coding, wire::to_coded(row.coding, value).value()) == value;
    if (value != row.preset && survives && SettingValues{}.with(place, value, {}).good()) {
      return value;
    }
  }
  return std::nullopt;
}

std::int32_t read_value(Phone& phone, const SettingRow& row) {
  const std::string line = phone.say("X" + hex(row.id, 2) + "@");
  const auto reply = wire::decode_app_reply<wire::AppSetting>(
      std::string_view(line).substr(0, line.find('|')), wire::AppDialect::gen3);
  EXPECT_TRUE(reply.good()) << line;
  const wire::AppSetting said = reply.good() ? reply.value() : wire::AppSetting{};
  EXPECT_EQ(said.minimum, row.minimum) << row.name;
  EXPECT_EQ(said.maximum, row.maximum) << row.name;
  EXPECT_EQ(said.preset, row.preset) << row.name;
  EXPECT_EQ(said.step, row.step) << row.name;
  return said.value;
}

// proves SET-1, SET-5, OUT-7, OUTW-2
TEST(SettingsEverywhere, EachRowIsSetByBothCommandsReadBackAndKeptOverAPowerOff) {
  for (std::size_t place = 0; place < settings_table.size(); ++place) {
    const SettingRow& row = settings_table[place];
    const auto value = other_value(place);
    ASSERT_TRUE(value.has_value()) << row.name;
    for (const bool published : {false, true}) {
      FirmwareRig rig;
      Phone phone(rig);
      phone.say("PW1234!");
      EXPECT_EQ(read_value(phone, row), row.preset) << row.name;
      if (published) {
        for (const auto& line : published_lines(row, *value)) EXPECT_EQ(phone.say(line), "OK|");
      } else {
        EXPECT_EQ(phone.say(write_line(row, *value)), "OK|") << row.name;
      }
      EXPECT_EQ(read_value(phone, row), *value) << row.name;
      rig.restart();
      EXPECT_EQ(rig.firmware.memory.settings.at(place), *value) << row.name;
      const auto events = rig.events(EventKind::setting_changed);
      ASSERT_EQ(events.size(), 1U) << row.name;
      EXPECT_EQ(events[0].cell, row.id) << row.name;
      EXPECT_EQ(events[0].value, *value) << row.name;
    }
  }
}

// proves SET-3
TEST(SettingsEverywhere, EachRowsLimitsAndStepsHoldOnTheAppLink) {
  for (std::size_t place = 0; place < settings_table.size(); ++place) {
    const SettingRow& row = settings_table[place];
    const struct {
      std::int64_t value;
      std::string_view answer;
    } bad[] = {{std::int64_t{row.minimum} - row.step, "KO_02"},
               {std::int64_t{row.maximum} + row.step, "KO_03"},
               {std::int64_t{row.minimum} + 1, row.step > 1 ? "KO_04" : ""}};
    FirmwareRig rig;
    Phone phone(rig);
    phone.say("PW1234!");
    for (const auto& c : bad) {
      if (c.answer.empty()) continue;
      EXPECT_EQ(phone.say(write_line(row, c.value)).substr(0, 5), c.answer)
          << row.name << " " << c.value;
      EXPECT_EQ(rig.firmware.memory.settings, SettingValues{}) << row.name;
    }
  }
}

}  // namespace
}  // namespace cellwarden::core
