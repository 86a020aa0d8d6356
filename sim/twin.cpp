// SPDX-License-Identifier: Apache-2.0
#include "sim/twin.hpp"

#include <stdexcept>
#include <string>

#include "sim/site.hpp"

namespace cellwarden::sim {
namespace {

/// Boards that remember a charge get a pack that holds it.
void charge_as_remembered(plant::PackOptions& pack, const TwinOptions& options) {
  const std::filesystem::path file = options.flash_folder / "out.flash";
  if (options.flash_folder.empty() || !std::filesystem::exists(file)) return;
  const MemoryFlash flash{file};
  core::OutMemoryReport report;
  const auto memory = core::load_out_memory(core::Journal::open(flash), flash, report);
  if (flash.blank() || report.state_lost) return;
  pack.start_soc = real_share(memory.soc.share().in_ppm() / 1e6);
}

SiteOptions site_options(const TwinOptions& options) {
  if (!(options.start_hour >= 0.0 && options.start_hour <= 24.0)) {
    throw std::invalid_argument("start_hour: expected 0 to 24, got " +
                                std::to_string(options.start_hour));
  }
  const plant::CellParameters parameters = options.cell_type.empty()
                                               ? plant::prismatic_280ah()
                                               : plant::cell_parameters_named(options.cell_type);
  SiteOptions site = household_site(options.cells, 1, parameters);
  site.seed = options.seed;
  site.start_hour = options.start_hour;
  SitePackOptions& pack = site.buses.front().packs.front();
  if (options.one_sensor) pack.sensors.wiring = SensorWiring::one;
  ChainOptions& chain = pack.chain;
  chain.pace = Pace::bytes;
  chain.switches.on[0] = options.fast_messages;
  chain.extended = {.clock_instead_of_keys = options.clock_instead_of_keys,
                    .frames_while_broken = options.frames_while_broken};
  if (!options.flash_folder.empty()) {
    std::filesystem::create_directories(options.flash_folder);
    chain.in_flash_file = options.flash_folder / "in.flash";
    chain.out_flash_file = options.flash_folder / "out.flash";
  }
  charge_as_remembered(pack.pack, options);
  return site;
}

}  // namespace

/// A site of one pack, and the extended data output's own wire; not movable, because the site's
/// hook knows its place.
struct Twin::World {
  explicit World(const TwinOptions& options) : site(site_options(options), hooks()) {}

  SiteHooks hooks() {
    SiteHooks hooks;
    hooks.extended = [this](SimTime at, int, const wire::FrameBytes& frame) {
      for (const std::uint8_t byte : frame) output.send(at, byte);
    };
    return hooks;
  }

  WireLink output;
  Site site;
};

Twin::Twin(const TwinOptions& options) : world_(std::make_unique<World>(options)) {}
Twin::Twin(Twin&&) noexcept = default;
Twin& Twin::operator=(Twin&&) noexcept = default;
Twin::~Twin() = default;

void Twin::run_until(SimTime until, const ByteSink& sink) {
  world_->site.run_until(until);
  while (const auto at = world_->output.next_arrival()) {
    if (*at > until) break;
    sink(*at, world_->output.take());
  }
}

SimTime Twin::now() const { return world_->site.now(); }

Site& Twin::site() { return world_->site; }

void Twin::cut_wire(int board) { site().pack(0).cut_wire(board); }
void Twin::mend_wire(int board) { site().pack(0).mend_wire(board); }

int Twin::open_app(bool gen2) { return site().pack(0).open_app(gen2); }

void Twin::app_send(int client, std::uint8_t byte) { site().pack(0).app_send(client, byte); }

std::optional<std::uint8_t> Twin::app_next(int client) { return site().pack(0).app_next(client); }

void Twin::close_app(int client) { site().pack(0).close_app(client); }

}  // namespace cellwarden::sim
