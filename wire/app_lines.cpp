// SPDX-License-Identifier: Apache-2.0
#include "wire/app_lines.hpp"

namespace cellwarden::wire {
namespace {

constexpr std::uint8_t enq = 0x05;

bool ends_line(std::uint8_t byte) { return byte == '\r' || byte == '\n' || byte == ' '; }

bool is_printable(std::uint8_t byte) { return byte > ' ' && byte <= '~'; }

}  // namespace

void AppLineReader::reset() {
  line_.clear();
  state_ = AppInput::nothing;
}

AppInput AppLineReader::end() {
  const AppInput done = state_;
  state_ = AppInput::nothing;
  if (done == AppInput::line) ++counts_.lines;
  if (done == AppInput::bad_line) ++counts_.bad_lines;
  if (done == AppInput::too_long) ++counts_.too_long;
  return done;
}

AppInput AppLineReader::push(std::uint8_t byte) {
  if (ends_line(byte)) return end();
  if (byte == enq) return AppInput::nothing;
  if (state_ == AppInput::nothing) {
    if (byte == static_cast<std::uint8_t>(app_poll)) {
      ++counts_.polls;
      return AppInput::poll;
    }
    line_.clear();
    state_ = AppInput::line;
  }
  // A line that is too long stays that, whatever else is wrong with it.
  if (line_.full()) {
    state_ = AppInput::too_long;
    return AppInput::nothing;
  }
  line_.push(static_cast<char>(byte));
  const bool good = is_printable(byte) && byte != static_cast<std::uint8_t>(app_poll);
  if (!good) state_ = AppInput::bad_line;
  return AppInput::nothing;
}

}  // namespace cellwarden::wire
