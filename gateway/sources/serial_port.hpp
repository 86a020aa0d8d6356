/// Opens and sets a serial port: 9600 bits/s, 8 data bits, no parity, 1 stop bit, raw, ours alone.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cellwarden::gateway {

/// An open port, or one sentence that says why it is not.
struct SerialPort {
  int descriptor = -1;  ///< non-blocking, for reading; whoever takes it closes it
  std::string trouble;  ///< "/dev/ttyUSB0 is not there"; empty when open
};

/// Never blocks. Follows symbolic links, so a link may point elsewhere at each call.
SerialPort open_serial_port(const std::string& path);

}  // namespace cellwarden::gateway
