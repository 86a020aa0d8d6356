// SPDX-License-Identifier: Apache-2.0
#include "gateway/commands/pseudo_terminal.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "gateway/sources/serial_port.hpp"
#include "gateway/usage_error.hpp"

namespace cellwarden::gateway {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

class PseudoTerminalTest : public testing::Test {
 protected:
  PseudoTerminalTest() {
    std::string name = (fs::temp_directory_path() / "cellwarden-pty-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    link_ = folder_ / "bms";
  }
  ~PseudoTerminalTest() override { fs::remove_all(folder_); }
  fs::path folder_;
  fs::path link_;
};

Bytes read_all(int descriptor) {
  std::array<std::uint8_t, 8192> buffer{};
  const ssize_t size = ::read(descriptor, buffer.data(), buffer.size());
  return size <= 0 ? Bytes{} : Bytes(buffer.begin(), buffer.begin() + size);
}

TEST_F(PseudoTerminalTest, WhatNobodyListensToIsLostAndNotKeptForTheNext) {
  PseudoTerminal terminal(link_);
  const Bytes before(200'000, 0x11);
  terminal.send(before);
  const SerialPort port = open_serial_port(link_);
  ASSERT_GE(port.descriptor, 0) << port.trouble;
  const Bytes sent{'+', 0x00, 0x03, 0x0D, 0x0A, 0x11, 0x13, 0xFF};
  terminal.send(sent);
  EXPECT_EQ(read_all(port.descriptor), sent) << "raw: no byte is changed";
  ::close(port.descriptor);
  terminal.send(before);
  const SerialPort again = open_serial_port(link_);
  ASSERT_GE(again.descriptor, 0) << again.trouble;
  terminal.send(sent);
  EXPECT_EQ(read_all(again.descriptor), sent);
  ::close(again.descriptor);
}

TEST_F(PseudoTerminalTest, HoldsNothingForAListenerToCome) {
  PseudoTerminal terminal(link_);
  terminal.send(Bytes(58, 0x11));
  const int port = ::open(link_.c_str(), O_RDONLY | O_NOCTTY | O_NONBLOCK);
  ASSERT_GE(port, 0);
  EXPECT_EQ(read_all(port), Bytes{});
  ::close(port);
}

TEST_F(PseudoTerminalTest, AListenerThatDoesNotReadDoesNotBlockTheSender) {
  PseudoTerminal terminal(link_);
  const SerialPort port = open_serial_port(link_);
  ASSERT_GE(port.descriptor, 0);
  for (int i = 0; i < 1000; ++i) terminal.send(Bytes(58, 0x22));
  EXPECT_FALSE(read_all(port.descriptor).empty());
  ::close(port.descriptor);
}

TEST_F(PseudoTerminalTest, APortIsForOneProgramOnly) {
  const PseudoTerminal terminal(link_);
  const SerialPort first = open_serial_port(link_);
  ASSERT_GE(first.descriptor, 0);
  const SerialPort second = open_serial_port(link_);
  EXPECT_LT(second.descriptor, 0);
  EXPECT_EQ(second.trouble, link_.string() + " is used by another program");
  ::close(first.descriptor);
}

TEST_F(PseudoTerminalTest, RemovesItsLinkAtTheEnd) {
  {
    const PseudoTerminal terminal(link_);
    EXPECT_EQ(fs::read_symlink(link_), terminal.device());
  }
  EXPECT_FALSE(fs::exists(fs::symlink_status(link_)));
}

TEST_F(PseudoTerminalTest, LeavesALinkThatIsNoLongerItsOwn) {
  {
    const PseudoTerminal terminal(link_);
    fs::remove(link_);
    std::ofstream(link_) << "mine";
  }
  EXPECT_TRUE(fs::is_regular_file(link_));
}

TEST_F(PseudoTerminalTest, ReplacesTheLinkOfADeadTerminalOnly) {
  fs::create_symlink("/dev/pts/999999", link_);
  EXPECT_NO_THROW(PseudoTerminal{link_});

  const auto refuses = [this] { EXPECT_THROW(PseudoTerminal{link_}, UsageError); };
  std::ofstream(link_) << "a file";
  refuses();
  EXPECT_TRUE(fs::is_regular_file(link_));
  fs::remove(link_);
  fs::create_symlink("/nonexistent", link_);
  refuses();
  fs::remove(link_);
  fs::create_directory(link_);
  refuses();
  fs::remove(link_);
  const PseudoTerminal alive(folder_ / "other");
  fs::create_symlink(alive.device(), link_);
  refuses();
  EXPECT_THROW(PseudoTerminal{"/nonexistent/folder/link"}, UsageError);
}

}  // namespace
}  // namespace cellwarden::gateway
