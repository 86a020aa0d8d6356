/// One plot of the report as static SVG: lines, bands, limits, nights and marks over the run's
/// time. Draws what it is given; knows no packs. Labels are HTML beside the SVG, so that they stay
/// readable when the SVG is stretched.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/recorder.hpp"

namespace cellwarden::gateway {

/// A curve of one value a span.
struct PlotLine {
  std::string name;
  std::string colour;  ///< CSS class
  std::vector<float> values;
  bool faint = false;  ///< one of many: thin, not in the legend
};

/// An area between two curves; it goes with the line of its colour, so it has no place in the
/// legend.
struct PlotBand {
  std::string colour;
  std::vector<float> low, high;
};

/// A dashed line at one value.
struct PlotLimit {
  std::string name;
  double value = 0.0;
};

/// A vertical line; all plots have the same.
struct PlotMark {
  sim::SimTime at = 0;
  int number = 0;
};

/// What all plots of a report share.
struct PlotTime {
  sim::SimTime start_of_day = 0;
  sim::SimTime span = 0;
  std::size_t spans = 0;
  std::vector<bool> looked;                                 ///< [span] there is a value
  std::vector<std::pair<std::size_t, std::size_t>> nights;  ///< first and one past the last span
  std::vector<PlotMark> marks;
};

struct Plot {
  std::string title, unit;
  int decimals = 1;
  std::vector<PlotBand> bands;
  std::vector<PlotLine> lines;
  std::vector<PlotLimit> limits;
};

/// Closed or on from `from` to `to`.
struct Stretch {
  sim::SimTime from = 0, to = 0;
};
/// One row of a strip chart.
struct StripRow {
  std::string name, colour, words;  ///< `words`: what a coloured stretch means
  std::vector<Stretch> stretches;
};

/// Escapes text for HTML and its attributes.
std::string escaped(std::string_view text);

/// A whole <figure>; with its numbers for the pointer as JSON in a data attribute.
std::string plot_html(const Plot& plot, const PlotTime& time);
std::string strip_html(const std::string& title, const std::vector<StripRow>& rows,
                       const PlotTime& time);

}  // namespace cellwarden::gateway
