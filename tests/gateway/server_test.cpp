/// The server's own limits, with the event loop in the test's hands.
// SPDX-License-Identifier: Apache-2.0
#include "gateway/outlets/http/server.hpp"

#include <thread>

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include "tests/gateway/live_client.hpp"

namespace cellwarden::gateway::http {
namespace {

/// A client's thread and the server's loop until both are done.
template <class Client>
void serve(boost::asio::io_context& io, Client client) {
  std::thread thread([&] {
    client();
    io.stop();
  });
  io.run();
  thread.join();
}

TEST(Server, ASlowClientLosesTheOldestMessagesAndKeepsTheNewest) {
  boost::asio::io_context io(1);
  Limits limits;
  limits.queued_messages = 4;
  Server server(io, [](const Request&) { return Response{}; }, [] { return "first"; }, limits);
  server.listen("127.0.0.1", 0);
  constexpr int sent = 200;
  int received = 0;
  std::string newest;
  serve(io, [&] {
    tests::LiveClient client(server.port());
    ASSERT_TRUE(client.accepted());
    EXPECT_EQ(client.next(), "first");  // from now on the server counts it among its clients
    boost::asio::post(io, [&server] {
      for (int i = 1; i <= sent; ++i) server.publish(std::string(100'000, '.') + std::to_string(i));
    });
    const std::string last = std::string(100'000, '.') + std::to_string(sent);
    while (newest != last) {
      newest = client.next();
      ASSERT_NE(newest, "null");
      ++received;
    }
  });
  EXPECT_EQ(received, 4);
}

TEST(Server, AnExceptionOfTheHandlerIsStatus500) {
  boost::asio::io_context io(1);
  Server server(
      io, [](const Request&) -> Response { throw std::runtime_error("oops"); }, [] { return ""; });
  server.listen("127.0.0.1", 0);
  std::string answer;
  serve(io, [&] { answer = tests::get(server.port(), "/"); });
  EXPECT_EQ(tests::status_of(answer), 500);
  EXPECT_EQ(answer.find("oops"), std::string::npos);
}

TEST(Server, ASilentConnectionIsClosed) {
  boost::asio::io_context io(1);
  Limits limits;
  limits.idle = std::chrono::seconds(1);
  Server server(io, [](const Request&) { return Response{}; }, [] { return ""; }, limits);
  server.listen("127.0.0.1", 0);
  std::string answer = "still open";
  serve(io, [&] { answer = tests::converse(server.port(), "GET / HT"); });
  EXPECT_EQ(answer, "");
}

TEST(Server, StopClosesEveryConnection) {
  boost::asio::io_context io(1);
  Server server(io, [](const Request&) { return Response{}; }, [] { return "first"; });
  server.listen("127.0.0.1", 0);
  serve(io, [&] {
    tests::LiveClient client(server.port());
    EXPECT_EQ(client.next(), "first");
    boost::asio::post(io, [&server] { server.stop(); });
    EXPECT_TRUE(client.closes());
  });
  // The client sees the end before the server has forgotten it.
  io.restart();
  EXPECT_TRUE(tests::eventually([&] {
    io.poll();
    return server.live_clients() == 0;
  }));
}

}  // namespace
}  // namespace cellwarden::gateway::http
