// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/app_lines.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/frames.hpp"
#include "wire/app_commands.hpp"
#include "wire/app_lines.hpp"
#include "wire/app_our_replies.hpp"
#include "wire/temperature.hpp"

namespace cellwarden::wire {
namespace {

using core::Current;
using core::Duration;
using core::Energy;
using core::Temperature;
using core::Voltage;
using tests::check_cases;
using enum AppDialect;

constexpr int cases = 20'000;

/// Draws values that lie on the steps of the wire; the ends of a range more often than by chance.
class Draw {
 public:
  Draw() : noise_(*rc::gen::arbitrary<std::uint64_t>()) {}

  AppDialect dialect() { return noise_.below(2) == 0 ? gen2 : gen3; }
  /// 0..most
  std::int64_t count(std::int64_t most) {
    const auto die = noise_.below(8);
    if (die < 2) return die == 0 ? 0 : most;
    return static_cast<std::int64_t>(noise_.below(static_cast<std::uint64_t>(most) + 1));
  }
  template <class T>
  T any(std::int64_t most) {
    return static_cast<T>(count(most));
  }
  std::uint8_t byte() { return any<std::uint8_t>(0xFF); }
  std::uint32_t word_32() { return any<std::uint32_t>(0xFFFF'FFFF); }
  bool yes() { return noise_.below(2) == 0; }
  template <class T>
  std::optional<T> maybe(T value) {
    if (noise_.below(6) == 0) return std::nullopt;
    return value;
  }
  Voltage voltage(std::int64_t most = 0xFFFF, int step = 5) {
    return Voltage::millivolts(static_cast<std::int32_t>(count(most)) * step);
  }
  Current current(AppDialect dialect) {
    const auto ma = static_cast<std::int32_t>(count(0xFF'FFFF)) * (dialect == gen3 ? 50 : 125);
    return Current::milliamperes(yes() ? ma : -ma);
  }
  Energy energy(std::int64_t most = 0xFFFF'FFFF, int step = 1) {
    return Energy::watt_hours(count(most) * step);
  }
  Duration seconds(std::int64_t most, int step) {
    return Duration::milliseconds(static_cast<std::int32_t>(count(most)) * step * 1000);
  }
  Temperature threshold(std::int64_t least, std::int64_t most) {
    const auto raw = static_cast<std::uint16_t>(least + count(most - least));
    return temperature_from_raw(raw, TemperatureLine::sensor);
  }
  std::uint8_t percent() { return any<std::uint8_t>(100); }
  std::int32_t integer() {
    const auto size = any<std::int32_t>(0x7FFF'FFFF);
    return yes() ? size : -size;
  }

 private:
  tests::Noise noise_;
};

AppRecord any_record(Draw& draw, AppDialect dialect) {
  constexpr std::array kinds{'U', 'V', 'T', 'C', 'E', 'M', 'H', 'B'};
  AppRecord r;
  r.kind = static_cast<AppRecordKind>(kinds.at(draw.any<std::size_t>(7)));
  const auto of_voltage = [&] { return draw.maybe(VoltageOfCell{draw.voltage(), draw.byte()}); };
  const auto of_raw = [&] {
    return draw.maybe(TemperatureOfCell{draw.any<std::uint16_t>(0xFFFF), draw.byte()});
  };
  const auto kwh = [&] { return draw.maybe(draw.energy(0xFFFF'FFFF, 1000)); };
  const auto wh = [&] { return draw.maybe(draw.energy()); };
  switch (r.kind) {
    case AppRecordKind::pack:
      r.pack = {draw.maybe(draw.voltage(0xFF'FFFF)), draw.maybe(draw.current(dialect)),
                draw.maybe(draw.current(dialect)), draw.maybe(draw.current(dialect))};
      break;
    case AppRecordKind::voltages:
      r.voltages = {of_voltage(), of_voltage(), draw.maybe(draw.voltage())};
      break;
    case AppRecordKind::temperatures:
      r.temperatures = {of_raw(), of_raw(), std::nullopt};
      if (dialect == gen3) r.temperatures.log_index = draw.maybe(draw.byte());
      break;
    case AppRecordKind::cell:
      r.cell = {draw.byte(),
                draw.byte(),
                draw.maybe(draw.voltage()),
                draw.maybe(draw.any<std::uint16_t>(0xFFFF)),
                draw.maybe(Status::from_byte(draw.byte())),
                std::nullopt};
      if (dialect == gen3) r.cell.second_status = draw.maybe(SecondStatus::from_byte(draw.byte()));
      break;
    case AppRecordKind::energy:
      r.energy = {wh(), wh(), wh(), draw.maybe(draw.percent())};
      break;
    case AppRecordKind::totals:
      r.totals = {kwh(), kwh(),
                  draw.maybe(AppTimeOfDay{draw.any<std::uint8_t>(23), draw.any<std::uint8_t>(59)})};
      break;
    case AppRecordKind::health:
      r.health = {draw.maybe(draw.percent()),
                  wh(),
                  wh(),
                  draw.maybe(draw.percent()),
                  draw.maybe(draw.word_32()),
                  draw.maybe(draw.word_32())};
      break;
    case AppRecordKind::battery:
      r.battery = {kwh(), kwh(), wh(), wh()};
      break;
  }
  return r;
}

// proves OUTW-2
TEST(AppLinkProperty, RecordsComeBackFromTheWireAsTheyWere) {
  check_cases(cases, [] {
    Draw draw;
    const AppDialect dialect = draw.dialect();
    const AppRecord record = any_record(draw, dialect);
    const auto back = decode_app_record(tests::text_of_any(record, dialect), dialect);
    RC_ASSERT(back.good());
    RC_ASSERT(back.value() == record);
  });
}

template <class Reply>
void returns(const Reply& reply, AppDialect dialect) {
  const std::string line = tests::reply_text(reply, dialect);
  const auto back = decode_app_reply<Reply>(line, dialect);
  RC_ASSERT(back.good());
  RC_ASSERT(back.value() == reply);
}

// proves OUTW-2
TEST(AppLinkProperty, RepliesComeBackFromTheWireAsTheyWere) {
  check_cases(cases, [] {
    Draw draw;
    const AppDialect dialect = draw.dialect();
    const bool new_one = dialect == gen3;
    const Firmware firmware{draw.any<std::uint8_t>(new_one ? 15 : 24),
                            draw.any<std::uint8_t>(new_one ? 15 : 9),
                            new_one ? draw.byte() : std::uint8_t{0}};
    returns(AppVersion{draw.maybe(firmware), draw.maybe(draw.byte()), draw.maybe(draw.byte()),
                       draw.maybe(Status::from_byte(draw.byte())), draw.maybe(draw.voltage())},
            dialect);
    returns(AppSettings1{draw.maybe(draw.any<std::uint32_t>(0xFFFF) * 10),
                         draw.maybe(draw.any<std::uint32_t>(0xFFFF) * 10),
                         draw.maybe(draw.energy(0xFFFF, 100)),
                         draw.maybe(draw.any<std::uint16_t>(9999))},
            dialect);
    AppSettings2 limits{draw.maybe(draw.voltage()),
                        draw.maybe(draw.voltage()),
                        draw.maybe(draw.threshold(0, 0xFFFF)),
                        draw.maybe(draw.threshold(0, 0xFFFF)),
                        draw.maybe(draw.percent()),
                        draw.maybe(draw.percent()),
                        {},
                        {},
                        {},
                        {},
                        {}};
    if (new_one) {
      limits.t_discharge_min = draw.maybe(draw.threshold(225, 364));
      limits.v_low = draw.maybe(draw.voltage());
      limits.v_nominal = draw.maybe(draw.voltage());
      limits.v_min_hysteresis = draw.maybe(draw.voltage(0xFF, 10));
      limits.v_max_hysteresis = draw.maybe(draw.voltage(0xFF, 10));
    }
    returns(limits, dialect);
    returns(AppSettings3{draw.maybe(draw.byte()), draw.maybe(draw.yes()), draw.maybe(draw.yes()),
                         draw.maybe(draw.yes()), draw.maybe(draw.yes()),
                         draw.maybe(draw.seconds(0xFFFF, 5)), draw.maybe(draw.seconds(0xFFFF, 5)),
                         draw.maybe(draw.seconds(0xFF, 2)), draw.maybe(draw.seconds(0xFF, 2)),
                         draw.maybe(draw.yes()), draw.maybe(draw.byte()),
                         draw.maybe(Current::milliamperes(draw.any<std::int32_t>(0xFF) * 200))},
            dialect);
    returns(
        AppRelaySettings{draw.maybe(draw.byte()), draw.maybe(draw.byte()), draw.maybe(draw.yes())},
        dialect);
    returns(AppLogTime{draw.maybe(draw.word_32())}, dialect);
    returns(AppLogEntry{draw.maybe(draw.word_32()), static_cast<AppLogKind>(draw.byte()),
                        draw.maybe(draw.any<std::uint16_t>(0xFFFF)), draw.byte()},
            dialect);
    AppHistoryBlock block{draw.any<std::uint8_t>(167), {}};
    for (auto& percent : block.soc_percent) percent = draw.maybe(draw.percent());
    returns(block, dialect);
  });
}

TEST(AppLinkProperty, OurRepliesComeBackFromTheWireAsTheyWere) {
  check_cases(cases, [] {
    Draw draw;
    const AppDialect dialect = draw.dialect();
    returns(AppSetting{draw.byte(), draw.integer(), draw.integer(), draw.integer(), draw.integer(),
                       draw.integer()},
            dialect);
    returns(AppEvent{draw.byte(), draw.word_32(), draw.byte(), draw.byte(), draw.byte(),
                     draw.integer()},
            dialect);
    returns(
        AppLifetime{draw.energy(), draw.energy(), draw.word_32(), draw.word_32(), draw.word_32(),
                    draw.word_32(), draw.word_32(), draw.word_32(), draw.word_32(), draw.word_32()},
        dialect);
    const auto place = static_cast<std::int16_t>(draw.any<int>(510) - 255);
    returns(AppChain{draw.byte(), draw.maybe(place), draw.byte(), draw.byte(), draw.word_32()},
            dialect);
  });
}

TEST(AppLinkProperty, CommandsComeBackFromTheirTextAsTheyWere) {
  check_cases(cases, [] {
    Draw draw;
    using Kind = AppCommandKind;
    AppCommand command{.kind = static_cast<Kind>(draw.any<std::uint8_t>(app_command_kinds - 1))};
    const auto index = [&](Kind kind, int most) {
      if (command.kind == kind) command.index = draw.any<std::uint8_t>(most);
    };
    index(Kind::relay_settings, 1);
    index(Kind::log_entry, 9);
    index(Kind::soc_history, 13);
    for (const Kind kind : {Kind::read_setting, Kind::write_setting, Kind::event}) index(kind, 255);
    if (command.kind == Kind::write_setting) command.value = draw.integer();
    if (command.kind == Kind::login || command.kind == Kind::change_pin) {
      command.pin = draw.any<std::uint16_t>(9999);
    }
    if (command.kind == Kind::set_clock) {
      command.day = draw.any<std::uint16_t>(0xFFFF);
      command.minute = draw.any<std::uint16_t>(1439);
    }
    if (command.kind == Kind::write) {
      command.byte = draw.byte();
      command.address = draw.any<std::uint16_t>(0xFFF);
    }
    const auto back = parse_app_command(format_app_command(command).text());
    RC_ASSERT(back.good());
    RC_ASSERT(back.value() == command);
  });
}

/// A reply in which one character has changed is refused, unless the change is one that a sum of
/// characters cannot see: none is, for a single one.
TEST(AppLinkProperty, ASingleChangedCharacterOfAReplyIsRefused) {
  check_cases(cases, [] {
    Draw draw;
    std::string line = tests::reply_text(
        AppSetting{draw.byte(), draw.integer(), draw.integer(), draw.integer(), 0, 1}, gen3);
    const auto place =
        static_cast<std::size_t>(draw.count(static_cast<std::int64_t>(line.size()) - 1));
    const char before = line[place];
    line[place] = static_cast<char>('!' + draw.count('~' - '!'));
    RC_PRE(line[place] != before);
    RC_ASSERT(!decode_app_reply<AppSetting>(line, gen3).good());
  });
}

}  // namespace
}  // namespace cellwarden::wire
