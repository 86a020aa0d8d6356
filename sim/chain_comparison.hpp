/// Two chains side by side for tests: the same boards and senses, one by bytes and one by whole
/// messages, and everything anybody can see of them as text, so that a difference says where it is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "sim/board_chain.hpp"
#include "sim/chain_options.hpp"

namespace cellwarden::sim {

/// Senses that hold still during a cycle: one row of readings for each, over and over.
struct RowSenses : Senses {
  explicit RowSenses(int count) {
    const core::CellSample cell{core::Voltage::millivolts(3300),
                                core::Temperature::decicelsius(200)};
    rows.push_back({std::vector(static_cast<std::size_t>(count), cell), {}, {}, {}});
  }
  [[nodiscard]] const Readings& row(SimTime at) const {
    const auto index = static_cast<std::size_t>((at - from) / period);
    return rows[index % rows.size()];
  }
  core::CellSample cell(int cell, SimTime at) override {
    return row(at).cells[static_cast<std::size_t>(cell)];
  }
  std::optional<core::CurrentSample> current_in(SimTime at) override { return row(at).in; }
  std::optional<core::CurrentSample> current_out(SimTime at) override { return row(at).out; }
  std::optional<core::WallClock> wall_clock(SimTime at) override { return row(at).clock; }

  std::vector<Readings> rows;
  SimTime from = 0, period = second;
};

inline std::ostream& operator<<(std::ostream& out, core::Instant at) {
  return out << at.in_milliseconds();
}
template <class T>
std::ostream& put(std::ostream& out, const std::optional<T>& value) {
  return value ? out << *value : out << '-';
}
inline std::ostream& put(std::ostream& out, const std::optional<core::Current>& value) {
  return value ? out << value->in_milliamperes() : out << '-';
}

inline void tell(std::ostream& out, const wire::ChainHead& head) {
  const wire::ChainOrder& order = head.order;
  out << "sequence " << int{order.sequence} << " period " << order.period.in_milliseconds()
      << " critical " << order.critical_mode << " programmed " << int{order.programmed_cells}
      << " in ";
  put(put(out, order.in) << " out ", order.out)
      << " count " << int{head.cell_count} << " flags " << int{head.flags.to_byte()} << " v "
      << head.lowest.voltage.in_millivolts() << '/' << int{head.lowest.cell} << ' '
      << head.highest.voltage.in_millivolts() << '/' << int{head.highest.cell} << " t "
      << head.coldest.temperature.in_decicelsius() << '/' << int{head.coldest.cell} << ' '
      << head.hottest.temperature.in_decicelsius() << '/' << int{head.hottest.cell} << " sum "
      << head.sum.in_millivolts() << '\n';
}

inline void tell(std::ostream& out, const core::CellBoard& board) {
  out << "bypass " << board.bypass.engaged << ' ' << board.bypass.level.in_ppm() << " last "
      << board.last_byte_at << " heard " << board.heard_at << " own " << board.own_at << " flash "
      << board.flash_at << " period " << board.period.in_milliseconds() << " number "
      << int{board.number} << " flags " << board.in_message << board.muted << board.obeyed
      << board.silent << board.measuring << board.flashing << board.restarted << board.own.active()
      << board.passing.complete() << board.passing.head_is_good() << board.passing.wants_reading()
      << '\n';
}

inline void tell(std::ostream& out, const core::InBoard& board) {
  core::InBoard copy = board;
  const auto in = copy.in.mean(), outgoing = copy.out.mean();
  out << "in board: memory " << int{board.memory.factory.sensor_code} << ' '
      << int{board.memory.factory.programmed_cells} << ' ' << board.memory.zero_in.in_milliamperes()
      << ' ' << board.memory.zero_out.in_milliamperes() << " stored "
      << (board.memory == board.stored) << " bypass " << board.bypass.engaged << ' '
      << board.bypass.level.in_ppm() << " means ";
  put(out, in ? std::optional(in->current) : std::nullopt) << (in && in->out_of_range) << ' ';
  put(out, outgoing ? std::optional(outgoing->current) : std::nullopt)
      << (outgoing && outgoing->out_of_range) << " cycle " << board.cycle_at << " message "
      << board.message_at << " sequence " << int{board.sequence} << " flags " << board.measuring
      << board.flashing << board.restarted << board.switch_8_was_on << board.current_out_of_range
      << board.source.active() << '\n';
}

inline void tell(std::ostream& out, const core::PackTotals& totals) {
  for (const core::EnergyCounter* counter :
       {&totals.collected_today, &totals.consumed_today, &totals.collected, &totals.consumed,
        &totals.charged, &totals.discharged}) {
    out << counter->total().in_watt_hours() << ' ';
  }
  put(out, totals.day) << '\n';
}

inline void tell(std::ostream& out, const core::OutBoard& board) {
  tell(out, board.cell);
  tell(out, board.link.head());
  tell(out, board.judged);
  for (int number = 1; number <= board.link.cell_count(); ++number) {
    const core::HeardCell& cell = board.link.cell(number);
    out << number << ": " << cell.reading.voltage.in_millivolts() << ' '
        << cell.reading.temperature.in_decicelsius() << ' ' << cell.reading.bypassing << ' '
        << cell.at << ' ' << cell.known << '\n';
  }
  put(out << "link refused " << board.link.refused() << " break ", board.link.break_before())
      << " silent from " << board.link.silent_from() << " relays " << board.relays.closed().charge
      << board.relays.closed().load << " alarms " << board.alarms.communication
      << board.alarms.v_high << board.alarms.v_low << board.alarms.t_high << board.alarms.t_low
      << " soc " << board.soc.share().in_ppm() << ' ' << board.soc.held().in_microcoulombs() << ' '
      << board.soc.calibrated() << "\ntotals ";
  tell(out, board.totals);
  const core::Lifetime& life = board.lifetime;
  put(put(out << "lifetime " << life.charged.in_microcoulombs() << ' '
              << life.discharged.in_microcoulombs() << ' ' << life.hot_ms << ' ' << life.cold_ms
              << ' ' << life.cold_charge_ms << ' ' << life.running_ms << ' ' << life.deep_discharges
              << ' ' << life.deep << " currents ",
          board.currents.in)
          << ' ',
      board.currents.out)
      << " flash " << board.flash_at << " extended " << board.extended_at << " next "
      << int{board.next_cell} << ' ' << int{board.next_key} << " flags " << board.flashing
      << board.extended_due << board.extended_recent << board.error_to_say << board.early_warning
      << '\n';
}

inline void tell(std::ostream& out, const core::OutFirmware& firmware) {
  tell(out, firmware.board);
  const core::OutMemory& memory = firmware.memory;
  put(out << "firmware: soc " << memory.soc.share().in_ppm() << " device " << memory.device_s
          << " cells " << int{memory.cell_count} << " fault " << static_cast<int>(firmware.fault)
          << " second " << firmware.second_at << " stored " << firmware.stored_at << " allowance "
          << firmware.allowance_at << ' ' << firmware.event_allowance << " hour " << firmware.hour_s
          << " minute ",
      firmware.minute_of_day)
      << " flags " << firmware.button << firmware.button_done << firmware.radio_reset
      << firmware.held_open << " history " << int{memory.history.newest} << ' '
      << int{memory.history.percent[memory.history.newest]} << " totals ";
  tell(out, memory.totals);
  for (std::size_t age = 0; const auto event = memory.log.recent(age); ++age) {
    out << "event " << event->at_s << " kind " << static_cast<int>(event->kind) << " cause "
        << static_cast<int>(event->cause) << " cell " << int{event->cell} << " value "
        << event->value << '\n';
  }
}

/// A number that changes with any word.
inline std::uint64_t hash_of(const MemoryFlash& flash) {
  std::uint64_t hash = 14695981039346656037U;
  for (int page = 0; page < core::Flash::pages; ++page) {
    for (std::size_t word = 0; word < flash.page_words(); ++word) {
      hash = (hash ^ flash.read(page, word)) * 1099511628211U;
    }
  }
  return hash;
}

/// A chain that writes down all it says, with the time.
struct ToldChain {
  ToldChain(const ChainOptions& options, Senses& senses) : chain(options, senses, hooks()) {}

  Hooks hooks() {
    Hooks told;
    told.extended = [this](SimTime at, const wire::FrameBytes& frame) { say("frame", at, frame); };
    told.in_extended = [this](SimTime at, const wire::FrameBytes& frame) { say("in", at, frame); };
    told.relays = [this](SimTime at, core::Relays relays) {
      log << at << " relays " << relays.charge << relays.load << '\n';
    };
    told.event = [this](SimTime at, const core::Event& event) {
      log << at << " event " << static_cast<int>(event.kind) << '\n';
    };
    return told;
  }
  void say(const char* what, SimTime at, const wire::FrameBytes& frame) {
    log << at << ' ' << what;
    for (const std::uint8_t byte : frame) log << ' ' << int{byte};
    log << '\n';
  }

  /// Everything there is to see now, and everything said since the last call.
  std::string tale() {
    tell(log, chain.in_board());
    for (int board = 1; board < chain.cells() - 1; ++board) {
      tell(log << board << ": ", chain.cell_board(board));
    }
    tell(log, chain.out_firmware());
    for (int board = 0; board < chain.cells(); ++board) {
      log << chain.bypass(board).in_ppm() << (board < chain.cells() - 1 && chain.led(board)) << ' ';
    }
    const core::OutBoardLeds& leds = chain.out_leds();
    log << "\nleds " << leds.info << leds.charge << leds.load << " contacts "
        << chain.relays().charge << chain.relays().load << " flash " << hash_of(chain.in_flash())
        << ' ' << hash_of(chain.out_flash()) << '\n';
    std::string told = log.str();
    log.str({});
    return told;
  }

  std::ostringstream log;
  BoardChain chain;
};

/// The first line in which two tales differ, empty: none.
inline std::string first_difference(const std::string& expected, const std::string& told) {
  std::istringstream a(expected), b(told);
  std::string line_a, line_b;
  for (int line = 1; line_a == line_b; ++line) {
    const bool more_a = static_cast<bool>(std::getline(a, line_a));
    const bool more_b = static_cast<bool>(std::getline(b, line_b));
    if (!more_a && !more_b) return {};
    if (line_a != line_b || more_a != more_b) {
      return "line " + std::to_string(line) + "\nexpected " + line_a + "\ntold     " + line_b;
    }
  }
  return {};
}

/// The last microsecond before the IN board starts its next message.
inline SimTime end_of_cycle(const BoardChain& chain, core::Instant clock_start) {
  const core::InBoard& board = chain.in_board();
  const core::Instant next = board.cycle_at + board.order.period;
  return SimTime{(next - clock_start).in_milliseconds()} * millisecond - 1;
}

}  // namespace cellwarden::sim
