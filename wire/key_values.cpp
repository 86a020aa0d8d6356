// SPDX-License-Identifier: Apache-2.0
#include "wire/key_values.hpp"

namespace cellwarden::wire {
namespace {

using core::Energy;
using core::Instant;
using core::Voltage;

/// The maker's keys; those of a number name its most significant byte.
namespace key {
constexpr std::uint8_t soh = 0, efficiency = 1, v_low = 2, v_nominal = 4, firmware = 6;
constexpr std::uint8_t cycles = 8, charged = 10, discharged = 13, status = 16, v_full = 17;
}  // namespace key

constexpr std::int32_t mv_per_step = 5;
constexpr std::int64_t wh_per_kwh = 1000;

template <class T>
void drop_if_old(std::optional<Dated<T>>& value, Instant now) {
  if (value && now - value->at > key_value_life) value.reset();
}

Voltage to_voltage(std::uint32_t steps) {
  return Voltage::millivolts(static_cast<std::int32_t>(steps) * mv_per_step);
}

Energy to_energy(std::uint32_t kwh) { return Energy::watt_hours(kwh * wh_per_kwh); }

Firmware to_firmware(std::uint32_t raw) {
  const auto byte = [raw](unsigned shift, unsigned mask) {
    return static_cast<std::uint8_t>((raw >> shift) & mask);
  };
  return {byte(12, 0xFU), byte(8, 0xFU), byte(0, 0xFFU)};
}

/// Puts the number, if there is one, where it belongs.
template <class T, class Convert>
bool take(std::optional<Dated<T>>& into, const std::optional<Dated<std::uint32_t>>& number,
          Convert convert) {
  if (!number) return false;
  into = Dated<T>{convert(number->value), number->at};
  return true;
}

}  // namespace

SecondStatus SecondStatus::from_byte(std::uint8_t byte) {
  const auto bit = [byte](unsigned n) { return ((byte >> n) & 1U) != 0; };
  return {bit(1), bit(2), bit(3), bit(4), bit(5)};
}

std::uint8_t SecondStatus::to_byte() const {
  const unsigned byte = unsigned{early_warning} << 1U | unsigned{below_t_min_charge} << 2U |
                        unsigned{below_t_min_discharge} << 3U |
                        unsigned{charge_relay_closed} << 4U | unsigned{load_relay_closed} << 5U;
  return static_cast<std::uint8_t>(byte);
}

std::optional<Dated<std::uint32_t>> KeyValues::number(std::size_t first_key,
                                                      std::size_t width) const {
  std::uint32_t value = 0;
  for (std::size_t i = first_key; i < first_key + width; ++i) {
    if (!cycle_[i].known) return std::nullopt;
    value = (value << 8U) | cycle_[i].value;
  }
  return Dated<std::uint32_t>{value, cycle_[first_key].at};
}

bool KeyValues::take_numbers() {
  const auto same = [](std::uint32_t raw) { return static_cast<std::uint16_t>(raw); };
  bool taken = take(details_.v_low, number(key::v_low, 2), to_voltage);
  taken |= take(details_.v_nominal, number(key::v_nominal, 2), to_voltage);
  taken |= take(details_.firmware, number(key::firmware, 2), to_firmware);
  taken |= take(details_.charge_cycles, number(key::cycles, 2), same);
  taken |= take(details_.charged_total, number(key::charged, 3), to_energy);
  taken |= take(details_.discharged_total, number(key::discharged, 3), to_energy);
  taken |= take(details_.v_full, number(key::v_full, 2), to_voltage);
  return taken;
}

bool KeyValues::push(Instant now, std::uint8_t key, std::uint8_t value) {
  expire(now);
  if (key >= known_keys) return false;
  if (now - last_at_ > longest_pair_gap) cycle_ = {};
  bool taken = key == 0 && take_numbers();
  // A lower key without a key 0 before it: the key 0 was lost, and with it the cycle's end.
  if (key == 0 || key < last_key_) cycle_ = {};
  cycle_[key] = {value, now, true};
  last_at_ = now;
  last_key_ = key;

  const bool is_percent = value <= 100;
  if (key == key::soh && is_percent) {
    details_.soh_percent = {value, now};
  } else if (key == key::efficiency && is_percent) {
    details_.charge_efficiency_percent = {value, now};
  } else if (key == key::status) {
    details_.status = {SecondStatus::from_byte(value), now};
  } else {
    return taken;
  }
  return true;
}

void KeyValues::expire(Instant now) {
  drop_if_old(details_.soh_percent, now);
  drop_if_old(details_.charge_efficiency_percent, now);
  drop_if_old(details_.v_low, now);
  drop_if_old(details_.v_nominal, now);
  drop_if_old(details_.firmware, now);
  drop_if_old(details_.charge_cycles, now);
  drop_if_old(details_.charged_total, now);
  drop_if_old(details_.discharged_total, now);
  drop_if_old(details_.status, now);
  drop_if_old(details_.v_full, now);
}

}  // namespace cellwarden::wire
