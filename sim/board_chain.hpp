/// All boards of a pack and the wires between them on one virtual clock: IN board, cell boards, OUT
/// board, byte by byte as at 9600 baud, or a whole message at a time while nothing disturbs the
/// chain (docs/decisions/0010-whole-messages.md). What the boards sense comes from outside (the
/// plant, or a test's table); what they do to the world is there to be read.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

#include "core/app_session.hpp"
#include "core/in_board.hpp"
#include "core/in_memory.hpp"
#include "core/out_firmware.hpp"
#include "core/watchdog.hpp"
#include "sim/memory_flash.hpp"
#include "sim/whole_message.hpp"
#include "sim/wire_link.hpp"

namespace cellwarden::sim {

/// What every board senses at one instant.
struct Readings {
  std::vector<core::CellSample> cells;  ///< the IN board's first
  std::optional<core::CurrentSample> in, out;
  std::optional<core::WallClock> clock;
};

/// What the boards sense, asked at the instant they measure. `cell` is 0 for the IN board's.
class Senses {
 public:
  virtual ~Senses() = default;
  virtual core::CellSample cell(int cell, SimTime at) = 0;
  virtual std::optional<core::CurrentSample> current_in(SimTime at) = 0;
  virtual std::optional<core::CurrentSample> current_out(SimTime at) = 0;
  virtual std::optional<core::WallClock> wall_clock(SimTime at) = 0;
  /// All of it at once, for a whole message: holds until the next one starts.
  /// @param readings  `cells` has as many as there are
  virtual void read_all(SimTime at, Readings& readings);
};

/// How the chain runs.
enum class Pace : std::uint8_t {
  bytes,  ///< every byte of every wire, always
  /// A message in one step wherever nothing disturbs it: senses are asked once a cycle, and a
  /// bypass is told as its mean over the cycle. Everything else is as with bytes.
  messages,
};

/// What happens, told as it happens. Every hook may be empty.
struct Hooks {
  std::function<void(SimTime, const wire::FrameBytes&)> extended;     ///< OUT board's output
  std::function<void(SimTime, const wire::FrameBytes&)> in_extended;  ///< IN board's output
  std::function<void(SimTime, core::Relays)> relays;       ///< whenever one of them moves
  std::function<void(SimTime, const core::Event&)> event;  ///< new in the OUT board's log
  /// Whenever one changes; the share of time from then on.
  std::function<void(SimTime, int board, core::Ratio)> bypass;
  /// A whole message is about to pass, its readings are taken: decisions, knowledge and bypasses of
  /// the boards are those at the end of the cycle before. To look, not to change anything.
  std::function<void(SimTime)> before_whole;
};

/// How the boards are made.
struct ChainOptions {
  int cells = 4;  ///< 2..255
  Pace pace = Pace::bytes;
  core::OptionSwitches switches;
  /// Boards behind which the link is isolated because another bank begins there (ENV-2), 0 = behind
  /// the IN board. At Pace::messages the optocoupler's delay is left out.
  std::vector<int> isolated_behind;
  /// What blank boards are commissioned with; a board whose flash holds something goes by that.
  core::InBoardMemory in_memory;
  core::OutMemory out_memory;
  core::ExtendedOptions extended;
  /// Files of the two boards' flash; empty: in memory.
  std::filesystem::path in_flash_file, out_flash_file;
  /// What every board's clock shows at virtual time 0; near 2^32 to see it wrap.
  core::Instant clock_start;
  /// How much too fast each board's clock runs, in parts per million; empty: none is wrong.
  std::vector<std::int32_t> clock_error_ppm;
};

class BoardChain {
 public:
  /// @param senses  outlives the chain
  /// @throws std::invalid_argument  when the number of cells is not 2..255
  BoardChain(const ChainOptions& options, Senses& senses, Hooks hooks = {});
  BoardChain(const BoardChain&) = delete;
  BoardChain& operator=(const BoardChain&) = delete;

  /// Runs every board and wire up to and including `until`. A cycle that does not end by then runs
  /// by bytes at any pace. What a hook changes during a whole message acts from the next one on.
  void run_until(SimTime until);
  /// Only whole messages that end by `until`, as many as follow each other from here; none when the
  /// next thing to happen is anything else.
  void run_whole_until(SimTime until);
  [[nodiscard]] SimTime now() const { return now_; }
  /// When something happens next, not before `now()`.
  [[nodiscard]] SimTime next_event() const { return events_.empty() ? now_ : events_.top().at; }
  /// How far one must run from there to let a whole message pass: to the end of the cycle that
  /// starts then; absent at Pace::bytes or when none starts then.
  [[nodiscard]] std::optional<SimTime> whole_until() const;
  [[nodiscard]] int cells() const { return static_cast<int>(boards_.size()) + 2; }

  /// The wire from board `index` to the next one; 0 leaves the IN board.
  [[nodiscard]] WireLink& wire(int index) { return wires_[static_cast<std::size_t>(index)]; }
  /// A board that loses power and comes back: forgets all but what it keeps.
  void restart_board(int index);
  /// A board that executes nothing any more; the OUT board's watchdog restarts it.
  void hang_board(int index);
  /// A board without power does nothing, hears nothing and bleeds nothing. The OUT board's relays
  /// are latching: they stay as they are. `restart_board` brings it back.
  void power_off_board(int index);
  /// The flash of the IN (0) or OUT board fails, or is mended.
  /// @throws std::invalid_argument  when the board has none
  void fail_flash(int index, FlashFault fault, std::uint64_t seed);
  /// The board loses power in the middle of one of its next flash operations, 1 = the next one.
  /// @throws std::invalid_argument  when the board has no flash, or `operation` is below 1
  void cut_power_at_write(int index, int operation, std::uint64_t seed);
  /// How much too fast a board's clock runs from now on; what it shows does not jump.
  /// @throws std::invalid_argument  when it is beyond -100,000..100,000
  void set_clock_error(int index, std::int32_t ppm);
  [[nodiscard]] bool powered(int index) const { return !off_[static_cast<std::size_t>(index)]; }

  core::OptionSwitches switches;  ///< as they stand; may be moved at any time
  bool out_button = false;        ///< pressed
  Pace pace;                      ///< may be changed at any time
  /// Cycles that were run whole, since the start.
  [[nodiscard]] std::uint64_t whole_messages() const { return whole_messages_; }

  /// Bytes between one client and the OUT board's app link.
  void app_receive(core::AppSession& session, std::uint8_t byte);
  std::optional<std::uint8_t> app_next(core::AppSession& session);

  [[nodiscard]] const core::OutBoard& out_board() const { return out_.board; }
  [[nodiscard]] const core::OutFirmware& out_firmware() const { return out_; }
  [[nodiscard]] MemoryFlash& out_flash() { return out_flash_; }
  [[nodiscard]] const MemoryFlash& in_flash() const { return in_flash_; }
  [[nodiscard]] const core::InBoard& in_board() const { return in_; }
  /// @param index  1..cells()-2
  [[nodiscard]] const core::CellBoard& cell_board(int index) const {
    return boards_[static_cast<std::size_t>(index - 1)];
  }
  /// What the two relays do: their contacts, with the owner's functions applied.
  [[nodiscard]] core::Relays relays() const { return outputs_.contacts; }
  [[nodiscard]] const core::OutBoardLeds& out_leds() const { return outputs_.board.leds; }
  /// LED of the IN board (0) or of a cell board.
  [[nodiscard]] bool led(int index) const { return leds_[static_cast<std::size_t>(index)]; }
  [[nodiscard]] core::Ratio bypass(int index) const {
    return passing_whole_ ? passing_bypass(index) : bypass_[static_cast<std::size_t>(index)];
  }

 private:
  struct Event {
    SimTime at;
    int board;
    bool byte;  ///< a byte waits for the board; otherwise the board asked to be woken
    friend bool operator>(const Event& a, const Event& b) {
      if (a.at != b.at) return a.at > b.at;
      return a.board != b.board ? a.board > b.board : a.byte < b.byte;
    }
  };

  /// A board's clock: it showed `shown` at `since`.
  struct Clock {
    SimTime since = 0;
    SimTime shown = 0;
    std::int32_t error_ppm = 0;
    [[nodiscard]] bool right() const { return error_ppm == 0 && since == shown; }
  };

  MemoryFlash& flash_of(int index);
  bool lost_power_writing(int board);
  [[nodiscard]] SimTime board_microseconds(int board) const;
  [[nodiscard]] core::Instant board_clock(int board) const;
  void handle(const Event& event);
  void step_in();
  void step_cell(int board, std::optional<std::uint8_t> rx);
  void step_out(std::optional<std::uint8_t> rx);
  void step_out(const core::OutFirmwareInputs& in);
  void start_out(core::EventCause cause);
  void show_relays(core::Relays before);
  void show_events();
  void commission();
  void forward(int board, const core::ChainBytes& bytes);
  void set_bypass(int board, core::Ratio level);
  void tell_bypass(int board, core::Ratio level);
  void wake(int board, core::Instant at);
  void wake_at(int board, SimTime time);

  // Whole messages: sim/board_chain_whole.cpp.
  bool run_whole(SimTime until);
  [[nodiscard]] bool is_calm() const;
  [[nodiscard]] bool cell_board_is_calm(const core::CellBoard& board, int number) const;
  [[nodiscard]] bool out_is_calm() const;
  [[nodiscard]] bool ends_in_time() const;
  [[nodiscard]] bool next_is_whole(SimTime until) const;
  void pass_message();
  void pass_cells(wire::ChainHead& head, int count);
  void pass_cell(int board, wire::ChainHead& head);
  /// @param board  1..cells()-1
  [[nodiscard]] core::Bypass& bypass_of(int board) {
    return board == cells() - 1 ? out_.board.cell.bypass
                                : boards_[static_cast<std::size_t>(board - 1)].bypass;
  }
  [[nodiscard]] core::Ratio passing_bypass(int board) const;
  void tell_mean_bypass(int board, core::Ratio before, core::Ratio after);
  void hear_message();
  void hear_bytes();
  void settle_in();
  void settle_cells();
  void settle_out();
  void do_what_waits();
  [[nodiscard]] core::PassedMessage passed_message(int board) const;
  static core::Instant next_step(core::Instant now, core::Instant wake);
  /// Any board's clock, where none is wrong.
  [[nodiscard]] core::Instant clock_at(SimTime time) const {
    return core::Instant::milliseconds(options_.clock_start.in_milliseconds() +
                                       static_cast<std::uint32_t>(time / 1000));
  }
  const core::CellSample& sample(int board, bool fresh);

  Senses& senses_;
  Hooks hooks_;
  ChainOptions options_;
  core::InBoard in_;
  std::vector<core::CellBoard> boards_;
  MemoryFlash in_flash_, out_flash_;
  core::Journal in_journal_;
  core::OutFirmware out_;
  core::OutFirmwareOutputs outputs_;
  core::Watchdog watchdog_{core::watchdog_timeout, {}};
  std::vector<bool> hung_, off_;
  std::uint32_t shown_event_ = 0;  ///< newest of the log that the hook was told
  std::vector<WireLink> wires_;
  Readings readings_;
  std::vector<core::Ratio> bypass_;
  std::vector<bool> leds_;
  std::vector<core::Ratio> told_bypass_;  ///< as last told by the hook
  std::vector<SimTime> wake_at_;
  std::vector<Clock> clocks_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
  SimTime now_ = 0;

  MessageTimes times_;  ///< of the whole message that has passed last
  WholeMessage bytes_;  ///< that message, as it leaves the last board
  std::uint64_t whole_messages_ = 0;
  std::uint32_t changes_ = 0;   ///< of wires and boards, from outside
  bool out_settled_ = true;     ///< nothing is left of the last whole message at the OUT board
  bool passing_whole_ = false;  ///< in the middle of whole messages
  struct Waiting {
    int board;
    void (BoardChain::*act)(int board);
  };
  std::vector<Waiting> waiting_;  ///< what hooks asked for during a whole message
};

}  // namespace cellwarden::sim
