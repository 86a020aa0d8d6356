/// The calibration of `bench/run twin`: two RC pairs the obvious way, an object a cell, a virtual
/// step, doubles, a straight table; no heat, no hysteresis, no ageing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <memory>
#include <vector>

#include "plant/cell_parameters.hpp"
#include "plant/math.hpp"

namespace cellwarden::bench {

class CellObject {
 public:
  CellObject() = default;
  CellObject(const CellObject&) = delete;
  CellObject& operator=(const CellObject&) = delete;
  virtual ~CellObject() = default;
  /// @return  voltage at the terminals
  virtual double step(double current_a) = 0;
};

/// What a step of one second needs, at 25 degrees Celsius.
class PlainCell : public CellObject {
 public:
  explicit PlainCell(const plant::CellParameters& p)
      : ocv_v_(p.ocv_v.data() + 5 * plant::ocv_points),
        per_coulomb_(1.0 / (3600.0 * p.capacity_ah)),
        r0_ohm_(p.r0_ohm[10][5]),
        r1_ohm_(p.r1_ohm[10][5]),
        r2_ohm_(p.r2_ohm[10][5]),
        keep1_(std::exp(-1.0 / p.tau1_s)),
        keep2_(std::exp(-1.0 / p.tau2_s)) {}

  double step(double current_a) override { return step(current_a, keep1_, keep2_); }

 protected:
  double step(double current_a, double keep1, double keep2) {
    soc_ += current_a * per_coulomb_;
    v1_ = v1_ * keep1 + r1_ohm_ * current_a * (1.0 - keep1);
    v2_ = v2_ * keep2 + r2_ohm_ * current_a * (1.0 - keep2);
    const double x = std::clamp(soc_ * 200.0, 0.0, 199.0);
    const auto point = static_cast<std::size_t>(x);
    const double low_v = ocv_v_[point];
    const double ocv_v = low_v + (x - static_cast<double>(point)) * (ocv_v_[point + 1] - low_v);
    return ocv_v + r0_ohm_ * current_a + v1_ + v2_;
  }

 private:
  const double* ocv_v_;
  double per_coulomb_, r0_ohm_, r1_ohm_, r2_ohm_, keep1_, keep2_;
  double soc_ = 0.5, v1_ = 0.0, v2_ = 0.0;
};

/// The same for steps of any length: it works its exponentials out every time.
class PlainCellWithExponentials final : public PlainCell {
 public:
  explicit PlainCellWithExponentials(const plant::CellParameters& p)
      : PlainCell(p), tau1_s_(p.tau1_s), tau2_s_(p.tau2_s) {}
  double step(double current_a) override {
    return PlainCell::step(current_a, std::exp(-1.0 / tau1_s_), std::exp(-1.0 / tau2_s_));
  }

 private:
  double tau1_s_, tau2_s_;
};

/// Current of a household: changes every second, both directions.
inline double household_a(int second) {
  return 30.0 * plant::sin_turns(second / 977.0) + (second % 7) - 3.0;
}

/// One day's currents, so that nobody's time has their making in it.
inline const std::vector<double>& household_day() {
  static const std::vector<double> day = [] {
    std::vector<double> currents_a;
    for (int second = 0; second < 86'400; ++second) currents_a.push_back(household_a(second));
    return currents_a;
  }();
  return day;
}

/// Seconds that `steps` calls of `step(current_a)` take.
template <class Step>
double seconds_for(int steps, const Step& step) {
  const std::vector<double>& day = household_day();
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < steps; ++i) step(day[static_cast<std::size_t>(i) % day.size()]);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// A pack of plain cells, their voltages kept.
template <class Cell>
class PlainPack {
 public:
  explicit PlainPack(int count) : voltage_v_(static_cast<std::size_t>(count)) {
    for (int i = 0; i < count; ++i) {
      cells_.push_back(std::make_unique<Cell>(plant::prismatic_280ah()));
    }
  }
  void step(double current_a) {
    for (std::size_t i = 0; i < cells_.size(); ++i) voltage_v_[i] = cells_[i]->step(current_a);
  }
  [[nodiscard]] const double* voltages() const { return voltage_v_.data(); }

 private:
  std::vector<std::unique_ptr<CellObject>> cells_;
  std::vector<double> voltage_v_;
};

}  // namespace cellwarden::bench
