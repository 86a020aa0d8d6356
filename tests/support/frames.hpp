/// What tests of the wire formats share: golden frames, bytes from hex and a generator of noise.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "wire/extended_frame.hpp"

namespace cellwarden::tests {

inline std::vector<std::uint8_t> bytes_from_hex(std::string_view hex) {
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(
        static_cast<std::uint8_t>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

/// The frames of tests/golden/NAME.hex, one a line; lines that start with '#' tell their origin.
inline std::vector<wire::FrameBytes> golden_frames(const std::string& name) {
  std::ifstream file(CELLWARDEN_SOURCE_DIR "/tests/golden/" + name + ".hex");
  std::vector<wire::FrameBytes> frames;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto bytes = bytes_from_hex(line);
    if (bytes.size() != wire::frame_size) throw std::runtime_error(name + ": not a frame: " + line);
    std::ranges::copy(bytes, frames.emplace_back().begin());
  }
  if (frames.empty()) throw std::runtime_error(name + ": no frames");
  return frames;
}

/// All frames of tests/golden.
inline std::vector<wire::FrameBytes> all_golden_frames() {
  std::vector<wire::FrameBytes> all;
  for (const char* name : {"uart_v1.2_doc_fields", "uart_3.3.11_doc_fields",
                           "uart_mock_aiobmsble_pr256", "uart_16_cells"}) {
    for (const wire::FrameBytes& frame : golden_frames(name)) all.push_back(frame);
  }
  return all;
}

/// Makes the checksum right again after a test has changed bytes.
inline wire::FrameBytes mended(wire::FrameBytes bytes) {
  bytes.back() = wire::frame_checksum(std::span(bytes).first(wire::frame_size - 1));
  return bytes;
}

/// Pseudo-random bytes that are the same on every machine (splitmix64, S. Vigna, public domain).
class Noise {
 public:
  explicit Noise(std::uint64_t seed) : state_(seed) {}
  std::uint64_t number() {
    std::uint64_t z = (state_ += 0x9E37'79B9'7F4A'7C15);
    z = (z ^ (z >> 30U)) * 0xBF58'476D'1CE4'E5B9;
    z = (z ^ (z >> 27U)) * 0x94D0'49BB'1331'11EB;
    return z ^ (z >> 31U);
  }
  /// 0..below-1; the bias of the remainder does not matter to a test.
  std::uint64_t below(std::uint64_t limit) { return number() % limit; }
  std::uint8_t byte() { return static_cast<std::uint8_t>(number() >> 56U); }

 private:
  std::uint64_t state_;
};

}  // namespace cellwarden::tests
