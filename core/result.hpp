/// A value or the reason why there is none: the only shape of an expected failure in core/ and
/// wire/.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assert.hpp"

namespace cellwarden::core {

/// Holds either a `Value` or a `Fault`; trivially copyable when both are. Asking for the one that
/// is not there is a bug and asserts.
/// @tparam Value  default-constructible
/// @tparam Fault  a small enum, one per layer
template <class Value, class Fault>
class [[nodiscard]] Result {
 public:
  constexpr Result(const Value& value) : value_(value), good_(true) {}  // NOLINT: meant to convert
  constexpr Result(Fault fault) : fault_(fault) {}                      // NOLINT: meant to convert

  [[nodiscard]] constexpr bool good() const { return good_; }
  [[nodiscard]] constexpr const Value& value() const {
    CELLWARDEN_ASSERT(good_);
    return value_;
  }
  [[nodiscard]] constexpr Value& value() {
    CELLWARDEN_ASSERT(good_);
    return value_;
  }
  [[nodiscard]] constexpr Fault fault() const {
    CELLWARDEN_ASSERT(!good_);
    return fault_;
  }

 private:
  Value value_{};
  Fault fault_{};
  bool good_ = false;
};

}  // namespace cellwarden::core
