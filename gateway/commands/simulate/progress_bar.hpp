/// A progress bar on a terminal; nothing where there is none.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cellwarden::gateway {

/// One line that is written over and over, on standard error, so that the result on standard output
/// stays clean.
class ProgressBar {
 public:
  /// @param shown  standard error is a terminal
  explicit ProgressBar(bool shown) : shown_(shown) {}
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar() { clear(); }

  /// @param share  0..1
  /// @param words  behind the bar
  void show(double share, const std::string& words);
  /// Takes the bar away.
  void clear();

 private:
  bool shown_;
  bool drawn_ = false;
};

/// "[########------------]  40 %": 20 places.
std::string bar_text(double share);

}  // namespace cellwarden::gateway
