// SPDX-License-Identifier: Apache-2.0
#include "core/relay_contacts.hpp"

#include <string_view>

#include <gtest/gtest.h>

namespace cellwarden::core {
namespace {

struct ContactCase {
  std::string_view why;
  RelayContacts contacts;
  bool closed_1_2;
  bool closed_2_3;
};

// proves OUT-2
TEST(RelayContacts, AreTheManualsTables) {
  const ContactCase cases[] = {
      {.why = "charging allowed",
       .contacts = charge_contacts(true),
       .closed_1_2 = true,
       .closed_2_3 = false},
      {.why = "charging not allowed",
       .contacts = charge_contacts(false),
       .closed_1_2 = false,
       .closed_2_3 = true},
      {.why = "v2.x: discharging allowed",
       .contacts = load_contacts(true, OutBoardMake::v2),
       .closed_1_2 = false,
       .closed_2_3 = true},
      {.why = "v2.x: discharging not allowed",
       .contacts = load_contacts(false, OutBoardMake::v2),
       .closed_1_2 = true,
       .closed_2_3 = false},
      {.why = "v1.x: discharging allowed",
       .contacts = load_contacts(true, OutBoardMake::v1),
       .closed_1_2 = true,
       .closed_2_3 = false},
      {.why = "v1.x: discharging not allowed",
       .contacts = load_contacts(false, OutBoardMake::v1),
       .closed_1_2 = false,
       .closed_2_3 = true},
  };
  for (const ContactCase& c : cases) {
    EXPECT_EQ(c.contacts, (RelayContacts{c.closed_1_2, c.closed_2_3})) << c.why;
  }
}

}  // namespace
}  // namespace cellwarden::core
