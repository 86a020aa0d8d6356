// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/simulate/progress_bar.hpp"

#include <iostream>

namespace cellwarden::gateway {

std::string bar_text(double share) {
  constexpr int places = 24;
  const double held = share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
  const int full = static_cast<int>(held * places);
  const std::string percent = std::to_string(static_cast<int>(held * 100.0));
  return "[" + std::string(static_cast<std::size_t>(full), '#') +
         std::string(static_cast<std::size_t>(places - full), '-') + "] " +
         std::string(3 - percent.size(), ' ') + percent + " %";
}

void ProgressBar::show(double share, const std::string& words) {
  if (!shown_) return;
  std::cerr << '\r' << bar_text(share) << "  " << words << "\x1b[K" << std::flush;
  drawn_ = true;
}

void ProgressBar::clear() {
  if (!drawn_) return;
  std::cerr << "\r\x1b[K" << std::flush;
  drawn_ = false;
}

}  // namespace cellwarden::gateway
