/// Where the bytes of a BMS come from. A source knows its port, file or twin and nothing of frames;
/// what it yields is what the wire yields: bytes, silences, and a port that comes and goes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "gateway/app_link/app_channel.hpp"
#include "gateway/clock.hpp"
#include "gateway/model/pack.hpp"
#include "gateway/sources/silence.hpp"

namespace cellwarden::gateway {

/// Takes what a source yields, on the event loop's thread.
class SourceSink {
 public:
  virtual ~SourceSink() = default;
  virtual void bytes(std::span<const std::uint8_t> bytes, Time now) = 0;
  /// The line was silent for at least 200 ms: what comes next starts a frame.
  virtual void silence(Time now) = 0;
  /// @param text  one sentence for people, such as "/dev/ttyUSB0 is not there; trying again"
  virtual void port(PortState state, std::string text, Time now) = 0;
};

class Source {
 public:
  virtual ~Source() = default;
  /// Begins to yield; never blocks, never fails: what is missing is a port event.
  /// @param sink  outlives the source
  virtual void start(SourceSink& sink) = 0;
  /// Ends for good; the sink is not called again.
  virtual void stop() = 0;

  /// A channel to the app link of the board behind this source; null when it has none.
  /// @return  must be gone before the source
  virtual std::unique_ptr<AppChannel> app_channel() { return nullptr; }
  /// Cuts, or mends, the wire from a board to the next one; only where the boards are simulated.
  /// @return  whether there is such a wire
  virtual bool set_wire(int /*board*/, bool /*cut*/) { return false; }
  [[nodiscard]] virtual bool has_wires() const { return false; }
};

}  // namespace cellwarden::gateway
