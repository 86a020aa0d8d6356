/// The App's files from one folder and from nowhere else.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

#include "gateway/outlets/http/message.hpp"

namespace cellwarden::gateway::http {

class StaticFiles {
 public:
  /// @param folder  may be empty or missing; then every path is "not found"
  explicit StaticFiles(const std::filesystem::path& folder);

  /// Answers a path without query. An unknown path without a dot is a page of the App and gives
  /// index.html. Nothing outside the folder is ever read, not even through a symbolic link.
  [[nodiscard]] Response answer(std::string_view path) const;

  /// Whether there is an App to show.
  [[nodiscard]] bool has_index() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace cellwarden::gateway::http
