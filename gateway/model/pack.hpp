/// One pack as its bytes describe it: the frames found in the stream, every value with its age,
/// what is doubtful, and the state of the link. No clock, no I/O: bytes, events and the time come
/// in, a PackView comes out. Losing data makes values stale and never clears an alarm.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/model/debounce.hpp"
#include "gateway/model/doubts.hpp"
#include "gateway/model/pack_view.hpp"
#include "wire/frame_reader.hpp"
#include "wire/key_values.hpp"
#include "wire/temperature.hpp"

namespace cellwarden::gateway {

/// How long a value that comes with every frame is fresh, and how long the link is online without
/// one: five frames of the slower pace.
inline constexpr milliseconds frame_limit{5'000};
/// How long what the rotating key/value pairs say is fresh: the product's own rule for them.
inline constexpr milliseconds details_limit{60'000};

/// What a source says of its port, file or twin.
enum class PortState : std::uint8_t { down, connected, ended };

/// A pack and the reader of its stream. Memory is bounded: 255 cells at most.
class Pack {
 public:
  explicit Pack(wire::TemperatureLine line) : line_(line) {}

  /// Takes bytes as they came. Any bytes are allowed.
  /// @param now  not before the last call's
  /// @return     how many frames they completed
  std::size_t bytes(std::span<const std::uint8_t> bytes, Time now);

  /// The line was silent for at least 200 ms.
  void silence() { reader_.silence(); }

  /// The port came, went or ended.
  /// @param text  one sentence for people; not used when connected
  void port(PortState state, std::string text, Time now);

  /// Everything known at `now`. Costs one copy of the cells.
  [[nodiscard]] PackView view(Time now) const;

  /// The state of the link alone; costs nothing.
  [[nodiscard]] LinkState link_state(Time now) const;

 private:
  struct Cell {
    Measured<core::Voltage> voltage;
    Measured<core::Temperature> temperature;
  };
  /// What every frame carries.
  struct FrameValues {
    Measured<core::Voltage> pack_voltage, lowest, highest, v_min, v_max, v_bypass;
    Measured<core::Temperature> coldest, hottest;
    std::optional<std::uint8_t> lowest_cell, highest_cell, coldest_cell, hottest_cell;
    Measured<core::Current> current, in, out;
    Measured<core::Power> power, power_in, power_out;
    Measured<core::Energy> stored, capacity;
    Measured<core::Energy> collected_today, consumed_today, collected_total, consumed_total;
    Measured<std::uint8_t> soc_percent, cell_count;
    Measured<bool> soc_calibrated, charge_allowed, discharge_allowed;
    Measured<bool> communication, v_high, v_low, t_high, t_low;
    Measured<TimeOfDay> clock;
  };
  struct DetailValues {
    Measured<std::uint8_t> soh_percent, charge_efficiency_percent;
    Measured<core::Voltage> v_low, v_nominal, v_full;
    Measured<wire::Firmware> firmware;
    Measured<std::uint16_t> charge_cycles;
    Measured<core::Energy> charged_total, discharged_total;
    Measured<wire::SecondStatus> status;
  };
  struct Debounced {
    Alarm communication, v_high, v_low, t_high, t_low;
    Permission charge, discharge;
  };

  void take(const wire::ExtendedFrame& frame, Time now);
  void take_count(const wire::ExtendedFrame& frame, bool neighbour_agrees);
  void take_voltages(const wire::ExtendedFrame& frame, const Doubts& doubts, Time now);
  void take_temperatures(const wire::ExtendedFrame& frame, const Doubts& doubts, Time now);
  void take_currents(const wire::ExtendedFrame& frame, const Doubts& doubts, Time now);
  void take_energies(const wire::ExtendedFrame& frame, const Doubts& doubts, Time now);
  void take_status(const wire::Status& status, bool believed, Time now);
  void take_cell(const wire::ExtendedFrame& frame, const Doubts& doubts, Time now);
  void take_extra(const wire::Extra& extra, bool believed, Time now);
  void forget_neighbours();

  [[nodiscard]] LinkView link_view(Time now) const;
  [[nodiscard]] DetailsView details_view(const Validity& details, const Validity& frame) const;
  [[nodiscard]] std::vector<CellView> cells_view(const Validity& cell, const LimitsView& by) const;
  [[nodiscard]] milliseconds cell_limit() const;

  wire::TemperatureLine line_;
  wire::FrameReader reader_;
  wire::KeyValues key_values_;

  PortState port_ = PortState::down;
  std::string port_text_ = "not started";
  bool was_connected_ = false;
  std::uint64_t reconnects_ = 0;
  Time connected_at_;  ///< what arrived before is stale

  std::optional<wire::ExtendedFrame> last_;  ///< the frame before, if it is a neighbour in time
  std::optional<Time> frame_at_;
  milliseconds period_{1'000};  ///< between frames, smoothed

  FrameValues values_;
  DetailValues details_;
  Debounced debounced_;
  std::uint8_t count_ = 0;
  std::vector<Cell> cells_;
  Ignored ignored_;
};

}  // namespace cellwarden::gateway
