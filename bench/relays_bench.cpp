/// Counts the instructions of one relay decision, and of one OUT board step for a byte of a
/// message, by running itself under valgrind's callgrind twice: the difference of N and 2 N turns
/// is N turns.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "core/relays.hpp"

namespace {

using namespace cellwarden::core;

/// A decision whose inputs the compiler cannot know.
int decide_often(bool critical, int turns) {
  volatile int millivolts = 3300;
  RelayGuard guard;
  int closed = 0;
  for (int i = 0; i < turns; ++i) {
    RelayInputs in;
    in.critical_mode = critical;
    in.communication = true;
    in.cells = {Voltage::millivolts(millivolts), Voltage::millivolts(millivolts + 10),
                Temperature::decicelsius(200), Temperature::decicelsius(220)};
    in.soc = Ratio::percent(50);
    RelayLimits limits;
    limits.v_min = Voltage::millivolts(2800);
    limits.v_max = Voltage::millivolts(3650);
    limits.v_bypass = Voltage::millivolts(3500);
    limits.t_max = Temperature::decicelsius(600);
    limits.charge_restart = Ratio::percent(95);
    limits.discharge_restart = Ratio::percent(10);
    guard.take(in, limits, {}, Instant{});
    closed += guard.closed().charge ? 1 : 0;
  }
  return closed;
}

/// Instructions that `self mode turns` executes; 0 when valgrind is not there.
long long instructions(const char* self, const char* mode, int turns) {
  const std::string command =
      std::string("valgrind --tool=callgrind --callgrind-out-file=/dev/null ") + self + " " + mode +
      " " + std::to_string(turns) + " 2>&1";
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return 0;
  std::array<char, 256> line{};
  long long count = 0;
  while (std::fgets(line.data(), line.size(), pipe) != nullptr) {
    const char* collected = std::strstr(line.data(), "Collected : ");
    if (collected != nullptr) count = std::atoll(collected + std::strlen("Collected : "));
  }
  pclose(pipe);
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3) {
    return decide_often(std::strcmp(argv[1], "critical") == 0, std::atoi(argv[2])) < 0;
  }
  constexpr int turns = 10'000;
  std::printf("| mode | instructions a decision (g++ -O2, this machine's CPU) |\n|---|---|\n");
  for (const char* mode : {"normal", "critical"}) {
    const long long one = instructions(argv[0], mode, turns);
    const long long two = instructions(argv[0], mode, 2 * turns);
    if (one == 0 || two == 0) {
      std::fprintf(stderr, "bench_relays needs valgrind\n");
      return 1;
    }
    std::printf("| %s | %.1f |\n", mode, static_cast<double>(two - one) / turns);
  }
  return 0;
}
