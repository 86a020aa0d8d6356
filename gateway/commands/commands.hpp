/// The program's commands. Each returns the exit status: 0 good, 1 "nothing good found" (decode) or
/// "something did not hold" (simulate), 130 stopped (simulate). What cannot be done as asked is a
/// UsageError: one line, exit status 2.
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
  std::optional<std::string> app_link;  ///< for the only pack
  std::optional<std::string> app_pin;   ///< for packs whose PIN the file does not say
  std::optional<std::string> flash;     ///< for twins whose flash the file does not say
  bool no_flash = false;
};

struct DecodeOptions {
  std::string file;
  bool json = false;
  std::string temperature_line = "sensor";
};

struct EmulateOptions {
  std::string link;                     ///< of the pseudo-terminal; empty: none
  std::optional<std::string> app_link;  ///< "tcp:127.0.0.1:4711", where to serve the app link
  std::optional<std::string> flash;
  bool gen2 = false;
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

struct SimulateOptions {
  std::string file;
  std::optional<double> days;         ///< empty: as long as the scenario says
  std::optional<std::uint64_t> seed;  ///< empty: the scenario's
  std::optional<std::string> report;  ///< HTML file to write
};

/// How a board's settings are reached, and what is done with them.
struct SettingsOptions {
  std::optional<std::string> app_link;  ///< "tcp:HOST:PORT"; else through the gateway
  std::string gateway = "http://127.0.0.1:8321";
  std::string pack;  ///< id; empty: the only one
  std::string pin = "1234";
  std::string name, value;   ///< get and set
  std::string file, preset;  ///< export and import
};

/// Prints one setting, or all.
int settings_get(const SettingsOptions& options);
int settings_set(const SettingsOptions& options);
/// Writes every setting into a file.
int settings_export(const SettingsOptions& options);
/// Takes every setting of a file, or none.
int settings_import(const SettingsOptions& options);

/// Runs the gateway until SIGINT or SIGTERM.
int run(const RunOptions& options);

/// Prints every frame of a file, field by field, and why the rest is none.
int decode(const DecodeOptions& options);

/// Plays a BMS on a pseudo-terminal, and its app link on a TCP port, until SIGINT or SIGTERM.
int emulate(const EmulateOptions& options);

/// Writes what a source sends into a capture file.
int capture(const CaptureOptions& options);

/// Runs a scenario and prints what held; Ctrl-C leaves a partial result.
int simulate(const SimulateOptions& options);

}  // namespace cellwarden::gateway
