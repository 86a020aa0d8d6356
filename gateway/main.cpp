/// The program `cellwarden`: reads the command line and starts one command.
// SPDX-License-Identifier: Apache-2.0
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "gateway/commands/commands.hpp"
#include "gateway/usage_error.hpp"
#include "gateway/version.hpp"

namespace {

using namespace cellwarden::gateway;

constexpr int usage_status = 2;
/// What the chosen command does; its result is the exit status.
using Action = std::function<int()>;

constexpr const char* source_help =
    "twin (a simulated pack), serial:DEVICE or replay:FILE; NAME=... before it names the pack";

/// A range whose limits stand in the option's own words, not in CLI11's.
CLI::Validator within(int least, int most) { return CLI::Range(least, most).description(""); }

void add_twin_options(CLI::App& command, int& cells, std::uint64_t& seed) {
  command.add_option("--cells", cells, "cells of the simulated pack, 2 to 255; 4 unless given")
      ->type_name("N")
      ->check(within(2, 255));
  command
      .add_option("--seed", seed, "the same number gives the same simulated pack; 1 unless given")
      ->type_name("N");
}

void add_temperature_line(CLI::App& command, std::string& line) {
  command
      .add_option(
          "--temperature-line", line,
          "how the BMS counts degrees: sensor (the maker's app; unless given) or paper (the "
          "maker's papers)")
      ->type_name("LINE")
      ->check(CLI::IsMember({"sensor", "paper"}).description(""));
}

void add_run(CLI::App& app, Action& action) {
  auto options = std::make_shared<RunOptions>();
  CLI::App& command = *app.add_subcommand("run", "Show packs in the browser and serve the API");
  command.add_option("--source", options->sources, source_help)
      ->type_name("SOURCE")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->expected(1);
  command
      .add_option("--listen", options->listen,
                  "address and port to listen on; 127.0.0.1:8321 unless given")
      ->type_name("ADDRESS:PORT");
  command.add_option("--app", options->app, "folder with the App's files")->type_name("FOLDER");
  command
      .add_option("--config", options->config,
                  "read settings from a TOML file; what is given here goes before it")
      ->type_name("FILE");
  command
      .add_option("--speed", options->speed,
                  "how fast a twin or a replay runs, 1 to 100000; 1 unless given")
      ->type_name("N")
      ->check(within(1, 100'000));
  add_temperature_line(command, options->temperature_line);
  add_twin_options(command, options->cells, options->seed);
  command
      .add_option("--app-link", options->app_link,
                  "where the board's settings are reached; the twin has its own")
      ->type_name("tcp:HOST:PORT");
  command.add_option("--app-pin", options->app_pin, "the board's PIN; 1234 unless given")
      ->type_name("PIN");
  CLI::Option* const flash =
      command
          .add_option("--flash", options->flash,
                      "where a twin keeps its memory; below ~/.local/state unless given")
          ->type_name("FOLDER");
  command.add_flag("--no-flash", options->no_flash, "a twin forgets everything when it ends")
      ->excludes(flash);
  command.callback([options, &action] { action = [options] { return run(*options); }; });
}

void add_decode(CLI::App& app, Action& action) {
  auto options = std::make_shared<DecodeOptions>();
  CLI::App& command = *app.add_subcommand(
      "decode", "Explain recorded bytes, field by field (exit status 1: no frame found)");
  command
      .add_option("FILE", options->file, "hex text, a capture or binary; - reads standard input")
      ->required();
  command.add_flag("--json", options->json, "for programs");
  add_temperature_line(command, options->temperature_line);
  command.callback([options, &action] { action = [options] { return decode(*options); }; });
}

void add_emulate(CLI::App& app, Action& action) {
  auto options = std::make_shared<EmulateOptions>();
  CLI::App& command = *app.add_subcommand(
      "emulate", "Play a BMS on a pseudo-terminal, for programs made for the real one");
  command.add_option("--pty", options->link, "where to put the link that acts as serial port")
      ->type_name("LINK");
  command.add_option("--app-link", options->app_link, "where to serve the app link")
      ->type_name("tcp:127.0.0.1:PORT");
  command.add_flag("--gen2", options->gen2, "the app link as the older product has it");
  command.add_option("--flash", options->flash, "where the boards keep their memory")
      ->type_name("FOLDER");
  add_twin_options(command, options->cells, options->seed);
  command.add_flag("--fast", options->fast, "a message every 0.5 s instead of 1.0 s (switch 1)");
  command.callback([options, &action] { action = [options] { return emulate(*options); }; });
}

void add_capture(CLI::App& app, Action& action) {
  auto options = std::make_shared<CaptureOptions>();
  CLI::App& command = *app.add_subcommand("capture", "Record what a BMS sends, for replay:FILE");
  command.add_option("--source", options->source, source_help)->type_name("SOURCE")->required();
  command.add_option("--out", options->out, "file to write; standard output unless given")
      ->type_name("FILE");
  command.add_option("--seconds", options->seconds, "stop after that many; else Ctrl-C stops")
      ->type_name("N")
      ->check(within(1, 31'536'000));
  add_twin_options(command, options->cells, options->seed);
  command.callback([options, &action] { action = [options] { return capture(*options); }; });
}

void add_reach(CLI::App& command, const std::shared_ptr<SettingsOptions>& options) {
  CLI::Option* const direct =
      command.add_option("--app-link", options->app_link, "reach the board itself")
          ->type_name("tcp:HOST:PORT");
  command
      .add_option("--gateway", options->gateway,
                  "through a running gateway; http://127.0.0.1:8321 unless given")
      ->type_name("URL")
      ->excludes(direct);
  command.add_option("--pack", options->pack, "which pack of the gateway")
      ->type_name("ID")
      ->excludes(direct);
  command.add_option("--pin", options->pin, "the board's PIN; 1234 unless given")->type_name("PIN");
}

void add_settings(CLI::App& app, Action& action) {
  auto options = std::make_shared<SettingsOptions>();
  CLI::App& settings =
      *app.add_subcommand("settings", "Show, change, export or import a board's settings");
  settings.require_subcommand(1);
  settings.footer(
      "Try: cellwarden settings set v_min \"2.9 V\"\n"
      "More about a command: cellwarden settings set --help");
  const auto add = [&](const char* name, const char* help, int (*work)(const SettingsOptions&)) {
    CLI::App& command = *settings.add_subcommand(name, help);
    add_reach(command, options);
    command.callback([options, &action, work] { action = [=] { return work(*options); }; });
    return &command;
  };
  CLI::App& get = *add("get", "Print one setting, or all", settings_get);
  get.add_option("NAME", options->name,
                 "one of the names that settings get lists; all unless given");
  CLI::App& set = *add("set", "Change one setting", settings_set);
  set.add_option("NAME", options->name, "one of the names that settings get lists")->required();
  set.add_option("VALUE", options->value, R"(e.g. "2.9 V" or 2900, yes or no, default)")
      ->required();
  CLI::App& write = *add("export", "Write every setting into a file", settings_export);
  write.add_option("FILE", options->file, "file to write")->required();
  CLI::App& read = *add("import", "Take every setting of a file, or none", settings_import);
  CLI::Option* const file = read.add_option("FILE", options->file, "file to read");
  read.add_option("--preset", options->preset, "instead of a file: lfp, nmc or lto")
      ->type_name("CHEMISTRY")
      ->excludes(file);
}

void add_simulate(CLI::App& app, Action& action) {
  auto options = std::make_shared<SimulateOptions>();
  CLI::App& command = *app.add_subcommand(
      "simulate",
      "Run a scenario on the twin and say what held (exit status 1: something did not)");
  command.add_option("FILE", options->file, "a scenario, e.g. scenarios/day_off_grid.toml")
      ->required();
  command
      .add_option("--days", options->days,
                  "how long to run, 0.001 to 3650; as long as the scenario says unless given")
      ->type_name("N")
      ->check(CLI::Range(0.001, 3650.0).description(""));
  command
      .add_option("--seed", options->seed,
                  "the same number gives the same run; the scenario's unless given")
      ->type_name("N");
  command.add_option("--report", options->report, "write plots and all into one HTML file")
      ->type_name("FILE.html");
  command.callback([options, &action] { action = [options] { return simulate(*options); }; });
}

/// One line on standard error.
int complain(const std::string& what) {
  std::cerr << "cellwarden: " << what.substr(0, what.find('\n')) << '\n';
  return usage_status;
}

/// "--seed = x" of "Could not convert: --seed = x".
std::string option_of(const CLI::ParseError& wrong) {
  const std::string what = wrong.what();
  const std::size_t colon = what.find(": ");
  return colon == std::string::npos ? what : what.substr(colon + 2);
}

/// What is wrong with the command line, in words for an owner.
std::string explain(const CLI::ParseError& wrong, const CLI::App& app) {
  const auto is = [&wrong](CLI::ExitCodes code) {
    return wrong.get_exit_code() == static_cast<int>(code);
  };
  const bool no_command = is(CLI::ExitCodes::RequiredError) && app.get_subcommands().empty();
  if (no_command || is(CLI::ExitCodes::ExtrasError)) {
    const auto unknown = app.remaining(true);
    if (!unknown.empty()) return "\"" + unknown.front() + "\" is not known here";
  }
  if (no_command) return "say what to do: run, decode, emulate, capture, settings or simulate";
  if (is(CLI::ExitCodes::RequiredError) && app.got_subcommand("settings") &&
      app.get_subcommand("settings")->get_subcommands().empty()) {
    return "say what to do with the settings: get, set, export or import";
  }
  if (is(CLI::ExitCodes::ConversionError)) return "not a number that fits: " + option_of(wrong);
  return wrong.what();
}

int start(int argc, char** argv) {
  CLI::App app("Cellwarden shows what your battery management system knows.", "cellwarden");
  app.set_version_flag("--version", "cellwarden " + std::string(version),
                       "Print the version and end");
  app.set_help_flag("-h,--help", "Print this text and end");
  app.require_subcommand(1);
  app.footer(
      "Try: cellwarden run, then open http://127.0.0.1:8321\n"
      "More about a command: cellwarden run --help");
  Action action;
  add_run(app, action);
  add_decode(app, action);
  add_emulate(app, action);
  add_capture(app, action);
  add_settings(app, action);
  add_simulate(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return app.exit(asked);  // --help and --version
  } catch (const CLI::ParseError& wrong) {
    return complain(explain(wrong, app) + " (see cellwarden --help)");
  }
  return action();
}

}  // namespace

int main(int argc, char** argv) {
  spdlog::set_default_logger(spdlog::stderr_color_mt("cellwarden"));
  spdlog::set_pattern("%H:%M:%S %^%l%$ %v");
  try {
    return start(argc, argv);
  } catch (const UsageError& wrong) {
    return complain(wrong.what());
  } catch (const std::exception& failed) {
    std::cerr << "cellwarden: " << failed.what() << '\n';
    return 1;
  }
}
