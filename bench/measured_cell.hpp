/// A cell's measured test: reading it from a file and scoring the plant's cells against it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plant/cells.hpp"

namespace cellwarden::bench {

/// A row a second, from a full and rested cell.
struct MeasuredTest {
  double celsius = 0.0;
  std::vector<double> current_a;  ///< + charges
  std::vector<double> voltage_v;
};

/// From "..._-15C_s1.csv", "..._m25c.csv" or "..._N25_...".
inline std::optional<double> celsius_in_name(const std::string& path) {
  std::smatch match;
  if (std::regex_search(path, match, std::regex("_([-mMnN]?)([0-9]+)[cC]([_.]|$)")) ||
      std::regex_search(path, match, std::regex("_([NP])([0-9]+)([_.])"))) {
    const std::string sign = match[1];
    const double size = std::stod(match[2]);
    return sign.empty() || sign == "P" ? size : -size;
  }
  return std::nullopt;
}

/// One row of a file, its values by their columns' names.
class MeasuredRow {
 public:
  MeasuredRow(std::string place, const std::vector<std::string>& columns,
              std::vector<std::string> parts)
      : place_(std::move(place)), columns_(columns), parts_(std::move(parts)) {}

  [[nodiscard]] bool has(std::string_view name) const {
    return std::find(columns_.begin(), columns_.end(), name) != columns_.end();
  }
  /// @throws std::runtime_error  when there is none or it is no number
  [[nodiscard]] double operator[](std::string_view name) const {
    const auto index = static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), name) -
                                                columns_.begin());
    if (index >= parts_.size()) {
      throw std::runtime_error(place_ + "no value for " + std::string(name));
    }
    const std::string& text = parts_[index];
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || (*end != '\0' && *end != '\r')) {
      throw std::runtime_error(place_ + "\"" + text + "\" is no number");
    }
    return value;
  }

 private:
  std::string place_;
  const std::vector<std::string>& columns_;
  std::vector<std::string> parts_;
};

/// Reads either the columns current_ma (+ charges), voltage_100uv; or t, I (+ discharges), V and,
/// if there, chgAh and disAh, to which the current is then slowly (600 s) lifted: it is sampled,
/// the cycler's counter is not.
/// @throws std::runtime_error  naming file and line
inline MeasuredTest read_test(const std::string& path, double celsius) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": cannot be read");
  MeasuredTest test{.celsius = celsius, .current_a = {}, .voltage_v = {}};
  std::vector<std::string> columns;
  std::string line;
  double counted_ah = 0.0;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> parts;
    std::stringstream stream(line);
    for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
    const std::string place = path + ":" + std::to_string(number) + ": ";
    const bool heading = columns.empty();
    if (heading) columns = parts;
    const MeasuredRow row(place, columns, parts);
    const bool reduced = row.has("current_ma") && row.has("voltage_100uv");
    if (heading) {
      if (reduced || (row.has("I") && row.has("V"))) continue;
      throw std::runtime_error(place + "columns current_ma,voltage_100uv or t,I,V expected");
    }
    double current_a = reduced ? 1e-3 * row["current_ma"] : -row["I"];
    if (row.has("chgAh") && row.has("disAh") && !test.current_a.empty()) {
      current_a += 3600.0 / 600.0 * (row["chgAh"] - row["disAh"] - counted_ah);
      counted_ah += 0.5 * (current_a + test.current_a.back()) / 3600.0;
    }
    test.current_a.push_back(current_a);
    test.voltage_v.push_back(reduced ? 1e-4 * row["voltage_100uv"] : row["V"]);
  }
  if (test.current_a.size() < 2) throw std::runtime_error(path + ": two rows at least expected");
  return test;
}

/// Root mean square errors in mV within 10..90 % SOC.
struct Score {
  double even_mv = 0.0;  ///< blocks of 1500 s that the fit may have seen
  double odd_mv = 0.0;   ///< blocks it has not
  double all_mv = 0.0;
};

/// Runs one cell through a test, at the chamber's temperature (the tests have no temperature
/// channel). It starts full, charged (hysteresis 1) and rested; between two rows flows the mean of
/// their currents.
inline Score score(plant::CellParameters parameters, const MeasuredTest& test) {
  constexpr plant::CellSpread equal{.capacity = 0.0, .resistance = 0.0, .soc = 0.0};
  constexpr std::size_t block_s = 1500;
  parameters.heat_capacity_j_per_k = 1e9;
  plant::Cells cells(parameters, plant::cell_count_min, equal, 1.0, test.celsius, 1);
  for (int cell = 0; cell < cells.count(); ++cell) cells.set_hysteresis(cell, 1.0);
  double squares[2] = {0.0, 0.0};
  double rows[2] = {0.0, 0.0};
  for (std::size_t i = 1; i < test.current_a.size(); ++i) {
    cells.advance(1.0, 0.5 * (test.current_a[i - 1] + test.current_a[i]), test.celsius);
    cells.look(test.current_a[i]);
    if (cells.soc()[0] < 0.1 || cells.soc()[0] > 0.9) continue;
    const double error_mv = 1000.0 * (cells.voltage_v()[0] - test.voltage_v[i]);
    const std::size_t odd = i / block_s % 2;
    squares[odd] += error_mv * error_mv;
    rows[odd] += 1.0;
  }
  const auto root = [](double sum, double count) {
    return count > 0.0 ? std::sqrt(sum / count) : 0;
  };
  return {.even_mv = root(squares[0], rows[0]),
          .odd_mv = root(squares[1], rows[1]),
          .all_mv = root(squares[0] + squares[1], rows[0] + rows[1])};
}

}  // namespace cellwarden::bench
