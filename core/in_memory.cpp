// SPDX-License-Identifier: Apache-2.0
#include "core/in_memory.hpp"

#include <array>

#include "core/byte_fields.hpp"

namespace cellwarden::core {
namespace {

constexpr std::uint8_t memory_key = 1;
constexpr std::size_t memory_bytes = 10;

}  // namespace

InBoardMemory load_in_memory(const Journal& journal, const Flash& flash) {
  std::array<std::uint8_t, memory_bytes> bytes{};
  InBoardMemory memory;
  const auto size = journal.read(flash, memory_key, bytes);
  const bool whole = !is_lost(journal.state()) && journal.state() != JournalState::damaged;
  if (!size && whole) return memory;
  if (size != memory_bytes) {
    memory.factory.programmed_cells = 0;
    return memory;
  }
  FieldReader fields(bytes);
  memory.factory.sensor_code = static_cast<std::uint8_t>(fields.take<1>());
  memory.factory.programmed_cells = static_cast<std::uint8_t>(fields.take<1>());
  memory.zero_in = Current::milliamperes(fields.take_signed());
  memory.zero_out = Current::milliamperes(fields.take_signed());
  return memory;
}

Result<Written, JournalFault> store_in_memory(Journal& journal, Flash& flash,
                                              const InBoardMemory& memory) {
  FieldWriter<memory_bytes> fields;
  fields.put<1>(memory.factory.sensor_code);
  fields.put<1>(memory.factory.programmed_cells);
  fields.put<4>(static_cast<std::uint32_t>(memory.zero_in.in_milliamperes()));
  fields.put<4>(static_cast<std::uint32_t>(memory.zero_out.in_milliamperes()));
  if (is_lost(journal.state()) && !journal.format(flash).good()) {
    return JournalFault::flash_failed;
  }
  if (journal.state() == JournalState::damaged) (void)journal.repair(flash);
  return journal.write(flash, memory_key, fields.bytes());
}

}  // namespace cellwarden::core
