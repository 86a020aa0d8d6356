// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/tcp_channel.hpp"

#include <array>
#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "gateway/sources/back_off.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// What waits for a peer that does not read; more is a link that does not work.
constexpr std::size_t most_waiting = 65'536;

/// Kept alive by its own handlers, so that it may be dropped at any time.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(asio::io_context& io, TcpPlace place, std::uint64_t seed)
      : place_(std::move(place)), back_off_(seed), resolver_(io), socket_(io), retry_(io) {}

  void start(AppChannelSink& sink) {
    sink_ = &sink;
    resolve();
  }

  void stop() {
    sink_ = nullptr;
    resolver_.cancel();
    retry_.cancel();
    close();
  }

  void send(std::string_view bytes) {
    if (!connected_ || waiting_.size() + bytes.size() > most_waiting) return;
    waiting_ += bytes;
    write();
  }

 private:
  [[nodiscard]] std::string name() const { return place_.host + ":" + place_.port; }

  void close() {
    error_code ignored;
    socket_.close(ignored);
    connected_ = false;
    waiting_.clear();
  }

  void resolve() {
    resolver_.async_resolve(place_.host, place_.port,
                            [this, self = shared_from_this()](
                                error_code failed, const tcp::resolver::results_type& found) {
                              if (sink_ == nullptr) return;
                              if (failed) {
                                try_later(name() + " is not known");
                              } else {
                                connect(found);
                              }
                            });
  }

  void connect(const tcp::resolver::results_type& found) {
    asio::async_connect(socket_, found,
                        [this, self = shared_from_this()](error_code failed, const tcp::endpoint&) {
                          if (sink_ == nullptr) return;
                          if (failed) {
                            try_later(name() + " cannot be reached");
                            return;
                          }
                          error_code ignored;
                          socket_.set_option(tcp::no_delay(true), ignored);
                          connected_ = true;
                          sink_->opened();
                          read();
                        });
  }

  void try_later(const std::string& trouble) {
    close();
    sink_->lost(trouble + "; trying again");
    retry_.expires_after(back_off_.next());
    retry_.async_wait([this, self = shared_from_this()](error_code cancelled) {
      if (!cancelled && sink_ != nullptr) resolve();
    });
  }

  void read() {
    socket_.async_read_some(asio::buffer(buffer_),
                            [this, self = shared_from_this()](error_code failed, std::size_t size) {
                              if (sink_ == nullptr) return;
                              if (failed) {
                                try_later(name() + " has closed the app link");
                                return;
                              }
                              back_off_.reset();
                              sink_->received(std::span(buffer_).first(size));
                              if (sink_ != nullptr) read();
                            });
  }

  void write() {
    if (!writing_.empty() || waiting_.empty()) return;
    writing_ = std::exchange(waiting_, {});
    asio::async_write(socket_, asio::buffer(writing_),
                      [this, self = shared_from_this()](error_code failed, std::size_t) {
                        writing_.clear();
                        // A failure is also the reader's, who tries again.
                        if (!failed && sink_ != nullptr) write();
                      });
  }

  TcpPlace place_;
  BackOff back_off_;
  tcp::resolver resolver_;
  tcp::socket socket_;
  asio::steady_timer retry_;
  std::array<std::uint8_t, 4096> buffer_{};
  std::string writing_;
  std::string waiting_;
  AppChannelSink* sink_ = nullptr;
  bool connected_ = false;
};

class TcpChannel final : public AppChannel {
 public:
  explicit TcpChannel(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}
  TcpChannel(const TcpChannel&) = delete;
  TcpChannel& operator=(const TcpChannel&) = delete;
  ~TcpChannel() override { connection_->stop(); }
  void start(AppChannelSink& sink) override { connection_->start(sink); }
  void send(std::string_view bytes) override { connection_->send(bytes); }
  void stop() override { connection_->stop(); }

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace

TcpPlace parse_app_link(const std::string& text) {
  constexpr std::string_view prefix = "tcp:";
  const std::size_t colon = text.rfind(':');
  TcpPlace place;
  if (text.starts_with(prefix) && colon != std::string::npos && colon > prefix.size()) {
    place.host = text.substr(prefix.size(), colon - prefix.size());
    place.port = text.substr(colon + 1);
    if (place.host.starts_with('[') && place.host.ends_with(']')) {
      place.host = place.host.substr(1, place.host.size() - 2);
    }
  }
  const bool is_number = !place.port.empty() && place.port.size() <= 5 &&
                         place.port.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number || std::stoi(place.port) > 65'535) {
    throw UsageError("app link \"" + text + "\": expected tcp:HOST:PORT");
  }
  return place;
}

std::unique_ptr<AppChannel> make_tcp_channel(asio::io_context& io, TcpPlace place,
                                             std::uint64_t seed) {
  return std::make_unique<TcpChannel>(std::make_shared<Connection>(io, std::move(place), seed));
}

}  // namespace cellwarden::gateway
