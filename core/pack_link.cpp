// SPDX-License-Identifier: Apache-2.0
#include "core/pack_link.hpp"

#include "core/bypass.hpp"
#include "core/cell_board.hpp"
#include "core/option_switches.hpp"

namespace cellwarden::core {

LinkFault PackLink::judge(const wire::ChainHead& head) const {
  const wire::ChainOrder& order = head.order;
  if (head.flags.broken) return LinkFault::broken;
  if (!order.v_bypass || !is_v_bypass(*order.v_bypass)) return LinkFault::bad_order;
  if (head.flags.too_many_cells || head.cell_count > order.programmed_cells) {
    return LinkFault::too_many_cells;
  }
  if (head.cell_count < 2 || !count_fits(head.cell_count, order.programmed_cells)) {
    return LinkFault::too_few_cells;
  }
  if (count_ != 0 && head.cell_count != count_) return LinkFault::count_changed;
  if (head.flags.voltage_out_of_range || head.flags.temperature_out_of_range) {
    return LinkFault::bad_reading;
  }
  return LinkFault::none;
}

bool PackLink::hear(const HeadResult& result, Instant now) {
  if (!result.good()) {
    ++refused_;
    return false;
  }
  const wire::ChainHead& head = result.value();
  heard_at_ = now;
  period_ = head.order.period;
  fault_ = judge(head);
  break_before_ = std::nullopt;
  first_ = 1;
  if (fault_ == LinkFault::broken) {
    // Its cells are counted from the break: so many from the end of the pack. As many as the pack
    // has cannot come from behind a break: then its length is as unknown as before the first one.
    first_ = (count_ != 0 ? count_ : remembered_) - head.cell_count + 1;
    break_before_ = first_ > 1 ? first_ : -int{head.cell_count};
  }
  if (fault_ != LinkFault::none) return false;
  count_ = head.cell_count;
  head_ = head;
  return true;
}

bool PackLink::numbers_are_sure() const {
  if (count_ == 0) return false;
  if (fault_ == LinkFault::broken) return first_ > 1;
  return fault_ == LinkFault::none || fault_ == LinkFault::bad_reading;
}

void PackLink::hear_records(const ChainReceiver& receiver, Instant now) {
  if (!numbers_are_sure()) return;
  receiver.for_each_record([this, now](int number, const wire::CellReading& reading) {
    const int cell = number + first_ - 1;  // 1..count_
    HeardCell& heard = cells_[static_cast<std::size_t>(cell - 1)];
    // Field by field: a copy of the whole would wait for its parts.
    heard.reading.voltage = reading.voltage;
    heard.reading.temperature = reading.temperature;
    heard.reading.bypassing = reading.bypassing;
    heard.at = now;
    heard.known = true;
  });
  if (complete_) return;
  complete_ = true;
  for (int number = 1; number <= count_; ++number) complete_ = complete_ && cell(number).known;
}

Instant PackLink::silent_from() const { return heard_at_ + chain_timeout(period_); }

LinkFault PackLink::fault(Instant now) {
  // Stays so until a head is heard, also when the clock wraps.
  const bool silent = now - silent_from() >= Duration{};
  if (silent && fault_ != LinkFault::starting) fault_ = LinkFault::silent;
  if (fault_ == LinkFault::none && !complete_) return LinkFault::starting;
  return fault_;
}

}  // namespace cellwarden::core
