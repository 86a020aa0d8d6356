// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/simulate/html_report.hpp"

#include <algorithm>

#include "gateway/commands/simulate/report_assets.hpp"
#include "gateway/commands/simulate/report_plots.hpp"
#include "gateway/commands/simulate/value_words.hpp"
#include "gateway/version.hpp"

#include "scenarios/reader/amounts.hpp"

namespace cellwarden::gateway {
namespace {

using sim::Quantity;
using sim::VerdictState;

constexpr std::size_t listed_marks_max = 400;

/// Writes the page part by part.
class Page {
 public:
  Page(const sim::ScenarioResult& result, const sim::Recorder& record, const std::string& file)
      : result_(result), record_(record), file_(file) {}

  std::string html() {
    head();
    heading();
    musts();
    std::vector<PlotMark> flags;
    for (const sim::Mark& mark : result_.marks) {
      if (!mark.event) flags.push_back({mark.at, static_cast<int>(flags.size()) + 1});
    }
    const PlotTime time = plot_time(result_, record_, flags);
    html_ +=
        "<h2>What happened</h2><div class=\"tools\"><button type=\"button\" hidden>Whole run"
        "</button><span></span></div>";
    for (std::size_t i = 0; i < result_.packs.size(); ++i) pack(i, time);
    events();
    footer();
    return std::move(html_);
  }

 private:
  void head() {
    html_ =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
        escaped(result_.title) + "</title>\n<style>\n" + std::string(report_style) +
        "</style>\n</head>\n<body data-start=\"" + seconds(result_.start_of_day) +
        "\" data-span=\"" + seconds(record_.span()) + "\" data-spans=\"" +
        std::to_string(shown_spans(record_)) + "\">\n<main>\n";
  }

  static std::string seconds(sim::SimTime time) {
    return decimal(static_cast<double>(time) / static_cast<double>(scenarios::second), 3);
  }

  void heading() {
    html_ += "<header><div><h1>" + escaped(result_.title) + "</h1>";
    if (!result_.words.empty()) html_ += "<p>" + escaped(result_.words) + "</p>";
    html_ += "<p class=\"facts\"><b>" + scenarios::duration_text(result_.ran) +
             "</b> of virtual time from <b>" + time_text(0, result_.start_of_day).substr(0, 5) +
             "</b>, seed <b>" + std::to_string(result_.seed) + "</b>, trace <b>" +
             hash_text(result_.trace_hash) + "</b></p></div>" + badge() + "</header>";
    if (result_.interrupted) {
      html_ += "<p class=\"notice\">Partial report: the run was stopped after " +
               scenarios::duration_text(result_.ran) + " of " +
               scenarios::duration_text(result_.planned) + ".</p>";
    }
  }

  [[nodiscard]] std::string badge() const {
    std::size_t broken = 0, open = 0;
    for (const sim::JudgedMust& must : result_.musts) {
      if (must.verdict.state == VerdictState::broken) ++broken;
      if (must.verdict.state == VerdictState::not_judged) ++open;
    }
    const std::string all = std::to_string(result_.musts.size());
    if (broken > 0) {
      return "<div class=\"verdict broken\">✗ " + std::to_string(broken) + " of " + all +
             " broken</div>";
    }
    if (open > 0) {
      return "<div class=\"verdict partial\">… " + std::to_string(open) + " of " + all +
             " not judged</div>";
    }
    return "<div class=\"verdict held\">✓ " + (all == "1" ? "It holds" : "All " + all + " hold") +
           "</div>";
  }

  void musts() {
    html_ += "<h2>What must hold</h2><div class=\"card musts\"><table>";
    for (const sim::JudgedMust& must : result_.musts) {
      const bool broken = must.verdict.state == VerdictState::broken;
      const bool held = must.verdict.state == VerdictState::held;
      const std::string state = broken ? "broken" : held ? "held" : "not_judged";
      html_ += "<tr class=\"" + state + "\"><td class=\"sign\"><i class=\"" + state +
               "\" role=\"img\" aria-label=\"" +
               (broken ? "broken"
                : held ? "held"
                       : "not judged") +
               "\">" +
               (broken ? "✗"
                : held ? "✓"
                       : "–") +
               "</i></td><td>" + escaped(must.must.words) + "<code>" + escaped(must.must.text) +
               "</code></td><td class=\"told\">" +
               escaped(verdict_text(must, result_.start_of_day)) + "</td></tr>";
    }
    html_ += "</table></div>";
  }

  void figure(const std::string& name, const std::string& value, const std::string& small) {
    html_ += "<div class=\"card\"><span>" + name + "</span><b>" + value + "</b><small>" + small +
             "</small></div>";
  }

  void figures(const sim::PackResult& pack, const sim::PackRecord& record) {
    const auto openings = [&](Quantity quantity) { return decimal(pack.last[quantity], 0); };
    double low = 1e9, high = 0.0;
    for (std::size_t i = 0; i < record_.spans(); ++i) {
      if (record.looks[i] == 0) continue;
      low = std::min(low, static_cast<double>(record.of(Quantity::cell_voltage_min).lowest[i]));
      high = std::max(high, static_cast<double>(record.of(Quantity::cell_voltage_max).highest[i]));
    }
    html_ += "<div class=\"figures\">";
    figure("Energy in", decimal(pack.energy_in_wh / 1000.0, 2) + " kWh",
           decimal(pack.energy_in_shown_wh / 1000.0, 2) + " kWh counted");
    figure("Energy out", decimal(pack.energy_out_wh / 1000.0, 2) + " kWh",
           decimal(pack.energy_out_shown_wh / 1000.0, 2) + " kWh counted");
    figure("State of charge", decimal(pack.last[Quantity::soc_true], 1) + " %",
           decimal(pack.last[Quantity::soc_shown], 1) + " % shown");
    figure("Cells", decimal(low, 3) + "–" + decimal(high, 3) + " V",
           decimal(pack.last[Quantity::cell_spread] * 1000.0, 0) + " mV apart at the end");
    figure("Relays opened",
           openings(Quantity::charge_openings) + " + " + openings(Quantity::load_openings),
           "times, charge + load");
    html_ += "</div>";
  }

  void pack(std::size_t index, const PlotTime& time) {
    const sim::PackResult& pack = result_.packs[index];
    const sim::PackRecord& record = record_.packs()[index];
    if (result_.packs.size() > 1) html_ += "<h2>Pack " + escaped(pack.name) + "</h2>";
    figures(pack, record);
    html_ += pack_plots_html(pack, record, time, result_.ran);
    if (record.changes_cut) {
      html_ +=
          "<p class=\"facts\">A relay or lamp changed so often that only its first changes "
          "are drawn.</p>";
    }
  }

  void events() {
    html_ += "<h2>Events</h2>";
    if (result_.marks.empty()) {
      html_ += "<p>None.</p>";
      return;
    }
    html_ += "<div class=\"card events\"><table>";
    int flag = 0;
    const std::size_t listed = std::min(result_.marks.size(), listed_marks_max);
    for (std::size_t i = 0; i < listed; ++i) {
      const sim::Mark& mark = result_.marks[i];
      const bool own = !mark.event;
      html_ += std::string("<tr") + (own ? " class=\"own\"" : "") + "><td>" +
               time_text(mark.at, result_.start_of_day) + "</td><td>";
      if (own) html_ += "<span class=\"flag\">" + std::to_string(++flag) + "</span>";
      if (mark.pack >= 0 && result_.packs.size() > 1) {
        html_ += escaped(result_.packs[static_cast<std::size_t>(mark.pack)].name) + ": ";
      }
      html_ += escaped(mark_text(mark)) + "</td></tr>";
    }
    html_ += "</table></div>";
    if (listed < result_.marks.size() || result_.marks_cut) {
      html_ +=
          "<p class=\"facts\">Only the first " + std::to_string(listed) + " are listed here.</p>";
    }
  }

  void footer() {
    html_ += "<footer>Made by cellwarden " + std::string(version) + " from " + escaped(file_) +
             ". Simulated: no battery was charged for this page. Night is shaded; a dashed line "
             "that goes through all plots is an event of the scenario.</footer>\n</main>\n"
             "<div class=\"tip\" role=\"status\"></div>\n<script>\n" +
             std::string(report_script) + "</script>\n</body>\n</html>\n";
  }

  const sim::ScenarioResult& result_;
  const sim::Recorder& record_;
  const std::string& file_;
  std::string html_;
};

}  // namespace

std::string html_report(const sim::ScenarioResult& result, const sim::Recorder& record,
                        const std::string& file) {
  return Page(result, record, file).html();
}

}  // namespace cellwarden::gateway
