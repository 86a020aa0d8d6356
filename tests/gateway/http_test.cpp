/// What the gateway answers to good, bad and hostile clients.
// SPDX-License-Identifier: Apache-2.0
#include <deque>
#include <memory>

#include <gtest/gtest.h>

#include "tests/gateway/http_client.hpp"
#include "tests/gateway/live_client.hpp"

namespace cellwarden::tests {
namespace {

TEST(Http, GivesThePackOfTheTwin) {
  const Gateway gateway({"--cells", "8", "--speed", "20"});
  ASSERT_TRUE(gateway.reaches("online"));
  const auto pack = gateway.pack();
  EXPECT_EQ(pack.at("id"), "twin");
  EXPECT_EQ(pack.at("source"), "twin");
  EXPECT_EQ(pack.at("peaks").at("solar_w"), 400);
  EXPECT_EQ(pack.at("cell_count").at("value"), 8);
  EXPECT_EQ(pack.at("cells").as_array().size(), 8U);
  EXPECT_EQ(pack.at("link").at("dropped_bytes"), 0);
  EXPECT_EQ(json_of(get(gateway.port, "/api/v1/packs/twin")).at("name"), "Twin");
  EXPECT_EQ(json_of(get(gateway.port, "/api/v1/version")).at("name"), "cellwarden");
}

TEST(Http, BadRequestsGetTheirStatusAndHarmNobody) {
  struct Case {
    const char* why;
    std::string request;
    int status;  ///< 0: closed without an answer
  };
  const std::string get_packs = "GET /api/v1/packs HTTP/1.1\r\nHost: x\r\n";
  const Case cases[] = {
      {"no HTTP", "hello\r\n\r\n", 400},
      {"binary", std::string("\x16\x03\x01\x02\x00\x01\xFF\r\n\r\n", 11), 400},
      {"no such version", "GET / HTTP/9.9\r\n\r\n", 400},
      {"a header without a colon", "GET / HTTP/1.1\r\nfoo\r\n\r\n", 400},
      {"two lengths", get_packs + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400},
      {"a negative length", get_packs + "Content-Length: -1\r\n\r\n", 400},
      {"an endless header", get_packs + "X: " + std::string(20'000, 'a') + "\r\n\r\n", 413},
      {"a huge body", "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413},
      {"no GET", "POST /api/v1/packs HTTP/1.1\r\nConnection: close\r\n\r\n", 405},
      {"DELETE", "DELETE /api/v1/packs/twin HTTP/1.1\r\nConnection: close\r\n\r\n", 405},
      {"no such pack", "GET /api/v1/packs/x HTTP/1.1\r\nConnection: close\r\n\r\n", 404},
      {"out of the folder", "GET /../../etc/passwd HTTP/1.1\r\nConnection: close\r\n\r\n", 404},
      {"no path", "GET * HTTP/1.1\r\nConnection: close\r\n\r\n", 400},
      {"WebSocket without an upgrade", "GET /api/v1/live HTTP/1.1\r\nConnection: close\r\n\r\n",
       400},
  };
  const Gateway gateway({});
  for (const Case& c : cases) {
    const std::string answer = converse(gateway.port, c.request);
    EXPECT_EQ(status_of(answer), c.status) << c.why << ": " << answer;
    EXPECT_TRUE(json_of(answer).as_object().contains("error")) << c.why;
  }
  EXPECT_EQ(status_of(get(gateway.port, "/api/v1/packs")), 200);
}

TEST(Http, AMethodThatIsNotAllowedNamesTheOnesThatAre) {
  const Gateway gateway({});
  const std::string answer = converse(gateway.port, "PUT / HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_NE(answer.find("Allow: GET, HEAD\r\n"), std::string::npos) << answer;
}

TEST(Http, HeadGivesTheHeaderAlone) {
  const Gateway gateway({});
  const std::string answer =
      converse(gateway.port, "HEAD /api/v1/version HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
  EXPECT_EQ(answer.find("Content-Length: 0"), std::string::npos);
}

TEST(Http, OneConnectionServesManyRequests) {
  const Gateway gateway({});
  const std::string request = "GET /api/v1/version HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string last = "GET /api/v1/version HTTP/1.1\r\nConnection: close\r\n\r\n";
  const std::string answers = converse(gateway.port, request + request + last);
  std::size_t found = 0;
  for (auto at = answers.find("\"version\""); at != std::string::npos;
       at = answers.find("\"version\"", at + 1)) {
    ++found;
  }
  EXPECT_EQ(found, 3U);
}

TEST(Http, ConnectionsAreLimitedAndTheirPlacesComeFreeAgain) {
  const Gateway gateway({});
  {
    std::deque<std::unique_ptr<Connection>> idle;
    for (int i = 0; i < 64; ++i) idle.push_back(std::make_unique<Connection>(gateway.port));
    EXPECT_TRUE(eventually([&] { return get(gateway.port, "/api/v1/version").empty(); }));
  }
  EXPECT_TRUE(eventually([&] { return status_of(get(gateway.port, "/api/v1/version")) == 200; }));
}

TEST(Live, StartsWithASnapshotAndGoesOnWithFrames) {
  const Gateway gateway({"--speed", "10"});
  LiveClient live(gateway.port);
  ASSERT_TRUE(live.accepted());
  const auto snapshot = boost::json::parse(live.next());
  EXPECT_EQ(snapshot.at("type"), "snapshot");
  EXPECT_EQ(snapshot.at("packs").at(0).at("id"), "twin");
  std::int64_t frames = 0;
  for (int i = 0; i < 200 && frames < 5; ++i) {
    const auto update = boost::json::parse(live.next());
    ASSERT_EQ(update.at("type"), "pack");
    frames = update.at("pack").at("link").at("frames").as_int64();
  }
  EXPECT_GE(frames, 5);
}

TEST(Live, GoesOnOnceASecondWithoutFrames) {
  const Gateway gateway({"--source", "serial:/nonexistent"});
  LiveClient live(gateway.port);
  ASSERT_TRUE(live.accepted());
  for (int i = 0; i < 3; ++i) {
    const auto message = boost::json::parse(live.next());
    EXPECT_EQ(message.at("type"), i == 0 ? "snapshot" : "pack");
  }
}

TEST(Live, AClientThatTalksNonsenseIsDropped) {
  const Gateway gateway({});
  LiveClient live(gateway.port);
  ASSERT_TRUE(live.accepted());
  live.send_raw(std::string(100, '\xFF'));
  EXPECT_TRUE(live.closes());
  EXPECT_EQ(status_of(get(gateway.port, "/api/v1/packs")), 200);
}

}  // namespace
}  // namespace cellwarden::tests
