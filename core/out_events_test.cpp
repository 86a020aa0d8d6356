// SPDX-License-Identifier: Apache-2.0
#include "core/out_events.hpp"

#include <gtest/gtest.h>

#include "tests/support/firmware_rig.hpp"

namespace cellwarden::core {
namespace {

using tests::FirmwareRig;

/// A pack that has run for a minute, half full.
FirmwareRig running() {
  FirmwareRig rig;
  rig.firmware.board.soc = StateOfCharge::at(Ratio::percent(50), true);
  rig.cycles(60);
  return rig;
}

/// Events since the newest one that was there, oldest first, without their time.
std::vector<Event> since(const FirmwareRig& rig, std::uint32_t newest) {
  std::vector<Event> events;
  for (std::size_t age = rig.firmware.memory.log.newest() - newest; age > 0; --age) {
    Event event = rig.firmware.memory.log.recent(age - 1).value();
    EXPECT_NEAR(event.at_s, rig.firmware.memory.device_s, 5);
    event.at_s = 0;
    events.push_back(event);
  }
  return events;
}

struct EventCase {
  std::string_view why;
  std::vector<std::pair<std::string_view, std::int32_t>> settings;
  CellSample cell;  ///< what cell 3 reads
  std::vector<Event> begins, ends;
};

Event on(EventCause cause, std::int32_t value) { return {0, EventKind::alarm_on, cause, 3, value}; }
Event opened(EventKind kind, EventCause cause, std::int32_t value) {
  return {0, kind, cause, 3, value};
}
Event closed(EventKind kind) { return {0, kind, EventCause::allowed, 0, 50}; }

constexpr CellSample sample(std::int32_t millivolts, std::int32_t decicelsius) {
  return {Voltage::millivolts(millivolts), Temperature::decicelsius(decicelsius)};
}

std::vector<EventCase> event_cases() {
  using enum EventCause;
  const Event charge_again = closed(EventKind::charge_closed),
              load_again = closed(EventKind::load_closed);
  return {
      {"above V-max",
       {},
       sample(3'700, 200),
       {opened(EventKind::charge_opened, v_max, 3'700), on(v_max, 3'700)},
       {{0, EventKind::alarm_off, v_max, 1, 3'300}, charge_again}},
      {"at V-max the relay opens, the light stays dark",
       {},
       sample(3'650, 200),
       {opened(EventKind::charge_opened, v_max, 3'650)},
       {charge_again}},
      {"below V-min",
       {},
       sample(2'700, 200),
       {opened(EventKind::load_opened, v_min, 2'700), on(v_min, 2'700)},
       {{0, EventKind::alarm_off, v_min, 1, 3'300}, load_again}},
      {"too hot for both",
       {},
       sample(3'300, 610),
       {opened(EventKind::charge_opened, t_max, 610), opened(EventKind::load_opened, t_max, 610),
        on(t_max, 610)},
       {{0, EventKind::alarm_off, t_max, 1, 200}, charge_again, load_again}},
      {"too cold for both",
       {},
       sample(3'300, -10),
       {opened(EventKind::charge_opened, t_charge_min, -10),
        opened(EventKind::load_opened, t_discharge_min, -10), on(t_charge_min, -10)},
       {{0, EventKind::alarm_off, t_charge_min, 1, 200}, charge_again, load_again}},
      {"too cold for charging only",
       {{"t_discharge_min", -200}},
       sample(3'300, -10),
       {opened(EventKind::charge_opened, t_charge_min, -10), on(t_charge_min, -10)},
       {{0, EventKind::alarm_off, t_charge_min, 1, 200}, charge_again}},
      {"too cold for discharging only",
       {{"t_discharge_min", 100}},
       sample(3'300, 50),
       {opened(EventKind::load_opened, t_discharge_min, 50), on(t_discharge_min, 50)},
       {{0, EventKind::alarm_off, t_discharge_min, 1, 200}, load_again}},
  };
}

// proves OUT-9
TEST(OutEvents, EachRelayChangeAndAlarmIsOneEventWithCauseCellAndValue) {
  for (const EventCase& c : event_cases()) {
    FirmwareRig rig = running();
    for (const auto& [name, value] : c.settings) rig.set(name, value);
    std::uint32_t newest = rig.firmware.memory.log.newest();
    rig.cells[2] = c.cell;
    rig.cycles(4);
    EXPECT_EQ(since(rig, newest), c.begins) << c.why;
    newest = rig.firmware.memory.log.newest();
    rig.cells[2] = usual_cell;
    rig.cycles(4);
    EXPECT_EQ(since(rig, newest), c.ends) << c.why;
    const EventLog live = rig.firmware.memory.log;
    rig.restart();
    for (std::size_t age = 0; age + 1 < live.newest(); ++age) {
      EXPECT_EQ(rig.firmware.memory.log.recent(age + 1), live.recent(age)) << c.why;
    }
  }
}

// proves OUT-9
TEST(OutEvents, AFullPackAndAForcedOffRelaySayWhy) {
  FirmwareRig rig = running();
  std::uint32_t newest = rig.firmware.memory.log.newest();
  for (CellSample& cell : rig.cells) cell.voltage = Voltage::millivolts(3'510);
  rig.cycles(4);
  EXPECT_EQ(since(rig, newest),
            (std::vector<Event>{{0, EventKind::charge_opened, EventCause::full, 1, 3'510}}));
  rig = running();
  rig.set("charge_force_off", 1);
  rig.set("discharge_force_off", 1);
  newest = rig.firmware.memory.log.newest();
  rig.cycles(4);
  EXPECT_EQ(since(rig, newest),
            (std::vector<Event>{{0, EventKind::charge_opened, EventCause::forced_off, 0, 0},
                                {0, EventKind::load_opened, EventCause::forced_off, 0, 0}}));
}

// proves OUT-9, REL-7
TEST(OutEvents, ALostChainIsOneAlarmWithTheFirstBoardStillHeard) {
  FirmwareRig rig = running();
  rig.run_for(Duration::milliseconds(10'000));
  rig.idle(600);
  rig.cycles(6);
  const auto alarms = rig.events(EventKind::alarm_on);
  ASSERT_EQ(alarms.size(), 1U);
  EXPECT_EQ(alarms[0].cause, EventCause::communication);
  EXPECT_EQ(alarms[0].value, static_cast<int>(LinkFault::broken));
  EXPECT_EQ(alarms[0].cell, 4) << "the board itself is all that is left";
  EXPECT_EQ(rig.events(EventKind::alarm_off).size(), 1U);
  const auto opening = rig.events(EventKind::charge_opened);
  ASSERT_EQ(opening.size(), 1U);
  EXPECT_EQ(opening[0].cause, EventCause::communication);
}

/// The watcher alone: a board whose communication comes and goes.
struct Watched {
  Watched() {
    board.alarms.communication = false;
    (void)events.watch(board, {}, LinkFault::none, {}, 100);
    board.alarms.communication = true;
  }
  NewEvents at(std::uint32_t second, LinkFault fault) {
    board.alarms.communication = fault != LinkFault::none;
    return events.watch(board, {}, fault, {}, second);
  }
  OutBoard board;
  OutEvents events;
};

// proves OUT-9
TEST(OutEvents, SilenceWaitsTwoSecondsForItsPlaceAndIsSaidWithoutOneThen) {
  Watched watched;
  EXPECT_TRUE(watched.at(200, LinkFault::silent).empty());
  EXPECT_TRUE(watched.at(201, LinkFault::silent).empty());
  const NewEvents said = watched.at(202, LinkFault::silent);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0], (Event{202, EventKind::alarm_on, EventCause::communication, 0, 2}));
  EXPECT_TRUE(watched.at(300, LinkFault::silent).empty());
  EXPECT_TRUE(watched.at(301, LinkFault::broken).empty()) << "it is one loss";
  EXPECT_EQ(watched.at(302, LinkFault::none).size(), 1U);
  EXPECT_TRUE(watched.at(303, LinkFault::none).empty());
  EXPECT_EQ(watched.at(400, LinkFault::bad_order).size(), 1U) << "no place to wait for";
}

// proves OUT-9
TEST(OutEvents, ASilenceThatIsOverBeforeItsPlaceIsKnownIsAnAlarmAllTheSame) {
  Watched watched;
  EXPECT_TRUE(watched.at(200, LinkFault::silent).empty());
  const NewEvents said = watched.at(201, LinkFault::none);
  ASSERT_EQ(said.size(), 2U);
  EXPECT_EQ(said[0], (Event{201, EventKind::alarm_on, EventCause::communication, 0, 2}));
  EXPECT_EQ(said[1], (Event{201, EventKind::alarm_off, EventCause::communication, 0, 0}));
}

// proves OUT-9
TEST(OutEvents, AReadingOutsideTheMeasuringRangeIsACommunicationEventAtOnce) {
  FirmwareRig rig = running();
  rig.cells[2].temperature = Temperature::decicelsius(900);
  rig.cycle();
  const auto alarms = rig.events(EventKind::alarm_on);
  ASSERT_EQ(alarms.size(), 2U);
  EXPECT_EQ(alarms[0].cause, EventCause::t_max);
  EXPECT_EQ(alarms[0].cell, 3);
  EXPECT_EQ(alarms[0].value, 900);
  EXPECT_EQ(alarms[1].value, static_cast<int>(LinkFault::bad_reading));
}

// proves OUT-7, OUT-9
TEST(OutEvents, AChatteringRelayDoesNotWearTheFlashOut) {
  FirmwareRig rig = running();
  const std::size_t before = rig.flash.operations();
  for (int i = 0; i < 1'000; ++i) {
    rig.cells[2].voltage = Voltage::millivolts(i % 2 == 0 ? 2'700 : 3'300);
    rig.cycle();
  }
  EXPECT_GT(rig.firmware.memory.log.newest(), 900U) << "all of them are events";
  EXPECT_LT(rig.flash.operations() - before, 62U * 6 + 200) << "few of them are stored";
  const auto live = rig.firmware.memory.log.recent(0);
  EXPECT_TRUE(live.has_value());
  rig.restart();
  std::size_t kept = 0;
  while (rig.firmware.memory.log.recent(kept)) ++kept;
  EXPECT_GT(kept, 50U) << "no hole in the list hides what was stored";
}

}  // namespace
}  // namespace cellwarden::core
