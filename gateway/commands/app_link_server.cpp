// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/app_link_server.hpp"

#include <array>
#include <set>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// What waits for a client that does not read; one that lets more pile up is closed.
constexpr std::size_t most_waiting = 65'536;

/// One TCP client: bytes to the board's channel and back.
class Client final : public AppChannelSink, public std::enable_shared_from_this<Client> {
 public:
  Client(tcp::socket socket, std::unique_ptr<AppChannel> channel)
      : socket_(std::move(socket)), channel_(std::move(channel)) {}

  void start() {
    channel_->start(*this);
    read();
  }
  void close() {
    error_code ignored;
    socket_.close(ignored);
    channel_->stop();
  }

  std::function<void(const std::shared_ptr<Client>&)> on_end = [](const auto&) {};

  void opened() override {}
  void lost(const std::string&) override {}
  void received(std::span<const std::uint8_t> bytes) override {
    if (waiting_.size() + bytes.size() > most_waiting) {
      close();
      return;
    }
    waiting_.append(bytes.begin(), bytes.end());
    write();
  }

 private:
  void read() {
    socket_.async_read_some(asio::buffer(buffer_),
                            [this, self = shared_from_this()](error_code failed, std::size_t size) {
                              if (failed) {
                                close();
                                on_end(self);
                                return;
                              }
                              channel_->send(std::string_view(buffer_.data(), size));
                              read();
                            });
  }

  void write() {
    if (!writing_.empty() || waiting_.empty()) return;
    writing_ = std::exchange(waiting_, {});
    asio::async_write(socket_, asio::buffer(writing_),
                      [this, self = shared_from_this()](error_code failed, std::size_t) {
                        writing_.clear();
                        if (!failed) write();
                      });
  }

  tcp::socket socket_;
  std::unique_ptr<AppChannel> channel_;
  std::array<char, 1024> buffer_{};
  std::string writing_;
  std::string waiting_;
};

}  // namespace

struct AppLinkServer::State : std::enable_shared_from_this<AppLinkServer::State> {
  State(asio::io_context& io, Source& from) : acceptor(io), pause(io), source(from) {}

  tcp::acceptor acceptor;
  asio::steady_timer pause;
  Source& source;
  std::set<std::shared_ptr<Client>> clients;

  void accept() {
    acceptor.async_accept([self = shared_from_this()](error_code failed, tcp::socket socket) {
      if (!self->acceptor.is_open()) return;
      if (failed) {
        // Out of file descriptors, most likely: accepting at once again would spin.
        self->pause.expires_after(std::chrono::milliseconds(100));
        self->pause.async_wait([self](error_code cancelled) {
          if (!cancelled) self->accept();
        });
        return;
      }
      if (self->clients.size() < most_clients) self->serve(std::move(socket));
      self->accept();
    });
  }

  void serve(tcp::socket socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto client = std::make_shared<Client>(std::move(socket), source.app_channel());
    client->on_end = [weak = weak_from_this()](const std::shared_ptr<Client>& ended) {
      if (const auto state = weak.lock()) state->clients.erase(ended);
    };
    clients.insert(client);
    client->start();
  }
};

AppLinkServer::AppLinkServer(asio::io_context& io, Source& source, const TcpPlace& place)
    : state_(std::make_shared<State>(io, source)) {
  const std::string name = "tcp:" + place.host + ":" + place.port;
  try {
    const tcp::endpoint endpoint(asio::ip::make_address(place.host),
                                 static_cast<std::uint16_t>(std::stoi(place.port)));
    tcp::acceptor& acceptor = state_->acceptor;
    acceptor.open(endpoint.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
  } catch (const boost::system::system_error& failed) {
    throw UsageError(name + " cannot be listened on: " + failed.code().message());
  }
  state_->accept();
}

AppLinkServer::~AppLinkServer() {
  error_code ignored;
  state_->acceptor.close(ignored);
  state_->pause.cancel();
  for (const auto& client : state_->clients) client->close();
  state_->clients.clear();
}

std::uint16_t AppLinkServer::port() const { return state_->acceptor.local_endpoint().port(); }

}  // namespace cellwarden::gateway
