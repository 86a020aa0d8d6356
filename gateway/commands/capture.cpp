/// `cellwarden capture`: writes what a source sends, with the time of each burst.
// SPDX-License-Identifier: Apache-2.0
#include "gateway/captures/capture.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <spdlog/spdlog.h>

#include "gateway/captures/capture_writer.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/sources/serial_port.hpp"
#include "gateway/sources/source_text.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

/// A capture of nothing is of no use: unlike `run`, this does not wait for a missing port.
void require_port(const SourceText& source) {
  if (source.kind != SourceText::Kind::serial) return;
  const SerialPort port = open_serial_port(source.argument);
  if (port.descriptor < 0) throw UsageError(port.trouble);
  close(port.descriptor);
}

/// Writes into the capture and ends the loop when the source has ended.
class CaptureSink final : public SourceSink {
 public:
  CaptureSink(CaptureWriter& writer, boost::asio::io_context& io) : writer_(writer), io_(io) {}
  void bytes(std::span<const std::uint8_t> bytes, Time now) override { writer_.bytes(bytes, now); }
  void silence(Time now) override { writer_.silence(now); }
  void port(PortState state, std::string text, Time now) override {
    spdlog::info("{}", text);
    writer_.note(text, now);
    if (state == PortState::ended) io_.stop();
  }

 private:
  CaptureWriter& writer_;
  boost::asio::io_context& io_;
};

}  // namespace

int capture(const CaptureOptions& options) {
  const SourceText text = parse_source(options.source);
  boost::asio::io_context io(1);
  TwinSettings twin;
  twin.cells = options.cells;
  twin.seed = options.seed;
  require_port(text);
  const auto source = make_source(io, text, twin);

  std::ofstream file;
  if (options.out) {
    file.open(*options.out, std::ios::binary | std::ios::trunc);
    if (!file) throw UsageError(*options.out + " cannot be written: " + std::strerror(errno));
  }
  std::ostream& out = options.out ? file : std::cout;
  CaptureWriter writer(out, text.to_string(), Clock::now());
  CaptureSink sink(writer, io);

  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](boost::system::error_code, int) { io.stop(); });
  boost::asio::steady_timer end(io);
  if (options.seconds) {
    end.expires_after(std::chrono::seconds(*options.seconds));
    end.async_wait([&](boost::system::error_code) { io.stop(); });
  }
  source->start(sink);
  io.run();
  source->stop();
  writer.silence(Clock::now());
  if (!out.flush()) throw UsageError("the capture cannot be written to its end: disk full?");
  spdlog::info("{} bytes captured", writer.size());
  return 0;
}

}  // namespace cellwarden::gateway
