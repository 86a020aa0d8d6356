// SPDX-License-Identifier: Apache-2.0
#include "sim/wire_link.hpp"

namespace cellwarden::sim {

void WireLink::send(SimTime now, std::uint8_t byte) {
  if (cut_) return;
  if (!disturbance_) {
    put(now, byte);
    return;
  }
  for (const std::uint8_t leaving : disturbance_(byte)) put(now, leaving);
}

void WireLink::put(SimTime now, std::uint8_t byte) {
  if (run_from_ + byte_time(run_bytes_) < now) {
    run_from_ = now;
    run_bytes_ = 0;
  }
  ++run_bytes_;
  under_way_.push_back({run_from_ + byte_time(run_bytes_) + delay_, byte});
}

std::optional<SimTime> WireLink::next_arrival() const {
  if (under_way_.empty()) return std::nullopt;
  return under_way_.front().at;
}

std::uint8_t WireLink::take() {
  const std::uint8_t byte = under_way_.front().byte;
  under_way_.pop_front();
  return byte;
}

void WireLink::cut() {
  cut_ = true;
  under_way_.clear();
  note_change();
}

void WireLink::mend() {
  cut_ = false;
  note_change();
}

void WireLink::disturb(Disturbance disturbance) {
  disturbance_ = std::move(disturbance);
  note_change();
}

void WireLink::note_change() {
  if (changes_ != nullptr) ++*changes_;
}

}  // namespace cellwarden::sim
