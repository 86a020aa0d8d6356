/// How the IN board keeps its factory settings and zero offsets (IN-5, IN-8) in a journal.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/flash.hpp"
#include "core/in_board.hpp"
#include "core/journal.hpp"

namespace cellwarden::core {

/// What is stored.
/// @return  the default where nothing is; no number of cells, so that the OUT board closes nothing,
///          where something is that cannot be read
InBoardMemory load_in_memory(const Journal& journal, const Flash& flash);

/// In force after a power cut or not at all.
Result<Written, JournalFault> store_in_memory(Journal& journal, Flash& flash,
                                              const InBoardMemory& memory);

}  // namespace cellwarden::core
