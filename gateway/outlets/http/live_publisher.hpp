/// Tells WebSocket clients what changed: a pack when a frame arrived, at most 20 times a second,
/// and every pack once a second, because ages go on without frames.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gateway/outlets/http/server.hpp"
#include "gateway/packs.hpp"

namespace cellwarden::gateway::http {

class LivePublisher {
 public:
  /// Registers itself as `on_change` of every pack.
  /// @param packs, server  outlive this object; no pack may be added later
  LivePublisher(boost::asio::io_context& io, Packs& packs, Server& server);

  /// Begins the once-a-second round.
  void start();
  void stop();

 private:
  void changed(const PackFeed& feed);
  void publish_changed();
  void every_second();

  Packs& packs_;
  Server& server_;
  boost::asio::steady_timer soon_;
  boost::asio::steady_timer second_;
  std::set<const PackFeed*> changed_;
};

}  // namespace cellwarden::gateway::http
