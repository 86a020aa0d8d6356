/// A source as the owner writes it: "twin", "serial:/dev/ttyUSB0", "replay:day.txt", each perhaps
/// with a name before it: "Boat=serial:/dev/ttyUSB0".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/io_context.hpp>

#include "gateway/sources/source.hpp"
#include "gateway/sources/twin.hpp"

namespace cellwarden::gateway {

struct SourceText {
  enum class Kind : std::uint8_t { twin, serial, replay };
  Kind kind = Kind::twin;
  std::string name;      ///< as given before "="; empty when not
  std::string argument;  ///< a device or a file; empty for the twin

  /// The text without the name.
  [[nodiscard]] std::string to_string() const;
};

/// @throws UsageError  saying what was expected
SourceText parse_source(std::string_view text);

/// @param twin  used by the twin; its speed also by a replay
/// @throws UsageError  when a replay's file cannot be read or holds no bytes, or the twin cannot be
///                     made; a missing serial port is no error here
std::unique_ptr<Source> make_source(boost::asio::io_context& io, const SourceText& text,
                                    const TwinSettings& twin);

}  // namespace cellwarden::gateway
