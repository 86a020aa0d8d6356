/// `cellwarden emulate`: the twin's bytes on a pseudo-terminal and its app link on
/// a TCP port, for programs made for the product.
// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include <boost/asio/signal_set.hpp>
#include <spdlog/spdlog.h>

#include "gateway/commands/app_link_server.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/commands/pseudo_terminal.hpp"
#include "gateway/sources/source_text.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

/// The wire between the twin and whoever listens.
class TerminalSink final : public SourceSink {
 public:
  explicit TerminalSink(std::optional<PseudoTerminal>& terminal) : terminal_(terminal) {}
  void bytes(std::span<const std::uint8_t> bytes, Time) override {
    if (terminal_) terminal_->send(bytes);
  }
  void silence(Time) override {}
  void port(PortState, std::string, Time) override {}

 private:
  std::optional<PseudoTerminal>& terminal_;
};

}  // namespace

int emulate(const EmulateOptions& options) {
  if (options.link.empty() && !options.app_link) {
    throw UsageError("say where to play a BMS: --pty LINK, --app-link tcp:127.0.0.1:PORT or both");
  }
  boost::asio::io_context io(1);
  TwinSettings twin;
  twin.cells = options.cells;
  twin.seed = options.seed;
  twin.fast_messages = options.fast;
  twin.gen2 = options.gen2;
  if (options.flash) twin.flash = *options.flash;
  const auto source = make_source(io, SourceText{}, twin);

  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](boost::system::error_code, int) { io.stop(); });
  std::optional<AppLinkServer> server;
  if (options.app_link) {
    const TcpPlace place = parse_app_link(*options.app_link);
    server.emplace(io, *source, place);
    spdlog::info("the app link answers on tcp:{}:{}", place.host, server->port());
  }
  std::optional<PseudoTerminal> terminal;
  if (!options.link.empty()) {
    terminal.emplace(options.link);
    spdlog::info("a BMS of {} cells sends on {} ({}); Ctrl-C ends it", options.cells, options.link,
                 terminal->device());
  }
  TerminalSink sink(terminal);
  source->start(sink);
  io.run();
  source->stop();
  if (terminal) {
    spdlog::info("stopped; {} is removed", options.link);
  } else {
    spdlog::info("stopped");
  }
  return 0;
}

}  // namespace cellwarden::gateway
