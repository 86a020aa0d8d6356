// SPDX-License-Identifier: Apache-2.0
#include "gateway/model/pack.hpp"

#include <algorithm>
#include <utility>

namespace cellwarden::gateway {
namespace {

using core::Energy;
using core::Instant;
using core::Power;
using wire::ExtendedFrame;

/// Frames further apart say nothing about the pace of the BMS.
constexpr milliseconds longest_period{2'000};

Instant to_instant(Time now) {
  const auto ms = std::chrono::duration_cast<milliseconds>(now.time_since_epoch()).count();
  return Instant::milliseconds(static_cast<std::uint32_t>(ms));
}

/// The cell's number, or nothing when it is none of the pack's.
std::optional<std::uint8_t> real_cell(std::uint8_t number, std::uint8_t count) {
  if (number == 0 || number > count) return std::nullopt;
  return number;
}

void set_current(Measured<core::Current>& current, Measured<Power>& power, wire::FrameCurrent from,
                 core::Voltage pack_voltage, bool current_doubted, bool voltage_doubted, Time now) {
  if (!from.present()) {
    current.set_absent();
    power.set_absent();
    return;
  }
  current.set(from.current(), now, current_doubted);
  power.set(pack_voltage * from.current(), now, current_doubted || voltage_doubted);
}

}  // namespace

std::size_t Pack::bytes(std::span<const std::uint8_t> bytes, Time now) {
  std::size_t frames = 0;
  for (const std::uint8_t byte : bytes) {
    const auto frame = reader_.push(byte);
    if (!frame) continue;
    take(*frame, now);
    ++frames;
  }
  return frames;
}

void Pack::port(PortState state, std::string text, Time now) {
  const bool connects = state == PortState::connected && port_ != PortState::connected;
  if (connects) {
    if (was_connected_) ++reconnects_;
    was_connected_ = true;
    connected_at_ = now;
  }
  port_ = state;
  port_text_ = std::move(text);
  // Behind the port may now be another pack: nothing from before counts as its neighbour.
  reader_.silence();
  key_values_ = {};
  forget_neighbours();
}

void Pack::forget_neighbours() {
  last_.reset();
  Debounced& d = debounced_;
  for (Alarm* alarm : {&d.communication, &d.v_high, &d.v_low, &d.t_high, &d.t_low}) alarm->lost();
  d.charge.lost();
  d.discharge.lost();
}

void Pack::take(const ExtendedFrame& frame, Time now) {
  if (frame_at_ && now - *frame_at_ > frame_limit) forget_neighbours();
  Doubts doubts = doubts_within(frame, line_);
  if (last_) {
    doubts = doubts | doubts_between(*last_, frame, line_);
    const auto interval = std::chrono::duration_cast<milliseconds>(now - *frame_at_);
    period_ = std::min((7 * period_ + interval) / 8, longest_period);
  }
  take_count(frame, last_ && last_->cell_count == frame.cell_count);
  // Settings do not change from second to second. Where they do, the whole frame is doubtful until
  // the next one says the same.
  const bool believed = !doubts.settings && frame.cell_count == count_;
  if (!believed) {
    doubts = {true, true, true, true, true, true, true, true, true, true, true, true, true};
  }
  take_voltages(frame, doubts, now);
  take_temperatures(frame, doubts, now);
  take_currents(frame, doubts, now);
  take_energies(frame, doubts, now);
  take_status(frame.status, believed, now);
  take_cell(frame, doubts, now);
  take_extra(frame.extra, believed, now);
  values_.cell_count.set(count_, now, frame.cell_count != count_);
  last_ = frame;
  frame_at_ = now;
}

void Pack::take_count(const ExtendedFrame& frame, bool neighbour_agrees) {
  if (frame.cell_count == count_) return;
  const bool first = count_ == 0;
  if (!first && !neighbour_agrees) {
    ++ignored_.cell_count;
    return;
  }
  count_ = frame.cell_count;
  cells_.resize(count_);
}

void Pack::take_voltages(const ExtendedFrame& f, const Doubts& doubts, Time now) {
  values_.pack_voltage.set(f.pack_voltage, now, doubts.voltages);
  values_.lowest.set(f.lowest.voltage, now, doubts.voltages);
  values_.highest.set(f.highest.voltage, now, doubts.voltages);
  values_.lowest_cell = real_cell(f.lowest.cell, f.cell_count);
  values_.highest_cell = real_cell(f.highest.cell, f.cell_count);
  values_.v_min.set(f.v_min, now, doubts.limits);
  values_.v_max.set(f.v_max, now, doubts.limits);
  values_.v_bypass.set(f.v_bypass, now, doubts.limits);
}

void Pack::take_temperatures(const ExtendedFrame& f, const Doubts& doubts, Time now) {
  const auto celsius = [this](std::uint16_t raw) { return wire::temperature_from_raw(raw, line_); };
  values_.coldest.set(celsius(f.coldest.raw), now, doubts.temperatures);
  values_.hottest.set(celsius(f.hottest.raw), now, doubts.temperatures);
  values_.coldest_cell = real_cell(f.coldest.cell, f.cell_count);
  values_.hottest_cell = real_cell(f.hottest.cell, f.cell_count);
}

void Pack::take_currents(const ExtendedFrame& f, const Doubts& doubts, Time now) {
  const auto take = [&](Measured<core::Current>& current, Measured<Power>& power,
                        wire::FrameCurrent from) {
    set_current(current, power, from, f.pack_voltage, doubts.currents, doubts.voltages, now);
  };
  take(values_.current, values_.power, f.sum);
  take(values_.in, values_.power_in, f.in);
  take(values_.out, values_.power_out, f.out);
}

void Pack::take_energies(const ExtendedFrame& f, const Doubts& doubts, Time now) {
  values_.soc_percent.set(f.soc_percent, now, doubts.soc);
  values_.stored.set(f.stored, now, doubts.stored);
  values_.capacity.set(f.capacity, now, doubts.settings);
  values_.collected_today.set(f.collected_today, now, doubts.collected_today);
  values_.consumed_today.set(f.consumed_today, now, doubts.consumed_today);
  values_.collected_total.set(f.collected_total, now, doubts.collected_total);
  values_.consumed_total.set(f.consumed_total, now, doubts.consumed_total);
}

void Pack::take_status(const wire::Status& status, bool believed, Time now) {
  Debounced& d = debounced_;
  const auto take = [&](Alarm& alarm, Measured<bool>& value, bool set) {
    // A doubtful frame may set an alarm, but says nothing in favour of clearing one.
    if (set || believed) alarm.update(set);
    value.set(alarm.on(), now, false);
  };
  take(d.communication, values_.communication, status.communication_error);
  take(d.v_high, values_.v_high, status.above_v_max);
  take(d.v_low, values_.v_low, status.below_v_min);
  take(d.t_high, values_.t_high, status.above_t_max);
  take(d.t_low, values_.t_low, status.below_t_min);
  d.charge.update(status.charge_allowed && believed);
  d.discharge.update(status.discharge_allowed && believed);
  values_.charge_allowed.set(d.charge.allowed(), now, false);
  values_.discharge_allowed.set(d.discharge.allowed(), now, false);
  values_.soc_calibrated.set(!status.soc_not_calibrated, now, !believed);
}

void Pack::take_cell(const ExtendedFrame& f, const Doubts& doubts, Time now) {
  if (f.cell_count != count_) return;
  if (!real_cell(f.cell.number, count_)) {
    ++ignored_.cell_number;
    return;
  }
  Cell& cell = cells_[f.cell.number - 1U];
  cell.voltage.set(f.cell.voltage, now, doubts.cell_voltage);
  cell.temperature.set(wire::temperature_from_raw(f.cell.temperature_raw, line_), now,
                       doubts.cell_temperature);
}

void Pack::take_extra(const wire::Extra& extra, bool believed, Time now) {
  if (extra.kind == wire::Extra::Kind::clock) {
    values_.clock.set({extra.first, extra.second}, now, !believed);
    return;
  }
  if (!believed) return;
  const Instant instant = to_instant(now);
  // After a long pause an Instant cannot tell how old a pair is.
  if (frame_at_ && now - *frame_at_ > details_limit) key_values_ = {};
  if (!key_values_.push(instant, extra.first, extra.second)) return;
  const auto take = [&](auto& into, const auto& from) {
    if (!from) return;
    into.set(from->value, now - milliseconds((instant - from->at).in_milliseconds()), false);
  };
  const wire::KeyValueDetails& from = key_values_.details();
  take(details_.soh_percent, from.soh_percent);
  take(details_.charge_efficiency_percent, from.charge_efficiency_percent);
  take(details_.v_low, from.v_low);
  take(details_.v_nominal, from.v_nominal);
  take(details_.v_full, from.v_full);
  take(details_.firmware, from.firmware);
  take(details_.charge_cycles, from.charge_cycles);
  take(details_.charged_total, from.charged_total);
  take(details_.discharged_total, from.discharged_total);
  take(details_.status, from.status);
}

}  // namespace cellwarden::gateway
