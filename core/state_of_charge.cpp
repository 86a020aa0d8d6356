// SPDX-License-Identifier: Apache-2.0
#include "core/state_of_charge.hpp"

#include <cstdint>

#include "core/assert.hpp"

namespace cellwarden::core {
namespace {

constexpr std::int64_t parts = 1'000'000;
/// A thousand times a charge must fit 64 bits; the largest pack there is has 7.4e15 uC.
constexpr std::int64_t charge_most = INT64_MAX / 1000;

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
  soc.full_ = Charge::microcoulombs(parts);
  soc.held_ = Charge::microcoulombs(share.in_ppm());
  soc.calibrated_ = calibrated;
  return soc;
}

void StateOfCharge::set_full(Charge full) {
  const std::int64_t uc = full.in_microcoulombs();
  CELLWARDEN_ASSERT(uc >= parts && uc <= charge_most);
  if (full == full_) return;
  const std::int64_t ppm = share().in_ppm();
  held_ = Charge::microcoulombs(uc / parts * ppm + uc % parts * ppm / parts);
  full_ = full;
}

void StateOfCharge::reset_to_full() {
  held_ = full_;
  calibrated_ = true;
}

}  // namespace cellwarden::core
