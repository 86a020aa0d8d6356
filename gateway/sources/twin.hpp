/// The twin as a source: simulated boards on a simulated pack, run against the wall clock. It
/// yields what the product's wire would yield, byte for byte; there is no other way into the
/// simulator.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include <boost/asio/io_context.hpp>

#include "gateway/sources/source.hpp"

namespace cellwarden::gateway {

struct TwinSettings {
  int cells = 4;               ///< 2..255
  std::uint64_t seed = 1;      ///< same seed, same bytes
  int speed = 1;               ///< virtual seconds a second, 1..100000
  bool fast_messages = false;  ///< option switch 1: a frame every 0.5 s
  bool gen2 = false;           ///< the app link speaks the older product's dialect
  /// Where the boards' flash is kept; empty: they forget everything with the twin.
  std::filesystem::path flash;
};

/// Virtual time falls behind when the machine cannot keep up with `speed`; the event loop stays
/// free for others.
/// @param io  outlives the source
/// @throws std::invalid_argument  naming what is out of range
/// @throws std::runtime_error     when the flash cannot be used, or another twin uses it
std::unique_ptr<Source> make_twin_source(boost::asio::io_context& io, const TwinSettings& settings);

}  // namespace cellwarden::gateway
