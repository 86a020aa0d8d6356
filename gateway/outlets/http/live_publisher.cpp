// SPDX-License-Identifier: Apache-2.0
#include "gateway/outlets/http/live_publisher.hpp"

#include "gateway/outlets/http/pack_json.hpp"

namespace cellwarden::gateway::http {
namespace {

/// A twin at high speed sends thousands of frames a second; nobody sees more than 20.
constexpr milliseconds gather{50};

}  // namespace

LivePublisher::LivePublisher(boost::asio::io_context& io, Packs& packs, Server& server)
    : packs_(packs), server_(server), soon_(io), second_(io) {
  for (PackFeed& feed : packs_.all()) {
    feed.on_change = [this, &feed] { changed(feed); };
  }
}

void LivePublisher::start() { every_second(); }

void LivePublisher::stop() {
  soon_.cancel();
  second_.cancel();
}

void LivePublisher::changed(const PackFeed& feed) {
  const bool is_waiting = !changed_.empty();
  changed_.insert(&feed);
  if (is_waiting) return;
  soon_.expires_after(gather);
  soon_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled) publish_changed();
  });
}

void LivePublisher::publish_changed() {
  if (server_.live_clients() > 0) {
    for (const PackFeed* feed : changed_) server_.publish(pack_message(*feed, Clock::now()));
  }
  changed_.clear();
}

void LivePublisher::every_second() {
  second_.expires_after(std::chrono::seconds(1));
  second_.async_wait([this](boost::system::error_code cancelled) {
    if (cancelled) return;
    for (PackFeed& feed : packs_.all()) {
      feed.watch(Clock::now());
      changed(feed);
    }
    every_second();
  });
}

}  // namespace cellwarden::gateway::http
