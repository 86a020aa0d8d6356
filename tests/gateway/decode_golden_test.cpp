/// Golden frames, decoded by the program and compared field by field with what their source says.
// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <map>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "tests/gateway/process.hpp"

namespace cellwarden::tests {
namespace {

using boost::json::value;
using Expected = std::map<std::string, value>;

std::string golden(const std::string& name) {
  return CELLWARDEN_SOURCE_DIR "/tests/golden/" + name + ".hex";
}

value decoded(std::vector<std::string> arguments, int status = 0) {
  arguments.insert(arguments.begin(), {"decode", "--json"});
  Process process(arguments);
  EXPECT_EQ(process.wait(), status) << process.err();
  return boost::json::parse(process.out());
}

void expect_fields(const value& frame, const Expected& expected) {
  for (const auto& [name, wanted] : expected) {
    const auto* field = frame.at("fields").as_object().if_contains(name);
    ASSERT_NE(field, nullptr) << name;
    EXPECT_EQ(field->at("value"), wanted) << name;
  }
}

/// What both of the maker's papers give as examples.
const Expected paper_examples{
    {"pack_voltage", 335355},
    {"current_in", 32000},
    {"current_out", 32000},
    {"current", 32000},
    {"lowest_voltage", 2800},
    {"lowest_voltage_cell", 50},
    {"highest_voltage", 2800},
    {"highest_voltage_cell", 50},
    {"lowest_temperature", 0},
    {"lowest_temperature_cell", 50},
    {"highest_temperature", 200},
    {"highest_temperature_cell", 50},
    {"cell_number", 50},
    {"cell_count", 255},
    {"cell_voltage", 2800},
    {"cell_temperature", 200},
    {"collected_today", 100},
    {"stored", 61985},
    {"consumed_today", 100},
    {"soc", 50},
    {"collected_total", 6553600000},
    {"consumed_total", 6553600000},
    {"capacity", 16000},
};

// proves OUTW-1
TEST(Decode, GivesTheValuesOfThePaperForTheOlderProduct) {
  const value file = decoded({"--temperature-line", "paper", golden("uart_v1.2_doc_fields")});
  ASSERT_EQ(file.at("frames").as_array().size(), 1U);
  expect_fields(file.at("frames").at(0), paper_examples);
  expect_fields(file.at("frames").at(0), {{"charge_allowed", true},
                                          {"discharge_allowed", true},
                                          {"communication_error", false},
                                          {"below_v_min", false},
                                          {"above_v_max", false},
                                          {"below_t_min", false},
                                          {"above_t_max", false},
                                          {"soc_not_calibrated", false},
                                          {"clock", "22:32"},
                                          {"v_min", 28155},
                                          {"v_max", 28155},
                                          {"v_bypass", 28155}});
  EXPECT_EQ(file.at("summary").at("rejected_bytes"), 0);
}

// proves OUTW-1
TEST(Decode, GivesTheValuesOfThePaperForTheNewerProduct) {
  const value file = decoded({"--temperature-line", "paper", golden("uart_3.3.11_doc_fields")});
  ASSERT_EQ(file.at("frames").as_array().size(), 1U);
  expect_fields(file.at("frames").at(0), paper_examples);
  expect_fields(file.at("frames").at(0), {{"charge_allowed", true},
                                          {"discharge_allowed", true},
                                          {"key", 0},
                                          {"key_meaning", "state of health, %"},
                                          {"key_value", 98},
                                          {"v_min", 2900},
                                          {"v_max", 3700},
                                          {"v_bypass", 3500}});
}

// proves OUTW-1
TEST(Decode, UsesTheSensorsLineUnlessTold) {
  const value file = decoded({golden("uart_3.3.11_doc_fields")});
  expect_fields(file.at("frames").at(0), {{"lowest_temperature", 44},
                                          {"lowest_temperature_raw", 276},
                                          {"highest_temperature", 216},
                                          {"highest_temperature_raw", 296}});
}

// proves OUTW-1
TEST(Decode, GivesEveryCellAndEveryPairOfAThirdPartysStream) {
  const value file = decoded({golden("uart_mock_aiobmsble_pr256")});
  const auto& frames = file.at("frames").as_array();
  ASSERT_EQ(frames.size(), 22U);
  for (std::size_t i = 0; i < 16; ++i) {
    expect_fields(frames[i], {{"cell_number", i + 1},
                              {"cell_count", 16},
                              {"cell_voltage", (0x270 + i) * 5},
                              {"cell_temperature_raw", 296}});
  }
  const int pairs[][2] = {{0, 98}, {4, 0x02}, {5, 0x80}, {8, 0x04}, {9, 0xD2}, {16, 0}};
  for (std::size_t i = 0; i < 6; ++i) {
    expect_fields(frames[16 + i],
                  {{"cell_number", 0}, {"key", pairs[i][0]}, {"key_value", pairs[i][1]}});
  }
  for (const value& frame : frames) {
    expect_fields(frame, {{"pack_voltage", 335355},
                          {"current_in", 0},
                          {"current_out", nullptr},
                          {"current", 8000},
                          {"lowest_voltage", 3130},
                          {"lowest_voltage_cell", 1},
                          {"highest_voltage", 3200},
                          {"highest_voltage_cell", 16},
                          {"lowest_temperature_raw", 296},
                          {"lowest_temperature_cell", 1},
                          {"highest_temperature_raw", 296},
                          {"highest_temperature_cell", 16},
                          {"charge_allowed", true},
                          {"discharge_allowed", true},
                          {"stored", 4000},
                          {"soc", 75},
                          {"capacity", 16000}});
  }
}

TEST(Decode, ReadsBinaryFromStandardInput) {
  const TemporaryFolder folder;
  const std::string file = folder.file("frame.bin");
  std::ofstream(file) << std::string(58, '\0');
  Process process({"decode", "--json", "-"}, file);
  EXPECT_EQ(process.wait(), 1);
  const value report = boost::json::parse(process.out());
  EXPECT_EQ(report.at("summary").at("bytes"), 58);
  EXPECT_EQ(report.at("rejected").at(0).at("why"), "sign");
  EXPECT_EQ(report.at("rejected").at(0).at("offset"), 0);
  EXPECT_EQ(report.at("rejected").at(0).at("length"), 58);
}

TEST(Decode, RefusesAFrameCutShort) {
  const TemporaryFolder folder;
  const std::string file = folder.file("short.hex");
  std::ofstream(file) << "# a frame without its end\n0105ff 2b0100 2b0100\n";
  Process process({"decode", file});
  EXPECT_EQ(process.wait(), 1);
  EXPECT_EQ(process.out(),
            "rejected: 9 bytes at byte 0: cut short: a frame has 58 bytes\n\n"
            "0 frames in 9 bytes; 9 bytes rejected\n");
}

TEST(Decode, ShowsPeopleEachFieldWithItsUnit) {
  Process process({"decode", golden("uart_v1.2_doc_fields")});
  EXPECT_EQ(process.wait(), 0);
  for (const char* line : {"frame 1 at byte 0\n", "  pack_voltage              335.355 V\n",
                           "  current_in                +32.000 A\n",
                           "  highest_temperature       21.6 °C (raw 296)\n",
                           "  clock                     22:32\n", "1 frame in 58 bytes"}) {
    EXPECT_NE(process.out().find(line), std::string::npos) << line << process.out();
  }
}

}  // namespace
}  // namespace cellwarden::tests
