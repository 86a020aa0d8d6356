// SPDX-License-Identifier: Apache-2.0
#include "gateway/sources/serial.hpp"

#include <sys/ioctl.h>

#include <array>
#include <utility>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gateway/sources/back_off.hpp"
#include "gateway/sources/serial_port.hpp"

namespace cellwarden::gateway {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

class SerialSource final : public Source {
 public:
  SerialSource(asio::io_context& io, std::string path, std::uint64_t seed)
      : path_(std::move(path)), back_off_(seed), port_(io), retry_(io), quiet_(io) {}

  void start(SourceSink& sink) override {
    sink_ = &sink;
    connect();
  }

  void stop() override {
    sink_ = nullptr;
    error_code ignored;
    port_.close(ignored);
    retry_.cancel();
    quiet_.cancel();
  }

 private:
  void connect() {
    SerialPort opened = open_serial_port(path_);
    if (opened.descriptor < 0) {
      try_later(opened.trouble);
      return;
    }
    port_.assign(opened.descriptor);
    sink_->port(PortState::connected, path_ + " is open", Clock::now());
    read();
  }

  void try_later(const std::string& trouble) {
    sink_->port(PortState::down, trouble + "; trying again", Clock::now());
    retry_.expires_after(back_off_.next());
    retry_.async_wait([this](error_code cancelled) {
      if (!cancelled && sink_ != nullptr) connect();
    });
  }

  void read() {
    port_.async_read_some(asio::buffer(buffer_), [this](error_code failed, std::size_t size) {
      if (sink_ == nullptr) return;
      if (failed || size == 0) {
        lose();
        return;
      }
      back_off_.reset();
      sink_->bytes(std::span(buffer_).first(size), Clock::now());
      if (sink_ == nullptr) return;
      wait_for_silence();
      read();
    });
  }

  void wait_for_silence() {
    quiet_.expires_after(silence_after);
    quiet_.async_wait([this](error_code cancelled) {
      if (cancelled || sink_ == nullptr || !port_.is_open()) return;
      // When this process was held up, bytes may be waiting: then it was not the line.
      int waiting = 0;
      if (ioctl(port_.native_handle(), FIONREAD, &waiting) == 0 && waiting > 0) return;
      sink_->silence(Clock::now());
    });
  }

  void lose() {
    error_code ignored;
    port_.close(ignored);
    quiet_.cancel();
    try_later(path_ + " has gone");
  }

  std::string path_;
  BackOff back_off_;
  asio::posix::stream_descriptor port_;
  asio::steady_timer retry_;
  asio::steady_timer quiet_;
  std::array<std::uint8_t, 4096> buffer_{};
  SourceSink* sink_ = nullptr;
};

}  // namespace

std::unique_ptr<Source> make_serial_source(asio::io_context& io, std::string path,
                                           std::uint64_t seed) {
  return std::make_unique<SerialSource>(io, std::move(path), seed);
}

}  // namespace cellwarden::gateway
