/// `cellwarden emulate`: the twin's bytes on a pseudo-terminal, for programs made for the product.
// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/signal_set.hpp>
#include <spdlog/spdlog.h>

#include "gateway/commands/commands.hpp"
#include "gateway/commands/pseudo_terminal.hpp"
#include "gateway/sources/source_text.hpp"

namespace cellwarden::gateway {
namespace {

/// The wire between the twin and whoever listens.
class TerminalSink final : public SourceSink {
 public:
  explicit TerminalSink(PseudoTerminal& terminal) : terminal_(terminal) {}
  void bytes(std::span<const std::uint8_t> bytes, Time) override { terminal_.send(bytes); }
  void silence(Time) override {}
  void port(PortState, std::string, Time) override {}

 private:
  PseudoTerminal& terminal_;
};

}  // namespace

int emulate(const EmulateOptions& options) {
  boost::asio::io_context io(1);
  TwinSettings twin;
  twin.cells = options.cells;
  twin.seed = options.seed;
  twin.fast_messages = options.fast;
  const auto source = make_source(io, SourceText{}, twin);

  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](boost::system::error_code, int) { io.stop(); });
  PseudoTerminal terminal(options.link);
  spdlog::info("a BMS of {} cells sends on {} ({}); Ctrl-C ends it", options.cells, options.link,
               terminal.device());
  TerminalSink sink(terminal);
  source->start(sink);
  io.run();
  source->stop();
  spdlog::info("stopped; {} is removed", options.link);
  return 0;
}

}  // namespace cellwarden::gateway
