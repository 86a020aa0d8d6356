/// How a Pack is read: ages, the state of the link, the colour of a cell.
// SPDX-License-Identifier: Apache-2.0
#include "gateway/model/pack_view.hpp"

#include <algorithm>

#include "gateway/model/pack.hpp"

namespace cellwarden::gateway {
namespace {

using core::Voltage;

Zone zone_of(const Reading<Voltage>& voltage, const LimitsView& limits) {
  if (!voltage.fresh() || !limits.v_min.fresh() || !limits.v_max.fresh() ||
      !limits.v_bypass.fresh()) {
    return Zone::unknown;
  }
  if (*voltage.value > *limits.v_max.value || *voltage.value < *limits.v_min.value) {
    return Zone::out_of_range;
  }
  return *voltage.value >= *limits.v_bypass.value ? Zone::balancing : Zone::safe;
}

/// One flag of a reading of several.
template <class T, class Part>
auto part_of(const Reading<T>& whole, Part part) {
  Reading<std::remove_cvref_t<decltype(part(*whole.value))>> reading;
  reading.state = whole.state;
  reading.age = whole.age;
  if (whole.value) reading.value = part(*whole.value);
  return reading;
}

std::string seconds_text(milliseconds age) { return std::to_string(age.count() / 1000) + " s"; }

}  // namespace

LinkState Pack::link_state(Time now) const {
  if (port_ == PortState::down) return LinkState::down;
  if (port_ == PortState::ended) return LinkState::ended;
  const bool arrives = frame_at_ && *frame_at_ >= connected_at_ && now - *frame_at_ <= frame_limit;
  return arrives ? LinkState::online : LinkState::silent;
}

LinkView Pack::link_view(Time now) const {
  LinkView link;
  link.state = link_state(now);
  if (frame_at_) link.age = std::chrono::duration_cast<milliseconds>(now - *frame_at_);
  link.counts = reader_.counts();
  link.reconnects = reconnects_;
  link.ignored = ignored_;
  if (link.state == LinkState::online) {
    link.text = "frames arrive";
  } else if (link.state != LinkState::silent) {
    link.text = port_text_;
  } else if (frame_at_ && *frame_at_ >= connected_at_) {
    link.text = "connected, but no frame for " + seconds_text(*link.age);
  } else {
    link.text = "connected, waiting for the first frame";
  }
  return link;
}

/// One frame brings one cell, and the product may count through more cells than there are.
milliseconds Pack::cell_limit() const { return std::max(frame_limit, 3 * count_ * period_); }

std::vector<CellView> Pack::cells_view(const Validity& cell, const LimitsView& by) const {
  std::vector<CellView> views;
  views.reserve(cells_.size());
  for (const Cell& from : cells_) {
    CellView view{from.voltage.read(cell), from.temperature.read(cell), Zone::unknown};
    view.zone = zone_of(view.voltage, by);
    views.push_back(view);
  }
  return views;
}

DetailsView Pack::details_view(const Validity& details, const Validity& frame) const {
  DetailsView view;
  view.soh_percent = details_.soh_percent.read(details);
  view.charge_efficiency_percent = details_.charge_efficiency_percent.read(details);
  view.v_low = details_.v_low.read(details);
  view.v_nominal = details_.v_nominal.read(details);
  view.v_full = details_.v_full.read(details);
  view.firmware = details_.firmware.read(details);
  view.charge_cycles = details_.charge_cycles.read(details);
  view.charged_total = details_.charged_total.read(details);
  view.discharged_total = details_.discharged_total.read(details);
  view.clock = values_.clock.read(frame);
  const Reading<wire::SecondStatus> status = details_.status.read(details);
  view.charge_relay_closed = part_of(status, [](auto s) { return s.charge_relay_closed; });
  view.load_relay_closed = part_of(status, [](auto s) { return s.load_relay_closed; });
  view.early_warning = part_of(status, [](auto s) { return s.early_warning; });
  return view;
}

PackView Pack::view(Time now) const {
  const bool online = link_state(now) == LinkState::online;
  const Validity frame{now, frame_limit, connected_at_, online};
  const Validity cell{now, cell_limit(), connected_at_, online};
  const Validity details{now, details_limit, connected_at_, online};
  const FrameValues& from = values_;

  PackView view;
  view.link = link_view(now);
  view.pack_voltage = from.pack_voltage.read(frame);
  view.soc_percent = from.soc_percent.read(frame);
  view.soc_calibrated = from.soc_calibrated.read(frame);
  view.current = from.current.read(frame);
  view.current_in = from.in.read(frame);
  view.current_out = from.out.read(frame);
  view.power = from.power.read(frame);
  view.power_in = from.power_in.read(frame);
  view.power_out = from.power_out.read(frame);
  view.stored = from.stored.read(frame);
  view.capacity = from.capacity.read(frame);
  view.collected_today = from.collected_today.read(frame);
  view.consumed_today = from.consumed_today.read(frame);
  view.collected_total = from.collected_total.read(frame);
  view.consumed_total = from.consumed_total.read(frame);
  view.charge_allowed = from.charge_allowed.read(frame);
  view.discharge_allowed = from.discharge_allowed.read(frame);
  view.alarms = {from.communication.read(frame), from.v_high.read(frame), from.v_low.read(frame),
                 from.t_high.read(frame), from.t_low.read(frame)};
  view.limits = {from.v_min.read(frame), from.v_max.read(frame), from.v_bypass.read(frame)};
  view.lowest = {from.lowest_cell, from.lowest.read(frame)};
  view.highest = {from.highest_cell, from.highest.read(frame)};
  view.coldest = {from.coldest_cell, from.coldest.read(frame)};
  view.hottest = {from.hottest_cell, from.hottest.read(frame)};
  view.cell_count = from.cell_count.read(frame);
  view.cells = cells_view(cell, view.limits);
  view.details = details_view(details, frame);
  return view;
}

}  // namespace cellwarden::gateway
