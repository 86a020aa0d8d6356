/// The program's commands. Each returns the exit status: 0 good, 1 "nothing good found" (decode
/// only). What cannot be done as asked is a UsageError: one line, exit status 2.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cellwarden::gateway {

struct RunOptions {
  std::vector<std::string> sources;  ///< empty: those of the file, or the twin
  std::optional<std::string> listen;
  std::optional<std::string> app;
  std::optional<std::string> config;
  std::string temperature_line = "sensor";
  int speed = 1;
  int cells = 4;
  std::uint64_t seed = 1;
};

struct DecodeOptions {
  std::string file;
  bool json = false;
  std::string temperature_line = "sensor";
};

struct EmulateOptions {
  std::string link;
  int cells = 4;
  std::uint64_t seed = 1;
  bool fast = false;
};

struct CaptureOptions {
  std::string source;
  std::optional<std::string> out;  ///< empty: standard output
  std::optional<int> seconds;      ///< empty: until stopped
  int cells = 4;
  std::uint64_t seed = 1;
};

/// Runs the gateway until SIGINT or SIGTERM.
int run(const RunOptions& options);

/// Prints every frame of a file, field by field, and why the rest is none.
int decode(const DecodeOptions& options);

/// Plays a BMS on a pseudo-terminal until SIGINT or SIGTERM.
int emulate(const EmulateOptions& options);

/// Writes what a source sends into a capture file.
int capture(const CaptureOptions& options);

}  // namespace cellwarden::gateway
