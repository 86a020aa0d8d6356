/// What the reader says to an owner whose file has a mistake, word by word.
// SPDX-License-Identifier: Apache-2.0
#include "scenarios/reader/bad_scenario.hpp"

#include <gtest/gtest.h>

#include "scenarios/reader/read_scenario.hpp"

namespace cellwarden::scenarios {
namespace {

/// Five lines that are good; mistakes come behind or replace one.
constexpr const char* top = "title = \"t\"\nduration = \"1 h\"\nstart = \"06:00\"\n";
constexpr const char* pack = "[[pack]]\ncells = 4\n";
constexpr const char* must = "[[must]]\nwhat = \"w\"\nalways = \"cell_voltage_max < v_max\"\n";

std::string refusal(const std::string& text) {
  try {
    (void)read_scenario(text, "x.toml");
  } catch (const BadScenario& wrong) {
    return wrong.what();
  }
  return "not refused";
}

struct Mistake {
  std::string text;
  std::string says;  ///< from its beginning
};

void expect_refused(const std::vector<Mistake>& mistakes) {
  for (const Mistake& mistake : mistakes) {
    EXPECT_EQ(refusal(mistake.text).substr(0, mistake.says.size()), mistake.says) << mistake.text;
  }
}

std::string file_with(const std::string& part) { return std::string(top) + pack + part + must; }

TEST(BadScenario, TheSmallestGoodFileIsGood) { EXPECT_EQ(refusal(file_with("")), "not refused"); }

TEST(BadScenario, OfTheWholeFile) {
  const std::string rest = std::string(pack) + must;
  expect_refused({
      {"title = ", "x.toml:1: "},
      {"duration = 1\n" + rest, "x.toml:1: title is missing, expected a short title"},
      {"title = 1\n", "x.toml:1: title is 1, expected a text in \"quotes\""},
      {"title = \"t\"\n" + rest, "x.toml:1: duration is missing, expected at least \"1 s\""},
      {"title = \"t\"\nduration = \"soon\"\n" + rest,
       "x.toml:2: duration is \"soon\", expected a time like \"90 s\", \"2 h\", \"1 d 12 h\" or a "
       "number of seconds"},
      {"title = \"t\"\nduration = \"1 h\"\nstart = \"6 o'clock\"\n" + rest,
       "x.toml:3: start is \"6 o'clock\", expected a time of day like \"06:30\""},
      {std::string(top) + "colour = 1\n" + rest,
       "x.toml:4: unknown key \"colour\" in the file, expected one of: title, words, duration, "
       "seed, start, weather, pack, charger, load, "},
      {std::string(top) + must, "x.toml:1: there is no [[pack]], expected at least one"},
      {std::string(top) + pack, "x.toml:1: there is no [[must]], expected at least one"},
      {std::string(top) + "[pack]\ncells = 4\n" + must,
       "x.toml:4: pack is a table, expected a list of tables: [[pack]]"},
      {file_with("[weather]\ncloudiness = 2\n"),
       "x.toml:7: cloudiness is 2, expected a number from 0 to 1"},
      {file_with("[weather]\nrecord = \"boulder_20181014\"\n[load]\nrecord = \"x\"\n"),
       "x.toml:9: record is \"x\", expected \"none\" or \"sceaux_2006\""},
      {"title = \"t\"\nduration = \"2 d\"\nstart = \"06:00\"\n[weather]\n"
       "record = \"boulder_20181014\"\n" +
           rest,
       "x.toml:5: the record ends at 1d 00:00:00, expected one that lasts until the end of the run "
       "at 2d 06:00:00, or record_repeats = true"},
      {"title = \"t\"\nduration = \"30 d\"\n[load]\nrecord = \"sceaux_2006\"\n" + rest,
       "x.toml:4: the record ends at "},
      {file_with("[charger]\nabsorption_cell_v = 3.4\nfloat_cell_v = 3.5\n"),
       "x.toml:8: float_cell_v is 3.5, expected at most absorption_cell_v"},
  });
}

TEST(BadScenario, OfAPack) {
  expect_refused({
      {file_with("cells = 4\n"), "x.toml:6: "},
      {std::string(top) + "[[pack]]\ncells = 256\n" + must,
       "x.toml:5: cells is 256, expected a whole number from 2 to 255"},
      {std::string(top) + "[[pack]]\ncells = 1\n" + must,
       "x.toml:5: cells is 1, expected a whole number from 2 to 255"},
      {std::string(top) + "[[pack]]\ncells = \"4\"\n" + must,
       "x.toml:5: cells is \"4\", expected a whole number from 2 to 255"},
      {std::string(top) + "[[pack]]\nname = \"a\"\n" + must,
       "x.toml:4: cells is missing, expected a whole number from 2 to 255"},
      {file_with("capacity_ah = -280\n"),
       "x.toml:6: capacity_ah is -280, expected a number from 0.5 to 5000"},
      {file_with("capacity_ah = nan\n"),
       "x.toml:6: capacity_ah is nan, expected a number from 0.5 to 5000"},
      {file_with("cels = 4\n"),
       "x.toml:6: unknown key \"cels\" in [[pack]], expected one of: name, "},
      {file_with("type = \"lead\"\n"), "x.toml:6: type is \"lead\", expected \"a123_26650\", "},
      {file_with("name = \"a b\"\n"),
       "x.toml:6: name is \"a b\", expected 1 to 32 letters, digits, \"-\" or \"_\""},
      {file_with("name = \"a\"\n[[pack]]\nname = \"a\"\ncells = 4\n"),
       "x.toml:8: name is \"a\", expected a name that no other pack has"},
      {file_with("[[pack]]\ncells = 8\n"),
       "x.toml:7: cells is 8, expected 4 as the first pack has: they are parallel"},
      {file_with("switches.v_bypass = 3.45\n"),
       "x.toml:6: v_bypass is 3.45, expected 3.4, 3.5, 3.6, 3.7, 4.0, 4.1, 4.2 or 4.3 (volts)"},
      {file_with("sensors.j1.range_a = 75\n"),
       "x.toml:6: range_a is 75, expected 25, 50, 100, 250, 400, 500, 1000 or 2000"},
      {file_with("settings.v_mix = 1\n"),
       "x.toml:6: unknown setting \"v_mix\", expected one of: solar_peak, "},
      {file_with("settings.v_min = \"2.8 A\"\n"),
       "x.toml:6: v_min is \"2.8 A\", expected \"3.65 V\" or 3650 (mV)"},
      {file_with("settings.v_min = 2.8\n"),
       "x.toml:6: v_min is 2.8, expected \"3.65 V\" or 3650 (mV)"},
      {file_with("settings.v_min = \"1.8 V\"\n"),
       "x.toml:6: v_min is \"1.8 V\", expected 2000 to 5000 in steps of 5"},
      {file_with("settings.v_min = \"3.6 V\"\n"),
       "x.toml:6: the settings contradict each other: v_min and "},
  });
}

TEST(BadScenario, OfAnEvent) {
  const auto event = [](const std::string& keys) { return file_with("[[event]]\n" + keys); };
  expect_refused({
      {event("do = \"cut_wire\"\n"), "x.toml:6: at is missing, expected when the event happens"},
      {event("at = \"05:30\"\n"),
       "x.toml:7: at is \"05:30\", expected a moment after the start at 06:00:00"},
      {event("at = \"07:30\"\n"),
       "x.toml:7: at is \"07:30\", expected a moment of the run, which ends at 07:00:00"},
      {event("at = 3601\n"),
       "x.toml:7: at is 3601, expected a moment of the run, which ends after 1 h"},
      {event("at = \"late\"\n"), "x.toml:7: at is \"late\", expected a moment like \"06:30\""},
      {event("at = 10\nuntil = 10\n"), "x.toml:8: until is 10, expected a moment after at"},
      {event("at = 10\n"), "x.toml:6: do is missing, expected what is to be done"},
      {event("at = 10\ndo = \"explode\"\n"),
       "x.toml:8: do is \"explode\", expected \"cut_wire\", "},
      {event("at = 10\ndo = \"cut_wire\"\n"),
       "x.toml:6: wire is missing, expected a whole number from 1 to 3"},
      {event("at = 10\ndo = \"cut_wire\"\nwire = 4\n"),
       "x.toml:9: wire is 4, expected a whole number from 1 to 3"},
      {event("at = 10\ndo = \"restart_board\"\nboard = 2\nfor = 5\n"),
       "x.toml:10: \"restart_board\" has no end, expected neither until nor for"},
      {event("at = 10\ndo = \"short_cell\"\ncell = 2\n"),
       "x.toml:6: ohm is missing, expected a number"},
      {event("at = 10\ndo = \"press_button\"\npack = \"x\"\n"),
       "x.toml:9: pack is \"x\", expected a pack: pack"},
      {event("at = 10\ndo = \"change_pin\"\npin = \"12345\"\n"),
       "x.toml:9: pin is \"12345\", expected four digits in \"quotes\""},
      {event("at = 10\ndo = \"press_button\"\nforce = 3\n"),
       "x.toml:9: unknown key \"force\" in [[event]], expected one of: at, until, for, pack, do, "},
      {file_with("name = \"a\"\n[[pack]]\ncells = 4\n[[event]]\nat = 1\ndo = \"press_button\"\n"),
       "x.toml:9: pack is missing, expected which of the packs"},
  });
}

TEST(BadScenario, OfEventsThatOverlapOnOneTarget) {
  const auto events = [](const std::string& first, const std::string& second) {
    return file_with("[[event]]\n" + first + "[[event]]\n" + second);
  };
  const std::string cut = "do = \"cut_wire\"\nwire = 2\n";
  const std::string overlaps =
      "x.toml:11: this event (the wire from board 2 to 3 is cut) overlaps the one of line 7, "
      "expected one after the other on one target";
  EXPECT_EQ(refusal(events("at = 10\n" + cut, "at = 20\n" + cut)), overlaps);
  EXPECT_EQ(refusal(events("at = 20\n" + cut, "at = 10\n" + cut)), overlaps);
  EXPECT_EQ(refusal(events("at = 10\n" + cut, "at = 10\n" + cut)), overlaps);
  EXPECT_EQ(refusal(events("at = 10\nfor = 10\n" + cut, "at = 20\n" + cut)), "not refused");
  EXPECT_EQ(refusal(events("at = 20\n" + cut, "at = 10\nfor = 10\n" + cut)), "not refused");
  EXPECT_EQ(refusal(events("at = 10\n" + cut, "at = 20\ndo = \"cut_wire\"\nwire = 3\n")),
            "not refused");
  const std::string on = "do = \"set_switch\"\nswitch = 4\n";
  EXPECT_EQ(refusal(events("at = 10\n" + on, "at = 20\n" + on + "on = false\n")), "not refused");
}

TEST(BadScenario, OfWhatMustHold) {
  const auto musts = [](const std::string& keys) {
    return std::string(top) + pack + "[[must]]\nwhat = \"w\"\n" + keys;
  };
  expect_refused({
      {std::string(top) + pack + "[[must]]\nalways = \"pin = 1\"\n",
       "x.toml:6: what is missing, expected a sentence that says what must hold"},
      {musts(""), "x.toml:7: no condition, expected one of always, never, becomes, at_end"},
      {musts("always = \"pin = 1\"\nnever = \"pin = 2\"\n"),
       "x.toml:9: both always and never, expected one of them"},
      {musts("always = \"warm\"\n"),
       "x.toml:8: always: found \"warm\", expected QUANTITY, one of < <= > >= = !=, and a value"},
      {musts("always = \"warmth < 3 V\"\n"),
       "x.toml:8: always: found \"warmth\", expected a quantity: cell_voltage_max, "},
      {musts("always = \"cell_voltage_max < 3.6\"\n"),
       "x.toml:8: always: found \"3.6\", expected a number of V, or a setting like v_max with + or "
       "- such a number"},
      {musts("always = \"cell_voltage_max < 3 A\"\n"), "x.toml:8: always: found \"3 A\", expected"},
      {musts("always = \"cell_voltage_max = 3 V\"\n"),
       "x.toml:8: always: found \"=\", expected <, <=, > or >= behind \"cell_voltage_max\""},
      {musts("always = \"charge_relay < 1\"\n"),
       "x.toml:8: always: found \"<\", expected = or != behind \"charge_relay\""},
      {musts("always = \"charge_relay = on\"\n"),
       "x.toml:8: always: found \"on\", expected closed or open"},
      {musts("always = \"broken_wire = 1.5\"\n"),
       "x.toml:8: always: found \"1.5\", expected a whole number"},
      {musts("always = \"b.pin = 1\"\n"), "x.toml:8: always: found \"b\", expected a pack: pack"},
      {musts("always = \"pin = 1 and \"\n"), "x.toml:8: always: found \"\", expected QUANTITY"},
      {musts("always = \"pin = 1\"\nafter = \"cut\"\n"),
       "x.toml:9: after is \"cut\", expected the name of an event; none has one"},
      {musts("always = \"pin = 1\"\nfrom = 10\nuntil = 5\n"),
       "x.toml:10: until is 5, expected a moment after the beginning"},
      {musts("always = \"pin = 1\"\nfrom = 3000\nwithin = 3000\n"),
       "x.toml:7: this is about a time after the end of the run at 1 h"},
      {musts("at_end = \"pin = 1\"\nfrom = 3000\n"), "x.toml:9: from does not go with at_end"},
      {musts("becomes = \"pin = 1\"\nlonger_than = 2\n"),
       "x.toml:9: longer_than goes with always or never only"},
  });
}

}  // namespace
}  // namespace cellwarden::scenarios
