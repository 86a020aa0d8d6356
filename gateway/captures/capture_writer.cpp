// SPDX-License-Identifier: Apache-2.0
#include "gateway/captures/capture_writer.hpp"

#include "gateway/captures/capture.hpp"

namespace cellwarden::gateway {
namespace {

/// A line that never falls silent is cut into lines of this many bytes.
constexpr std::size_t longest_burst = 1024;

}  // namespace

CaptureWriter::CaptureWriter(std::ostream& out, std::string_view source, Time start)
    : out_(out), start_(start) {
  out_ << capture_header(source);
}

void CaptureWriter::bytes(std::span<const std::uint8_t> bytes, Time now) {
  if (burst_.empty()) burst_at_ = now;
  burst_.insert(burst_.end(), bytes.begin(), bytes.end());
  size_ += bytes.size();
  if (burst_.size() >= longest_burst) end_burst();
}

void CaptureWriter::silence(Time) { end_burst(); }

void CaptureWriter::note(const std::string& text, Time now) {
  end_burst();
  const auto at = std::chrono::duration_cast<milliseconds>(now - start_);
  out_ << "# " << at.count() << " ms: " << text << '\n';
  out_.flush();
}

void CaptureWriter::end_burst() {
  if (burst_.empty()) return;
  out_ << capture_line(std::chrono::duration_cast<milliseconds>(burst_at_ - start_), burst_);
  out_.flush();
  burst_.clear();
}

}  // namespace cellwarden::gateway
