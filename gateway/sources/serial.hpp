/// A serial port as a source: reads for ever, notices silence, and tries again for ever when the
/// port is not there. A port that vanishes is an event, never an exit.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "gateway/sources/source.hpp"

namespace cellwarden::gateway {

/// @param io    outlives the source
/// @param path  a device such as /dev/ttyUSB0, or a symbolic link that may come and go
/// @param seed  for the jitter of the waits between tries
std::unique_ptr<Source> make_serial_source(boost::asio::io_context& io, std::string path,
                                           std::uint64_t seed);

}  // namespace cellwarden::gateway
