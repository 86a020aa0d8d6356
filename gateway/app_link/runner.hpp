/// Lets an app link run: its channel's bytes, and the time, several times a second.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gateway/app_link/app_channel.hpp"
#include "gateway/app_link/app_link.hpp"

namespace cellwarden::gateway {

class AppLinkRunner final : public AppChannelSink {
 public:
  /// @param link  outlives this object
  AppLinkRunner(boost::asio::io_context& io, std::unique_ptr<AppChannel> channel, AppLink& link);

  void start();
  void stop();

  void opened() override;
  void lost(const std::string& text) override;
  void received(std::span<const std::uint8_t> bytes) override;

 private:
  void wait();
  void flush();

  std::unique_ptr<AppChannel> channel_;
  AppLink& link_;
  boost::asio::steady_timer timer_;
  bool stopped_ = false;
};

}  // namespace cellwarden::gateway
