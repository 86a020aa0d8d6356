/// Puts the rotating key/value pairs of the extended data output together: 19 keys, one a frame,
/// some of them halves of one number. No clock: the caller says when a pair arrived. Source:
/// docs/wire/extended_frame.md; the maker's paper for firmware 3.3.11 and the rules of the maker's
/// own receiver (a byte lives 60 s, a number is taken when key 0 of the next cycle arrives).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/units.hpp"

namespace cellwarden::wire {

inline constexpr std::size_t known_keys = 19;
inline constexpr core::Duration key_value_life = core::Duration::milliseconds(60'000);
/// A longer pause between two pairs may hide the start of a cycle: what was collected is dropped.
inline constexpr core::Duration longest_pair_gap = core::Duration::milliseconds(5'000);

/// A value and the arrival of its oldest byte.
template <class T>
struct Dated {
  T value{};
  core::Instant at;
  friend constexpr bool operator==(const Dated&, const Dated&) = default;
};

/// Keys 6 and 7, written "3.3.11".
struct Firmware {
  std::uint8_t major = 0;  ///< 0..15
  std::uint8_t minor = 0;  ///< 0..15
  std::uint8_t patch = 0;
  friend constexpr bool operator==(const Firmware&, const Firmware&) = default;
};

/// Key 16, the second status byte.
struct SecondStatus {
  bool early_warning = false;
  bool below_t_min_charge = false;
  bool below_t_min_discharge = false;
  bool charge_relay_closed = false;
  bool load_relay_closed = false;
  static SecondStatus from_byte(std::uint8_t byte);
  [[nodiscard]] std::uint8_t to_byte() const;
  friend constexpr bool operator==(const SecondStatus&, const SecondStatus&) = default;
};

/// What the pairs say; empty where nothing arrived within the last 60 s.
struct KeyValueDetails {
  std::optional<Dated<std::uint8_t>> soh_percent;  ///< 0..100; a greater one on the wire is unknown
  std::optional<Dated<std::uint8_t>> charge_efficiency_percent;  ///< 0..100
  std::optional<Dated<core::Voltage>> v_low;                     ///< step 5 mV
  std::optional<Dated<core::Voltage>> v_nominal;                 ///< step 5 mV
  std::optional<Dated<Firmware>> firmware;
  std::optional<Dated<std::uint16_t>> charge_cycles;
  std::optional<Dated<core::Energy>> charged_total;     ///< step 1 kWh
  std::optional<Dated<core::Energy>> discharged_total;  ///< step 1 kWh
  std::optional<Dated<SecondStatus>> status;
  std::optional<Dated<core::Voltage>> v_full;  ///< step 5 mV
  friend bool operator==(const KeyValueDetails&, const KeyValueDetails&) = default;
};

/// Collects one cycle of pairs at a time. A number of several bytes is taken only when all of them
/// came in the same cycle, so that the halves of two numbers never meet.
class KeyValues {
 public:
  /// Takes one pair. Keys above 18 are ignored.
  /// @param now  not before the last call's
  /// @return     whether a value in `details()` is new or renewed
  bool push(core::Instant now, std::uint8_t key, std::uint8_t value);

  /// Drops the values whose time is over. Call it, or `push`, at least every 24 days: beyond that
  /// an Instant cannot tell how old a value is.
  void expire(core::Instant now);

  [[nodiscard]] const KeyValueDetails& details() const { return details_; }

 private:
  struct Byte {
    std::uint8_t value = 0;
    core::Instant at;
    bool known = false;
  };

  bool take_numbers();
  std::optional<Dated<std::uint32_t>> number(std::size_t first_key, std::size_t width) const;

  std::array<Byte, known_keys> cycle_{};
  core::Instant last_at_;
  std::uint8_t last_key_ = 0;
  KeyValueDetails details_;
};

}  // namespace cellwarden::wire
