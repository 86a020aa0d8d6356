/// The only file that knows Boost.Beast.
// SPDX-License-Identifier: Apache-2.0
#include "gateway/outlets/http/server.hpp"

#include <deque>
#include <exception>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

namespace cellwarden::gateway::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using boost::system::error_code;
using BeastRequest = beast::http::request<beast::http::string_body>;
using Message = std::shared_ptr<const std::string>;

constexpr std::string_view live_path = "/api/v1/live";
constexpr std::size_t longest_client_message = 1024;
/// Far beyond what the slowest change of every setting takes.
constexpr std::chrono::minutes longest_answer{5};
constexpr auto awaiting = asio::as_tuple(asio::use_awaitable);

/// One WebSocket client. Two coroutines share it: one writes what is queued, one reads and forgets.
struct LiveClient {
  explicit LiveClient(beast::tcp_stream stream)
      : socket(std::move(stream)),
        wake(socket.get_executor(), asio::steady_timer::time_point::max()) {}
  websocket::stream<beast::tcp_stream> socket;
  asio::steady_timer wake;
  std::deque<Message> queue;
  bool gone = false;

  void push(Message message, std::size_t most) {
    if (queue.size() >= most) queue.pop_front();
    queue.push_back(std::move(message));
    wake.cancel();
  }
  void close() {
    gone = true;
    wake.cancel();
    beast::get_lowest_layer(socket).close();
  }
};
using LivePointer = std::shared_ptr<LiveClient>;

/// A request that could not be read: what to tell the client, if it is worth telling.
std::optional<Response> refusal(error_code failed) {
  using beast::http::error;
  if (failed == error::body_limit || failed == error::header_limit ||
      failed == error::buffer_overflow) {
    return http::error(413, "too_large", "the request is too large");
  }
  const bool is_http = failed.category() == make_error_code(error::end_of_stream).category();
  if (!is_http || failed == error::end_of_stream || failed == error::partial_message) {
    return std::nullopt;
  }
  return http::error(400, "bad_request", "this is not an HTTP/1.1 request");
}

template <class Body>
void put_header(beast::http::response<Body>& to, const Response& from, bool keep_alive) {
  using beast::http::field;
  to.result(static_cast<unsigned>(from.status));
  to.set(field::content_type, from.content_type);
  to.set(field::cache_control, from.cache_control);
  to.set("X-Content-Type-Options", "nosniff");
  if (from.status == 405) to.set(field::allow, from.allow);
  to.content_length(from.body.size());
  to.keep_alive(keep_alive);
}

asio::awaitable<bool> send(beast::tcp_stream& stream, Response from, bool head, bool keep_alive) {
  error_code failed;
  if (head) {
    beast::http::response<beast::http::empty_body> to;
    put_header(to, from, keep_alive);
    beast::http::response_serializer<beast::http::empty_body> serializer(to);
    std::tie(failed, std::ignore) =
        co_await beast::http::async_write_header(stream, serializer, awaiting);
  } else {
    beast::http::response<beast::http::string_body> to;
    put_header(to, from, keep_alive);
    to.body() = std::move(from.body);
    std::tie(failed, std::ignore) = co_await beast::http::async_write(stream, to, awaiting);
  }
  co_return !failed && keep_alive;
}

/// An answer that a board is asked for first.
struct LateAnswer {
  explicit LateAnswer(asio::any_io_executor executor)
      : wake(std::move(executor), asio::steady_timer::time_point::max()) {}
  asio::steady_timer wake;
  std::optional<Response> response;
};

/// The real answer; one that never comes becomes an error.
asio::awaitable<Response> whole(Response response) {
  if (!response.later) co_return response;
  const auto late = std::make_shared<LateAnswer>(co_await asio::this_coro::executor);
  response.later([late](Response answer) {
    late->response = std::move(answer);
    late->wake.cancel();
  });
  if (!late->response) {
    late->wake.expires_after(longest_answer);
    co_await late->wake.async_wait(awaiting);
  }
  if (late->response) co_return std::move(*late->response);
  co_return http::error(500, "internal", "the board's answer did not come");
}

asio::awaitable<void> read_and_forget(LivePointer client) {
  beast::flat_buffer buffer;
  for (;;) {
    const auto [failed, size] = co_await client->socket.async_read(buffer, awaiting);
    if (failed) break;
    buffer.clear();
  }
  client->close();
}

asio::awaitable<void> write_queue(LivePointer client) {
  while (!client->gone) {
    if (client->queue.empty()) {
      // The timer never expires; push() and close() cancel it.
      co_await client->wake.async_wait(awaiting);
      continue;
    }
    const Message message = std::move(client->queue.front());
    client->queue.pop_front();
    const auto [failed, size] =
        co_await client->socket.async_write(asio::buffer(*message), awaiting);
    if (failed) break;
  }
  client->close();
}

}  // namespace

struct Server::State : std::enable_shared_from_this<Server::State> {
  State(asio::io_context& io_context, Handler on_request, Snapshot on_live, Limits most)
      : io(io_context),
        acceptor(io),
        handler(std::move(on_request)),
        snapshot(std::move(on_live)),
        limits(most) {}

  asio::io_context& io;
  tcp::acceptor acceptor;
  Handler handler;
  Snapshot snapshot;
  Limits limits;
  std::size_t connections = 0;
  std::set<LivePointer> live;
  std::set<beast::tcp_stream*> streams;

  Response answer(const BeastRequest& request) const {
    try {
      return handler(
          {std::string(request.method_string()), std::string(request.target()), request.body()});
    } catch (const std::exception&) {
      return http::error(500, "internal", "this request could not be answered");
    }
  }

  asio::awaitable<void> accept_all() {
    auto self = shared_from_this();
    while (acceptor.is_open()) {
      auto [failed, socket] = co_await acceptor.async_accept(awaiting);
      if (failed == asio::error::operation_aborted) co_return;
      if (failed) {
        // Out of file descriptors, most likely: accepting at once again would spin.
        asio::steady_timer pause(io, std::chrono::milliseconds(100));
        co_await pause.async_wait(awaiting);
        continue;
      }
      if (connections >= limits.connections) continue;  // closes the socket
      error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      asio::co_spawn(io, serve(beast::tcp_stream(std::move(socket))), asio::detached);
    }
  }

  asio::awaitable<void> serve(beast::tcp_stream stream) {
    auto self = shared_from_this();
    ++connections;
    streams.insert(&stream);
    const auto upgrade = co_await serve_requests(stream);
    streams.erase(&stream);
    if (upgrade) {
      co_await serve_live(std::move(stream), *upgrade);
    } else {
      error_code ignored;
      stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }
    --connections;
  }

  /// @return the request to upgrade, if the client asked for the live socket
  asio::awaitable<std::optional<BeastRequest>> serve_requests(beast::tcp_stream& stream) {
    beast::flat_buffer buffer;
    for (bool keep_alive = true; keep_alive;) {
      beast::http::request_parser<beast::http::string_body> parser;
      parser.header_limit(limits.header_bytes);
      parser.body_limit(limits.body_bytes);
      stream.expires_after(limits.idle);
      const auto [failed, size] =
          co_await beast::http::async_read(stream, buffer, parser, awaiting);
      if (failed) {
        const auto answer = refusal(failed);
        if (answer) co_await send(stream, *answer, false, false);
        break;
      }
      stream.expires_after(limits.idle);
      const BeastRequest request = parser.release();
      const std::string_view target = request.target();
      if (websocket::is_upgrade(request) &&
          target.substr(0, target.find_first_of('?')) == live_path) {
        co_return request;
      }
      const bool head = request.method() == beast::http::verb::head;
      stream.expires_never();
      Response response = co_await whole(answer(request));
      stream.expires_after(limits.idle);
      keep_alive = co_await send(stream, std::move(response), head, request.keep_alive());
    }
    co_return std::nullopt;
  }

  asio::awaitable<void> serve_live(beast::tcp_stream stream, BeastRequest request) {
    stream.expires_never();
    auto client = std::make_shared<LiveClient>(std::move(stream));
    client->socket.set_option(websocket::stream_base::timeout{limits.idle, limits.idle, true});
    client->socket.read_message_max(longest_client_message);
    client->socket.text(true);
    client->socket.auto_fragment(false);
    const auto [failed] = co_await client->socket.async_accept(request, awaiting);
    if (failed) co_return;
    client->push(std::make_shared<const std::string>(snapshot()), limits.queued_messages);
    live.insert(client);
    asio::co_spawn(io, read_and_forget(client), asio::detached);
    co_await write_queue(client);
    live.erase(client);
  }
};

Server::Server(asio::io_context& io, Handler handler, Snapshot snapshot, Limits limits)
    : state_(std::make_shared<State>(io, std::move(handler), std::move(snapshot), limits)) {}

Server::~Server() { stop(); }

void Server::listen(const std::string& address, std::uint16_t port) {
  const tcp::endpoint endpoint(asio::ip::make_address(address), port);
  tcp::acceptor& acceptor = state_->acceptor;
  acceptor.open(endpoint.protocol());
  acceptor.set_option(asio::socket_base::reuse_address(true));
  acceptor.bind(endpoint);
  acceptor.listen();
  asio::co_spawn(state_->io, state_->accept_all(), asio::detached);
}

std::uint16_t Server::port() const { return state_->acceptor.local_endpoint().port(); }

void Server::publish(std::string message) {
  const auto shared = std::make_shared<const std::string>(std::move(message));
  for (const LivePointer& client : state_->live) {
    client->push(shared, state_->limits.queued_messages);
  }
}

std::size_t Server::live_clients() const { return state_->live.size(); }

void Server::stop() {
  error_code ignored;
  state_->acceptor.close(ignored);
  for (beast::tcp_stream* stream : state_->streams) stream->close();
  for (const LivePointer& client : state_->live) client->close();
}

}  // namespace cellwarden::gateway::http
