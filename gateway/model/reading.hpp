/// A measured value with its age and how far it can be trusted: what docs/api.md calls a value
/// object. Stale is not live: past its limit a value is shown as missing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "gateway/clock.hpp"

namespace cellwarden::gateway {

enum class Freshness : std::uint8_t {
  missing,  ///< never arrived
  absent,   ///< the sensor is not there
  stale,    ///< older than its limit, or from before the link was lost
  suspect,  ///< arrived, but contradicts its neighbours
  fresh,
};

/// A value as it is at one instant.
template <class T>
struct Reading {
  Freshness state = Freshness::missing;
  std::optional<T> value;           ///< empty when missing or absent
  std::optional<milliseconds> age;  ///< empty when missing or absent

  [[nodiscard]] bool fresh() const { return state == Freshness::fresh; }
};

/// When a value is live: not older than `limit`, not from before `since`, and the link is online.
struct Validity {
  Time now;
  milliseconds limit;
  Time since;
  bool online = false;
};

/// The last value that arrived and when.
template <class T>
class Measured {
 public:
  void set(T value, Time at, bool suspect) {
    value_ = value;
    at_ = at;
    suspect_ = suspect;
    arrived_ = true;
  }
  void set_absent() {
    value_.reset();
    arrived_ = true;
  }

  /// @return absent and missing stay what they are; everything else is stale unless `when` holds
  [[nodiscard]] Reading<T> read(const Validity& when) const {
    if (!arrived_) return {};
    if (!value_) return {Freshness::absent, std::nullopt, std::nullopt};
    const auto age = std::chrono::duration_cast<milliseconds>(when.now - at_);
    const bool live = when.online && at_ >= when.since && when.now - at_ <= when.limit;
    const Freshness state = !live      ? Freshness::stale
                            : suspect_ ? Freshness::suspect
                                       : Freshness::fresh;
    return {state, value_, age};
  }

 private:
  std::optional<T> value_;
  Time at_;
  bool suspect_ = false;
  bool arrived_ = false;
};

}  // namespace cellwarden::gateway
