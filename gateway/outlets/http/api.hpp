/// Answers HTTP requests: the API's paths by the packs, every other path by the App's files.
/// Sockets are server.hpp's business.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/outlets/http/message.hpp"
#include "gateway/outlets/http/static_files.hpp"
#include "gateway/packs.hpp"

namespace cellwarden::gateway::http {

class Api {
 public:
  /// @param packs  outlives this object
  Api(const Packs& packs, StaticFiles files) : packs_(packs), files_(std::move(files)) {}

  /// @return an answer for any request, however wrong
  [[nodiscard]] Response answer(const Request& request, Time now) const;

 private:
  [[nodiscard]] Response answer_api(std::string_view path, Time now) const;
  [[nodiscard]] Response answer_pack(std::string_view id, Time now) const;
  [[nodiscard]] Response answer_part(const Request& request, std::string_view path, Time now) const;

  const Packs& packs_;
  StaticFiles files_;
};

}  // namespace cellwarden::gateway::http
