/// How many frames it takes to believe a status bit. The frame's checksum is 8 bits, so one frame
/// may lie: an alarm needs one frame to be shown and three to go, a relay three to count as
/// allowed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cellwarden::gateway {

inline constexpr int frames_to_agree = 3;

/// One of the five lamps.
class Alarm {
 public:
  void update(bool set) {
    clean_ = set ? 0 : clean_ < frames_to_agree ? clean_ + 1 : clean_;
    if (set) on_ = true;
    if (clean_ == frames_to_agree) on_ = false;
  }
  /// Frames before a loss do not count towards clearing; the alarm itself stays.
  void lost() { clean_ = 0; }
  [[nodiscard]] bool on() const { return on_; }

 private:
  bool on_ = false;
  int clean_ = 0;
};

/// Whether a relay may be closed.
class Permission {
 public:
  void update(bool allowed) {
    agreeing_ = !allowed ? 0 : agreeing_ < frames_to_agree ? agreeing_ + 1 : agreeing_;
  }
  void lost() { agreeing_ = 0; }
  [[nodiscard]] bool allowed() const { return agreeing_ == frames_to_agree; }

 private:
  int agreeing_ = 0;
};

}  // namespace cellwarden::gateway
