/// What the OUT board says in its extended data output: from the board's state to the values of one
/// frame. Bytes are wire/extended_frame's business.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/out_board.hpp"
#include "wire/extended_frame.hpp"

namespace cellwarden::core {

/// Our firmware as the key/value pairs 6 and 7 give it.
inline constexpr std::uint8_t firmware_major = 3;
inline constexpr std::uint8_t firmware_minor = 3;
inline constexpr std::uint8_t firmware_patch = 11;

/// The value byte of one of the 19 keys (docs/wire/extended_frame.md, "Key/value pairs").
/// @param key  0..18
std::uint8_t extended_value(const OutBoard& board, const Settings& settings, std::uint8_t key);

/// Status byte 1.
/// @param error  the E bit
wire::Status frame_status(const OutBoard& board, bool error);

/// The stored energy as the owner sees it: the state of charge's share of the capacity, cut off.
Energy stored_energy(const OutBoard& board, const Settings& settings);

/// The next frame. Readings are those of the last healthy message; its E bit tells whether they
/// are of now.
/// @param error  the E bit
wire::ExtendedFrame extended_frame(const OutBoard& board, const Settings& settings,
                                   const std::optional<WallClock>& clock, bool error);

}  // namespace cellwarden::core
