// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/pseudo_terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& what) {
  throw UsageError(what + ": " + std::strerror(errno));
}

/// Raw 9600 8N1 without echo, and one open and close: from then on a hang-up says that nobody
/// listens.
void set_raw(const std::string& device) {
  const int slave = open(device.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (slave < 0) refuse(device + " cannot be opened");
  termios settings{};
  const bool got = tcgetattr(slave, &settings) == 0;
  cfmakeraw(&settings);
  cfsetspeed(&settings, B9600);
  const bool set = got && tcsetattr(slave, TCSANOW, &settings) == 0;
  const int error = errno;
  close(slave);
  errno = error;
  if (!set) refuse(device + " cannot be set to 9600 bits/s");
}

bool is_dead_terminal_link(const fs::path& link) {
  std::error_code failed;
  if (!fs::is_symlink(fs::symlink_status(link, failed))) return false;
  const fs::path target = fs::read_symlink(link, failed);
  return target.parent_path() == "/dev/pts" && !fs::exists(target, failed);
}

}  // namespace

PseudoTerminal::PseudoTerminal(std::string link) : link_(std::move(link)) {
  std::error_code failed;
  const bool taken = fs::exists(fs::symlink_status(link_, failed));
  if (taken && !is_dead_terminal_link(link_)) {
    throw UsageError(link_ +
                     " exists and is no link of an emulator that has ended; "
                     "remove it or choose another name");
  }
  master_ = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (master_ < 0) refuse("no pseudo-terminal can be made");
  std::array<char, 128> name{};
  if (grantpt(master_) != 0 || unlockpt(master_) != 0 ||
      ptsname_r(master_, name.data(), name.size()) != 0) {
    refuse("the pseudo-terminal cannot be used");
  }
  device_ = name.data();
  set_raw(device_);
  if (taken) fs::remove(link_, failed);
  place_link();
}

void PseudoTerminal::place_link() const {
  // Fails when something came to stand there in between.
  if (symlink(device_.c_str(), link_.c_str()) == 0) return;
  const int error = errno;
  close(master_);
  errno = error;
  refuse("the link " + link_ + " cannot be made");
}

PseudoTerminal::~PseudoTerminal() {
  std::error_code failed;
  if (fs::read_symlink(link_, failed) == fs::path(device_)) fs::remove(link_, failed);
  close(master_);
}

bool PseudoTerminal::has_listener() const {
  pollfd state{master_, 0, 0};
  return poll(&state, 1, 0) < 0 || (state.revents & POLLHUP) == 0;
}

void PseudoTerminal::send(std::span<const std::uint8_t> bytes) {
  const bool listens = has_listener();
  // What the last listener did not read is not for the next one.
  if (listens && !had_listener_) (void)tcflush(master_, TCOFLUSH);
  had_listener_ = listens;
  if (!listens) return;
  // A full buffer loses bytes, as a listener that does not keep up with a wire does.
  const ssize_t ignored = write(master_, bytes.data(), bytes.size());
  (void)ignored;
}

}  // namespace cellwarden::gateway
