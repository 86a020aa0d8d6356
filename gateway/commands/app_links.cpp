// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/app_links.hpp"

#include <cstdlib>
#include <functional>

#include "gateway/app_link/tcp_channel.hpp"

namespace cellwarden::gateway {

std::optional<std::filesystem::path> default_flash(const std::string& pack_id, int cells) {
  std::filesystem::path state;
  const char* const given = std::getenv("XDG_STATE_HOME");
  const char* const home = std::getenv("HOME");
  if (given != nullptr && *given == '/') {
    state = given;
  } else if (home != nullptr && *home == '/') {
    state = std::filesystem::path(home) / ".local" / "state";
  } else {
    return std::nullopt;
  }
  return state / "cellwarden" / pack_id / (std::to_string(cells) + "-cells");
}

void AppLinks::attach(const PackSetup& pack, Source& source, PackFeed& feed) {
  if (source.has_wires()) {
    feed.set_wire = [&source](int board, bool cut) { return source.set_wire(board, cut); };
  }
  std::unique_ptr<AppChannel> channel;
  if (pack.app_link) {
    const std::uint64_t seed = std::hash<std::string>{}(*pack.app_link);
    channel = make_tcp_channel(io_, parse_app_link(*pack.app_link), seed);
  } else {
    channel = source.app_channel();
  }
  if (channel == nullptr) return;
  AppLink& link = links_.emplace_back(pack.app_pin.value_or(default_app_pin));
  runners_.emplace_back(io_, std::move(channel), link);
  feed.app_link = &link;
}

void AppLinks::start() {
  for (AppLinkRunner& runner : runners_) runner.start();
}

void AppLinks::stop() {
  for (AppLinkRunner& runner : runners_) runner.stop();
}

}  // namespace cellwarden::gateway
