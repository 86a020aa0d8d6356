/// The physical kinds of Cellwarden as small integer classes: one kind, one resolution, and the
/// unit named at the only doors in and out. Products that physics defines are here and are exact;
/// nothing here divides, rounds or uses floating point.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

namespace cellwarden::core {

/// What every unit class has: comparison, sum and difference with its own kind, nothing else.
/// @tparam Kind  the unit class itself (it derives from this one)
/// @tparam Rep   the integer that holds the count; arithmetic stays in this width
template <class Kind, class Rep>
class Scalar {
 public:
  friend constexpr bool operator==(Kind a, Kind b) { return a.count_ == b.count_; }
  friend constexpr std::strong_ordering operator<=>(Kind a, Kind b) {
    return a.count_ <=> b.count_;
  }
  friend constexpr Kind operator+(Kind a, Kind b) { return make(a.count_ + b.count_); }
  friend constexpr Kind operator-(Kind a, Kind b) { return make(a.count_ - b.count_); }
  friend constexpr Kind operator-(Kind a) { return make(-a.count_); }
  friend constexpr Kind& operator+=(Kind& a, Kind b) { return a = a + b; }
  friend constexpr Kind& operator-=(Kind& a, Kind b) { return a = a - b; }

 protected:
  // Protected, not private: the kinds inherit these constructors.
  // NOLINTBEGIN(bugprone-crtp-constructor-accessibility)
  constexpr Scalar() = default;
  explicit constexpr Scalar(Rep count) : count_(count) {}
  // NOLINTEND(bugprone-crtp-constructor-accessibility)
  static constexpr Kind make(Rep count) { return Kind{count}; }
  Rep count_ = 0;
};

/// A voltage in whole millivolts; holds ±2,147 kV, far above 255 cells of 5 V.
class Voltage : public Scalar<Voltage, std::int32_t> {
 public:
  constexpr Voltage() = default;
  static constexpr Voltage millivolts(std::int32_t mv) { return Voltage{mv}; }
  [[nodiscard]] constexpr std::int32_t in_millivolts() const { return count_; }

 private:
  friend class Scalar<Voltage, std::int32_t>;
  using Scalar::Scalar;
};

/// A current in whole milliamperes; + charges the battery. Holds ±2,147 kA.
class Current : public Scalar<Current, std::int32_t> {
 public:
  constexpr Current() = default;
  static constexpr Current milliamperes(std::int32_t ma) { return Current{ma}; }
  [[nodiscard]] constexpr std::int32_t in_milliamperes() const { return count_; }

 private:
  friend class Scalar<Current, std::int32_t>;
  using Scalar::Scalar;
};

/// A difference between two instants in whole milliseconds; holds ±24.8 days.
class Duration : public Scalar<Duration, std::int32_t> {
 public:
  constexpr Duration() = default;
  static constexpr Duration milliseconds(std::int32_t ms) { return Duration{ms}; }
  [[nodiscard]] constexpr std::int32_t in_milliseconds() const { return count_; }

 private:
  friend class Scalar<Duration, std::int32_t>;
  using Scalar::Scalar;
};

/// A point on a board's own clock, in milliseconds since an arbitrary start. The clock wraps after
/// 2^32 ms (49.7 days), so instants have a difference but no order: compare `b - a` with a
/// Duration.
class Instant {
 public:
  constexpr Instant() = default;
  static constexpr Instant milliseconds(std::uint32_t ms) { return Instant{ms}; }
  [[nodiscard]] constexpr std::uint32_t in_milliseconds() const { return count_; }

  friend constexpr bool operator==(Instant, Instant) = default;
  /// Right across the wrap as long as the two are less than 24.8 days apart.
  friend constexpr Duration operator-(Instant later, Instant earlier) {
    return Duration::milliseconds(static_cast<std::int32_t>(later.count_ - earlier.count_));
  }
  friend constexpr Instant operator+(Instant at, Duration by) {
    return Instant{at.count_ + static_cast<std::uint32_t>(by.in_milliseconds())};
  }

 private:
  explicit constexpr Instant(std::uint32_t ms) : count_(ms) {}
  std::uint32_t count_ = 0;
};

/// A difference of temperatures in tenths of a kelvin.
class TemperatureDelta : public Scalar<TemperatureDelta, std::int32_t> {
 public:
  constexpr TemperatureDelta() = default;
  static constexpr TemperatureDelta decikelvin(std::int32_t dk) { return TemperatureDelta{dk}; }
  [[nodiscard]] constexpr std::int32_t in_decikelvin() const { return count_; }

 private:
  friend class Scalar<TemperatureDelta, std::int32_t>;
  using Scalar::Scalar;
};

/// A temperature in tenths of a degree Celsius. Two temperatures have a difference but no sum.
class Temperature {
 public:
  constexpr Temperature() = default;
  static constexpr Temperature decicelsius(std::int32_t dc) { return Temperature{dc}; }
  [[nodiscard]] constexpr std::int32_t in_decicelsius() const { return count_; }

  friend constexpr bool operator==(Temperature, Temperature) = default;
  friend constexpr auto operator<=>(Temperature, Temperature) = default;
  friend constexpr TemperatureDelta operator-(Temperature a, Temperature b) {
    return TemperatureDelta::decikelvin(a.count_ - b.count_);
  }
  friend constexpr Temperature operator+(Temperature a, TemperatureDelta by) {
    return Temperature{a.count_ + by.in_decikelvin()};
  }

 private:
  explicit constexpr Temperature(std::int32_t dc) : count_(dc) {}
  std::int32_t count_ = 0;
};

/// An amount of charge in microcoulombs: 1 mA for 1 ms is exactly 1 uC, so counting never rounds.
/// Holds ±2.5 million Ah.
class Charge : public Scalar<Charge, std::int64_t> {
 public:
  constexpr Charge() = default;
  static constexpr Charge microcoulombs(std::int64_t uc) { return Charge{uc}; }
  [[nodiscard]] constexpr std::int64_t in_microcoulombs() const { return count_; }

 private:
  friend class Scalar<Charge, std::int64_t>;
  using Scalar::Scalar;
};

/// A power in microwatts: 1 mV times 1 mA is exactly 1 uW.
class Power : public Scalar<Power, std::int64_t> {
 public:
  constexpr Power() = default;
  static constexpr Power microwatts(std::int64_t uw) { return Power{uw}; }
  [[nodiscard]] constexpr std::int64_t in_microwatts() const { return count_; }

 private:
  friend class Scalar<Power, std::int64_t>;
  using Scalar::Scalar;
};

/// The work of a short while in nanojoules: 1 uW for 1 ms is exactly 1 nJ. Holds ±2.5 MWh; what is
/// counted for longer belongs into an EnergyCounter, which carries whole watt-hours.
class Work : public Scalar<Work, std::int64_t> {
 public:
  constexpr Work() = default;
  static constexpr Work nanojoules(std::int64_t nj) { return Work{nj}; }
  [[nodiscard]] constexpr std::int64_t in_nanojoules() const { return count_; }

 private:
  friend class Scalar<Work, std::int64_t>;
  using Scalar::Scalar;
};

/// An amount of energy in whole watt-hours: capacities, counters, what is stored.
class Energy : public Scalar<Energy, std::int64_t> {
 public:
  constexpr Energy() = default;
  static constexpr Energy watt_hours(std::int64_t wh) { return Energy{wh}; }
  [[nodiscard]] constexpr std::int64_t in_watt_hours() const { return count_; }

 private:
  friend class Scalar<Energy, std::int64_t>;
  using Scalar::Scalar;
};

/// A share of a whole (state of charge, duty) in parts per million; 1,000,000 ppm is all of it.
class Ratio : public Scalar<Ratio, std::int32_t> {
 public:
  constexpr Ratio() = default;
  static constexpr Ratio ppm(std::int32_t parts) { return Ratio{parts}; }
  static constexpr Ratio percent(std::int32_t whole) { return Ratio{whole * 10'000}; }
  [[nodiscard]] constexpr std::int32_t in_ppm() const { return count_; }

 private:
  friend class Scalar<Ratio, std::int32_t>;
  using Scalar::Scalar;
};

/// The one of two future instants that comes first, seen from `now`; right across the wrap.
constexpr Instant earlier(Instant now, Instant a, Instant b) { return a - now <= b - now ? a : b; }

constexpr Charge operator*(Current current, Duration dt) {
  return Charge::microcoulombs(std::int64_t{current.in_milliamperes()} * dt.in_milliseconds());
}
constexpr Power operator*(Voltage voltage, Current current) {
  return Power::microwatts(std::int64_t{voltage.in_millivolts()} * current.in_milliamperes());
}
/// Exact while |power| x dt stays below 9.2e9 J (any pack of the product for ten minutes).
constexpr Work operator*(Power power, Duration dt) {
  return Work::nanojoules(power.in_microwatts() * dt.in_milliseconds());
}
constexpr Voltage operator*(Voltage each, int count) {
  return Voltage::millivolts(each.in_millivolts() * count);
}

/// Suffixes for literals; `using namespace cellwarden::core::literals`.
namespace literals {
consteval Voltage operator""_mV(unsigned long long mv) {
  return Voltage::millivolts(static_cast<std::int32_t>(mv));
}
consteval Current operator""_mA(unsigned long long ma) {
  return Current::milliamperes(static_cast<std::int32_t>(ma));
}
consteval Duration operator""_ms(unsigned long long ms) {
  return Duration::milliseconds(static_cast<std::int32_t>(ms));
}
consteval Temperature operator""_dC(unsigned long long dc) {
  return Temperature::decicelsius(static_cast<std::int32_t>(dc));
}
consteval TemperatureDelta operator""_dK(unsigned long long dk) {
  return TemperatureDelta::decikelvin(static_cast<std::int32_t>(dk));
}
consteval Energy operator""_Wh(unsigned long long wh) {
  return Energy::watt_hours(static_cast<std::int64_t>(wh));
}
consteval Ratio operator""_percent(unsigned long long whole) {
  return Ratio::percent(static_cast<std::int32_t>(whole));
}
}  // namespace literals

}  // namespace cellwarden::core
