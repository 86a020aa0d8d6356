/// A sink for tests: remembers what a source yields.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "gateway/sources/source.hpp"

namespace cellwarden::gateway {

/// Writes every call down as a word: "connected", "bytes:58", "silence", "down", "ended".
class Recorder final : public SourceSink {
 public:
  void bytes(std::span<const std::uint8_t> more, Time) override {
    received.insert(received.end(), more.begin(), more.end());
    words.push_back("bytes:" + std::to_string(more.size()));
  }
  void silence(Time) override { words.emplace_back("silence"); }
  void port(PortState state, std::string text, Time) override {
    words.emplace_back(state == PortState::connected ? "connected"
                       : state == PortState::down    ? "down"
                                                     : "ended");
    last_text = std::move(text);
  }

  std::vector<std::uint8_t> received;
  std::vector<std::string> words;
  std::string last_text;
};

}  // namespace cellwarden::gateway
