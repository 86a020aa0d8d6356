// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/runner.hpp"

#include <utility>

namespace cellwarden::gateway {
namespace {

constexpr milliseconds step_every{100};

}  // namespace

AppLinkRunner::AppLinkRunner(boost::asio::io_context& io, std::unique_ptr<AppChannel> channel,
                             AppLink& link)
    : channel_(std::move(channel)), link_(link), timer_(io) {}

void AppLinkRunner::start() {
  link_.client().on_output = [this] { flush(); };
  channel_->start(*this);
  wait();
}

void AppLinkRunner::stop() {
  stopped_ = true;
  link_.client().on_output = [] {};
  timer_.cancel();
  channel_->stop();
}

void AppLinkRunner::opened() {
  link_.client().opened(Clock::now());
  flush();
}

void AppLinkRunner::lost(const std::string& text) { link_.client().lost(text); }

void AppLinkRunner::received(std::span<const std::uint8_t> bytes) {
  link_.client().receive(bytes, Clock::now());
  flush();
}

void AppLinkRunner::wait() {
  timer_.expires_after(step_every);
  timer_.async_wait([this](boost::system::error_code cancelled) {
    if (cancelled || stopped_) return;
    link_.client().step(Clock::now());
    flush();
    wait();
  });
}

void AppLinkRunner::flush() {
  const std::string output = link_.client().take_output();
  if (!output.empty() && !stopped_) channel_->send(output);
}

}  // namespace cellwarden::gateway
