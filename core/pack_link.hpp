/// What the OUT board makes of the chain's messages: is the pack whole, how many cells has it,
/// where is it broken, what did each cell say last.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/chain_receiver.hpp"
#include "core/units.hpp"

namespace cellwarden::core {

/// Why the pack is not trusted; the relays are open for each of them. The numbers are stored and
/// sent: never reused.
enum class LinkFault : std::uint8_t {
  none = 0,
  starting = 1,        ///< no full cycle of every cell heard yet
  silent = 2,          ///< nothing for the timeout
  broken = 3,          ///< a board in the middle hears nothing: `break_before` says which
  too_few_cells = 4,   ///< one board alone, or fewer than the list allows for the programmed number
  too_many_cells = 5,  ///< more than programmed, or more than 255
  count_changed = 6,   ///< another number than since the start
  bad_order = 7,       ///< an order no IN board can give
  bad_reading = 8,  ///< a cell's voltage or temperature is missing or outside the measuring range
};

/// A cell as last heard.
struct HeardCell {
  wire::CellReading reading;
  Instant at;
  bool known = false;
};

/// State of the chain as seen from its end. Copyable, about 5 kB.
class PackLink {
 public:
  /// @param remembered  cells of the pack before the last power-off, 0: unknown; names the place of
  ///                    a break that was there from the start, nothing else
  explicit PackLink(Instant now = {}, int remembered = 0)
      : heard_at_(now), remembered_(remembered) {}

  /// Judges a head. A garbled one changes nothing but a counter.
  /// @return  whether it is healthy: whole, of the right count, every reading trustworthy
  bool hear(const HeadResult& head, Instant now);

  /// Takes the readings of a message whose records were complete. Those of a message that cannot
  /// tell for sure whose they are (another count, an impossible order) are left.
  void hear_records(const ChainReceiver& receiver, Instant now);

  /// To be asked at every step: whether the relays may be decided from `head()`.
  [[nodiscard]] LinkFault fault(Instant now);

  /// The last healthy head; meaningless before the first one.
  [[nodiscard]] const wire::ChainHead& head() const { return head_; }
  /// Cells of the pack, 0 until a whole message has been heard.
  [[nodiscard]] int cell_count() const { return count_; }
  /// The first cell that is heard after a break: the wire to it, or the board before it, is the
  /// place. Absent: not broken. 2..count, or negative when the length of the pack is not known (it
  /// was never whole, or has grown): so many cells before its end, -1 = the last one.
  [[nodiscard]] std::optional<int> break_before() const { return break_before_; }
  /// @param number  1..255
  [[nodiscard]] const HeardCell& cell(int number) const {
    return cells_[static_cast<std::size_t>(number - 1)];
  }
  /// When silence becomes a fault if nothing is heard.
  [[nodiscard]] Instant silent_from() const;
  /// Messages refused because garbled or impossible, since the start.
  [[nodiscard]] std::uint32_t refused() const { return refused_; }

 private:
  [[nodiscard]] LinkFault judge(const wire::ChainHead& head) const;
  [[nodiscard]] bool numbers_are_sure() const;

  std::array<HeardCell, wire::chain_cells_max> cells_{};
  wire::ChainHead head_;
  std::optional<int> break_before_;
  Instant heard_at_;
  Duration period_ = Duration::milliseconds(1000);
  std::uint32_t refused_ = 0;
  int remembered_ = 0;
  int count_ = 0;
  int first_ = 1;  ///< cell number of record 1 in the message that is passing
  LinkFault fault_ = LinkFault::starting;
  bool complete_ = false;  ///< every cell heard since the start
};

}  // namespace cellwarden::core
