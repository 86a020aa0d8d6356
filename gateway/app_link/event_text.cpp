// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/event_text.hpp"

#include <array>

#include "core/event_log.hpp"
#include "core/pack_link.hpp"
#include "gateway/app_link/setting_text.hpp"

namespace cellwarden::gateway {
namespace {

using core::EventCause;
using core::EventKind;
using core::LinkFault;
using core::SettingUnit;

struct Words {
  std::string_view code, text;
};

/// By number of EventKind.
constexpr std::array kinds{
    Words{"none", "nothing happened"},
    Words{"charge_opened", "CHARGE relay opened"},
    Words{"charge_closed", "CHARGE relay closed"},
    Words{"load_opened", "LOAD relay opened"},
    Words{"load_closed", "LOAD relay closed"},
    Words{"alarm_on", "Alarm"},
    Words{"alarm_off", "Alarm over"},
    Words{"restart", "The board started"},
    Words{"setting_changed", "Setting changed"},
    Words{"pin_changed", "PIN changed"},
    Words{"pin_reset", "PIN reset by the button"},
    Words{"energy_cleared", "Energy counters cleared"},
    Words{"memory_damaged", "Memory was damaged"},
};
static_assert(kinds.size() == static_cast<std::size_t>(EventKind::memory_damaged) + 1);

/// By number of EventCause.
constexpr std::array causes{
    Words{"none", ""},
    Words{"v_max", "at V max"},
    Words{"full", "every cell is full"},
    Words{"v_min", "at V min"},
    Words{"t_max", "at T max"},
    Words{"t_charge_min", "at T min for charging"},
    Words{"t_discharge_min", "at T min for discharging"},
    Words{"communication", "communication"},
    Words{"forced_off", "kept off by a setting"},
    Words{"allowed", "every condition holds again"},
    Words{"owner", "by the owner"},
    Words{"button", "by the button"},
    Words{"power_on", "power came on"},
    Words{"watchdog", "the watchdog restarted it"},
};
static_assert(causes.size() == static_cast<std::size_t>(EventCause::watchdog) + 1);

/// By number of LinkFault.
constexpr std::array faults{
    Words{"none", "every cell is heard"},
    Words{"starting", "the chain starts"},
    Words{"silent", "nothing is heard from the chain"},
    Words{"broken", "the chain is broken"},
    Words{"too_few_cells", "too few cells are heard"},
    Words{"too_many_cells", "too many cells are heard"},
    Words{"count_changed", "the number of cells has changed"},
    Words{"bad_order", "the IN board's message makes no sense"},
    Words{"bad_reading", "a cell's reading is missing or impossible"},
};
static_assert(faults.size() == static_cast<std::size_t>(LinkFault::bad_reading) + 1);

template <std::size_t size>
Words words_of(const std::array<Words, size>& list, std::size_t number) {
  return number < size ? list[number] : Words{"unknown", "for a reason this program does not know"};
}

std::string broken_before(int cell) {
  return "the wire from cell " + std::to_string(cell - 1) + " to cell " + std::to_string(cell) +
         " is broken";
}

std::string setting_changed_text(const wire::AppEvent& event) {
  const auto place = core::setting_with_id(event.cell);
  if (!place) return "Setting changed";
  const core::SettingRow& row = core::settings_table[*place];
  return std::string(row.title) + " changed to " + value_text(row, event.value);
}

std::string communication_text(const wire::AppEvent& event) {
  if (event.cell >= 2) return broken_before(event.cell);
  const bool known = event.value > 0 && event.value < static_cast<std::int32_t>(faults.size());
  return known ? std::string(faults[static_cast<std::size_t>(event.value)].text)
               : "the chain is broken";
}

/// What stands behind the cause: its value, where it has one.
std::string measured_text(EventCause cause, std::int32_t value) {
  if (cause == EventCause::v_max || cause == EventCause::v_min) {
    return ", " + value_text(SettingUnit::millivolts, value);
  }
  if (cause == EventCause::t_max || cause == EventCause::t_charge_min ||
      cause == EventCause::t_discharge_min) {
    return ", " + value_text(SettingUnit::decicelsius, value);
  }
  return {};
}

}  // namespace

std::string_view event_kind_word(const wire::AppEvent& event) {
  return words_of(kinds, event.kind).code;
}

std::string_view event_cause_word(const wire::AppEvent& event) {
  return words_of(causes, event.cause).code;
}

std::string event_text(const wire::AppEvent& event) {
  const auto kind = static_cast<EventKind>(event.kind);
  const auto cause = static_cast<EventCause>(event.cause);
  if (kind == EventKind::setting_changed) return setting_changed_text(event);
  std::string text(event.kind < kinds.size() ? kinds[event.kind].text : "Something happened");
  if (cause == EventCause::none || kind == EventKind::pin_reset) return text;
  text += ": ";
  if (cause == EventCause::communication) return text + communication_text(event);
  const std::string measured = measured_text(cause, event.value);
  if (!measured.empty() && event.cell != 0) text += "cell " + std::to_string(event.cell) + " ";
  return text + std::string(words_of(causes, event.cause).text) + measured;
}

std::string_view chain_fault_word(std::uint8_t fault) { return words_of(faults, fault).code; }

std::optional<int> break_before(const wire::AppChain& chain) {
  if (!chain.break_before) return std::nullopt;
  if (*chain.break_before > 0) return *chain.break_before;
  // Counted from the pack's end: where that is must be known.
  const int cell = chain.cell_count + 1 + *chain.break_before;
  if (chain.cell_count == 0 || cell < 2) return std::nullopt;
  return cell;
}

std::string chain_text(const wire::AppChain& chain) {
  const auto place = break_before(chain);
  if (chain.fault == static_cast<std::uint8_t>(LinkFault::broken) && place) {
    return broken_before(*place);
  }
  if (chain.fault == static_cast<std::uint8_t>(LinkFault::broken) && chain.break_before) {
    return "the chain is broken: " + std::to_string(-*chain.break_before) +
           " cells are heard behind the break";
  }
  return std::string(words_of(faults, chain.fault).text);
}

}  // namespace cellwarden::gateway
