/// A way for bytes to and from a board's app link: the twin's own, TCP, later Bluetooth. It knows
/// nothing of lines.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cellwarden::gateway {

/// Takes what a channel yields, on the event loop's thread.
class AppChannelSink {
 public:
  virtual ~AppChannelSink() = default;
  virtual void opened() = 0;
  /// @param text  one sentence for people
  virtual void lost(const std::string& text) = 0;
  virtual void received(std::span<const std::uint8_t> bytes) = 0;
};

class AppChannel {
 public:
  virtual ~AppChannel() = default;
  /// Begins to connect, and goes on trying for ever; never blocks. The sink is never called from
  /// within a call of this class.
  /// @param sink  outlives the channel, or `stop` is called before
  virtual void start(AppChannelSink& sink) = 0;
  /// What is sent while nothing is connected is lost.
  virtual void send(std::string_view bytes) = 0;
  /// Ends for good; the sink is not called again.
  virtual void stop() = 0;
};

}  // namespace cellwarden::gateway
