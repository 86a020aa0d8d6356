/// Gives packs their app links and their twins a place for their flash.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <optional>

#include <boost/asio/io_context.hpp>

#include "gateway/app_link/runner.hpp"
#include "gateway/packs.hpp"
#include "gateway/settings/pack_setup.hpp"

namespace cellwarden::gateway {

/// Where a twin keeps its boards' flash when nobody says: below $XDG_STATE_HOME or
/// ~/.local/state, for each pack and number of cells its own; nothing without a home.
std::optional<std::filesystem::path> default_flash(const std::string& pack_id, int cells);

/// The app links of one gateway; must go before the sources.
class AppLinks {
 public:
  explicit AppLinks(boost::asio::io_context& io) : io_(io) {}

  /// Attaches the link that the owner gave, or else the source's own, if there is one.
  /// @param feed  is given a pointer into this object
  void attach(const PackSetup& pack, Source& source, PackFeed& feed);
  void start();
  void stop();

 private:
  boost::asio::io_context& io_;
  std::deque<AppLink> links_;
  std::deque<AppLinkRunner> runners_;
};

}  // namespace cellwarden::gateway
