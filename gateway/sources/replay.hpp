/// A capture as a source: the bytes come again at their recorded pace, or one frame a second where
/// the file has no times; then the source has ended.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <boost/asio/io_context.hpp>

#include "gateway/captures/capture.hpp"
#include "gateway/sources/source.hpp"

namespace cellwarden::gateway {

/// @param io     outlives the source
/// @param speed  1 = as recorded; 1..100000
std::unique_ptr<Source> make_replay_source(boost::asio::io_context& io, const Capture& capture,
                                           int speed);

}  // namespace cellwarden::gateway
