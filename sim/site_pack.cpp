// SPDX-License-Identifier: Apache-2.0
#include "sim/site_pack.hpp"

#include <cstring>
#include <stdexcept>
#include <string>

#include "plant/check.hpp"
#include "plant/random.hpp"

namespace cellwarden::sim {
namespace {

template <class Values>
Spread spread_of(const Values& values) {
  Spread spread{values[0], 0.0, values[0]};
  for (const double value : values) {
    if (value < spread.lowest) spread.lowest = value;
    if (value > spread.highest) spread.highest = value;
    spread.mean += value;
  }
  spread.mean /= static_cast<double>(values.size());
  return spread;
}

/// The chain's options, once they are known to be those of the pack: a board asks for its cell as
/// soon as it is made.
const ChainOptions& fitting_chain(const SitePackOptions& options) {
  if (options.chain.cells != options.pack.cell_count) {
    throw std::invalid_argument("chain.cells: expected " + std::to_string(options.pack.cell_count) +
                                " as the pack has, got " + std::to_string(options.chain.cells));
  }
  return options.chain;
}

}  // namespace

SitePack::SitePack(const SitePackOptions& options, TimedBus& bus, int index, int number,
                   const SiteHooks& hooks)
    : bus_(bus),
      index_(index),
      number_(number),
      hooks_(hooks),
      senses_(bus, index, options.sensors),
      chain_(fitting_chain(options), senses_, chain_hooks()) {}

Hooks SitePack::chain_hooks() {
  Hooks hooks;
  hooks.relays = [this](SimTime at, core::Relays) { move_contacts(at); };
  hooks.bypass = [this](SimTime at, int cell, core::Ratio level) {
    bus_.set_bypass(at, index_, cell, level);
  };
  hooks.extended = [this](SimTime at, const wire::FrameBytes& frame) {
    add_trace(static_cast<std::uint64_t>(at));
    for (std::size_t from = 0; from < frame.size(); from += sizeof(std::uint64_t)) {
      std::uint64_t bits = 0;
      for (std::size_t i = from; i < from + sizeof bits && i < frame.size(); ++i) {
        bits = bits << 8U | frame[i];
      }
      add_trace(bits);
    }
    if (bus_.plant().generator()) bus_.hear_soc(at, index_, chain_.out_board().soc.share());
    if (hooks_.extended) hooks_.extended(at, number_, frame);
  };
  if (hooks_.in_extended) {
    hooks.in_extended = [this](SimTime at, const wire::FrameBytes& frame) {
      hooks_.in_extended(at, number_, frame);
    };
  }
  if (hooks_.before_whole) {
    hooks.before_whole = [this](SimTime at) { hooks_.before_whole(at, number_); };
  }
  hooks.event = [this](SimTime at, const core::Event& event) {
    if (hooks_.event) hooks_.event(at, number_, event);
  };
  return hooks;
}

/// Bits that differ by one differ everywhere a few additions later.
void SitePack::add_trace(std::uint64_t bits) {
  trace_ = (trace_ ^ bits) * 0x9e3779b97f4a7c15U;
  trace_ ^= trace_ >> 29U;
}

void SitePack::move_contacts(SimTime at) {
  const core::Relays decided = chain_.relays();
  const core::Relays now{decided.charge || (welded_.charge && contacts_.charge),
                         decided.load || (welded_.load && contacts_.load)};
  if (now == contacts_) return;
  contacts_ = now;
  add_trace(static_cast<std::uint64_t>(at));
  add_trace((now.charge ? 2U : 0U) | (now.load ? 1U : 0U));
  bus_.set_contacts(at, index_, now);
  if (hooks_.contacts) hooks_.contacts(at, number_, now);
}

PackReading SitePack::read(SimTime at) {
  bus_.advance(at);
  const plant::Cells& cells = plant().cells();
  PackReading reading;
  reading.at = at;
  reading.soc = spread_of(cells.soc());
  reading.voltage_v = spread_of(cells.voltage_v());
  reading.temperature_c = spread_of(cells.temperature_c());
  reading.pack_voltage_v = plant().voltage_v();
  reading.current_a = plant().current_a();
  reading.contacts = contacts_;
  const core::OutFirmware& out = chain_.out_firmware();
  reading.shown_soc = out.board.soc.share().in_ppm() / 1e6;
  reading.decided = chain_.relays();
  reading.alarms = out.board.alarms;
  reading.link = out.fault;
  reading.break_before = out.board.link.break_before();
  return reading;
}

int SitePack::open_app(bool gen2) {
  const int client = next_app_++;
  apps_.emplace(client, gen2 ? wire::AppDialect::gen2 : wire::AppDialect::gen3);
  return client;
}

void SitePack::app_send(int client, std::uint8_t byte) {
  chain_.app_receive(apps_.at(client), byte);
}

std::optional<std::uint8_t> SitePack::app_next(int client) {
  return chain_.app_next(apps_.at(client));
}

std::string SitePack::app_ask(std::string_view pin, std::string_view line) {
  const int client = open_app();
  std::string reply;
  for (const std::string& each : {"PW" + std::string(pin) + "!", std::string(line)}) {
    for (const char letter : each + "\r") app_send(client, static_cast<std::uint8_t>(letter));
    reply.clear();
    while (const auto byte = app_next(client)) reply.push_back(static_cast<char>(*byte));
  }
  close_app(client);
  return reply;
}

}  // namespace cellwarden::sim
