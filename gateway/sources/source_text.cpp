// SPDX-License-Identifier: Apache-2.0
#include "gateway/sources/source_text.hpp"

#include <functional>
#include <stdexcept>

#include "gateway/sources/replay.hpp"
#include "gateway/sources/serial.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

constexpr std::string_view serial_prefix = "serial:";
constexpr std::string_view replay_prefix = "replay:";

/// Different for every port and every start, so that gateways do not try in step.
std::uint64_t jitter_seed(const std::string& path) {
  const auto now = static_cast<std::uint64_t>(Clock::now().time_since_epoch().count());
  return now ^ std::hash<std::string>{}(path);
}

std::unique_ptr<Source> make_replay(boost::asio::io_context& io, const std::string& path,
                                    int speed) {
  const Capture capture = read_capture(read_file(path));
  if (!capture.faults.empty()) {
    const TextFault& fault = capture.faults.front();
    throw UsageError(path + ":" + std::to_string(fault.line) + ":" + std::to_string(fault.column) +
                     ": \"" + fault.text + "\" " + fault.why);
  }
  if (capture.size() == 0) throw UsageError(path + " holds no bytes to replay");
  return make_replay_source(io, capture, speed);
}

}  // namespace

std::string SourceText::to_string() const {
  switch (kind) {
    case Kind::serial:
      return std::string(serial_prefix) + argument;
    case Kind::replay:
      return std::string(replay_prefix) + argument;
    case Kind::twin:
      break;
  }
  return "twin";
}

SourceText parse_source(std::string_view text) {
  const std::string whole(text);
  SourceText source;
  const std::size_t equals = text.find('=');
  if (equals != std::string_view::npos && equals < text.find(':')) {
    source.name = text.substr(0, equals);
    text.remove_prefix(equals + 1);
    if (source.name.empty()) throw UsageError("source \"" + whole + "\": no name before \"=\"");
  }
  if (text.starts_with(serial_prefix)) {
    source.kind = SourceText::Kind::serial;
    source.argument = text.substr(serial_prefix.size());
  } else if (text.starts_with(replay_prefix)) {
    source.kind = SourceText::Kind::replay;
    source.argument = text.substr(replay_prefix.size());
  } else if (text != "twin") {
    throw UsageError("source \"" + whole +
                     "\" is not known; expected twin, serial:DEVICE or replay:FILE");
  }
  if (source.kind != SourceText::Kind::twin && source.argument.empty()) {
    throw UsageError("source \"" + whole + "\": nothing stands after \":\"");
  }
  return source;
}

std::unique_ptr<Source> make_source(boost::asio::io_context& io, const SourceText& text,
                                    const TwinSettings& twin) {
  switch (text.kind) {
    case SourceText::Kind::serial:
      return make_serial_source(io, text.argument, jitter_seed(text.argument));
    case SourceText::Kind::replay:
      return make_replay(io, text.argument, twin.speed);
    case SourceText::Kind::twin:
      break;
  }
  try {
    return make_twin_source(io, twin);
  } catch (const std::invalid_argument& refused) {
    throw UsageError(std::string("the twin cannot be made: ") + refused.what());
  } catch (const std::runtime_error& failed) {
    throw UsageError(std::string("the twin's flash cannot be used: ") + failed.what());
  }
}

}  // namespace cellwarden::gateway
