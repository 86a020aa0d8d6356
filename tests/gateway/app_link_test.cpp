/// Settings, events and the chain through the gateway's API: real processes, a real TCP app link.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/settings_table.hpp"
#include "tests/gateway/app_link_client.hpp"

namespace cellwarden::tests {
namespace {

const std::string v_min = "/api/v1/packs/twin/settings/v_min";
const std::string all_settings = "/api/v1/packs/twin/settings";

// proves OUTW-2
TEST(AppLink, ASettingIsReadAndChangedOverTcp) {
  const Board board;
  const Gateway gateway({"--source", "twin", "--app-link", board.place()});
  ASSERT_TRUE(link_reaches(gateway, "ready")) << gateway.process.err();
  EXPECT_EQ(value_of(gateway, "twin", "v_min"), 2'800);
  const std::string good = request(gateway.port, "PUT", v_min, R"({"value":2900,"pin":"1234"})");
  EXPECT_EQ(status_of(good), 200) << good;
  EXPECT_EQ(json_of(good).at("value"), 2'900);
  EXPECT_EQ(value_of(gateway, "twin", "v_min"), 2'900);
  const std::string bad = request(gateway.port, "PUT", v_min, R"({"value":3700,"pin":"1234"})");
  EXPECT_EQ(status_of(bad), 422);
  EXPECT_EQ(message_of(bad), "V min 3.700 V refused: at most 3.550 V while V max is 3.650 V");
  EXPECT_EQ(value_of(gateway, "twin", "v_min"), 2'900);
  const auto events = json_of(get(gateway.port, "/api/v1/packs/twin/events")).at("events");
  EXPECT_EQ(events.at(0).at("kind"), "setting_changed");
  EXPECT_EQ(events.at(0).at("text"), "V min changed to 2.900 V");
}

// proves OUT-5
TEST(AppLink, AWrongPinChangesNothingAndIsSlowedDown) {
  const Gateway gateway({"--source", "twin"});
  ASSERT_TRUE(link_reaches(gateway, "ready"));
  const std::string body = R"({"value":2900,"pin":"1235"})";
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(status_of(request(gateway.port, "PUT", v_min, body)), 403);
  }
  const std::string right = request(gateway.port, "PUT", v_min, R"({"value":2900,"pin":"1234"})");
  EXPECT_EQ(status_of(right), 403);
  EXPECT_NE(message_of(right).find("wrong too often"), std::string::npos);
  EXPECT_EQ(value_of(gateway, "twin", "v_min"), 2'800);
  EXPECT_EQ(app_link_state(gateway), "ready");
}

TEST(AppLink, AWrongPinAtTheStartLocksUntilTheRightOneComes) {
  const Gateway gateway({"--source", "twin", "--app-pin", "4711"});
  ASSERT_TRUE(link_reaches(gateway, "locked"));
  EXPECT_EQ(status_of(get(gateway.port, all_settings)), 409);
  EXPECT_EQ(status_of(request(gateway.port, "PUT", v_min, R"({"value":2900,"pin":"1234"})")), 409);
  const std::string login = "/api/v1/packs/twin/login";
  EXPECT_EQ(status_of(request(gateway.port, "POST", login, R"({"pin":"9999"})")), 403);
  EXPECT_EQ(status_of(request(gateway.port, "POST", login, R"({"pin":"1234"})")), 200);
  EXPECT_TRUE(link_reaches(gateway, "ready"));
}

// proves SET-4
TEST(AppLink, AnImportIsAllOrNothing) {
  const Gateway gateway({"--source", "twin"});
  ASSERT_TRUE(link_reaches(gateway, "ready"));
  const std::string bad =
      request(gateway.port, "PUT", all_settings,
              R"({"settings":{"v_min":2900,"t_max":9000,"v_mim":1,"v_max":"x"},"pin":"1234"})");
  EXPECT_EQ(status_of(bad), 422);
  EXPECT_EQ(message_of(bad),
            "there is no setting \"v_mim\"; v_max: expected a whole number; "
            "T max 900.0 °C refused: at most 85.0 °C");
  EXPECT_EQ(value_of(gateway, "twin", "v_min"), 2'800);
  const std::string good = request(gateway.port, "PUT", all_settings,
                                   R"({"settings":{"v_min":3000,"v_low":3100},"pin":"1234"})");
  EXPECT_EQ(status_of(good), 200) << good;
  EXPECT_EQ(value_of(gateway, "twin", "v_low"), 3'100);
}

// proves SET-1
TEST(AppLink, EveryRowOfTheTableComesAndTakesItsPresetAndNothingBeyondItsLimits) {
  const Gateway gateway({"--source", "twin"});
  ASSERT_TRUE(link_reaches(gateway, "ready"));
  const auto document = json_of(get(gateway.port, all_settings));
  const auto& settings = document.at("settings").as_array();
  ASSERT_EQ(settings.size(), core::settings_table.size());
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const core::SettingRow& row = core::settings_table[i];
    EXPECT_EQ(settings[i].at("name").as_string(), row.name);
    EXPECT_EQ(settings[i].at("minimum"), row.minimum);
    EXPECT_EQ(settings[i].at("maximum"), row.maximum);
    EXPECT_EQ(settings[i].at("preset"), row.preset);
    EXPECT_EQ(settings[i].at("step"), row.step);
    EXPECT_EQ(settings[i].at("title").as_string(), row.title);
    const auto& choices = settings[i].at("choices");
    EXPECT_EQ(choices.is_null(), row.choices.empty()) << row.name;
    if (choices.is_array()) {
      EXPECT_EQ(std::ssize(choices.get_array()), row.maximum - row.minimum + 1) << row.name;
    }
    const auto put = [&](std::int64_t value) {
      return request(gateway.port, "PUT", all_settings + "/" + std::string(row.name),
                     R"({"pin":"1234","value":)" + std::to_string(value) + "}");
    };
    const std::string answer = put(row.preset);
    EXPECT_EQ(status_of(answer), 200) << row.name << answer;
    EXPECT_EQ(json_of(answer).at("value"), row.preset);
    for (const std::int64_t beyond :
         {std::int64_t{row.minimum} - row.step, std::int64_t{row.maximum} + row.step}) {
      const std::string refused = put(beyond);
      EXPECT_EQ(status_of(refused), 422) << row.name << refused;
      EXPECT_TRUE(message_of(refused).starts_with(row.title)) << refused;
    }
  }
}

// proves SET-2
TEST(AppLink, VBypassIsShownNotSet) {
  const Gateway gateway({"--source", "twin"});
  ASSERT_TRUE(link_reaches(gateway, "ready"));
  EXPECT_TRUE(eventually([&] {
    return json_of(get(gateway.port, all_settings)).at("v_bypass_mv") == boost::json::value(3'500);
  }));
  EXPECT_EQ(status_of(request(gateway.port, "PUT", all_settings + "/v_bypass",
                              R"({"value":3400,"pin":"1234"})")),
            404);
}

// proves ENV-4
TEST(AppLink, ACutWireIsNamed) {
  const Gateway gateway({"--source", "twin"});
  ASSERT_TRUE(link_reaches(gateway, "ready"));
  const auto text = [&] {
    const auto link = gateway.pack().at("app_link").as_object();
    return link.contains("chain") ? std::string(link.at("chain").at("text").as_string()) : "";
  };
  ASSERT_TRUE(eventually([&] { return text() == "every cell is heard"; }));
  const std::string wire = "/api/v1/packs/twin/twin/wires/2";
  EXPECT_EQ(status_of(request(gateway.port, "PUT", wire, R"({"cut":true})")), 200);
  EXPECT_TRUE(eventually([&] { return text() == "the wire from cell 2 to cell 3 is broken"; }));
  EXPECT_EQ(gateway.pack().at("app_link").at("chain").at("break_before"), 3);
  EXPECT_EQ(status_of(request(gateway.port, "PUT", wire, R"({"cut":false})")), 200);
  EXPECT_TRUE(eventually([&] { return text() == "every cell is heard"; }));
  EXPECT_EQ(
      status_of(request(gateway.port, "PUT", "/api/v1/packs/twin/twin/wires/4", R"({"cut":true})")),
      404);
}

TEST(AppLink, WhatMakesNoSenseIsRefused) {
  const Gateway gateway({"--source", "twin"});
  ASSERT_TRUE(link_reaches(gateway, "ready"));
  for (const char* body : {"", "{", "[]", R"({"value":1.5,"pin":"1234"})", R"({"pin":"1234"})",
                           R"({"value":99999999999,"pin":"1234"})"}) {
    EXPECT_EQ(status_of(request(gateway.port, "PUT", v_min, body)), 400) << body;
  }
  EXPECT_EQ(status_of(request(gateway.port, "DELETE", v_min, "")), 405);
  EXPECT_EQ(status_of(request(gateway.port, "PUT", all_settings, std::string(100'000, ' '))), 413);
  EXPECT_EQ(status_of(get(gateway.port, "/api/v1/packs/x/settings")), 404);
  EXPECT_EQ(status_of(get(gateway.port, "/api/v1/packs/twin/nothing")), 404);
  EXPECT_EQ(value_of(gateway, "twin", "v_min"), 2'800);
}

// proves SET-5
TEST(AppLink, ARestartKeepsSettingsAndCharge) {
  const TemporaryFolder folder;
  const std::vector<std::string> arguments{"--source", "twin", "--flash", folder.file("flash")};
  std::int64_t soc = 0;
  {
    Gateway gateway(arguments);
    ASSERT_TRUE(link_reaches(gateway, "ready"));
    ASSERT_TRUE(gateway.reaches("online"));
    const std::string path = "/api/v1/packs/twin/settings/charge_restart_delay";
    EXPECT_EQ(status_of(request(gateway.port, "PUT", path, R"({"value":60,"pin":"1234"})")), 200);
    soc = gateway.pack().at("soc_permille").at("value").as_int64();
    gateway.process.signal(SIGTERM);
    EXPECT_EQ(gateway.process.wait(), 0);
  }
  const Gateway again(arguments);
  ASSERT_TRUE(link_reaches(again, "ready"));
  ASSERT_TRUE(again.reaches("online"));
  EXPECT_EQ(value_of(again, "twin", "charge_restart_delay"), 60);
  EXPECT_NEAR(static_cast<double>(again.pack().at("soc_permille").at("value").as_int64()),
              static_cast<double>(soc), 20.0);
}

TEST(AppLink, AFlashThatCannotBeUsedIsOneLine) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("out.flash")) << "short";
  Process process({"run", "--listen", "127.0.0.1:0", "--flash", folder.file("")});
  EXPECT_EQ(process.wait(), 2);
  EXPECT_NE(process.err().find("out.flash: expected a flash image"), std::string::npos)
      << process.err();
}

TEST(AppLink, TwoGatewaysDoNotShareAFlash) {
  const TemporaryFolder folder;
  const Gateway first({"--flash", folder.file("flash")});
  Process second({"run", "--listen", "127.0.0.1:0", "--flash", folder.file("flash")});
  EXPECT_EQ(second.wait(), 2);
  EXPECT_NE(second.err().find("is used by another cellwarden"), std::string::npos);
}

// proves OUTW-2
TEST(AppLink, APlainTerminalCanLogInReadAndSet) {
  const Board board;
  Connection terminal(board.port);
  const auto say = [&](const std::string& text) {
    terminal.send(text + "\r");
    std::string answer;
    while (!answer.ends_with('\r')) {
      const std::string more = terminal.receive();
      if (more.empty()) break;
      answer += more;
    }
    return answer;
  };
  EXPECT_EQ(say("S1@"), "NA\r");
  EXPECT_EQ(say("PW1234!"), "OK\r");
  EXPECT_EQ(say("V@").find("KO"), std::string::npos);
  EXPECT_EQ(say("02-040!"), "OK\r");
  EXPECT_EQ(say(std::string(10'000, 'A')), "KO\r");
  Connection other(board.port);
  other.send("CH@\r");
  EXPECT_EQ(other.receive(), "NA\r");
}

}  // namespace
}  // namespace cellwarden::tests
