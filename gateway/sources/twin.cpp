// SPDX-License-Identifier: Apache-2.0
#include "gateway/sources/twin.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>
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

/// Keeps a second twin away from the same flash.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder) {
    if (folder.empty()) return;
    std::filesystem::create_directories(folder);
    const std::filesystem::path file = folder / "lock";
    descriptor_ = open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
    if (descriptor_ < 0) throw std::runtime_error(file.string() + " cannot be written");
    if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    close(descriptor_);
    throw std::runtime_error(folder.string() +
                             " is used by another cellwarden; choose another with --flash FOLDER, "
                             "or --no-flash");
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock() {
    if (descriptor_ >= 0) close(descriptor_);
  }

 private:
  int descriptor_ = -1;
};

/// One client of the twin's app link.
class TwinChannel;
using TwinChannels = std::set<TwinChannel*>;

class TwinChannel final : public AppChannel {
 public:
  TwinChannel(asio::io_context& io, sim::Twin& twin, TwinChannels& all, bool gen2)
      : io_(io), twin_(twin), all_(all), gen2_(gen2) {}
  TwinChannel(const TwinChannel&) = delete;
  TwinChannel& operator=(const TwinChannel&) = delete;
  ~TwinChannel() override { stop(); }

  void start(AppChannelSink& sink) override {
    sink_ = &sink;
    client_ = twin_.open_app(gen2_);
    all_.insert(this);
    later([this] { sink_->opened(); });
  }

  void send(std::string_view bytes) override {
    if (sink_ == nullptr) return;
    for (const char byte : bytes) twin_.app_send(client_, static_cast<std::uint8_t>(byte));
    // The board holds its answers back from a client that has been silent in its own, perhaps fast,
    // time: they are fetched before that goes on.
    fetch();
    later([this] { hand_on(); });
  }

  void stop() override {
    if (sink_ == nullptr) return;
    sink_ = nullptr;
    all_.erase(this);
    twin_.close_app(client_);
  }

  /// What the board sends by itself.
  void drain() {
    fetch();
    hand_on();
  }

 private:
  template <class Work>
  void later(Work work) {
    asio::post(io_, [this, work, alive = std::weak_ptr<int>(alive_)] {
      if (!alive.expired() && sink_ != nullptr) work();
    });
  }

  void fetch() {
    while (const auto byte = twin_.app_next(client_)) bytes_.push_back(*byte);
  }

  void hand_on() {
    if (bytes_.empty()) return;
    const std::vector<std::uint8_t> bytes = std::exchange(bytes_, {});
    sink_->received(bytes);
  }

  asio::io_context& io_;
  sim::Twin& twin_;
  TwinChannels& all_;
  bool gen2_;
  int client_ = 0;
  std::vector<std::uint8_t> bytes_;
  AppChannelSink* sink_ = nullptr;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

class TwinSource final : public Source {
 public:
  TwinSource(asio::io_context& io, const TwinSettings& settings)
      : io_(io),
        lock_(settings.flash),
        twin_(options_of(settings)),
        speed_(settings.speed),
        gen2_(settings.gen2),
        timer_(io) {}

  std::unique_ptr<AppChannel> app_channel() override {
    return std::make_unique<TwinChannel>(io_, twin_, channels_, gen2_);
  }

  [[nodiscard]] bool has_wires() const override { return true; }

  bool set_wire(int board, bool cut) override {
    try {
      if (cut) {
        twin_.cut_wire(board);
      } else {
        twin_.mend_wire(board);
      }
    } catch (const std::out_of_range&) {
      return false;
    }
    return true;
  }

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
    options.flash_folder = settings.flash;
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
      // A sink may end its channel.
      for (TwinChannel* channel : std::vector(channels_.begin(), channels_.end())) {
        if (channels_.contains(channel)) channel->drain();
      }
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

  asio::io_context& io_;
  FolderLock lock_;
  sim::Twin twin_;
  TwinChannels channels_;
  int speed_;
  bool gen2_;
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
