// SPDX-License-Identifier: Apache-2.0
#include "gateway/app_link/event_text.hpp"

#include <gtest/gtest.h>

#include "core/event_log.hpp"
#include "core/pack_link.hpp"

namespace cellwarden::gateway {
namespace {

wire::AppEvent event(core::EventKind kind, core::EventCause cause, std::uint8_t cell = 0,
                     std::int32_t value = 0) {
  return {0, 0, static_cast<std::uint8_t>(kind), static_cast<std::uint8_t>(cause), cell, value};
}

TEST(EventText, SaysWhatHappenedWhereAndWhy) {
  using Kind = core::EventKind;
  using Cause = core::EventCause;
  const auto opened = event(Kind::charge_opened, Cause::v_max, 3, 3'655);
  EXPECT_EQ(event_text(opened), "CHARGE relay opened: cell 3 at V max, 3.655 V");
  EXPECT_EQ(event_kind_word(opened), "charge_opened");
  EXPECT_EQ(event_cause_word(opened), "v_max");
  EXPECT_EQ(event_text(event(Kind::load_opened, Cause::t_discharge_min, 1, -205)),
            "LOAD relay opened: cell 1 at T min for discharging, -20.5 °C");
  EXPECT_EQ(event_text(event(Kind::alarm_on, Cause::communication, 3, 3)),
            "Alarm: the wire from cell 2 to cell 3 is broken");
  EXPECT_EQ(event_text(event(Kind::alarm_on, Cause::communication, 0, 2)),
            "Alarm: nothing is heard from the chain");
  EXPECT_EQ(event_text(event(Kind::setting_changed, Cause::owner, 4, 2'900)),
            "V min changed to 2.900 V");
  EXPECT_EQ(event_text(event(Kind::restart, Cause::power_on)), "The board started: power came on");
  EXPECT_EQ(event_text(event(Kind::load_closed, Cause::allowed, 0, 95)),
            "LOAD relay closed: every condition holds again");
}

TEST(EventText, NumbersOfANewerBoardAreUnknown) {
  const wire::AppEvent odd{0, 0, 200, 201, 0, 0};
  EXPECT_EQ(event_kind_word(odd), "unknown");
  EXPECT_EQ(event_cause_word(odd), "unknown");
  EXPECT_EQ(event_text(odd), "Something happened: for a reason this program does not know");
  EXPECT_EQ(chain_fault_word(99), "unknown");
}

// proves ENV-4
TEST(EventText, ABrokenChainIsShownByItsPlace) {
  wire::AppChain chain;
  chain.cell_count = 4;
  EXPECT_EQ(chain_text(chain), "every cell is heard");
  EXPECT_EQ(chain_fault_word(chain.fault), "none");
  chain.fault = static_cast<std::uint8_t>(core::LinkFault::broken);
  chain.break_before = 3;
  EXPECT_EQ(chain_text(chain), "the wire from cell 2 to cell 3 is broken");
  chain.break_before = -1;
  EXPECT_EQ(break_before(chain), 4);
  chain.cell_count = 0;
  EXPECT_EQ(break_before(chain), std::nullopt);
  EXPECT_EQ(chain_text(chain), "the chain is broken: 1 cells are heard behind the break");
  chain.break_before.reset();
  EXPECT_EQ(chain_text(chain), "the chain is broken");
}

}  // namespace
}  // namespace cellwarden::gateway
