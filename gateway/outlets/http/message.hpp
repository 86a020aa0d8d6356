/// A request and its answer as this gateway needs them, free of any HTTP library.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace cellwarden::gateway::http {

struct Request {
  std::string method;  ///< "GET"
  std::string target;  ///< as sent: path, perhaps "?query"
  std::string body = {};
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::string cache_control = "no-store";
  std::string allow = "GET, HEAD";  ///< methods, for status 405
  /// Set when the answer takes a while: to be called once, it gives the real answer, perhaps at
  /// once. The rest of this object is then not sent.
  std::function<void(std::function<void(Response)>)> later = {};
};

/// An error as docs/api.md shapes it.
/// @param code  a word for programs, such as "not_found"
Response error(int status, std::string_view code, std::string_view message);

}  // namespace cellwarden::gateway::http
