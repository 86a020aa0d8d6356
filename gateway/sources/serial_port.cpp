// SPDX-License-Identifier: Apache-2.0
#include "gateway/sources/serial_port.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace cellwarden::gateway {
namespace {

std::string open_trouble(const std::string& path, int error) {
  switch (error) {
    case ENOENT:
    case ENXIO:
    case ENODEV:
    case EIO:
      return path + " is not there";
    case EACCES:
    case EPERM:
      return path + " may not be opened: add this user to the group \"dialout\"";
    case EBUSY:
      return path + " is used by another program";
    default:
      return path + " cannot be opened: " + std::strerror(error);
  }
}

/// @return 0, or the errno of the step that failed
int set_raw_9600(int descriptor) {
  termios settings{};
  if (tcgetattr(descriptor, &settings) != 0) return errno;
  cfmakeraw(&settings);
  settings.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | PARENB | CRTSCTS);
  settings.c_cflag |= static_cast<tcflag_t>(CLOCAL | CREAD | CS8);
  settings.c_iflag |= static_cast<tcflag_t>(IGNBRK);
  settings.c_cc[VMIN] = 1;
  settings.c_cc[VTIME] = 0;
  if (cfsetspeed(&settings, B9600) != 0) return errno;
  if (tcsetattr(descriptor, TCSANOW, &settings) != 0) return errno;
  // What waited in the buffer may be hours old.
  (void)tcflush(descriptor, TCIFLUSH);
  return 0;
}

}  // namespace

SerialPort open_serial_port(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return {-1, open_trouble(path, errno)};
  SerialPort port{descriptor, {}};
  if (isatty(descriptor) == 0) {
    port.trouble = path + " is not a serial port";
  } else if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    // TIOCEXCL does not stop root; the lock stops a second gateway whoever runs it.
    port.trouble = path + " is used by another program";
  } else if (ioctl(descriptor, TIOCEXCL) != 0) {
    port.trouble = path + " cannot be taken for this program alone: " + std::strerror(errno);
  } else if (const int error = set_raw_9600(descriptor); error != 0) {
    port.trouble = path + " cannot be set to 9600 bits/s: " + std::strerror(error);
  }
  if (!port.trouble.empty()) {
    close(descriptor);
    port.descriptor = -1;
  }
  return port;
}

}  // namespace cellwarden::gateway
