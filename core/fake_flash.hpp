/// The fake flash beside `Flash`; it lives with the other test rigs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fake_flash.hpp"
