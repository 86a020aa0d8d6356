// SPDX-License-Identifier: Apache-2.0
#include "gateway/outlets/http/api.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace cellwarden::gateway::http {
namespace {

class Bench {
 public:
  Bench() {
    packs.add({"twin", "Twin", "twin", 400, 600}, wire::TemperatureLine::sensor);
    packs.add({"boat", "Boat", "serial:/dev/x", {}, {}}, wire::TemperatureLine::sensor);
  }
  [[nodiscard]] Response get(const std::string& target, const std::string& method = "GET") const {
    return api.answer({method, target}, Time{});
  }

  Packs packs;
  Api api{packs, StaticFiles({})};
};

TEST(Api, ListsPacksInTheirOrder) {
  const Bench bench;
  const auto body = boost::json::parse(bench.get("/api/v1/packs").body);
  EXPECT_EQ(body.at("packs").as_array().size(), 2U);
  EXPECT_EQ(body.at("packs").at(1).at("id"), "boat");
  EXPECT_EQ(bench.get("/api/v1/packs?x=1").status, 200);
  EXPECT_EQ(bench.get("/api/v1/packs").cache_control, "no-store");
}

TEST(Api, GivesOnePack) {
  const Bench bench;
  const Response response = bench.get("/api/v1/packs/boat");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_EQ(boost::json::parse(response.body).at("name"), "Boat");
}

TEST(Api, SaysItsVersion) {
  const auto body = boost::json::parse(Bench().get("/api/v1/version").body);
  EXPECT_EQ(body.at("name"), "cellwarden");
  EXPECT_EQ(body.at("version"), CELLWARDEN_VERSION);
}

TEST(Api, EveryErrorHasItsStatusAndShape) {
  struct Case {
    const char* method;
    const char* target;
    int status;
    const char* code;
    const char* message;
  };
  const Case cases[] = {
      {"GET", "/api/v1/packs/x", 404, "not_found", "no pack \"x\"; known: twin, boat"},
      {"GET", "/api/v1/nothing", 404, "not_found",
       "no \"/api/v1/nothing\" in this API; see docs/api.md"},
      {"GET", "/api", 404, "not_found", "no \"/api\" in this API; see docs/api.md"},
      {"GET", "/api/v1/packs/", 404, "not_found",
       "no \"/api/v1/packs/\" in this API; see docs/api.md"},
      {"POST", "/api/v1/packs", 405, "method_not_allowed",
       "only GET is allowed here, not \"POST\""},
      {"GET", "*", 400, "bad_request", "the path must start with \"/\""},
      {"GET", "", 400, "bad_request", "the path must start with \"/\""},
      {"GET", "/api/v1/live", 400, "websocket_only",
       "this path speaks WebSocket: ask for an upgrade"},
      {"GET", "/", 404, "not_found",
       "the App's files are not here; see --app, or use /api/v1/packs"},
  };
  const Bench bench;
  for (const Case& c : cases) {
    const Response response = bench.get(c.target, c.method);
    EXPECT_EQ(response.status, c.status) << c.target;
    const boost::json::value expected{{"error", {{"code", c.code}, {"message", c.message}}}};
    EXPECT_EQ(boost::json::parse(response.body), expected) << c.target;
  }
}

TEST(Api, RepeatsOfALongPathOnlyItsBeginning) {
  const Response response = Bench().get("/api/v1/packs/" + std::string(5000, 'a'));
  EXPECT_EQ(response.status, 404);
  EXPECT_LT(response.body.size(), 200U);
}

RC_GTEST_PROP(Api, AnswersAnyTarget, (const std::string& tail)) {
  const Bench bench;
  for (const char* root : {"/", "/api/", "/api/v1/packs/", ""}) {
    const Response response = bench.get(root + tail);
    RC_ASSERT(response.status == 200 || response.status == 400 || response.status == 404);
    (void)boost::json::parse(response.body);
  }
}

}  // namespace
}  // namespace cellwarden::gateway::http
