// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/simulate/plot.hpp"

#include <algorithm>
#include <cmath>

#include "gateway/commands/simulate/plot_axes.hpp"
#include "gateway/commands/simulate/value_words.hpp"

namespace cellwarden::gateway {
namespace {

/// Units of the SVG's height; the axis runs over all of it.
constexpr int height = 1000;

/// Lowest and highest of everything drawn; limits only when the curves come near them.
ValueRange range_of(const Plot& plot, const PlotTime& time) {
  double low = 1e30, high = -1e30;
  const auto take = [&](const std::vector<float>& values) {
    for (std::size_t i = 0; i < time.spans; ++i) {
      if (!time.looked[i]) continue;
      low = std::min(low, static_cast<double>(values[i]));
      high = std::max(high, static_cast<double>(values[i]));
    }
  };
  for (const PlotBand& band : plot.bands) {
    take(band.low);
    take(band.high);
  }
  for (const PlotLine& line : plot.lines) take(line.values);
  if (low > high) return {0.0, 1.0};
  const double near = (high - low) * 0.6;
  const double curves_low = low, curves_high = high;
  for (const PlotLimit& limit : plot.limits) {
    if (limit.value > curves_high + near || limit.value < curves_low - near) continue;
    low = std::min(low, limit.value);
    high = std::max(high, limit.value);
  }
  return {low, high};
}

/// Writes paths in steps of one span, with a break where nothing was recorded.
class PathWriter {
 public:
  PathWriter(const Axis& axis, const PlotTime& time) : axis_(axis), time_(time) {}

  [[nodiscard]] std::string line(const std::vector<float>& values) const {
    std::string path;
    bool open = false;
    int before = 0;
    for (std::size_t i = 0; i < time_.spans; ++i) {
      if (!time_.looked[i]) {
        open = false;
        continue;
      }
      const int y = y_of(values[i]);
      path += open ? "l1 " + std::to_string(y - before)
                   : "M" + std::to_string(i) + " " + std::to_string(y) + "h0";
      before = y;
      open = true;
    }
    return path;
  }

  [[nodiscard]] std::string band(const std::vector<float>& low,
                                 const std::vector<float>& high) const {
    std::string path;
    for (std::size_t i = 0; i < time_.spans;) {
      if (!time_.looked[i]) {
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < time_.spans && time_.looked[end]) ++end;
      path += stretch(low, high, i, end);
      i = end;
    }
    return path;
  }

 private:
  [[nodiscard]] int y_of(double value) const {
    return static_cast<int>(std::lround(height * (axis_.high - value) / (axis_.high - axis_.low)));
  }

  [[nodiscard]] std::string stretch(const std::vector<float>& low, const std::vector<float>& high,
                                    std::size_t from, std::size_t to) const {
    int before = y_of(high[from]);
    std::string path = "M" + std::to_string(from) + " " + std::to_string(before);
    for (std::size_t i = from + 1; i < to; ++i) {
      const int y = y_of(high[i]);
      path += "l1 " + std::to_string(y - before);
      before = y;
    }
    const int turn = y_of(low[to - 1]);
    path += "v" + std::to_string(turn - before);
    before = turn;
    for (std::size_t i = to - 1; i-- > from;) {
      const int y = y_of(low[i]);
      path += "l-1 " + std::to_string(y - before);
      before = y;
    }
    return path + "z";
  }

  const Axis& axis_;
  const PlotTime& time_;
};

std::string percent(double share) { return decimal(share * 100.0, 2) + "%"; }

/// What every plot and strip has behind and before its curves.
std::string nights_svg(const PlotTime& time, int tall) {
  std::string svg;
  for (const auto& [from, to] : time.nights) {
    svg += "<rect class=\"night\" x=\"" + decimal(static_cast<double>(from) - 0.5, 1) +
           "\" y=\"0\" width=\"" + std::to_string(to - from) + "\" height=\"" +
           std::to_string(tall) + "\"/>";
  }
  return svg;
}

std::string marks_svg(const PlotTime& time, int tall) {
  std::string svg;
  for (const PlotMark& mark : time.marks) {
    const double x = static_cast<double>(mark.at) / static_cast<double>(time.span) - 0.5;
    svg += "<path class=\"mark\" d=\"M" + decimal(x, 2) + " 0v" + std::to_string(tall) + "\"/>";
  }
  return svg;
}

std::string svg_open(const PlotTime& time, int tall) {
  return "<svg preserveAspectRatio=\"none\" viewBox=\"-0.5 0 " + std::to_string(time.spans) + " " +
         std::to_string(tall) + "\" aria-hidden=\"true\"><g class=\"zoom\">";
}

std::string times_html(const PlotTime& time) {
  const sim::SimTime run = time.span * static_cast<sim::SimTime>(time.spans);
  std::string html = "<div class=\"times\">";
  for (const TimeTick& tick : time_ticks(time.start_of_day, run)) {
    const double share = static_cast<double>(tick.at) / static_cast<double>(run);
    const char* const place = share > 0.96   ? " class=\"last\""
                              : share < 0.03 ? " class=\"first\""
                                             : "";
    html += "<span" + std::string(place) + " style=\"left:" + percent(share) + "\">" +
            escaped(tick.words) + "</span>";
  }
  return html + "</div>";
}

/// The curve's numbers for the pointer, as whole numbers of the last decimal.
std::string numbers_json(const std::vector<float>& values, int decimals, const PlotTime& time) {
  const double scale = std::pow(10.0, decimals);
  std::string json = "[";
  for (std::size_t i = 0; i < time.spans; ++i) {
    if (i > 0) json += ',';
    if (time.looked[i]) json += std::to_string(std::lround(static_cast<double>(values[i]) * scale));
  }
  // An empty place is not JSON: the script reads it by hand.
  return json + "]";
}

std::string legend_html(const Plot& plot) {
  std::string html = "<div class=\"legend\">";
  const auto entry = [&html](const std::string& kind, const std::string& name) {
    html += "<span><i class=\"" + kind + "\"></i>" + escaped(name) + "</span>";
  };
  for (const PlotLine& line : plot.lines) {
    if (!line.faint) entry("stroke " + line.colour, line.name);
  }
  return html + "</div>";
}

std::string data_attributes(const Plot& plot, const PlotTime& time) {
  std::string html = " data-unit=\"" + escaped(plot.unit) + "\" data-decimals=\"" +
                     std::to_string(plot.decimals) + "\" data-series=\"";
  const auto entry = [&](const std::string& name, const std::vector<float>& values, bool faint) {
    html +=
        (faint ? "*" : "") + escaped(name) + "=" + numbers_json(values, plot.decimals, time) + ";";
  };
  for (const PlotLine& line : plot.lines) entry(line.name, line.values, line.faint);
  return html + "\"";
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string plot_html(const Plot& plot, const PlotTime& time) {
  const Axis axis = nice_axis(range_of(plot, time));
  const PathWriter paths(axis, time);
  std::string html = "<figure class=\"plot\" tabindex=\"0\" role=\"img\" aria-label=\"" +
                     escaped(plot.title) + "\"" + data_attributes(plot, time) + "><figcaption>" +
                     "<b>" + escaped(plot.title) + "</b>" + legend_html(plot) +
                     "</figcaption><div class=\"area\">";
  for (double value = axis.low; value <= axis.high + axis.step * 0.01; value += axis.step) {
    const double share = (axis.high - value) / (axis.high - axis.low);
    html += "<span class=\"level\" style=\"top:" + percent(share) + "\"><em>" +
            decimal(value, axis.decimals) +
            (value + axis.step > axis.high + axis.step * 0.01 ? " " + escaped(plot.unit) : "") +
            "</em></span>";
  }
  html += svg_open(time, height) + nights_svg(time, height);
  for (const PlotBand& band : plot.bands) {
    html +=
        "<path class=\"band " + band.colour + "\" d=\"" + paths.band(band.low, band.high) + "\"/>";
  }
  for (const PlotLine& line : plot.lines) {
    html += "<path class=\"line " + std::string(line.faint ? "faint " : "") + line.colour +
            "\" d=\"" + paths.line(line.values) + "\"/>";
  }
  html += marks_svg(time, height) + "</g></svg>";
  for (const PlotLimit& limit : plot.limits) {
    if (limit.value < axis.low || limit.value > axis.high) continue;
    const double share = (axis.high - limit.value) / (axis.high - axis.low);
    html += "<span class=\"limit\" style=\"top:" + percent(share) + "\"><em>" +
            escaped(limit.name) + "</em></span>";
  }
  return html + "<div class=\"cursor\"></div><div class=\"brush\"></div></div>" + times_html(time) +
         "</figure>\n";
}

std::string strip_html(const std::string& title, const std::vector<StripRow>& rows,
                       const PlotTime& time) {
  constexpr int tall = 20;
  std::string html = "<figure class=\"plot strips\" tabindex=\"0\" role=\"img\" aria-label=\"" +
                     escaped(title) + "\"><figcaption><b>" + escaped(title) + "</b></figcaption>" +
                     "<div class=\"area\">";
  for (const StripRow& row : rows) {
    html += "<div class=\"strip\" title=\"" + escaped(row.words) + "\"><em>" + escaped(row.name) +
            "</em>" + svg_open(time, tall) + nights_svg(time, tall);
    for (const Stretch& stretch : row.stretches) {
      const double x = static_cast<double>(stretch.from) / static_cast<double>(time.span);
      const double width =
          static_cast<double>(stretch.to - stretch.from) / static_cast<double>(time.span);
      html += "<rect class=\"" + row.colour + "\" x=\"" + decimal(x - 0.5, 2) +
              "\" y=\"3\" width=\"" + decimal(std::max(width, 0.6), 2) + "\" height=\"14\"/>";
    }
    html += marks_svg(time, tall) + "</g></svg></div>";
  }
  return html + "<div class=\"cursor\"></div><div class=\"brush\"></div></div>" + times_html(time) +
         "</figure>\n";
}

}  // namespace cellwarden::gateway
