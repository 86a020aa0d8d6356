/// One wire of the chain, 9600 baud: bytes take their time and wait for each other, and the wire
/// can be cut or disturbed. Knows nothing of messages.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>

namespace cellwarden::sim {

/// Virtual time in microseconds.
using SimTime = std::int64_t;

/// When byte `index` of a run that starts at 0 is through: ten bits each at 9600 baud, rounded up.
constexpr SimTime byte_time(SimTime index) { return (index * 10'000'000 + 9599) / 9600; }

/// What a disturbance makes of a byte: none, one or several.
using Disturbance = std::function<std::deque<std::uint8_t>(std::uint8_t byte)>;

class WireLink {
 public:
  /// Puts `byte` behind what is still being sent.
  void send(SimTime now, std::uint8_t byte);

  /// When the next byte arrives at the far end; absent: none is under way.
  [[nodiscard]] std::optional<SimTime> next_arrival() const;
  /// Takes that byte off the wire. Only when there is one.
  std::uint8_t take();

  /// A cut wire swallows what is sent and what is under way.
  void cut();
  void mend();
  [[nodiscard]] bool is_cut() const { return cut_; }
  /// Every byte sent from now on goes through `disturbance`; an empty one ends it.
  void disturb(Disturbance disturbance);
  /// Whether it carries every byte as it was sent, and none is under way.
  [[nodiscard]] bool calm() const { return !cut_ && !disturbance_ && under_way_.empty(); }
  /// An isolated link: an optocoupler at its end passes every edge on so much later.
  void set_delay(SimTime delay) { delay_ = delay; }
  /// Every cut, mending and disturbance from now on adds one to `changes`, which outlives the wire.
  void report_changes(std::uint32_t& changes) { changes_ = &changes; }

 private:
  void note_change();
  void put(SimTime now, std::uint8_t byte);

  struct Arrival {
    SimTime at;
    std::uint8_t byte;
  };
  std::deque<Arrival> under_way_;
  Disturbance disturbance_;
  SimTime run_from_ = 0;   ///< start of the run of bytes being sent without a pause
  SimTime run_bytes_ = 0;  ///< how many it has
  std::uint32_t* changes_ = nullptr;
  SimTime delay_ = 0;
  bool cut_ = false;
};

}  // namespace cellwarden::sim
