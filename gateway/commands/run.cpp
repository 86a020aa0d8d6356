/// `cellwarden run`: sources to packs to outlets, on one event loop.
// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>

#include <boost/asio/signal_set.hpp>
#include <spdlog/spdlog.h>

#include "gateway/app_link/tcp_channel.hpp"
#include "gateway/captures/capture.hpp"
#include "gateway/commands/address.hpp"
#include "gateway/commands/app_links.hpp"
#include "gateway/commands/commands.hpp"
#include "gateway/outlets/http/api.hpp"
#include "gateway/outlets/http/live_publisher.hpp"
#include "gateway/outlets/http/pack_json.hpp"
#include "gateway/outlets/http/server.hpp"
#include "gateway/settings/config_file.hpp"
#include "gateway/usage_error.hpp"
#include "gateway/version.hpp"

namespace cellwarden::gateway {
namespace {

namespace fs = std::filesystem;

/// The App beside the installed program, or in the source tree the program was built from.
fs::path default_app() {
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  if (failed) return {};
  const fs::path bin = program.parent_path();
  for (const char* const from_bin : {"../share/cellwarden/app", "../../../app/dist"}) {
    const fs::path folder = (bin / from_bin).lexically_normal();
    if (fs::is_regular_file(folder / "index.html", failed)) return folder;
  }
  return {};
}

/// What the command line says about the packs' app links and flash.
void give_links(const RunOptions& options, std::vector<PackSetup>& packs) {
  if (options.app_link && packs.size() > 1) {
    throw UsageError("--app-link is for one pack; give each its app_link in the --config file");
  }
  if (options.app_link) {
    (void)parse_app_link(*options.app_link);
    packs.front().app_link = options.app_link;
  }
  const auto pin = options.app_pin ? parse_pin(*options.app_pin) : default_app_pin;
  if (!pin) throw UsageError("--app-pin " + *options.app_pin + ": expected four digits");
  for (PackSetup& pack : packs) {
    if (!pack.app_pin) pack.app_pin = pin;
    if (options.flash && !pack.flash && pack.source.kind == SourceText::Kind::twin) {
      pack.flash =
          packs.size() == 1 ? *options.flash : (fs::path(*options.flash) / pack.id).string();
    }
  }
}

ConfigFile config_of(const RunOptions& options) {
  ConfigFile config;
  if (options.config) config = parse_config(read_file(*options.config), *options.config);
  if (!options.sources.empty()) {
    config.packs.clear();
    for (const std::string& text : options.sources) {
      PackSetup pack;
      pack.source = parse_source(text);
      config.packs.push_back(pack);
    }
  }
  if (config.packs.empty()) config.packs.emplace_back();  // the twin
  if (options.listen) config.listen = options.listen;
  if (options.app) config.app = options.app;
  config.packs = complete(std::move(config.packs));
  give_links(options, config.packs);
  return config;
}

/// The settings of one pack's twin.
TwinSettings twin_of(const RunOptions& options, const PackSetup& pack, std::size_t number) {
  TwinSettings twin;
  twin.cells = options.cells;
  twin.seed = options.seed + number;  // two twins are two packs
  twin.speed = options.speed;
  if (pack.source.kind != SourceText::Kind::twin || options.no_flash) return twin;
  if (pack.flash) {
    twin.flash = *pack.flash;
  } else if (const auto place = default_flash(pack.id, options.cells)) {
    twin.flash = *place;
  } else {
    spdlog::warn("{}: no home folder, so the twin forgets everything; see --flash", pack.name);
  }
  return twin;
}

http::StaticFiles open_app(const ConfigFile& config) {
  const http::StaticFiles files(config.app ? fs::path(*config.app) : default_app());
  if (files.has_index()) return files;
  if (config.app) throw UsageError("--app " + *config.app + " holds no index.html");
  return files;
}

void listen(http::Server& server, ListenAddress address) {
  try {
    server.listen(address.host, address.port);
  } catch (const boost::system::system_error& failed) {
    const std::string url = to_url(address);
    if (failed.code() == boost::asio::error::address_in_use) {
      throw UsageError(url +
                       " is in use, perhaps by another cellwarden; choose another port with "
                       "--listen 127.0.0.1:PORT");
    }
    throw UsageError(url + " cannot be listened on: " + failed.code().message());
  }
  address.port = server.port();
  spdlog::info("cellwarden {} listens on {}", version, to_url(address));
}

}  // namespace

int run(const RunOptions& options) {
  const ConfigFile config = config_of(options);
  const auto line = parse_temperature_line(options.temperature_line);
  const auto address = parse_listen_address(config.listen.value_or("127.0.0.1:8321"));

  boost::asio::io_context io(1);
  Packs packs;
  std::vector<std::unique_ptr<Source>> sources;
  AppLinks links(io);
  for (const PackSetup& pack : config.packs) {
    PackFeed& feed = packs.add(identity_of(pack), pack.temperature_line.value_or(line));
    sources.push_back(make_source(io, pack.source, twin_of(options, pack, sources.size())));
    links.attach(pack, *sources.back(), feed);
  }

  const http::StaticFiles app = open_app(config);
  const http::Api api(packs, app);
  http::Server server(
      io, [&api](const http::Request& request) { return api.answer(request, Clock::now()); },
      [&packs] { return http::snapshot_message(packs, Clock::now()); });
  listen(server, address);
  if (!app.has_index()) spdlog::warn("the App is not built: only the API answers (see --app)");
  http::LivePublisher publisher(io, packs, server);

  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](boost::system::error_code cancelled, int) {
    if (cancelled) return;
    spdlog::info("stopping");
    links.stop();
    for (const auto& source : sources) source->stop();
    publisher.stop();
    server.stop();
    io.stop();
  });
  publisher.start();
  for (std::size_t i = 0; i < sources.size(); ++i) sources[i]->start(packs.all()[i]);
  links.start();
  io.run();
  return 0;
}

}  // namespace cellwarden::gateway
