/// `cellwarden decode`: what is in a file, field by field, and why the rest is no frame.
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <iostream>

#include <boost/json.hpp>

#include "gateway/commands/commands.hpp"
#include "gateway/decode/frame_fields.hpp"
#include "gateway/decode/stream_scan.hpp"
#include "gateway/settings/pack_setup.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

using boost::json::array;
using boost::json::object;
using wire::FrameFault;

struct FaultWords {
  const char* word;      ///< for programs
  const char* sentence;  ///< for people
};

FaultWords words_for(FrameFault fault) {
  switch (fault) {
    case FrameFault::size:
      return {"size", "cut short: a frame has 58 bytes"};
    case FrameFault::checksum:
      return {"checksum", "the checksum is wrong"};
    case FrameFault::sign:
      return {"sign", "a current's sign is none of +, - and X"};
    case FrameFault::count:
      return {"count", "a pack of no cells"};
    case FrameFault::soc:
      return {"soc", "a state of charge above 100 %"};
    case FrameFault::order:
      return {"order", "the lowest cell is above the highest"};
    case FrameFault::extra:
      return {"extra", "bytes 47 and 48 are neither a time of day nor a key"};
  }
  return {"checksum", "the checksum is wrong"};
}

std::string counted(std::size_t n, const std::string& one) {
  return std::to_string(n) + " " + one + (n == 1 ? "" : "s");
}

std::size_t rejected_bytes(const StreamScan& found) {
  return static_cast<std::size_t>(found.counts.dropped_bytes);
}

class Report {
 public:
  Report(const Capture& capture, const StreamScan& found, wire::TemperatureLine line)
      : capture_(capture), found_(found), line_(line) {}

  void print_text() const {
    for (const TextFault& fault : capture_.faults) print(fault);
    auto rejected = found_.rejected.begin();
    std::size_t number = 0;
    for (const FoundFrame& frame : found_.frames) {
      for (; rejected != found_.rejected.end() && rejected->offset < frame.offset; ++rejected) {
        print(*rejected);
      }
      print(frame, ++number);
    }
    for (; rejected != found_.rejected.end(); ++rejected) print(*rejected);
    std::cout << counted(found_.frames.size(), "frame") << " in "
              << counted(capture_.size(), "byte") << "; " << counted(rejected_bytes(found_), "byte")
              << " rejected";
    if (!capture_.faults.empty()) {
      std::cout << "; " << counted(capture_.faults.size(), "word") << " of the text not understood";
    }
    std::cout << '\n';
  }

  void print_json() const {
    array frames;
    for (const FoundFrame& frame : found_.frames) frames.push_back(to_object(frame));
    array rejected;
    for (const RejectedBytes& bytes : found_.rejected) rejected.push_back(to_object(bytes));
    array faults;
    for (const TextFault& fault : capture_.faults) {
      faults.push_back(object{{"line", fault.line},
                              {"column", fault.column},
                              {"text", fault.text},
                              {"why", fault.why}});
    }
    const object summary{{"bytes", capture_.size()},
                         {"frames", found_.frames.size()},
                         {"rejected_bytes", rejected_bytes(found_)},
                         {"text_faults", capture_.faults.size()}};
    std::cout << object{{"frames", std::move(frames)},
                        {"rejected", std::move(rejected)},
                        {"text_faults", std::move(faults)},
                        {"summary", summary}}
              << '\n';
  }

 private:
  static void print(const TextFault& fault) {
    std::cout << "line " << fault.line << ", column " << fault.column << ": \"" << fault.text
              << "\" " << fault.why << "; skipped\n";
  }

  static void print(const RejectedBytes& bytes) {
    std::cout << "rejected: " << counted(bytes.length, "byte") << " at byte " << bytes.offset
              << ": " << words_for(bytes.why).sentence;
    if (bytes.unconfirmed > 0) {
      std::cout << " (" << counted(bytes.unconfirmed, "right checksum") << " by chance)";
    }
    std::cout << "\n\n";
  }

  void print(const FoundFrame& found, std::size_t number) const {
    std::cout << "frame " << number << " at byte " << found.offset << '\n';
    for (const Field& field : fields_of(found.frame, line_)) {
      if (field.text.empty()) continue;
      std::cout << "  " << field.name << std::string(26 - field.name.size(), ' ') << field.text
                << '\n';
    }
    for (const std::string& doubt : doubts(found)) std::cout << "  doubtful: " << doubt << '\n';
    std::cout << '\n';
  }

  [[nodiscard]] std::vector<std::string> doubts(const FoundFrame& found) const {
    std::vector<std::string> list = sentences(doubts_within(found.frame, line_));
    const std::uint8_t number = found.frame.cell.number;
    if (number == 0 || number > found.frame.cell_count) {
      list.push_back("cell " + std::to_string(number) + " is not in a pack of " +
                     std::to_string(found.frame.cell_count) + ": its values are ignored");
    }
    return list;
  }

  [[nodiscard]] object to_object(const FoundFrame& found) const {
    object fields;
    for (const Field& field : fields_of(found.frame, line_)) {
      object entry;
      std::visit(
          [&entry](const auto& value) {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) {
              entry["value"] = nullptr;
            } else {
              entry["value"] = value;
            }
          },
          field.value);
      entry["unit"] = field.unit;
      fields[field.name] = std::move(entry);
    }
    array list;
    for (const std::string& doubt : doubts(found)) list.emplace_back(doubt);
    return {{"offset", found.offset}, {"fields", std::move(fields)}, {"doubts", std::move(list)}};
  }

  static object to_object(const RejectedBytes& bytes) {
    return {{"offset", bytes.offset},
            {"length", bytes.length},
            {"why", words_for(bytes.why).word},
            {"unconfirmed", bytes.unconfirmed}};
  }

  const Capture& capture_;
  const StreamScan& found_;
  wire::TemperatureLine line_;
};

}  // namespace

int decode(const DecodeOptions& options) {
  const auto line = parse_temperature_line(options.temperature_line);
  const Capture capture = read_capture(read_file(options.file));
  const StreamScan found = scan(capture);
  const Report report(capture, found, line);
  if (options.json) {
    report.print_json();
  } else {
    report.print_text();
  }
  std::cout.flush();
  if (!std::cout) throw UsageError("the output cannot be written");
  return found.frames.empty() ? 1 : 0;
}

}  // namespace cellwarden::gateway
