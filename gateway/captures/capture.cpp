// SPDX-License-Identifier: Apache-2.0
#include "gateway/captures/capture.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::size_t longest_quote = 24;
constexpr std::size_t most_faults = 1000;

/// Text is printable ASCII and white space; a comment may hold UTF-8.
bool looks_like_text(std::string_view content) {
  bool in_comment = false;
  for (const char c : content) {
    if (c == '#') in_comment = true;
    if (c == '\n') in_comment = false;
    const bool plain = (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t';
    const bool in_utf8 = in_comment && static_cast<unsigned char>(c) >= 0x80U;
    if (!plain && !in_utf8) return false;
  }
  return true;
}

/// Reads the text line by line, word by word.
class TextReader {
 public:
  Capture read(std::string_view content) {
    capture_.is_text = true;
    while (!content.empty()) {
      const std::size_t end = content.find('\n');
      ++line_number_;
      read_line(content.substr(0, end));
      content = end == std::string_view::npos ? std::string_view{} : content.substr(end + 1);
    }
    return std::move(capture_);
  }

 private:
  void read_line(std::string_view line) {
    line = line.substr(0, line.find('#'));
    std::size_t from = line.find_first_not_of(blanks);
    while (from != std::string_view::npos) {
      const std::size_t to = std::min(line.find_first_of(blanks, from), line.size());
      read_word(line.substr(from, to - from), from + 1);
      from = line.find_first_not_of(blanks, to);
    }
  }

  void read_word(std::string_view word, std::size_t column) {
    if (word.front() == '@') {
      read_time(word, column);
      return;
    }
    const auto is_hex = [](char c) {
      return hex_digits.find(static_cast<char>(c | 0x20)) != std::string_view::npos;
    };
    if (!std::all_of(word.begin(), word.end(), is_hex)) {
      refuse(word, column, "is not hex");
    } else if (word.size() % 2 != 0) {
      refuse(word, column, "has an odd number of hex digits");
    } else {
      append(word);
    }
  }

  void read_time(std::string_view word, std::size_t column) {
    std::int64_t ms = 0;
    const char* const end = word.data() + word.size();
    const auto [stop, error] = std::from_chars(word.data() + 1, end, ms);
    const milliseconds at{ms};
    if (error != std::errc{} || stop != end || ms < 0) {
      refuse(word, column, "is no time: \"@\" and milliseconds");
    } else if (last_at_ && at < *last_at_) {
      refuse(word, column, "is earlier than the time before it");
    } else {
      last_at_ = at;
      starts_burst_ = true;
    }
  }

  void append(std::string_view digits) {
    if (starts_burst_ || capture_.bursts.empty()) {
      capture_.bursts.push_back({starts_burst_ ? last_at_ : std::nullopt, {}});
      starts_burst_ = false;
    }
    std::vector<std::uint8_t>& bytes = capture_.bursts.back().bytes;
    const auto digit = [](char c) {
      return static_cast<unsigned>(hex_digits.find(static_cast<char>(c | 0x20)));
    };
    for (std::size_t i = 0; i < digits.size(); i += 2) {
      bytes.push_back(static_cast<std::uint8_t>(digit(digits[i]) * 16U + digit(digits[i + 1])));
    }
  }

  void refuse(std::string_view word, std::size_t column, std::string why) {
    if (capture_.faults.size() >= most_faults) return;
    std::string text(word.substr(0, longest_quote));
    if (word.size() > longest_quote) text += "...";
    capture_.faults.push_back({line_number_, column, std::move(text), std::move(why)});
  }

  Capture capture_;
  std::size_t line_number_ = 0;
  std::optional<milliseconds> last_at_;
  bool starts_burst_ = false;
};

}  // namespace

std::size_t Capture::size() const {
  std::size_t size = 0;
  for (const Burst& burst : bursts) size += burst.bytes.size();
  return size;
}

Capture read_capture(std::string_view content) {
  if (looks_like_text(content)) return TextReader{}.read(content);
  Capture capture;
  capture.bursts.push_back({std::nullopt, {content.begin(), content.end()}});
  return capture;
}

std::string capture_header(std::string_view source) {
  return "# cellwarden capture 1: \"@\" milliseconds since the start, then the bytes in hex\n"
         "# source: " +
         std::string(source) + "\n";
}

std::string capture_line(milliseconds at, const std::vector<std::uint8_t>& bytes) {
  std::string line = "@" + std::to_string(at.count()) + " ";
  for (const std::uint8_t byte : bytes) {
    line += hex_digits[byte >> 4U];
    line += hex_digits[byte & 0xFU];
  }
  return line + "\n";
}

std::string read_file(const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) throw UsageError(path + " is a folder");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw UsageError(path + " cannot be read: " + std::strerror(errno));
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace cellwarden::gateway
