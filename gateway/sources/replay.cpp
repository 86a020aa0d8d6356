// SPDX-License-Identifier: Apache-2.0
#include "gateway/sources/replay.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/steady_timer.hpp>

#include "wire/extended_frame.hpp"

namespace cellwarden::gateway {
namespace {

namespace asio = boost::asio;

/// Bytes and when they are due.
struct Step {
  std::chrono::microseconds at{};
  bool after_silence = false;
  std::vector<std::uint8_t> bytes;
};

/// Bytes without a time come a frame's length a second. No silence is claimed between them: nobody
/// knows where a frame starts.
void add_untimed(std::vector<Step>& steps, const std::vector<std::uint8_t>& bytes) {
  constexpr std::chrono::seconds pace{1};
  for (std::size_t from = 0; from < bytes.size(); from += wire::frame_size) {
    const auto at = steps.empty() ? std::chrono::microseconds{} : steps.back().at + pace;
    const std::size_t to = std::min(from + wire::frame_size, bytes.size());
    const auto begin = bytes.begin();
    steps.push_back(
        {at,
         false,
         {begin + static_cast<std::ptrdiff_t>(from), begin + static_cast<std::ptrdiff_t>(to)}});
  }
}

std::vector<Step> plan(const Capture& capture, int speed) {
  std::vector<Step> steps;
  milliseconds first{};
  std::optional<milliseconds> before;
  for (const Burst& burst : capture.bursts) {
    if (!burst.at) {
      add_untimed(steps, burst.bytes);
      continue;
    }
    if (!before) first = *burst.at;
    const bool after_silence = before && *burst.at - *before >= silence_after;
    const auto at = std::chrono::microseconds(*burst.at - first);
    const auto earliest = steps.empty() ? std::chrono::microseconds{} : steps.back().at;
    steps.push_back({std::max(at, earliest), after_silence, burst.bytes});
    before = burst.at;
  }
  for (Step& step : steps) step.at /= speed;
  return steps;
}

class ReplaySource final : public Source {
 public:
  ReplaySource(asio::io_context& io, const Capture& capture, int speed)
      : steps_(plan(capture, speed)), timer_(io) {}

  void start(SourceSink& sink) override {
    sink_ = &sink;
    started_ = Clock::now();
    sink_->port(PortState::connected, "the replay runs", started_);
    wait();
  }

  void stop() override {
    sink_ = nullptr;
    timer_.cancel();
  }

 private:
  void wait() {
    timer_.expires_at(next_ < steps_.size() ? started_ + steps_[next_].at : Clock::now());
    timer_.async_wait([this](boost::system::error_code cancelled) {
      if (cancelled || sink_ == nullptr) return;
      play();
    });
  }

  void play() {
    if (next_ == steps_.size()) {
      sink_->port(PortState::ended, "the replay is over", Clock::now());
      return;
    }
    const Step& step = steps_[next_++];
    const Time now = Clock::now();
    if (step.after_silence) sink_->silence(now);
    sink_->bytes(step.bytes, now);
    wait();
  }

  std::vector<Step> steps_;
  std::size_t next_ = 0;
  asio::steady_timer timer_;
  Time started_;
  SourceSink* sink_ = nullptr;
};

}  // namespace

std::unique_ptr<Source> make_replay_source(asio::io_context& io, const Capture& capture,
                                           int speed) {
  return std::make_unique<ReplaySource>(io, capture, speed);
}

}  // namespace cellwarden::gateway
