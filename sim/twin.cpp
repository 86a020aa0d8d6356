// SPDX-License-Identifier: Apache-2.0
#include "sim/twin.hpp"

#include <deque>
#include <stdexcept>
#include <string>

#include "sim/board_chain.hpp"
#include "sim/pack_senses.hpp"

namespace cellwarden::sim {
namespace {

/// The manual advises to set three quarters of the rated capacity; the twin's owner did.
constexpr double capacity_share = 0.75;

std::uint8_t programmed_for(int cells) {
  for (const std::uint8_t listed : core::cell_counts) {
    if (cells <= listed) return listed;
  }
  throw std::invalid_argument("cells: expected 2 to 255, got " + std::to_string(cells));
}

plant::PackOptions pack_options(const TwinOptions& options) {
  if (!(options.start_hour >= 0.0 && options.start_hour <= 24.0)) {
    throw std::invalid_argument("start_hour: expected 0 to 24, got " +
                                std::to_string(options.start_hour));
  }
  (void)programmed_for(options.cells < 2 ? wire::chain_cells_max + 1 : options.cells);
  plant::PackOptions pack = plant::household_pack(options.cells);
  pack.start_hour = options.start_hour;
  return pack;
}

core::Settings settings_for(const plant::PackOptions& pack) {
  core::Settings settings;
  const double rated_wh = pack.cells.capacity_ah * 3.2 * pack.cell_count;
  const double steps = rated_wh * capacity_share / 100.0 + 0.5;
  settings.capacity = core::Energy::watt_hours(static_cast<std::int64_t>(steps) * 100);
  return settings;
}

/// The pack has been in use: the boards remember the state of charge, counted down from full.
core::StateOfCharge remembered_soc(const plant::PackOptions& pack) {
  const double share = 1.0 - (1.0 - pack.start_soc) / capacity_share;
  const double kept = share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
  return core::StateOfCharge::at(core::Ratio::ppm(static_cast<std::int32_t>(kept * 1e6)), true);
}

ChainOptions chain_options(const TwinOptions& options, const plant::PackOptions& pack) {
  ChainOptions chain;
  chain.cells = options.cells;
  // V-bypass 3.5 V (switch 7), blind spot on (switch 3).
  chain.switches.on = {options.fast_messages, false, true, false, false, false, true, false};
  chain.in_memory.factory.programmed_cells = programmed_for(options.cells);
  chain.settings = settings_for(pack);
  chain.soc = remembered_soc(pack);
  return chain;
}

}  // namespace

/// Boards, wires and pack; not movable, because boards and senses know each other's place.
struct Twin::World {
  explicit World(const TwinOptions& options) : World(options, pack_options(options)) {}
  World(const TwinOptions& options, const plant::PackOptions& pack)
      : senses(pack, {}, options.seed), chain(chain_options(options, pack), senses, hooks()) {}

  Hooks hooks() {
    Hooks hooks;
    hooks.relays = [this](SimTime at, core::Relays relays) { senses.set_relays(at, relays); };
    hooks.bypass = [this](SimTime at, int cell, core::Ratio level) {
      senses.set_bypass(at, cell, level);
    };
    hooks.extended = [this](SimTime at, const wire::FrameBytes& frame) {
      for (const std::uint8_t byte : frame) output.send(at, byte);
    };
    return hooks;
  }

  PackSenses senses;
  WireLink output;  ///< the extended data output's own wire
  BoardChain chain;
};

Twin::Twin(const TwinOptions& options) : world_(std::make_unique<World>(options)) {}
Twin::Twin(Twin&&) noexcept = default;
Twin& Twin::operator=(Twin&&) noexcept = default;
Twin::~Twin() = default;

void Twin::run_until(SimTime until, const ByteSink& sink) {
  world_->chain.run_until(until);
  while (const auto at = world_->output.next_arrival()) {
    if (*at > until) break;
    sink(*at, world_->output.take());
  }
}

SimTime Twin::now() const { return world_->chain.now(); }

void Twin::cut_wire(int board) {
  if (board < 1 || board >= world_->chain.cells()) throw std::out_of_range("no such wire");
  world_->chain.wire(board - 1).cut();
}

void Twin::mend_wire(int board) {
  if (board < 1 || board >= world_->chain.cells()) throw std::out_of_range("no such wire");
  world_->chain.wire(board - 1).mend();
}

}  // namespace cellwarden::sim
