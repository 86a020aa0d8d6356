// SPDX-License-Identifier: Apache-2.0
#include "gateway/outlets/http/static_files.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace cellwarden::gateway::http {
namespace {

namespace fs = std::filesystem;

struct Type {
  std::string_view extension;
  std::string_view content_type;
};
constexpr std::array types{
    Type{".html", "text/html; charset=utf-8"},
    Type{".js", "text/javascript; charset=utf-8"},
    Type{".mjs", "text/javascript; charset=utf-8"},
    Type{".css", "text/css; charset=utf-8"},
    Type{".json", "application/json"},
    Type{".map", "application/json"},
    Type{".webmanifest", "application/manifest+json"},
    Type{".wasm", "application/wasm"},
    Type{".svg", "image/svg+xml"},
    Type{".png", "image/png"},
    Type{".webp", "image/webp"},
    Type{".ico", "image/x-icon"},
    Type{".woff2", "font/woff2"},
    Type{".txt", "text/plain; charset=utf-8"},
};

std::string_view content_type(const fs::path& file) {
  const std::string extension = file.extension().string();
  for (const Type& type : types) {
    if (type.extension == extension) return type.content_type;
  }
  return "application/octet-stream";
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// @return nothing when an escape is not two hex digits or hides a zero byte
std::optional<std::string> percent_decoded(std::string_view path) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '%') {
      out += path[i];
      continue;
    }
    if (i + 2 >= path.size()) return std::nullopt;
    const int high = hex_digit(path[i + 1]);
    const int low = hex_digit(path[i + 2]);
    if (high < 0 || low < 0 || high * 16 + low == 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

/// No hidden files, no ".", no "..", no backslash.
bool is_plain(const fs::path& relative) {
  return std::all_of(relative.begin(), relative.end(), [](const fs::path& part) {
    const std::string name = part.string();
    return name.empty() || (name.front() != '.' && name.find('\\') == std::string::npos);
  });
}

bool is_inside(const fs::path& file, const fs::path& folder) {
  const auto [in_folder, in_file] =
      std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  return in_folder == folder.end() && in_file != file.end();
}

std::optional<std::string> content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

}  // namespace

StaticFiles::StaticFiles(const fs::path& folder) {
  std::error_code ignored;
  if (!folder.empty()) folder_ = fs::canonical(folder, ignored);
}

bool StaticFiles::has_index() const {
  std::error_code ignored;
  return !folder_.empty() && fs::is_regular_file(folder_ / "index.html", ignored);
}

Response StaticFiles::answer(std::string_view path) const {
  if (!has_index()) {
    return error(404, "not_found", "the App's files are not here; see --app, or use /api/v1/packs");
  }
  const auto decoded = percent_decoded(path);
  if (!decoded) return error(400, "bad_request", "a \"%\" in the path is no valid escape");
  fs::path relative = fs::path(*decoded).relative_path();
  if (!is_plain(relative)) return error(404, "not_found", "no such file");
  if (relative.empty()) relative = "index.html";

  std::error_code failed;
  fs::path file = fs::canonical(folder_ / relative, failed);
  const bool found = !failed && is_inside(file, folder_) && fs::is_regular_file(file, failed);
  if (!found) {
    if (relative.has_extension()) return error(404, "not_found", "no such file");
    file = folder_ / "index.html";
  }
  auto content = content_of(file);
  if (!content) return error(404, "not_found", "the file cannot be read");

  // The build names files in assets/ after their content, so they never change.
  const bool unchanging = found && *relative.begin() == "assets";
  Response response;
  response.content_type = content_type(file);
  response.body = std::move(*content);
  response.cache_control = unchanging ? "public, max-age=31536000, immutable" : "no-cache";
  return response;
}

}  // namespace cellwarden::gateway::http
