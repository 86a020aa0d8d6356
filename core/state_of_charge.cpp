// SPDX-License-Identifier: Apache-2.0
#include "core/state_of_charge.hpp"

#include "core/assert.hpp"

namespace cellwarden::core {
namespace {

constexpr std::int64_t parts = 1'000'000;
/// Charges are scaled down by this before they meet a ratio, so that a product fits 64 bits: the
/// largest pack has 7.4e15 uC, the smallest still 6.9e6 counts of resolution.
constexpr std::int64_t scale = 4096;

}  // namespace

Charge charge_of(Energy energy, Voltage v_nominal, int cells) {
  CELLWARDEN_ASSERT(v_nominal > Voltage{} && cells > 0);
  // Wh x 3600 s/h / V = C; with mV and uC: x 3.6e12 / mV, in two steps that fit 64 bits.
  const std::int64_t pack_mv = std::int64_t{v_nominal.in_millivolts()} * cells;
  const std::int64_t millicoulombs = energy.in_watt_hours() * 3'600'000'000 / pack_mv;
  return Charge::microcoulombs(millicoulombs * 1000);
}

StateOfCharge StateOfCharge::at(Ratio share, bool calibrated) {
  StateOfCharge soc;
  soc.full_ = Charge::microcoulombs(parts * scale);
  soc.held_ = Charge::microcoulombs(share.in_ppm() * scale);
  soc.calibrated_ = calibrated;
  return soc;
}

void StateOfCharge::set_full(Charge full) {
  CELLWARDEN_ASSERT(full.in_microcoulombs() >= scale);
  if (full == full_) return;
  const std::int64_t ppm = share().in_ppm();
  held_ = Charge::microcoulombs(full.in_microcoulombs() / scale * ppm / parts * scale);
  full_ = full;
}

void StateOfCharge::count(Current current, Duration dt) {
  held_ += current * dt;
  if (held_ < Charge{}) held_ = Charge{};
  if (held_ > full_) held_ = full_;
}

void StateOfCharge::reset_to_full() {
  held_ = full_;
  calibrated_ = true;
}

Ratio StateOfCharge::share() const {
  const std::int64_t ppm =
      held_.in_microcoulombs() / scale * parts / (full_.in_microcoulombs() / scale);
  return Ratio::ppm(static_cast<std::int32_t>(ppm > parts ? parts : ppm));
}

}  // namespace cellwarden::core
