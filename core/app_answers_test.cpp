// SPDX-License-Identifier: Apache-2.0
#include "core/app_answers.hpp"

#include <gtest/gtest.h>

#include "tests/support/firmware_rig.hpp"

namespace cellwarden::core {
namespace {

using tests::FirmwareRig;
using tests::Phone;

// proves OUT-9, OUTW-2
TEST(AppAnswers, TheDeviceLogHoldsTheTenNewestAlarmsByTheirPublishedKinds) {
  const struct {
    EventCause cause;
    std::int32_t value;
    std::string_view kind_value_cell;
  } cases[] = {{EventCause::v_min, 2'703, "_01_21D_03_"},
               {EventCause::v_max, 3'700, "_02_2E4_03_"},
               {EventCause::communication, 3, "_05_000_03_"}};
  FirmwareRig rig;
  Phone phone(rig);
  phone.say("PW1234!");
  for (const auto& c : cases) {
    rig.firmware.memory.log.add({7, EventKind::alarm_on, c.cause, 3, c.value});
    rig.firmware.memory.log.add({8, EventKind::alarm_off, c.cause, 3, c.value});
    const std::string said = phone.say("L0@");
    EXPECT_NE(said.find(c.kind_value_cell), std::string::npos) << said;
  }
  EXPECT_NE(phone.say("L2@").find("_01_21D_03_"), std::string::npos) << "the oldest of three";
  EXPECT_EQ(device_log(rig.firmware.memory.log, 3), std::nullopt);
}

// proves OUTW-2
TEST(AppAnswers, NothingMeasuredIsStreamedWhileTheChainIsBroken) {
  FirmwareRig rig;
  rig.cycles(4);
  const auto text = [&](wire::AppRecordKind kind) {
    return std::string(app_record(rig.firmware, kind, 1, wire::AppDialect::gen3).text());
  };
  for (const auto kind : {wire::AppRecordKind::pack, wire::AppRecordKind::voltages,
                          wire::AppRecordKind::temperatures, wire::AppRecordKind::cell}) {
    EXPECT_NE(text(kind)[kind == wire::AppRecordKind::cell ? 8 : 2], 'X') << text(kind);
  }
  rig.idle(60);
  for (const auto kind : {wire::AppRecordKind::pack, wire::AppRecordKind::voltages,
                          wire::AppRecordKind::temperatures, wire::AppRecordKind::cell}) {
    EXPECT_EQ(text(kind)[kind == wire::AppRecordKind::cell ? 8 : 2], 'X') << text(kind);
  }
}

// proves OUT-9, OUTW-2
TEST(AppAnswers, AnAlarmOfACauseThatOnlyNewerFirmwareKnowsHasNoPublishedKind) {
  FirmwareRig rig;
  rig.firmware.memory.log.add({7, EventKind::alarm_on, static_cast<EventCause>(200), 3, 1});
  Phone phone(rig);
  phone.say("PW1234!");
  EXPECT_NE(phone.say("L0@").find("_00_"), std::string::npos);
  EXPECT_NE(phone.say("G00@").find("_C8_"), std::string::npos) << "our own log says its number";
}

}  // namespace
}  // namespace cellwarden::core
