// SPDX-License-Identifier: Apache-2.0
#include "sim/recorder.hpp"

#include <algorithm>

namespace cellwarden::sim {
namespace {

/// Those that are on or off, by their place among all.
std::vector<std::size_t> those_with_two_states() {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < quantity_count; ++i) {
    const QuantityKind kind = row_of(static_cast<Quantity>(i)).kind;
    if (kind == QuantityKind::contact || kind == QuantityKind::lamp) places.push_back(i);
  }
  return places;
}

void note_change(PackRecord& pack, std::size_t index, SimTime at, bool on) {
  std::vector<Change>& changes = pack.changes[index];
  if (!changes.empty() && changes.back().on == on) return;
  if (changes.size() >= changes_max) {
    pack.changes_cut = true;
    return;
  }
  changes.push_back({at, on});
}

}  // namespace

Recorder::Recorder(SimTime duration, SimTime look, std::span<const int> cells)
    : packs_(cells.size()), two_states_(those_with_two_states()) {
  const auto wanted = static_cast<SimTime>(recorded_spans);
  // Whole looks, so that every span has as many.
  const SimTime looks = (duration + wanted * look - 1) / (wanted * look);
  span_ = look * std::max<SimTime>(looks, 1);
  spans_ = static_cast<std::size_t>(std::max<SimTime>((duration + span_ - 1) / span_, 1));
  for (std::size_t i = 0; i < packs_.size(); ++i) {
    for (Series& series : packs_[i].series) {
      series.lowest.resize(spans_);
      series.highest.resize(spans_);
      series.mean.resize(spans_);
    }
    packs_[i].looks.resize(spans_);
    packs_[i].cell_voltage.assign(static_cast<std::size_t>(cells[i]), std::vector<float>(spans_));
  }
}

void Recorder::look(SimTime at, std::size_t pack, const PackValues& values,
                    plant::FloatView cell_voltage_v) {
  const std::size_t span = std::min(static_cast<std::size_t>(at / span_), spans_ - 1);
  PackRecord& record = packs_[pack];
  const std::uint32_t looks = ++record.looks[span];
  const float share = 1.0F / static_cast<float>(looks);
  for (std::size_t i = 0; i < quantity_count; ++i) {
    const auto quantity = static_cast<Quantity>(i);
    const auto value = static_cast<float>(values[quantity]);
    Series& series = record.series[i];
    if (looks == 1 || value < series.lowest[span]) series.lowest[span] = value;
    if (looks == 1 || value > series.highest[span]) series.highest[span] = value;
    series.mean[span] += (value - series.mean[span]) * share;
  }
  for (const std::size_t i : two_states_) {
    note_change(record, i, at, values[static_cast<Quantity>(i)] > 0.5);
  }
  // A cell's own line has one value a span; the band of all cells has every look.
  if (looks != 1) return;
  for (std::size_t cell = 0; cell < cell_voltage_v.size(); ++cell) {
    record.cell_voltage[cell][span] = static_cast<float>(cell_voltage_v[cell]);
  }
}

}  // namespace cellwarden::sim
