// SPDX-License-Identifier: Apache-2.0
#include "gateway/sources/twin.hpp"

#include <algorithm>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "sim/twin.hpp"

namespace cellwarden::gateway {
namespace {

namespace asio = boost::asio;
using std::chrono::microseconds;

/// About ten bytes at 9600 bits/s.
constexpr milliseconds tick{10};
/// How much wall time the simulation may take of each tick.
constexpr milliseconds most_work{8};
/// Virtual time is run in pieces of this length, so that `most_work` can be kept.
constexpr sim::SimTime piece_us = 100'000;
/// Further behind than this, virtual time is let go instead of caught up.
constexpr milliseconds most_lag{1'000};

class TwinSource final : public Source {
 public:
  TwinSource(asio::io_context& io, const TwinSettings& settings)
      : twin_(options_of(settings)), speed_(settings.speed), timer_(io) {}

  void start(SourceSink& sink) override {
    sink_ = &sink;
    epoch_ = Clock::now();
    sink_->port(PortState::connected, "the twin runs", epoch_);
    wait();
  }

  void stop() override {
    sink_ = nullptr;
    timer_.cancel();
  }

 private:
  static sim::TwinOptions options_of(const TwinSettings& settings) {
    sim::TwinOptions options;
    options.cells = settings.cells;
    options.seed = settings.seed;
    options.fast_messages = settings.fast_messages;
    return options;
  }

  void wait() {
    // Where virtual time is behind, only what else waits on the event loop comes first.
    const bool is_behind = twin_.now() < due(Clock::now() - tick);
    timer_.expires_after(is_behind ? milliseconds(0) : tick);
    timer_.async_wait([this](boost::system::error_code cancelled) {
      if (cancelled || sink_ == nullptr) return;
      play();
      wait();
    });
  }

  /// The virtual time that belongs to `now`.
  [[nodiscard]] sim::SimTime due(Time now) const {
    return std::chrono::duration_cast<microseconds>(now - epoch_).count() * speed_;
  }

  void play() {
    const Time begin = Clock::now();
    if (due(begin) - twin_.now() > microseconds(most_lag).count() * speed_) {
      epoch_ = begin - microseconds(twin_.now() / speed_);
    }
    const sim::SimTime until = due(begin);
    while (sink_ != nullptr && twin_.now() < until && Clock::now() - begin < most_work) {
      twin_.run_until(std::min(until, twin_.now() + piece_us),
                      [this](sim::SimTime at, std::uint8_t byte) { take(at, byte); });
      hand_on();
    }
  }

  void take(sim::SimTime at, std::uint8_t byte) {
    if (at - last_byte_at_ >= microseconds(silence_after).count()) {
      hand_on();
      if (sink_ != nullptr) sink_->silence(Clock::now());
    }
    last_byte_at_ = at;
    bytes_.push_back(byte);
  }

  void hand_on() {
    if (!bytes_.empty() && sink_ != nullptr) sink_->bytes(bytes_, Clock::now());
    bytes_.clear();
  }

  sim::Twin twin_;
  int speed_;
  asio::steady_timer timer_;
  Time epoch_;
  sim::SimTime last_byte_at_ = 0;
  std::vector<std::uint8_t> bytes_;
  SourceSink* sink_ = nullptr;
};

}  // namespace

std::unique_ptr<Source> make_twin_source(asio::io_context& io, const TwinSettings& settings) {
  return std::make_unique<TwinSource>(io, settings);
}

}  // namespace cellwarden::gateway
