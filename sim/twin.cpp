// SPDX-License-Identifier: Apache-2.0
#include "sim/twin.hpp"

#include <map>
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

core::SettingValues settings_for(const plant::PackOptions& pack) {
  const double rated_wh = pack.cells.capacity_ah * 3.2 * pack.cell_count;
  const auto hundreds = static_cast<std::int32_t>((rated_wh * capacity_share + 50.0) / 100.0);
  const core::SettingValues preset;
  return preset.with(core::setting("capacity"), hundreds * 100, std::nullopt).value();
}

/// Real share of a cell's charge <-> what the boards count, whose 0 % is a quarter full.
double shown_share(double real) {
  const double share = 1.0 - (1.0 - real) / capacity_share;
  return share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
}
double real_share(core::Ratio shown) { return 1.0 - (1.0 - shown.in_ppm() / 1e6) * capacity_share; }

ChainOptions chain_options(const TwinOptions& options, const plant::PackOptions& pack) {
  ChainOptions chain;
  chain.cells = options.cells;
  // V-bypass 3.5 V (switch 7), blind spot on (switch 3).
  chain.switches.on = {options.fast_messages, false, true, false, false, false, true, false};
  chain.in_memory.factory.programmed_cells = programmed_for(options.cells);
  chain.out_memory.settings = settings_for(pack);
  // The pack has been in use: the boards remember the charge, counted down from full.
  const double share = shown_share(pack.start_soc);
  chain.out_memory.soc =
      core::StateOfCharge::at(core::Ratio::ppm(static_cast<std::int32_t>(share * 1e6)), true);
  chain.extended = {.clock_instead_of_keys = options.clock_instead_of_keys,
                    .frames_while_broken = options.frames_while_broken};
  if (!options.flash_folder.empty()) {
    std::filesystem::create_directories(options.flash_folder);
    chain.in_flash_file = options.flash_folder / "in.flash";
    chain.out_flash_file = options.flash_folder / "out.flash";
  }
  return chain;
}

/// Boards that remember a charge get a pack that holds it.
plant::PackOptions charged_as_remembered(plant::PackOptions pack, const TwinOptions& options) {
  const std::filesystem::path file = options.flash_folder / "out.flash";
  if (options.flash_folder.empty() || !std::filesystem::exists(file)) return pack;
  const MemoryFlash flash{file};
  core::OutMemoryReport report;
  const auto memory = core::load_out_memory(core::Journal::open(flash), flash, report);
  if (!flash.blank() && !report.state_lost) pack.start_soc = real_share(memory.soc.share());
  return pack;
}

}  // namespace

/// Boards, wires and pack; not movable, because boards and senses know each other's place.
struct Twin::World {
  explicit World(const TwinOptions& options)
      : World(options, charged_as_remembered(pack_options(options), options)) {}
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
  std::map<int, core::AppSession> apps;
  int next_app = 1;
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

int Twin::open_app(bool gen2) {
  const int client = world_->next_app++;
  world_->apps.emplace(client, gen2 ? wire::AppDialect::gen2 : wire::AppDialect::gen3);
  return client;
}

void Twin::app_send(int client, std::uint8_t byte) {
  world_->chain.app_receive(world_->apps.at(client), byte);
}

std::optional<std::uint8_t> Twin::app_next(int client) {
  return world_->chain.app_next(world_->apps.at(client));
}

void Twin::close_app(int client) { world_->apps.erase(client); }

}  // namespace cellwarden::sim
